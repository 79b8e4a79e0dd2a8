import { arn, type Identity } from './identity.ts';
import { notEmulated } from './wire/errors.ts';
import type { Service } from './wire/message.ts';

/** Who am I: all that tools ask STS before they work. */
export function createSts(identity: Identity): Service {
  return {
    call: async (action) => {
      if (action !== 'GetCallerIdentity') throw notEmulated(`STS.${action}`);
      const user = arn({ ...identity, region: '' }, 'iam', 'user/local');
      return { UserId: 'AIDALOCAL00000000000', Account: identity.accountId, Arn: user };
    },
  };
}

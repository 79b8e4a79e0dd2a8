import { arn, type Identity } from './identity.ts';
import { notEmulated } from './wire/errors.ts';
import type { Service } from './wire/message.ts';
import { checkParameters, queryComplaints } from './wire/parameters.ts';

/** Who am I: all that tools ask STS before they work. Undefined stands for the account's owner. */
export function createSts(identity: Identity, role: string | undefined): Service {
  const everywhere = { ...identity, region: '' };
  const caller =
    role === undefined
      ? { UserId: 'AIDALOCAL00000000000', Arn: arn(everywhere, 'iam', 'user/local') }
      : { UserId: `AROALOCAL00000000000:${role}`, Arn: arn(everywhere, 'sts', `assumed-role/${role}/${role}`) };
  return {
    call: async (action, parameters) => {
      if (action !== 'GetCallerIdentity') throw notEmulated(`STS.${action}`);
      checkParameters(`STS.${action}`, { members: {}, complaints: queryComplaints }, parameters);
      return { ...caller, Account: identity.accountId };
    },
  };
}

import { AwsError } from '../wire/errors.ts';
import { pageOf } from '../wire/pages.ts';
import { parameterError } from './addresses.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** The addresses and domains of an account that it may send mail as. */
export interface Identities {
  /** Refuses mail when one of these addresses is not verified, nor its domain, nor a domain above that. */
  check(addresses: readonly string[]): void;
  verifyEmail(parameters: Parameters): Parameters;
  list(parameters: Parameters): Parameters;
  attributes(parameters: Parameters): Parameters;
}

/** The account's identities: those that are verified, and those that somebody asks for, which stay pending. */
export function createIdentities(verified: readonly string[], region: string): Identities {
  const known = new Set(verified.map(spelled));
  const pending = new Set<string>();

  return {
    check: (addresses) => {
      const failed = [...new Set(addresses)].filter((address) => !isVerified(address, known));
      if (failed.length === 0) return;
      throw new AwsError(
        'MessageRejected',
        `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${failed.join(', ')}`,
      );
    },
    verifyEmail: ({ EmailAddress: given }) => {
      const address = String(given);
      if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw parameterError(`Invalid email address<${address}>.`);
      if (!known.has(spelled(address))) pending.add(spelled(address));
      return {};
    },
    list: ({ IdentityType: type, MaxItems: limit, NextToken: token }) => {
      const all = [...known, ...pending].filter(
        (each) => type === undefined || (type === 'EmailAddress') === each.includes('@'),
      );
      const { page, next } = pageOf(all, {
        limit,
        token,
        usual: 1000,
        wrongToken: () => parameterError('Invalid NextToken.'),
      });
      return { Identities: page, ...(next === undefined ? {} : { NextToken: next }) };
    },
    attributes: ({ Identities: asked }) => {
      const names = Array.isArray(asked) ? asked.map((name) => spelled(String(name))) : [];
      const statuses = names
        .filter((name) => known.has(name) || pending.has(name))
        .map((name) => [name, { VerificationStatus: known.has(name) ? 'Success' : 'Pending' }]);
      return { VerificationAttributes: { entry: Object.fromEntries(statuses) } };
    },
  };
}

/** Domains know no case; what is before the @ does. */
function spelled(identity: string): string {
  const at = identity.lastIndexOf('@');
  return identity.slice(0, at + 1) + identity.slice(at + 1).toLowerCase();
}

function isVerified(address: string, known: ReadonlySet<string>): boolean {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1).toLowerCase();
  // What follows a plus sign is a label on the same address.
  const addresses = [address.slice(0, at), address.slice(0, at).replace(/\+.*$/, '')].map(
    (name) => `${name}@${domain}`,
  );
  const labels = domain.split('.');
  return [...addresses, ...labels.map((_, index) => labels.slice(index).join('.'))].some((each) => known.has(each));
}

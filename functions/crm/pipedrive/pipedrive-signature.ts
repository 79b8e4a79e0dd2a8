import type { SignatureProblem, SignedRequest } from '../../ports/webhooks.ts';
import { isSame } from '../signature.ts';

/** What Pipedrive shows to prove that it is the sender: user and password of HTTP Basic, as they were given to it. */
export interface BasicCredentials {
  readonly user: string;
  readonly password: string;
}

/** What is wrong with the proof that a webhook comes from Pipedrive, which signs nothing. Undefined when nothing is. */
export function pipedriveProblem(
  { headers }: SignedRequest,
  credentials: readonly BasicCredentials[],
): SignatureProblem | undefined {
  const { authorization } = headers;
  const [, given] = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization ?? '') ?? [];
  if (given === undefined) return 'not signed';
  const isOurs = credentials.some(({ user, password }) =>
    isSame(Buffer.from(given, 'base64'), Buffer.from(`${user}:${password}`)),
  );
  return isOurs ? undefined : 'not signed by us';
}

import type { SignatureProblem, SignedRequest } from '../../ports/webhooks.ts';
import { hmacSha256, isSame, isTimely } from '../signature.ts';

const prefix = 'whsec_';

/** The bytes of a secret as Standard Webhooks writes it: base64 after `whsec_`. Undefined for any other text. */
export function secretBytes(secret: string): Buffer | undefined {
  const text = secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length >= 16 && bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '')
    ? bytes
    : undefined;
}

/**
 * What is wrong with the signature of a webhook by the Standard Webhooks specification: headers `webhook-id`,
 * `webhook-timestamp` (seconds) and `webhook-signature` (`v1,<base64>`, several parted by blanks while a secret is changed; any may
 * match any of ours). `now`: milliseconds since 1970. Undefined when nothing is.
 */
export function standardWebhookProblem(
  { headers, rawBody }: SignedRequest,
  secrets: readonly Uint8Array[],
  now: number,
): SignatureProblem | undefined {
  const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures } = headers;
  if (!id || !seconds || !signatures || !/^\d{1,12}$/.test(seconds)) return 'not signed';
  if (!isTimely(Number(seconds) * 1000, now)) return 'too old or too new';
  const expected = secrets.map((secret) => hmacSha256(secret, `${id}.${seconds}.`, rawBody).toString('base64'));
  const given = signatures.split(' ').flatMap((each) => (each.startsWith('v1,') ? [each.slice('v1,'.length)] : []));
  return given.some((one) => expected.some((other) => isSame(one, other))) ? undefined : 'not signed by us';
}

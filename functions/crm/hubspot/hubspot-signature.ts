import type { SignatureProblem, SignedRequest } from '../../ports/webhooks.ts';
import { hmacSha256, isSame, isTimely } from '../signature.ts';

/** What HubSpot decodes in an address before it signs it, and nothing else. */
const decoded: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

const asSigned = (url: string): string => url.replace(/%[0-9A-F]{2}/gi, (code) => decoded[code.toUpperCase()] ?? code);

/**
 * What is wrong with HubSpot's signature v3: base64 of HMAC-SHA256 over method, address, body and the header
 * `X-HubSpot-Request-Timestamp` (milliseconds). `url` is the address as it is given to HubSpot today; it may still know the one that
 * the request came to, from before the stage had a name of its own. `now`: milliseconds since 1970. Undefined when nothing is.
 */
export function hubspotProblem(
  { method, headers, rawBody, url: called }: SignedRequest,
  { url, clientSecrets }: { readonly url: string; readonly clientSecrets: readonly string[] },
  now: number,
): SignatureProblem | undefined {
  const { 'x-hubspot-signature-v3': given, 'x-hubspot-request-timestamp': signedAt } = headers;
  if (!given || !signedAt || !/^\d{1,15}$/.test(signedAt)) return 'not signed';
  if (!isTimely(Number(signedAt), now)) return 'too old or too new';
  const addresses = called === undefined || called === url ? [url] : [url, called];
  const isOurs = clientSecrets.some((secret) =>
    addresses.some((address) =>
      isSame(given, hmacSha256(secret, method, asSigned(address), rawBody, signedAt).toString('base64')),
    ),
  );
  return isOurs ? undefined : 'not signed by us';
}

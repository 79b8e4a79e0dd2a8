import { scriptHash } from './script.ts';
import { styleHash } from './style.ts';

const policyOf = (isScripted: boolean): string =>
  [
    "default-src 'none'",
    `style-src '${styleHash()}'`,
    ...(isScripted ? [`script-src '${scriptHash()}'`, "connect-src 'self'"] : []),
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

/**
 * The headers of every page (names in lower case): one style sheet by its hash, no script, or the one by its hash in a page
 * that has it, nothing from elsewhere, no framing, no referrer (the address opens a door), nothing kept in caches or indexes.
 */
export function pageHeaders(isScripted = false): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policyOf(isScripted),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-robots-tag': 'noindex, nofollow',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
  };
}

import { styleHash } from './style.ts';

const policyOf = (hash: string): string =>
  ["default-src 'none'", `style-src '${hash}'`, "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"].join(
    '; ',
  );

/**
 * The headers of every page (names in lower case): no script at all, one style sheet by its hash, nothing from elsewhere,
 * no framing, no referrer (the address opens a door), nothing kept in caches or indexes.
 */
export function pageHeaders(): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policyOf(styleHash()),
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

import { scriptHash } from './script.ts';
import { hashOf, styleHash } from './style.ts';

/** What a page shows in frames: emails, as HTML documents, and the logo they show. */
export interface Framed {
  readonly documents: readonly string[];
  readonly logo?: string | undefined;
}

/** The style sheets of a page, where it has others than the one that pages have: it then has forms only if it says so. */
export interface OwnStyles {
  readonly styles?: readonly string[];
  readonly hasForms?: boolean;
}

/** What a page needs beside its style sheet. */
interface Allowed extends Partial<Framed>, OwnStyles {
  /** Whether it has the script. */
  readonly isScripted?: boolean;
}

/** A frame has the policy of its page: what is styled in it is named by its hash, one by one. */
function policyFor({ documents = [], logo, isScripted = false, styles, hasForms = !styles }: Allowed): string {
  const framed = [...new Set(documents.flatMap(stylesIn))].map((style) => `'${hashOf(style)}'`);
  const hasFrames = documents.length > 0;
  const own = (styles?.map(hashOf) ?? [styleHash()]).map((hash) => `'${hash}'`).join(' ');
  return [
    "default-src 'none'",
    `style-src ${own}${hasFrames ? ` 'unsafe-hashes' ${framed.join(' ')}` : ''}`,
    ...(isScripted ? [`script-src '${scriptHash()}'`, "connect-src 'self'"] : []),
    ...(hasFrames && logo !== undefined ? [`img-src ${new URL(logo).origin}`] : []),
    `form-action '${hasForms ? 'self' : 'none'}'`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The style sheets of a document, and the styles of its elements. */
function stylesIn(document: string): readonly string[] {
  const sheets = [...document.matchAll(/<style[^>]*>([^<]*)<\/style>/g)].map(([, sheet = '']) => sheet);
  const own = [...document.matchAll(/ style="([^"]*)"/g)].map(([, style = '']) =>
    style.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => entities[name] ?? whole),
  );
  return [...sheets, ...own];
}

/**
 * The headers of every page (names in lower case): one style sheet by its hash and those of the emails that it shows, no script,
 * or the one by its hash in a page that has it, nothing from elsewhere but the emails' logo, no framing, no referrer (the address opens a door), nothing kept in caches
 * or indexes.
 */
export function pageHeaders(allowed: Allowed = {}): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policyFor(allowed),
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

import { createHash } from 'node:crypto';
import { textResponse, type WireResponse } from '../../account/wire/message.ts';
import { liveScript } from './live.ts';

const common = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`, under which browsers would hide the origin of our own forms from us.
  'referrer-policy': 'same-origin',
};

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Only what we wrote: each style sheet and the one script by their hashes. */
const pagePolicy = (styles: readonly string[]): string =>
  [
    "default-src 'none'",
    `style-src ${styles.map((style) => `'${hashOf(style)}'`).join(' ')}`,
    `script-src '${hashOf(liveScript)}'`,
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

/** A mail may style itself and nothing else: no script, nothing from elsewhere; its links open a new tab. */
const mailPolicy = [
  'sandbox allow-popups allow-popups-to-escape-sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "form-action 'none'",
  "frame-ancestors 'self'",
  "base-uri 'none'",
].join('; ');

/** A page of the console, with the style sheets in it. */
export function pageAnswer(status: number, html: string, styles: readonly string[]): WireResponse {
  return withHeaders(textResponse(status, 'text/html; charset=utf-8', html), {
    'content-security-policy': pagePolicy(styles),
  });
}

/** The HTML of a mail, to be framed by its page. */
export function mailAnswer(html: string): WireResponse {
  return withHeaders(textResponse(200, 'text/html; charset=utf-8', html), { 'content-security-policy': mailPolicy });
}

/** A file to keep, whatever its name and type say: browsers neither show nor run it. */
export function fileAnswer(name: string, contentType: string, body: Uint8Array): WireResponse {
  const safe = name.replace(/[^\w.-]+/g, '_').slice(-80);
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(contentType) ? contentType : 'application/octet-stream';
  return withHeaders(
    { status: 200, headers: { 'content-type': type }, body },
    {
      'content-disposition': `attachment; filename="${safe}"`,
      'content-security-policy': "default-src 'none'; sandbox",
    },
  );
}

/** To a page of the console (path and query), after something was done. */
export function redirectTo(path: string): WireResponse {
  return withHeaders(textResponse(303, 'text/plain; charset=utf-8', ''), { location: path });
}

/** Nothing at all. */
export const emptyAnswer: WireResponse = { status: 204, headers: common, body: new Uint8Array(0) };

function withHeaders(answer: WireResponse, headers: Readonly<Record<string, string>>): WireResponse {
  return { ...answer, headers: { ...answer.headers, ...common, ...headers } };
}

import { splitTarget, textResponse, type WireHandler, type WireResponse } from '../../account/wire/message.ts';

/** Where a request goes: the path as it stands in the address, and what stands behind its question mark. */
export interface Target {
  readonly path: string;
  readonly query: string;
}

/** What came back. Header names are in lower case. */
export interface Reached {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Asks the site for a page, as whoever runs the command. */
export type Reach = (target: Target) => Promise<Reached>;

export interface Proxy {
  readonly reach: Reach;
  /** What to do where the site lets nobody in, in a sentence or two. */
  readonly remedy: string;
}

/** What of an answer a browser is handed on. HSTS is not: it speaks of the site's name, and not of this machine. */
const passed = [
  'content-type',
  'content-security-policy',
  'referrer-policy',
  'cache-control',
  'x-content-type-options',
  'x-frame-options',
  'x-robots-tag',
  'cross-origin-opener-policy',
  'permissions-policy',
];

/**
 * Hands on GET requests for the pages for operations, and nothing else; none that a page of another site makes, which could learn
 * from what it loads. To be served by `listenLocally`, which answers under a name of this machine only.
 */
export function operationsProxy({ reach, remedy }: Proxy): WireHandler {
  return async ({ method, path: target, headers }) => {
    if (headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-dest'] !== 'document')
      return said(403, 'Another site asked for this.');
    if (method !== 'GET') return said(405, 'These pages only show: GET, and nothing else.');
    const { path, query } = splitTarget(target);
    if (path === '/') return { status: 302, headers: { location: '/operations' }, body: new Uint8Array(0) };
    if (!isForwarded(path)) return said(404, 'Only /operations and what is below it is handed on.');
    try {
      return handedOn(await reach({ path, query }), remedy);
    } catch (error) {
      return said(502, `The site could not be reached. ${error instanceof Error ? error.message : String(error)}`);
    }
  };
}

/** `/operations` and what is below it, without any way up. */
const isForwarded = (path: string): boolean =>
  /^\/operations(\/[\w%.~-]+)*$/.test(path) && !path.split('/').some((part) => /^(\.|%2e){1,2}$/i.test(part));

function handedOn({ status, headers, text }: Reached, remedy: string): WireResponse {
  const isPage = headers['content-type']?.startsWith('text/html');
  if (!isPage && (status === 401 || status === 403))
    return said(status, `The site lets you not in (${status}). ${remedy}`);
  if (!isPage && status === 404)
    return said(404, 'The site has no pages for operations. Set "operations" in its stage, and deploy.');
  const kept = passed.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const]));
  return { status, headers: Object.fromEntries(kept), body: Buffer.from(text) };
}

const said = (status: number, text: string): WireResponse =>
  textResponse(status, 'text/plain; charset=utf-8', `${text}\n`);

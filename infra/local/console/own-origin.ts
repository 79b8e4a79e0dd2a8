import type { WireRequest } from '../../account/wire/message.ts';

/**
 * Whether a form was sent by a page of this very site: the host is ours (127.0.0.1 or localhost with our port), and the
 * browser says, by `Origin` or `Sec-Fetch-Site`, that the page was of the same origin. A request that says neither is
 * refused, as no browser sends one.
 */
export function isFromOwnForm({ headers }: Pick<WireRequest, 'headers'>, siteUrl: string): boolean {
  const { port } = new URL(siteUrl);
  const ours = ['127.0.0.1', 'localhost'].map((name) => (port === '' ? name : `${name}:${port}`));
  const host = (headers['host'] ?? '').toLowerCase();
  if (!ours.includes(host)) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = headers['origin'];
  if (origin === undefined || origin === 'null') return site === 'same-origin';
  return origin === `http://${host}`;
}

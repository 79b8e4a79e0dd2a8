import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';

const validMinutes = 24 * 60;

export const pageNonceUses = ['sign'] as const;

/** A nonce for the forms of one page: tied to the link and the time, so that only somebody who saw the page can submit it. */
export function pageNonce(world: WorldOf<typeof pageNonceUses>, linkId: string, at: Instant): string {
  const minute = String(Math.floor(Date.parse(at) / 60_000));
  return `${minute}.${world.sign(linkId, `page ${minute}`)}`;
}

export const isPageNonceUses = ['verify'] as const;

/** Whether a form carries a nonce of a page that was shown for this link in the last day. */
export function isPageNonce(
  world: WorldOf<typeof isPageNonceUses>,
  nonce: string,
  of: { linkId: string; at: Instant },
): boolean {
  const [minute = '', signature = ''] = nonce.split('.');
  const age = Date.parse(of.at) / 60_000 - Number(minute);
  return world.verify(of.linkId, `page ${minute}`, signature) && age >= 0 && age <= validMinutes;
}

import { describe, expect, it } from 'vitest';
import { sign, verify } from '../../../functions/aws/signing.ts';
import { isPageNonce, pageNonce } from '../../../functions/verbs/page-nonce.ts';

const world = { sign, verify };
const at = '2026-11-20T15:00:30Z';
const nonce = pageNonce(world, 'link-1', at);

describe('the nonce of a page', () => {
  it.each([
    ['at once', at, true],
    ['a day later', '2026-11-21T15:00:00Z', true],
    ['more than a day later', '2026-11-21T15:01:30Z', false],
    ['before the page was shown', '2026-11-20T14:59:00Z', false],
  ])('is good %s: %s', (_, then, good) => {
    expect(isPageNonce(world, nonce, { linkId: 'link-1', at: then })).toBe(good);
  });

  it('is good for its own link only', () => {
    expect(isPageNonce(world, nonce, { linkId: 'link-2', at })).toBe(false);
  });

  it('cannot be given another date', () => {
    const [minute = '', signature = ''] = nonce.split('.');
    expect(isPageNonce(world, `${Number(minute) + 60}.${signature}`, { linkId: 'link-1', at })).toBe(false);
  });

  it.each(['', '.', 'NaN.x', `${nonce}x`, nonce.slice(0, -1), '29726580'])('is not %j', (text) => {
    expect(isPageNonce(world, text, { linkId: 'link-1', at })).toBe(false);
  });

  it('does not contain the link', () => {
    expect(pageNonce(world, 'a-secret-link', at)).not.toContain('a-secret-link');
  });
});

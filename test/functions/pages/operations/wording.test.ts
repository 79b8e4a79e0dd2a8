import { describe, expect, it } from 'vitest';
import { happenedText, kindText } from '../../../../functions/pages/operations/wording.ts';

describe('What operations read', () => {
  it.each([
    ['ask', 'request'],
    ['breach', 'overdue'],
    ['nag', 'weekly reminder'],
    ['handoff-cancelled', 'handoff canceled'],
    ['customer-mail-bounced', 'customer email bounced'],
    ['internal-meeting-invitation', 'internal meeting invitation'],
  ])('calls an email of the kind %s: %s', (kind, text) => {
    expect(kindText(kind)).toBe(text);
  });

  it.each([
    ['mail-sent', 'email sent'],
    ['cancelled', 'canceled'],
    ['meeting-called-off', 'meeting called off'],
  ])('says of %s: %s', (what, text) => {
    expect(happenedText(what)).toBe(text);
  });
});

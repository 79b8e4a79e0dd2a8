import { describe, expect, it } from 'vitest';
import { parseMailEvent } from '../../../../functions/domain/handoff/mail-event.ts';
import { mailEvent } from '../../../support/mail-events.ts';

describe('what SES tells about a mail', () => {
  it('is read for a bounce', () => {
    expect(parseMailEvent(mailEvent('Bounce', { to: ['Anna.Keller@Example.com'] }))).toEqual({
      what: 'bounced',
      at: '2026-11-17T08:30:02.000Z',
      recipients: ['anna.keller@example.com'],
      why: 'NoEmail',
      messageId: 'ses-1',
      sentAt: '2026-11-17T08:30:00.000Z',
      handoffId: 'D-2026-1041-1',
      kind: 'ask',
      step: 'schedule-internal-meeting',
    });
  });

  it.each(['Transient', 'Undetermined'])('is a delay for a %s bounce', (type) => {
    expect(parseMailEvent(mailEvent('Bounce', { bounceType: type }))?.what).toBe('delayed');
  });

  it('is read for a complaint, a delivery and a reject, which is about everybody', () => {
    expect(parseMailEvent(mailEvent('Complaint'))).toMatchObject({ what: 'complained', why: 'abuse' });
    expect(parseMailEvent(mailEvent('Delivery'))).toMatchObject({ what: 'delivered', at: '2026-11-17T08:30:02.000Z' });
    expect(parseMailEvent(mailEvent('Reject', { to: ['a@example.com', 'b@example.com'] }))).toMatchObject({
      what: 'rejected',
      why: 'Bad content',
      at: '2026-11-17T08:30:00.000Z',
      recipients: ['a@example.com', 'b@example.com'],
    });
  });

  it('is nothing when the mail belongs to no handoff', () => {
    expect(parseMailEvent(mailEvent('Bounce', { tags: {} }))).toBeUndefined();
  });

  it('is refused by its places, never its addresses, when it cannot be read', () => {
    const event = mailEvent('Bounce', { to: ['anna.keller@example.com'] });
    const broken = { ...event, detail: { ...event.detail, bounce: { bouncedRecipients: 'anna.keller@example.com' } } };
    expect(() => parseMailEvent(broken)).toThrow(/detail\.bounce\.bounceType/);
    expect(() => parseMailEvent(broken)).not.toThrow(/anna/);
    expect(() => parseMailEvent(null)).toThrow(/cannot be read/);
  });
});

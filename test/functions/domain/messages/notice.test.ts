import { describe, expect, it } from 'vitest';
import type { Audience } from '../../../../functions/domain/messages/message.ts';
import { noticeMessage } from '../../../../functions/domain/messages/notice.ts';
import type { Notice } from '../../../../functions/domain/messages/notice-input.ts';
import { renderMail } from '../../../../functions/mails/render-mail.ts';
import { anna, handoffRecord, klaus, lena, people, personAt, site } from '../../../support/handoff-record.ts';

function told(notice: Notice, to: Partial<Audience> = {}) {
  const message = noticeMessage({
    record: handoffRecord(),
    notice,
    to: { person: personAt(anna), as: 'participant', ...to },
    people,
    at: '2026-11-25T09:00:00Z',
    site,
  });
  const { text } = renderMail(message, { site, toCustomer: false });
  return { ...message, text: text.replace(/\s+/g, ' ') };
}

describe('the end of a handoff', () => {
  it('given up: says that nobody looks after the customer, and what to do', () => {
    const { subject, text } = told({ kind: 'handoff-abandoned', step: 'review-brief', reason: 'Nobody acted.' });
    expect(subject).toBe('Given up: Nordwind Logistik GmbH');
    expect(text).toContain('Nobody has acted on "Review the brief" for so long that the handoff');
    expect(text).toContain('Nobody looks after this customer now');
    expect(text).toContain('as a new won episode');
    expect(text).toContain('Take the customer over by hand');
    expect(text).not.toMatch(/cancelled|Nothing more is asked/);
  });

  it('cancelled: by the CRM, or by a person', () => {
    const by = (who: string) => told({ kind: 'handoff-cancelled', by: who, reason: 'Deal lost' }).text;
    expect(by('crm')).toContain('has been canceled by the CRM.');
    expect(by(klaus)).toContain('has been canceled by Klaus Brandt.');
  });
});

describe('the debt of an exception', () => {
  const owed = {
    by: klaus,
    gaps: ['Contract: Term length', 'Contract: Discounts'],
    dueDate: '2026-12-15',
    reason: 'They go live on Monday',
  };
  const url = 'https://handoff.example.com/s/AbC';

  it('tells what is owed, by when, to whom and why', () => {
    const { subject, text } = told({ kind: 'gaps-owed', ...owed });
    expect(subject).toBe('Yours to supply: 2 answers, by Tue 15 Dec: Nordwind Logistik GmbH');
    expect(text).toContain('Klaus Brandt let it go on without');
    expect(text).toContain('- Contract: Term length - Contract: Discounts');
    expect(text).toContain('Give it to Lena Vogt, who works without it until then.');
    expect(text).toContain('They go live on Monday');
    expect(text).not.toContain('Open the package');
  });

  it('reminds on the day, with a button where there is a link', () => {
    const { subject, text } = told({ kind: 'gaps-still-owed', ...owed, gaps: ['Contract: Term length'] }, { url });
    expect(subject).toBe('Still yours to supply: 1 answer, by Tue 15 Dec: Nordwind Logistik GmbH');
    expect(text).toContain('The handoff of Nordwind Logistik GmbH still needs 1 answer from you, by Tue 15 Dec.');
    expect(text).toContain(`Open the package: ${url}`);
  });

  it('speaks to somebody who granted it, or works with it, as such', () => {
    expect(told({ kind: 'gaps-owed', ...owed }, { person: personAt(klaus) }).text).toContain('You let it go on');
    expect(told({ kind: 'gaps-owed', ...owed }, { person: personAt(lena) }).text).toContain(
      'The customer success manager works without it until then.',
    );
  });
});

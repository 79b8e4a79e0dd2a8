import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../../../functions/domain/handoff/meeting-record.ts';
import type { Audience } from '../../../../functions/domain/messages/message.ts';
import { noticeMessage } from '../../../../functions/domain/messages/notice.ts';
import type { Notice } from '../../../../functions/domain/messages/notice-input.ts';
import { freezePlaybook } from '../../../../functions/domain/playbook/freeze.ts';
import { renderMail } from '../../../../functions/mails/render-mail.ts';
import { playbook } from '../../../../statemachines/playbooks/default.ts';
import {
  anna,
  daniel,
  handoffRecord,
  klaus,
  lena,
  people,
  personAt,
  site,
  stepRecord,
} from '../../../support/handoff-record.ts';

function told(notice: Notice, to: Partial<Audience> = {}, record = handoffRecord(), roster = people) {
  const message = noticeMessage({
    record,
    notice,
    to: { person: personAt(anna), as: 'participant', ...to },
    people: roster,
    at: '2026-11-25T09:00:00Z',
    site,
  });
  const { text } = renderMail(message, { site, toCustomer: false });
  return { ...message, text: text.replace(/\s+/g, ' ') };
}

it('says who adds somebody to the roster whose email came back, by name', () => {
  const notice = { kind: 'colleague-mail-bounced', address: 'nobody@example.com' } as const;
  const stranger = handoffRecord();
  expect(told(notice).text).toContain("They aren't on the roster: ask Ruth to add them.");
  const ops = { person: personAt(stranger.state.people.revenueOperations ?? '') };
  expect(told(notice, ops).text).toContain('ask revenue operations to add them.');
  const left = { ...ops.person, active: false };
  const roster = (deputy: object) => new Map([...people, [left.email, { ...left, ...deputy }]]);
  expect(told(notice, {}, stranger, roster({})).text).toContain('ask revenue operations to add them.');
  expect(told(notice, {}, stranger, roster({ deputy: lena })).text).toContain('ask Lena to add them.');
});

describe('the end of a handoff', () => {
  it('given up: says that nobody looks after the customer, and what to do', () => {
    const { subject, text } = told({ kind: 'handoff-abandoned', step: 'review-brief', reason: 'It was open.' });
    expect(subject).toBe('Nordwind Logistik: handoff closed without an owner');
    expect(text).toContain(
      '"Review the brief" stayed open too long. Name someone for Nordwind Logistik, or win the deal again in the CRM to restart.',
    );
    expect(text).not.toMatch(/cancell?ed|Nothing more to do/);
  });

  it('cancelled: by the CRM, or by a person', () => {
    const by = (who: string) => told({ kind: 'handoff-cancelled', by: who, reason: 'Deal lost' }).text;
    expect(by('crm')).toContain('The CRM ended the handoff of Nordwind Logistik.');
    expect(by(klaus)).toContain('Klaus ended the handoff of Nordwind Logistik.');
  });

  const kickoff: MeetingRecord = {
    ...{ meeting: 'kickoff', round: 1, status: 'planned', at: '2026-12-17T09:00:00Z', minutes: 60 },
    ...{ hosts: [lena, anna], guests: ['m.aydin@nordwind-logistik.example'], sequence: 0, by: lena },
    changedAt: '2026-11-24T09:00:00Z',
  };
  it.each<[string, MeetingRecord, string]>([
    [
      'was told of it',
      kickoff,
      "Mehmet Aydın was told that the meeting on Thu, Dec 17, 10 AM Berlin time is off. They weren't told why; decide who does.",
    ],
    ['was told before', { ...kickoff, status: 'off', ended: true }, 'Mehmet Aydın was told that the meeting'],
    [
      'had called it off earlier',
      { ...kickoff, status: 'off' },
      "Nothing more to do. The customer wasn't told; decide who does.",
    ],
    ['was in no meeting', { ...kickoff, guests: [] }, "Nothing more to do. The customer wasn't told; decide who does."],
    [
      'met before',
      { ...kickoff, at: '2026-11-24T09:00:00Z' },
      "Nothing more to do. The customer wasn't told; decide who does.",
    ],
  ])('cancelled: says what the customer knows, who %s', (_, meeting, said) => {
    const record = { ...handoffRecord(), meetings: { kickoff: meeting } };
    const { text } = told({ kind: 'handoff-cancelled', by: 'crm', reason: 'Deal lost' }, {}, record);
    expect(text).toContain(said);
    expect(text.includes("customer wasn't told")).toBe(said.includes("customer wasn't told"));
  });
});

describe('why a deal is over', () => {
  const shipped = freezePlaybook(playbook, { segment: 'standard' });
  const quoted = (locale: string, by: string, reason: string) =>
    (['handoff-cancelled', 'items-ended'] as const).map((kind) => {
      const message = noticeMessage({
        record: { ...handoffRecord({ steps: [stepRecord('review-brief')] }), playbook: shipped },
        notice: kind === 'items-ended' ? { kind, by, reason, steps: ['review-brief'] } : { kind, by, reason },
        to: { person: personAt(anna), as: 'participant' },
        people,
        at: '2026-11-25T09:00:00Z',
        site: { ...site, locale },
      });
      return message.blocks.find((block) => 'quote' in block)?.quote;
    });

  it.each([
    ['de-DE', 'crm', 'Deal lost: Insolvenz', 'Deal verloren: Insolvenz'],
    ['de-DE', 'crm', 'Deal reopened', 'Deal wieder offen'],
    ['de-DE', 'crm', 'Deal reopened: It is at "Angebot" again.', 'Deal wieder offen: Er steht wieder auf „Angebot“.'],
    ['de-DE', 'crm', 'Deal cancelled: x', 'Deal abgesagt: x'],
    ['de-DE', 'crm', 'Deal canceled: x', 'Deal abgesagt: x'],
    ['en-US', 'crm', 'Deal lost: Insolvenz', 'Deal lost: Insolvenz'],
    ['en-US', 'crm', 'Deal cancelled: x', 'Deal canceled: x'],
    ['de-DE', klaus, 'Deal lost: they told me', 'Deal lost: they told me'],
  ])(
    'is told in the language of the email, but for what people and the CRM wrote: %s, %s, %s',
    (locale, by, kept, said) => {
      expect(quoted(locale, by, kept)).toEqual([said, said]);
    },
  );
});

describe('an email of which nobody knows whether it went out', () => {
  it('is called in a sentence of its own', () => {
    const { text } = told({ kind: 'customer-mail-held', say: 'customer-introduction' });
    expect(text).toContain('Hi Anna, The introduction may not have gone out. Ask someone in copy');
  });
});

describe('a second stand-in', () => {
  const tom = 'tom.hughes@example.com';
  const handed = {
    from: tom,
    by: 'system',
    at: '2026-11-25T08:00:00Z',
    why: 'away',
    until: '2026-11-30T08:00:00Z',
  } as const;
  const record = handoffRecord({ steps: [stepRecord('review-brief', { owner: daniel, standInFor: lena, handed })] });
  const what = { steps: ['review-brief'], newOwner: daniel, handed } as const;

  it('is told as somebody who stands in for the one who is away, and to whom it goes back', () => {
    const { subject, text } = told({ kind: 'taken-over', ...what }, {}, record);
    expect(subject).toBe('Nordwind: Daniel stands in for Lena until Mon, Nov 30');
    expect(text).toContain(
      'Lena is away until Mon, Nov 30, 9 AM Berlin time. Tom, who stood in for them, is away too. Daniel is asked in their place:',
    );
    expect(text).toContain('What is still open then goes back to Lena.');
  });

  it('is told to the one who is away, and to the first stand-in, in their own words', () => {
    const away = told({ kind: 'taken-over', ...what }, { person: personAt(lena) }, record);
    expect(away.subject).toBe('Nordwind: Daniel stands in for you until Mon, Nov 30');
    expect(away.text).toContain('Tom, who stood in for you, is away too. Daniel is asked in your place:');
    expect(away.text).toContain('What is still open when you are back comes back to you.');
    const first = told({ kind: 'handed-away', ...what }, { person: personAt(tom) }, record).text;
    expect(first).toContain('You stood in for Lena, and are away too. Daniel is asked now:');
    expect(first).toContain('What is still open when Lena is back goes back to Lena.');
  });
});

describe('a role that the CRM gives to somebody else', () => {
  const handed = { from: lena, by: 'crm', at: '2026-11-20T15:00:00Z', why: 'asked', side: true } as const;
  const toNew = (steps: readonly string[]) =>
    told({ kind: 'taken-over', steps, newOwner: daniel, handed }, { person: personAt(daniel) });

  it('is told to them with the brief, whether a step is to come or nothing is open', () => {
    const { subject, text } = toNew(['hold-kickoff']);
    expect(subject).toBe('Nordwind Logistik is yours now, from Lena');
    expect(text).toMatch(/Your CRM names you in place of Lena now\. - Hold .* Nothing is due now\..*Brief: Nordwind/);
    const nothing = toNew([]).text;
    expect(nothing).toMatch(/Nothing of theirs is open; what comes next in this handoff is yours\..*Brief: Nordwind/);
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
    expect(subject).toBe('Nordwind Logistik: 2 answers from you by Tue, Dec 15');
    expect(text).toContain('Klaus let the handoff go ahead and named you for 2 answers, by Tue, Dec 15.');
    expect(text).toContain('- Contract: Term length - Contract: Discounts');
    expect(text).toContain('Give them to Lena, who works without them until then.');
    expect(text).toContain('They go live on Monday');
    expect(text).not.toContain('Open the package');
  });

  it('reminds on the day, with a button where there is a link', () => {
    const { subject, text } = told({ kind: 'gaps-still-owed', ...owed, gaps: ['Contract: Term length'] }, { url });
    expect(subject).toBe('Nordwind Logistik: 1 answer still to come by Tue, Dec 15');
    expect(text).toContain('Nordwind Logistik still needs 1 answer from you by Tue, Dec 15.');
    expect(text).toContain(`Open the package: ${url}`);
  });

  it('speaks to somebody who granted it, or works with it, as such', () => {
    expect(told({ kind: 'gaps-owed', ...owed }, { person: personAt(klaus) }).text).toContain(
      'You let the handoff go ahead',
    );
    expect(told({ kind: 'gaps-owed', ...owed }, { person: personAt(lena) }).text).toContain(
      'The customer success manager works without them until then.',
    );
  });
});

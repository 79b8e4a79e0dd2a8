import { describe, expect, it } from 'vitest';
import { packageFields, withAnswer } from '../../../../functions/domain/deal/package.ts';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import type { Announced, AnnouncementInput } from '../../../../functions/domain/messages/announced.ts';
import { announcementMessage, announcementToOne } from '../../../../functions/domain/messages/announcement.ts';
import { withStrangers } from '../../../../functions/domain/people/stranger.ts';
import type { Announcement } from '../../../../functions/domain/playbook/announcements.ts';
import { freezePlaybook } from '../../../../functions/domain/playbook/freeze.ts';
import { invitationText } from '../../../../functions/mails/invitation.ts';
import { renderMail } from '../../../../functions/mails/render-mail.ts';
import { playbook } from '../../../../statemachines/playbooks/default.ts';
import { sampleDeal } from '../../../support/deals.ts';
import {
  anna,
  calendarOf,
  daniel,
  handoffRecord,
  klaus,
  lena,
  people,
  personAt,
  ruth,
  type StepOverrides,
  site,
  stepRecord,
} from '../../../support/handoff-record.ts';
import { full } from '../../../support/playbooks/full.ts';

const guest = 'm.aydin@nordwind-logistik.example';
const letter = 'Dear Mehmet,\n\n  indented <b>and</b> word for word.\n\nLena';

const decisions: Readonly<Record<string, StepOverrides>> = {
  'schedule-internal-meeting': {
    owner: anna,
    decided: {
      choice: 'scheduled',
      evidence: { meetingAt: '2026-11-24T09:00:00Z', minutes: 30, place: 'https://meet.example.com/a' },
    },
  },
  'hold-internal-meeting': {
    decided: {
      choice: 'held',
      evidence: { heldAt: '2026-11-24T09:00:00Z', notes: 'SECRET notes', openQuestions: 'SECRET question?' },
    },
  },
  'introduce-customer': {
    decided: {
      choice: 'approved',
      at: '2026-11-24T14:00:00Z',
      evidence: { checklist: ['x'], recipients: [guest], text: letter },
    },
  },
  'schedule-kickoff': {
    decided: {
      choice: 'scheduled',
      evidence: {
        meetingAt: '2026-11-26T13:00:00Z',
        minutes: 60,
        recipients: [guest, 'new@nordwind-logistik.example'],
      },
    },
  },
  'confirm-handoff': {
    decided: { choice: 'confirmed', at: '2026-11-25T09:00:00Z', evidence: { signOff: ['x'], right: 'The brief' } },
  },
  'give-feedback': {
    decided: { choice: 'given', evidence: { wentWell: 'A', missingContext: 'B', earlySignals: 'C' } },
  },
  'rate-handoff': { decided: { choice: 'rated', evidence: { score: 6, why: 'Too little about risks' } } },
  'record-first-value': {
    decided: {
      choice: 'reached',
      at: '2026-12-28T09:00:00Z',
      evidence: { heldAt: '2026-12-22T09:00:00Z', onboardingComplete: true, retro: 'Two trainings did it.' },
    },
  },
};

const frozen = freezePlaybook(playbook, { segment: 'standard' });

const recordWith = (
  overrides: Readonly<Record<string, StepOverrides>> = {},
  more: Parameters<typeof handoffRecord>[0] = {},
) =>
  handoffRecord({
    ...more,
    steps: Object.entries({ ...decisions, ...overrides }).map(([id, decided]) => stepRecord(id, decided)),
  });

/** The same handoff under the rules of self-serve, which alone has the onboarding mails. */
const selfServe = (record: HandoffRecord): HandoffRecord => ({
  ...record,
  playbook: freezePlaybook(full, { segment: 'self-serve' }),
});

const say = (announcement: Announcement, { record = recordWith(), ...input }: Partial<AnnouncementInput> = {}) =>
  announcementMessage({
    record: announcement.startsWith('onboarding') ? selfServe(record) : record,
    say: announcement,
    people,
    at: '2026-11-25T09:00:00Z',
    site,
    calendarOf,
    ...input,
  });

function told(announcement: Announcement, input: Partial<AnnouncementInput> = {}): Announced & { text: string } {
  const announced = say(announcement, input);
  if ('nothing' in announced) throw new Error(announced.nothing);
  return { ...announced, text: renderMail(announced.message, { site, toCustomer: announced.toCustomer }).text };
}
const mailSent = (key: string) => ({ key, status: 'sent' as const, at: '2026-12-08T14:00:00Z' });
const flat = (text: string) => text.replace(/\s+/g, ' ');
const emails = (mailboxes: readonly { email: string }[]) => mailboxes.map(({ email }) => email);

const all: readonly Announcement[] = [
  'internal-meeting-invitation',
  'internal-meeting-notes',
  'customer-introduction',
  'kickoff-invitation',
  'handoff-confirmation',
  'availability-closes',
  'availability-ended',
  'feedback',
  'first-value',
  'low-score',
  'onboarding-faq',
  'onboarding-features',
  'onboarding-contacts',
  'renewal-reminder',
];
const toCustomers: readonly Announcement[] = [
  'customer-introduction',
  'kickoff-invitation',
  'onboarding-faq',
  'onboarding-features',
  'onboarding-contacts',
];

describe('inside', () => {
  it('invites to the internal meeting, with the four pillars as agenda', () => {
    const { to, cc, invitation, text, toCustomer } = told('internal-meeting-invitation');
    expect([emails(to), cc, toCustomer]).toEqual([[lena, anna], [], false]);
    expect(emails(invitation?.attendees ?? [])).toEqual([lena, anna]);
    expect(invitation?.organizer).toEqual({ name: 'Lena Vogt', email: lena });
    expect(text).toMatch(/Context: .*Relationships: .*Goals: .*Risks: /s);
    expect(invitation).toMatchObject({
      start: '2026-11-24T09:00:00Z',
      minutes: 30,
      location: 'https://meet.example.com/a',
    });
  });

  it('keeps what is sensitive out of the calendar entry', () => {
    const { invitation, text } = told('internal-meeting-invitation');
    expect(text).toContain('telematics');
    expect(invitation?.description).toContain('Why they bought');
    expect(invitation?.description).not.toMatch(/telematics|Leipzig depot|influence/);
  });

  it('shares the notes', () => {
    const { to, text } = told('internal-meeting-notes');
    expect(emails(to)).toEqual([lena, anna]);
    expect(text).toContain('> SECRET notes');
    expect(text).toContain('Anna: answer the open questions. Just reply.');
  });

  it('confirms to the account executive, in days from the signature, with a link for remarks', () => {
    const { to, text, message } = told('handoff-confirmation', { url: 'https://handoff.example.com/s/r' });
    expect(emails(to)).toEqual([anna]);
    expect(message.subject).toBe('Nordwind Logistik is handed off. Thank you, Anna');
    expect(flat(text)).toContain('Lena signed off, 8 days after signing. Nordwind Logistik is theirs now.');
    expect(flat(text)).toContain('Stay available for questions until Tue, Dec 8');
    expect(text).toContain('https://handoff.example.com/s/r');
  });

  it('counts calendar days in the zone of its reader', () => {
    const signed = (closedWonAt: string) => {
      const record = recordWith();
      return flat(told('handoff-confirmation', { record: { ...record, deal: { ...record.deal, closedWonAt } } }).text);
    };
    expect(signed('2026-11-24T14:05:00Z')).toContain('signed off, 1 day after signing.');
    expect(signed('2026-11-24T23:05:00Z')).toContain('signed off, on the day of signing.');
    expect(signed('2026-11-15T15:00:00Z')).toContain('signed off, 10 days after signing.');
  });

  it('says at the trigger to both sides what is ahead, and who stands in then', () => {
    const away = new Map(people);
    const person = personAt(lena);
    const availability = { ...person.availability, away: [{ from: '2026-11-18', to: '2026-11-19' }] };
    away.set(lena, { ...person, deputy: 'tom.hughes@example.com', availability });
    const record = { ...handoffRecord(), playbook: frozen };
    const text = flat(told('handoff-begins', { record, people: away, at: record.deal.closedWonAt }).text);
    expect(text).toContain('Lena takes over from Anna. Each of you gets an email when a step is yours.');
    expect(text).toContain('Review the brief: Wed, Nov 18, 9:30 AM Berlin time, Tom Hughes for Lena Vogt');
    expect(text).toContain(
      'Send the introduction: on the day of "Hold the internal handoff meeting", Tom Hughes for Lena Vogt',
    );
    expect(text).toContain('Schedule the kickoff: Fri, Nov 20, 5 PM Berlin time, Lena Vogt');
  });

  it.each([
    ['won a week before it was received', '2026-11-24T08:00:00Z', true],
    ['received on the day it was won', '2026-11-17T10:00:00Z', false],
  ] as const)('tells no date that has passed, of a deal %s', (_, startedAt, isLate) => {
    const record = { ...handoffRecord({ state: { startedAt } }), playbook: frozen };
    const text = flat(told('handoff-begins', { record, at: startedAt }).text);
    const lines = text.matchAll(/Nov (\d+), (\d+)(?::(\d+))? ([AP]M) Berlin time, (?:Anna|Lena)/g);
    const dates = [...lines].map(([, day, hour, minute = 0, half]) =>
      Date.UTC(2026, 10, Number(day), (Number(hour) % 12) + (half === 'PM' ? 12 : 0) - 1, Number(minute)),
    );
    expect(dates.length).toBeGreaterThan(3);
    expect(dates.filter((date) => !(date > Date.parse(startedAt)))).toEqual([]);
    const said = 'The deal reached us Tue, Nov 24, 9 AM Berlin time. What was due before that counts from then';
    expect(text.includes(said)).toBe(isLate);
  });

  it('tells the time that is asked for, where the step is asked by then', () => {
    const asked = stepRecord('schedule-internal-meeting', { owner: anna, dueAt: '2026-11-24T13:30:00Z' });
    const record = {
      ...handoffRecord({ steps: [asked], state: { startedAt: '2026-11-24T08:00:00Z' } }),
      playbook: frozen,
    };
    const text = flat(told('handoff-begins', { record, at: '2026-11-24T08:00:00Z' }).text);
    expect(text).toContain('Schedule the internal handoff meeting: Tue, Nov 24, 2:30 PM Berlin time, Anna Keller');
  });

  it('greets nobody by an address', () => {
    const [stranger] = ['nobody@example.com'];
    const record = recordWith({}, { state: { people: { accountExecutive: stranger, customerSuccessManager: lena } } });
    expect(told('handoff-confirmation', { record }).text).toMatch(/^Hello,$/m);
    const known = withStrangers(people, [stranger], site.defaultZone);
    const begins = told('handoff-begins', { record, people: known }).text;
    expect(begins).toContain(stranger);
    expect(begins).not.toContain(`${stranger}, ${stranger}`);
  });

  it('closes the availability of sales, and says until when escalations go on', () => {
    const { to, text } = told('availability-closes', { at: '2026-12-08T14:00:00Z' });
    expect(emails(to)).toEqual([anna, lena]);
    expect(flat(text)).toContain('Thank you, Anna. Until Thu, Dec 17, escalate to Anna only a disputed promise');
  });

  it.each([
    [
      'handoff-begins',
      lena,
      'Nordwind Logistik: you take over from Anna',
      'You take over from Anna. You get an email when',
    ],
    [
      'handoff-begins',
      anna,
      'Nordwind Logistik: Lena takes over from you',
      'Lena takes over from you. You get an email',
    ],
    [
      'availability-closes',
      anna,
      'Nordwind Logistik: everyday questions now go to Lena',
      'Thank you, Anna. Until Thu, Dec 17, Lena comes to you only with',
    ],
    [
      'availability-closes',
      lena,
      'Nordwind Logistik: everyday questions now go to you',
      'Until Thu, Dec 17, escalate to Anna only',
    ],
    ['availability-ended', anna, 'Nordwind Logistik is now fully with Lena', "Day 21: you're off call."],
    ['availability-ended', lena, 'Nordwind Logistik is now fully with you', 'Day 21: Anna is off call.'],
  ] as const)('speaks to whoever alone reads %s: %s', (announcement, email, subject, said) => {
    const input = { record: recordWith(), say: announcement, people, at: '2026-12-08T14:00:00Z', site, calendarOf };
    const { name } = personAt(email);
    const announced = announcementToOne(input, { name, email });
    if ('nothing' in announced) throw new Error(announced.nothing);
    const text = flat(renderMail(announced.message, { site }).text);
    expect(announced.message.subject).toBe(subject);
    expect(text).toContain(`Hi ${name.split(' ')[0]}, `);
    expect(text).toContain(said);
  });

  it.each([
    [anna, 'Nordwind Logistik liegt jetzt ganz bei Lena', 'Tag 21: Du bist nicht mehr gefragt.'],
    [lena, 'Nordwind Logistik liegt jetzt ganz bei dir', 'Tag 21: Anna hilft nicht mehr mit.'],
  ])('speaks German to %s: %s', (email, subject, said) => {
    const record = { ...recordWith(), playbook: freezePlaybook(playbook, { segment: 'standard' }) };
    const at = '2026-12-08T14:00:00Z';
    const input = {
      record,
      say: 'availability-ended',
      people,
      at,
      site: { ...site, locale: 'de-DE' },
      calendarOf,
    } as const;
    const { name } = personAt(email);
    const announced = announcementToOne(input, { name, email });
    if ('nothing' in announced) throw new Error(announced.nothing);
    expect(announced.message.subject).toBe(subject);
    expect(flat(renderMail(announced.message, { site }).text)).toContain(said);
  });

  it('has no time of escalations after the 60 days of enterprise', () => {
    const record = recordWith({}, { sample: 'enterprise-across-zones' });
    const { text } = told('availability-closes', { record, at: '2027-01-25T14:00:00Z' });
    expect(flat(text)).toContain('From now on, every question about this customer goes to Lena.');
  });

  it('leaves it to the later mail when escalations have ended as well', () => {
    const at = '2026-12-17T15:00:00Z';
    const withClosed = { ...recordWith(), mails: { 'availability-closes': mailSent('availability-closes') } };
    expect(say('availability-closes', { at: '2026-12-16T15:00:00Z' })).toHaveProperty('message');
    expect(say('availability-closes', { at })).toEqual({
      nothing: 'Escalations to sales end at the same time; that mail says both.',
    });
    for (const record of [recordWith(), withClosed])
      expect(flat(told('availability-ended', { at, record }).text)).toContain(
        'Day 30: Anna is off call. If sales must know something, tell Klaus.',
      );
  });

  it('reckons the end of escalations as the mail about it is sent: in the calendar of the CSM', () => {
    const abroad = { ...personAt(anna), availability: { ...personAt(anna).availability, zone: 'America/Los_Angeles' } };
    const announced = say('availability-closes', {
      at: '2026-12-17T15:00:00Z',
      people: new Map([...people, [anna, abroad]]),
    });
    expect(announced).toHaveProperty('nothing');
  });

  it('mails the feedback to the account executive, answers to the CSM', () => {
    const { to, replyTo, text } = told('feedback');
    expect([emails(to), replyTo]).toEqual([[anna], lena]);
    expect(text).toMatch(/What went well:\n> A\n\nWhat context was missing:\n> B\n\nEarly signs of engagement:\n> C/);
  });

  it('tells sales when the customer reached first value, and nothing before', () => {
    const { to, replyTo, message, text } = told('first-value', { at: '2026-12-28T09:00:00Z' });
    expect([emails(to), replyTo]).toEqual([[anna, klaus], lena]);
    expect(message.subject).toBe('Nordwind Logistik reached first value');
    expect(flat(text)).toContain('on Tue, Dec 22, 35 days after signing.');
    expect(text).toContain('> Two trainings did it.');
    for (const choice of ['not-yet', 'unanswered']) {
      const record = recordWith({ 'record-first-value': { decided: { choice, evidence: {} } } });
      expect(say('first-value', { record })).toHaveProperty('nothing');
    }
  });

  it('alerts managers and revenue operations about a score below target, and only then', () => {
    expect(emails(told('low-score').to)).toEqual([daniel, klaus, ruth]);
    expect(told('low-score').message.subject).toBe('Nordwind Logistik: handoff rated 6 of 10');
    const record = recordWith({ 'rate-handoff': { decided: { choice: 'rated', evidence: { score: 8, why: 'x' } } } });
    expect(say('low-score', { record })).toEqual({ nothing: 'The score of 8 meets the target.' });
  });

  it('reminds of the renewal', () => {
    const { to, message } = told('renewal-reminder', { at: '2028-08-19T08:00:00Z' });
    expect(emails(to)).toEqual([lena, anna]);
    expect(message.subject).toBe('Nordwind Logistik renews Nov 17, 2028: 90 days to go');
    expect(message.preview).toBe(
      "Nordwind Logistik's contract renews on Fri, Nov 17, 2028, in 90 days. Agree this week…",
    );
    expect(say('renewal-reminder', { record: recordWith({}, { package: {} }) })).toHaveProperty('nothing');
  });

  it.each([
    // Saturday evening in Berlin, Sunday morning in Sydney.
    [lena, 90],
    ['chloe.nguyen@example.com', 89],
  ])('counts the days to a renewal in the zone of its reader: %s', (email, days) => {
    const at = '2028-08-19T20:00:00Z';
    const input = { record: recordWith(), say: 'renewal-reminder', people, at, site, calendarOf } as const;
    const announced = announcementToOne(input, { name: personAt(email).name, email });
    if ('nothing' in announced) throw new Error(announced.nothing);
    expect(announced.message.subject).toContain(`: ${days} days to go`);
    expect(flat(renderMail(announced.message, { site }).text)).toContain(`in ${days} days.`);
  });

  it('reminds of no renewal once the customer has left, or has renewed', () => {
    const outcomes = [{ outcome: 'churned', at: '2027-11-01T00:00:00Z', saidAt: '2027-11-02T09:00:00Z' }] as const;
    const at = '2028-08-19T08:00:00Z';
    expect(say('renewal-reminder', { record: { ...recordWith(), outcomes }, at })).toEqual({
      nothing: 'The customer churned on 2027-11-01.',
    });
  });

  it('counts one month as one', () => {
    const { package: pkg } = sampleDeal('complete-standard');
    const record = recordWith({}, { package: withAnswer(pkg, 'contract.termMonths', 1) });
    expect(told('renewal-reminder', { record, at: '2028-08-19T08:00:00Z' }).text).toMatch(/Term: +1 month\n/);
  });
});

describe('to the customer', () => {
  it('sends the introduction word for word, from the CSM, the account executive in copy', () => {
    const { to, cc, fromName, replyTo, text, toCustomer } = told('customer-introduction');
    expect(to).toEqual([{ name: 'Mehmet Aydın', email: guest }]);
    expect([emails(cc), fromName, replyTo, toCustomer]).toEqual([[anna], 'Lena Vogt', lena, true]);
    expect(text).toBe(`${letter}\n`);
  });

  it('invites to the kickoff in the zone of the customer', () => {
    const { to, cc, invitation, text } = told('kickoff-invitation');
    expect(emails(to)).toEqual([guest, 'new@nordwind-logistik.example']);
    expect(emails(cc)).toEqual([lena, anna]);
    expect(emails(invitation?.attendees ?? [])).toEqual([guest, 'new@nordwind-logistik.example', lena, anna]);
    expect(text).toContain('When: Thu, Nov 26, 2 PM Berlin time');
  });

  it('tells the kickoff in its subject in the zone of the customer, as the email does', () => {
    const input = { record: recordWith({}, { sample: 'enterprise-across-zones' }) };
    const { message, text, invitation } = told('kickoff-invitation', input);
    expect(invitation?.zone).toBe('Europe/Berlin');
    expect(text).toContain('When: Thu, Nov 26, 10 PM Tokyo time');
    expect(message.subject).toBe('Kickoff: Sakura Denki and Lumen Works, Thu, Nov 26, 10 PM');
  });

  it.each(['onboarding-faq', 'onboarding-features', 'onboarding-contacts'] as const)(
    'sends %s to those approved for the introduction',
    (announcement) => {
      const { to, cc, replyTo } = told(announcement);
      expect([emails(to), cc, replyTo]).toEqual([[guest], [], lena]);
    },
  );

  it('greets whoever gets an onboarding email by first name, where all names are known', () => {
    expect(told('onboarding-faq').text).toMatch(/^Hi Mehmet,/);
    const evidence = { recipients: [guest, 'new@nordwind-logistik.example'], text: 'x' };
    const record = recordWith({ 'introduce-customer': { decided: { choice: 'approved', evidence } } });
    expect(told('onboarding-faq', { record }).text).toMatch(/^Hello,/);
  });

  it('sends nothing when the step was skipped', () => {
    const skipped: StepOverrides = { decided: { choice: 'skipped', evidence: { reason: 'x' } } };
    const record = recordWith({ 'introduce-customer': skipped, 'schedule-kickoff': skipped });
    for (const announcement of toCustomers) expect(say(announcement, { record })).toHaveProperty('nothing');
    expect(say('kickoff-invitation', { record })).toEqual({ nothing: '"Schedule the kickoff" was skipped.' });
  });

  it.each(toCustomers)('shows nothing internal in %s', (announcement) => {
    const { text, message, invitation } = told(announcement, { record: withSentinels() });
    const shown = [text, message.subject, message.preview, invitation ? invitationText(invitation) : ''].join('\n');
    expect(shown).not.toContain('SENTINEL');
    expect(shown).not.toContain('SECRET');
    expect(shown).not.toContain(site.url);
  });

  it.each([
    ['en-US', /How you see that it works: No-shows: 5% /],
    ['de-DE', /Woran Sie sehen, dass es wirkt: No-shows: 5 % /],
  ])('tells a customer their figure so that it reads well whatever they called it: %s', (locale, figure) => {
    const record = recordWith({}, { sample: 'self-serve' });
    const given = withAnswer(record.package, 'communication.language', locale);
    const rules = freezePlaybook(playbook, { segment: 'self-serve' });
    const said = announcementMessage({
      record: { ...record, package: given, playbook: rules },
      say: 'onboarding-features',
      people,
      at: '2026-11-25T09:00:00Z',
      site: { ...site, locale },
      calendarOf,
    });
    if ('nothing' in said) throw new Error(said.nothing);
    expect(flat(renderMail(said.message, { site, toCustomer: true }).text)).toMatch(figure);
  });

  it('says nothing of the package to the customer but the use case they told us', () => {
    expect(told('onboarding-features').text).toContain('Daily tour planning');
  });

  it.each([
    ['en', 'Your first goal with Lumen Works'],
    ['de', 'Ihr erstes Ziel mit Lumen Works'],
  ])('calls the second onboarding email by what it tells, which is a goal and no steps: %s', (language, subject) => {
    const record: HandoffRecord = {
      ...recordWith(),
      package: withAnswer(recordWith().package, 'communication.language', language),
      playbook: freezePlaybook(playbook, { segment: 'self-serve' }),
    };
    const input = { record, people, at: '2026-12-08T14:00:00Z', site, calendarOf };
    expect(announcementMessage({ ...input, say: 'onboarding-features' })).toHaveProperty('message.subject', subject);
  });
});

describe('every announcement', () => {
  it.each(all)('%s is marked as for the customer exactly when it goes there', (announcement) => {
    expect(told(announcement).toCustomer).toBe(toCustomers.includes(announcement));
  });

  it.each(all)('%s survives awkward text', (announcement) => {
    const record = recordWith({}, { sample: 'awkward-text' });
    const announced = told(announcement, { record });
    const { html, subject, text } = renderMail(announced.message, { site, toCustomer: announced.toCustomer });
    for (const part of [html, subject, text]) expect(part).not.toMatch(/undefined|\[object|\bnull\b|NaN/);
    expect(html).not.toMatch(/<script|<img|<b>/);
    expect(subject).not.toMatch(/[\p{Cc}\u202A-\u202E]/u);
  });

  it.each(all.filter((each) => !each.startsWith('availability') && each !== 'renewal-reminder'))(
    '%s is not sent before its step is decided',
    (announcement) => {
      expect(say(announcement, { record: handoffRecord() })).toHaveProperty('nothing');
    },
  );
});

/** A handoff whose package says SENTINEL wherever an internal text can stand. */
function withSentinels(): HandoffRecord {
  const { package: pkg } = sampleDeal('complete-standard');
  // What the customer said or bought, and nothing else.
  const open = new Set([
    'dealContext.primaryUseCase',
    'customerGoals.outcomes30Days',
    'technicalRequirements.integrations',
    'technicalRequirements.dataMigration',
    'contract.planTier',
    'contract.purchase',
    'communication.timeZone',
    'stakeholders',
  ]);
  const marked = packageFields
    .filter(({ kind, path }) => (kind === 'longText' || kind === 'text' || kind === 'list') && !open.has(path))
    .reduce<unknown>((so, { path, kind }) => {
      const sentinel = `SENTINEL of ${path}`;
      return withAnswer(so, path, kind === 'list' ? [sentinel] : sentinel);
    }, pkg);
  const stakeholders = [
    {
      name: 'Mehmet Aydın',
      email: guest,
      roles: ['champion', 'day-to-day'],
      influence: 'high',
      stays: true,
      notes: 'SENTINEL note',
    },
  ];
  const promises = [
    { what: 'SENTINEL what', toWhom: 'SENTINEL whom', byWhen: 'SENTINEL', where: 'SENTINEL', certainty: 'assumed' },
  ];
  const record = recordWith(
    {},
    { package: withAnswer(withAnswer(marked, 'stakeholders', stakeholders), 'promises', promises) },
  );
  return {
    ...record,
    deal: { ...record.deal, name: 'SENTINEL deal' },
    state: { ...record.state, assignedBecause: 'SENTINEL' },
  };
}

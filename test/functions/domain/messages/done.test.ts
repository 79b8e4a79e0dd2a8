import { describe, expect, it } from 'vitest';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import type { Decision } from '../../../../functions/domain/handoff/step-record.ts';
import { doneTexts, nextTexts } from '../../../../functions/domain/messages/done.ts';
import type { DoneWording } from '../../../../functions/domain/playbook/done-wording.ts';
import { askStep } from '../../../../functions/domain/playbook/playbook.ts';
import {
  anna,
  calendarOf,
  handoffRecord,
  klaus,
  lena,
  people,
  personAt,
  stepRecord,
} from '../../../support/handoff-record.ts';

const [zone, at] = ['Europe/Berlin', '2026-11-23T10:00:00Z'];
const record = handoffRecord({
  steps: [stepRecord('review-brief'), stepRecord('schedule-internal-meeting', { owner: anna })],
});

/** The handoff with words for a choice. */
function saying(step: string, done: DoneWording): HandoffRecord {
  const rule = askStep(record.playbook, step);
  const choices = rule.choices.map((choice) => ({ ...choice, done }));
  return {
    ...record,
    playbook: { ...record.playbook, steps: { ...record.playbook.steps, [step]: { ...rule, choices } } },
  };
}

const made = (choice: string, evidence: Decision['evidence'] = {}): Decision => ({
  choice,
  by: lena,
  as: 'owner',
  at,
  evidence,
});

describe('What the page says once a choice is made', () => {
  it('are the words of the table, with names and times', () => {
    const done = { said: 'Meeting booked: {meetingAt}', also: 'Next: {customerSuccessManager}.' };
    const step = 'schedule-internal-meeting';
    const decision = made('scheduled', { meetingAt: '2026-11-24T09:00:00Z' });
    expect(doneTexts({ record: saying(step, done), step, decision, people, calendarOf, zone, at })).toEqual({
      said: 'Meeting booked: Tue, Nov 24, 10 AM Berlin time',
      also: ['Next: Lena.'],
    });
  });

  it('name those who are invited, the reader as such, and whoever stands in for somebody away that day', () => {
    const done = { said: 'Meeting booked', also: 'Invitations go to {invited}.' };
    const also = (step: string, by: string, evidence: Decision['evidence'] = {}, of = people) => {
      const decision = { ...made('scheduled', { meetingAt: '2026-11-24T09:00:00Z', ...evidence }), by };
      const asked = handoffRecord({ steps: [stepRecord(step, { owner: anna })] });
      const { playbook } = saying(step, done);
      return doneTexts({ record: { ...asked, playbook }, step, decision, people: of, calendarOf, zone, at }).also;
    };
    const booking = 'schedule-internal-meeting';
    expect(also(booking, anna)).toEqual(['Invitations go to you and Lena.']);
    expect(also(booking, lena)).toEqual(['Invitations go to you and Anna.']);
    // Klaus books for Anna, who is back by then.
    expect(also(booking, klaus)).toEqual(['Invitations go to Lena and Anna.']);
    const person = personAt(anna);
    const away = { ...person.availability, away: [{ from: '2026-11-23', to: '2026-11-25' }] };
    const absent = new Map([...people, [anna, { ...person, deputy: klaus, availability: away }]]);
    expect(also(booking, klaus, {}, absent)).toEqual(['Invitations go to you and Lena.']);
    expect(also('schedule-kickoff', lena, { recipients: ['h.luehrs@nordwind-logistik.example'] })).toEqual([
      'Invitations go to Nordwind Logistik, you, and Anna.',
    ]);
  });

  it('say until which day sales takes questions, once that is known', () => {
    const done = { said: 'Signed off', also: '{accountExecutive} takes your questions until {closes}.' };
    const told = (introduced: boolean) => {
      const sent = stepRecord('introduce-customer', { decided: { choice: 'approved', at: '2026-11-19T10:00:00Z' } });
      const steps = introduced ? [sent, stepRecord('confirm-handoff')] : [stepRecord('confirm-handoff')];
      const base = handoffRecord({ steps });
      const step = 'confirm-handoff';
      const rule = {
        ...askStep(base.playbook, step),
        choices: [{ id: 'confirmed', label: 'Sign off', evidence: [], done }],
      };
      const playbook = { ...base.playbook, steps: { ...base.playbook.steps, [step]: rule } };
      const told = { record: { ...base, playbook }, step, decision: made('confirmed'), people, calendarOf, zone, at };
      return doneTexts(told).also;
    };
    expect(told(true)).toEqual(['Anna takes your questions until Thu, Dec 3.']);
    expect(told(false)).toEqual([]);
  });

  it.each([
    ['at once', '2026-12-21T10:00:00Z', 'Tue, Jan 5, 2027'],
    ['a day before it is asked again', '2027-01-04T10:00:00Z', 'Tue, Jan 5'],
    ['when it was to be asked again', '2027-01-08T10:00:00Z', 'Fri, Jan 8'],
  ])('say when a question comes again that was left open %s', (_, decidedAt, said) => {
    const step = 'record-first-value';
    const decided = { choice: 'not-yet', at: decidedAt };
    const asked = stepRecord(step, { askedAt: '2026-12-21T08:00:00Z', decided });
    const base = handoffRecord({ steps: [asked] });
    const done = { said: 'Not yet', also: "We'll ask again {again}." };
    const rule = {
      ...askStep(base.playbook, step),
      choices: [{ id: 'not-yet', label: 'Not yet', evidence: [], done }],
    };
    const playbook = { ...base.playbook, steps: { ...base.playbook.steps, [step]: rule } };
    const { decision } = asked;
    if (!decision) throw new Error('It is decided.');
    const telling = { record: { ...base, playbook }, step, decision, people, calendarOf, zone, at: decidedAt };
    expect(doneTexts(telling).also).toEqual([`We'll ask again ${said}.`]);
  });

  it('leaves out a sentence that has nothing to say', () => {
    const done = { said: 'Changes noted', also: 'We ask again {again}.' };
    const decision = made('accept');
    expect(
      doneTexts({ record: saying('review-brief', done), step: 'review-brief', decision, people, calendarOf, zone, at })
        .also,
    ).toEqual([]);
  });

  it('are the words of the button where the table has none, and of a step that is skipped its title', () => {
    const told = (choice: string) =>
      doneTexts({ record, step: 'review-brief', decision: made(choice), people, calendarOf, zone, at }).said;
    expect(told('accept')).toBe('“Accept: handoff ready” is on record');
    expect(told('skipped')).toBe('“Review the brief” is skipped');
  });

  it('tell what is open with others, by when, and nothing of what is the reader’s own', () => {
    const standing = { record, people, calendarOf, zone, at };
    expect(nextTexts(standing, { reader: lena, step: 'review-brief' })).toEqual([
      'Next: Schedule the internal handoff meeting (Anna Keller, by Mon, Nov 23, 4 PM).',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { digestAfter } from '../../../../functions/domain/handoff/escalation-digest.ts';
import { inCharge } from '../../../../functions/domain/handoff/exceptions.ts';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import type { MailRecord } from '../../../../functions/domain/handoff/mail-record.ts';
import { stepSayings } from '../../../../functions/domain/handoff/sayings.ts';
import { reliefs } from '../../../../functions/domain/handoff/trouble.ts';
import type { Person } from '../../../../functions/domain/people/person.ts';
import { stranger } from '../../../../functions/domain/people/stranger.ts';
import type { Escalations } from '../../../../functions/domain/playbook/playbook.ts';
import { businessCalendar } from '../../../../functions/domain/time/calendar.ts';
import { publicHolidays } from '../../../../functions/domain/time/holidays.ts';
import {
  calendarOf,
  daniel,
  handoffRecord,
  klaus,
  lena,
  people,
  personAt,
  ruth,
  stepRecord,
} from '../../../support/handoff-record.ts';

const step = 'hold-kickoff';
/**
 * Due on Monday 23 November, 16:00 in Berlin: the first rung comes at that time of the next day, each further one a business day after
 * the digest that tells the one before.
 */
const rungs = { manager: '2026-11-24T15:00:00Z', operations: '2026-11-26T08:05:00Z', stall: '2026-11-27T08:05:00Z' };
const mornings = { manager: '2026-11-25T08:05:00.000Z', operations: '2026-11-26T08:05:00.000Z' };

interface Circumstances {
  readonly escalations?: Escalations;
  readonly changed?: readonly Person[];
  readonly mails?: readonly MailRecord[];
}

function recordWith({ escalations = 'digest', mails = [] }: Circumstances): HandoffRecord {
  const record = handoffRecord();
  return {
    ...record,
    playbook: { ...record.playbook, escalations },
    steps: { ...record.steps, [step]: stepRecord(step) },
    mails: Object.fromEntries(mails.map((mail) => [mail.key, mail])),
  };
}

/** Who is told by an email now, and who in a digest. */
function told(at: string, circumstances: Circumstances = {}) {
  const record = recordWith(circumstances);
  const charge = inCharge(record, step);
  if (!charge) throw new Error('Nobody is asked.');
  const company = new Map([
    ...people,
    ...(circumstances.changed ?? []).map((person) => [person.email, person] as const),
  ]);
  const { now, inDigest, held } = stepSayings({ record, people: company, calendarOf, at }, charge);
  const emails = (said: typeof now) => said.map(({ person }) => person.email);
  return { mailed: emails(now), inDigest: emails(inDigest), held };
}

const keyOf = (index: number, person: string) => `${step}/2026-11-20T15:00:00Z/${index}/escalate/${person}`;

describe('an escalation', () => {
  it('is an email unless the playbook says otherwise', () => {
    expect(told(rungs.manager, { escalations: 'email' })).toMatchObject({ mailed: [lena, daniel], inDigest: [] });
  });

  it('stands in the digest of whoever is to help, and is waited for until the digest is late', () => {
    expect(told(rungs.manager)).toEqual({ mailed: [lena], inDigest: [daniel], held: ['2026-11-25T11:05:00.000Z'] });
    expect(told(rungs.operations)).toMatchObject({ mailed: [lena], inDigest: [ruth] });
  });

  it('is an email once no digest has told it', () => {
    expect(told('2026-11-25T11:04:59Z').mailed).not.toContain(daniel);
    expect(told('2026-11-25T11:05:00Z')).toEqual({ mailed: [lena, daniel], inDigest: [], held: [] });
  });

  it('stays in the digest that has told it, and is waited for no more', () => {
    const key = keyOf(3, daniel);
    const mails = [{ key, status: 'sent', at: mornings.manager, inDigest: true } as const];
    const index = told(rungs.manager).inDigest.length;
    expect(index).toBe(1);
    const later = told('2026-11-25T12:00:00Z', { mails });
    expect([later.inDigest, later.held]).toEqual([[daniel], []]);
  });

  it('is not in the digest after an email told it', () => {
    const mails = [{ key: keyOf(3, daniel), status: 'sent', at: mornings.manager } as const];
    expect(told('2026-11-25T10:00:00Z', { mails })).toMatchObject({ inDigest: [], held: [] });
  });

  it('is an email that a step is stalled', () => {
    expect(told(rungs.stall)).toMatchObject({ mailed: [lena, daniel, ruth], inDigest: [] });
  });

  it.each<[string, Person]>([
    [
      'is away before the next rung',
      {
        ...personAt(daniel),
        availability: { ...personAt(daniel).availability, away: [{ from: '2026-11-25', to: '2026-11-25' }] },
      },
    ],
    ['is the manager of nobody here who is there', { ...personAt(lena), active: false }],
    ['is on no roster, and gets no digest', stranger(daniel, 'Europe/Berlin')],
    [
      'is to help an owner whose email bounces',
      { ...personAt(lena), unreachable: { since: '2026-11-20T15:00:00Z', why: 'bounced' } },
    ],
  ])('is an email where whoever helps %s', (_, person) => {
    expect(told(rungs.manager, { changed: [person] })).toMatchObject({ inDigest: [] });
    expect(told(rungs.manager, { changed: [person] }).mailed).toContain(daniel);
  });

  it('leaves nobody out: whoever is told by email is told in the digest or by email', () => {
    const toldBy = (escalations: Escalations) => {
      const everybody = new Set<string>();
      for (let hour = 0; hour < 24 * 7; hour++) {
        const at = new Date(Date.parse(rungs.manager) + hour * 3_600_000).toISOString();
        const { mailed, inDigest } = told(at, { escalations });
        for (const email of [...mailed, ...inDigest]) everybody.add(email);
      }
      return [...everybody].toSorted();
    };
    expect(toldBy('digest')).toEqual(toldBy('email'));
    expect(toldBy('digest')).toEqual([daniel, lena, ruth].toSorted());
  });

  it('leaves whoever reads of it in a digest a business day before the next one is asked, by when it was read', () => {
    const key = keyOf(3, daniel);
    const read = (at: string) => [{ key, status: 'sent', at, inDigest: true } as const];
    expect(told('2026-11-26T08:04:59Z', { mails: read(mornings.manager) }).inDigest).toEqual([daniel]);
    expect(told('2026-11-26T08:05:00Z', { mails: read(mornings.manager) }).inDigest).toEqual([ruth]);
    // It went out two hours late.
    const late = read('2026-11-25T10:05:00.000Z');
    expect(told('2026-11-26T10:04:59Z', { mails: late }).inDigest).toEqual([daniel]);
    expect(told('2026-11-26T10:05:00Z', { mails: late }).inDigest).toEqual([ruth]);
  });
});

describe('the end of trouble', () => {
  const decided = { choice: 'held', by: lena, at: '2026-11-25T12:00:00Z' };
  const over = (...mails: readonly MailRecord[]) => {
    const record = { ...recordWith({ mails }), steps: { [step]: stepRecord(step, { decided }) } };
    return reliefs(record, stepRecord(step, { decided })).map(({ person, inDigest = false }) => [person, inDigest]);
  };
  const mail = (index: number, person: string, inDigest?: true): MailRecord => ({
    ...{ key: keyOf(index, person), status: 'sent', at: mornings.manager },
    ...(inDigest && { inDigest }),
  });

  it('is told in the digest to whoever heard of the trouble there, and nowhere else', () => {
    expect(over(mail(3, daniel, true), mail(4, ruth))).toEqual([
      [daniel, true],
      [ruth, false],
    ]);
    expect(over(mail(3, daniel, true), mail(4, daniel))).toEqual([[daniel, false]]);
  });
});

describe('the next daily digest', () => {
  const berlin = calendarOf(personAt(klaus));

  it.each([
    ['on the same morning', '2026-11-24T07:00:00Z', '2026-11-24T08:05:00.000Z'],
    ['at the very moment at which it goes out', '2026-11-24T08:05:00Z', '2026-11-24T08:05:00.000Z'],
    ['the next morning', '2026-11-24T08:05:01Z', '2026-11-25T08:05:00.000Z'],
    ['after the weekend', '2026-11-20T15:00:00Z', '2026-11-23T08:05:00.000Z'],
    ['on a day on which clocks change', '2027-03-26T15:00:00Z', '2027-03-30T07:05:00.000Z'],
  ])('comes %s', (_, at, expected) => {
    expect(digestAfter(at, berlin)).toBe(expected);
  });

  it('comes at the same minute of the hour, wherever its reader works', () => {
    const { hours } = personAt(klaus).availability;
    const india = businessCalendar({ zone: 'Asia/Kolkata', hours }, publicHolidays);
    expect(digestAfter('2026-11-24T12:00:00Z', india)).toBe('2026-11-25T04:05:00.000Z');
  });

  it('never comes to somebody who never works again', () => {
    const { availability } = personAt(klaus);
    const gone = businessCalendar(
      { ...availability, away: [{ from: '2026-11-01', to: '2036-11-01' }] },
      publicHolidays,
    );
    expect(digestAfter('2026-11-24T12:00:00Z', gone)).toBeUndefined();
  });
});

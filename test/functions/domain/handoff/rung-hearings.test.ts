import { describe, expect, it } from 'vitest';
import type { Rung } from '../../../../functions/domain/handoff/ladder.ts';
import type { MailRecord } from '../../../../functions/domain/handoff/mail-record.ts';
import { rungHearings } from '../../../../functions/domain/handoff/rung-hearings.ts';
import type { Person } from '../../../../functions/domain/people/person.ts';
import type { Escalations } from '../../../../functions/domain/playbook/playbook.ts';
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
/** Tuesday, 4 PM in Berlin, and a business day later. */
const rung = {
  ...{ index: 3, kind: 'escalate', tell: ['owner', 'manager'] },
  ...{ at: '2026-11-24T15:00:00Z', nextAt: '2026-11-25T15:00:00Z' },
} as const satisfies Rung;

interface Circumstances {
  readonly at?: string;
  readonly escalations?: Escalations;
  readonly changed?: readonly Person[];
  readonly mails?: readonly MailRecord[];
}

/** Who hears of the rung beside its owner: 'klaus@… 2026-11-25T08:05' in their digest, and 'klaus@…' by an email. */
function told({ at = rung.at, escalations = 'digest', changed = [], mails = [] }: Circumstances): readonly string[] {
  const record = handoffRecord();
  const asked = stepRecord(step);
  return rungHearings(
    rung,
    { asked },
    {
      record: {
        ...record,
        playbook: { ...record.playbook, escalations },
        steps: { ...record.steps, [step]: asked },
        mails: Object.fromEntries(mails.map((mail) => [mail.key, mail])),
      },
      people: new Map([...people, ...changed.map((person) => [person.email, person] as const)]),
      owner: personAt(lena),
      ...{ at, calendarOf },
    },
  )
    .filter(({ as }) => as !== 'owner')
    .map(({ person, digest }) => [person.email, ...(digest ? [digest.at.slice(0, 16)] : [])].join(' '));
}

const living = (email: string, zone: string, { away = [], ...change }: Partial<Person> & Away = {}): Person => {
  const person = personAt(email);
  return { ...person, ...change, availability: { ...person.availability, zone, away } };
};

interface Away {
  readonly away?: readonly { readonly from: string; readonly to: string }[];
}

const tuesday = { from: '2026-11-24', to: '2026-11-24' };
/** Works from Wednesday, 7 PM UTC, on: after the next rung. Klaus stands in, whose digest comes while Daniel still sleeps. */
const awayInHonolulu = [living(daniel, 'Pacific/Honolulu', { away: [tuesday], deputy: klaus })];
const klausReads = `${klaus} 2026-11-25T08:05`;

describe('whom a rung tells in the daily digest', () => {
  it('is the manager who is there, and by an email where the playbook says so', () => {
    expect(told({})).toEqual([`${daniel} 2026-11-25T08:05`]);
    expect(told({ escalations: 'email' })).toEqual([daniel]);
  });

  it.each([
    ['before the rung', '2026-11-24T08:00:00Z'],
    ['at the rung', rung.at],
    ['in the night in which the manager’s next day of work comes', '2026-11-25T03:30:00Z'],
    ['when the digest goes out', '2026-11-25T08:05:00Z'],
  ])('is whoever stood in when the rung came, looked at %s', (_, at) => {
    expect(told({ at, changed: awayInHonolulu })).toEqual([klausReads]);
  });

  it('stays whom the digest has told, whoever is there by then', () => {
    const key = `${step}/2026-11-20T15:00:00Z/3/escalate/${klaus}`;
    const mails = [{ key, status: 'sent', at: '2026-11-25T08:05:00.000Z', inDigest: true }] as const;
    expect(told({ at: '2026-11-25T20:00:00Z', changed: awayInHonolulu, mails })).toEqual([klausReads]);
  });

  it('is whoever is there by then, once no digest has come', () => {
    expect(told({ at: '2026-11-25T11:05:00Z', changed: awayInHonolulu })).toEqual([`${daniel} 2026-11-25T08:05`]);
  });

  it.each<[string, readonly Person[], readonly string[]]>([
    [
      'is the manager who is back before the stand-in reads',
      [living(daniel, 'Europe/Berlin', { away: [tuesday], deputy: klaus }), living(klaus, 'America/New_York')],
      [`${daniel} 2026-11-25T08:05`],
    ],
    [
      'is the stand-in who reads before the manager is back',
      [living(daniel, 'America/New_York', { away: [tuesday], deputy: klaus })],
      [klausReads],
    ],
    [
      'is an email at once to a stand-in who has no digest before the next rung',
      [
        living(daniel, 'Pacific/Honolulu', { away: [tuesday], deputy: klaus }),
        living(klaus, 'Europe/Berlin', { away: [{ from: '2026-11-25', to: '2026-11-26' }] }),
      ],
      [klaus],
    ],
    [
      'is the next one there, where the deputy is away as well',
      [
        living(daniel, 'Pacific/Honolulu', { away: [tuesday], deputy: klaus }),
        living(klaus, 'Europe/Berlin', { away: [tuesday] }),
      ],
      [`${ruth} 2026-11-25T08:05`],
    ],
  ])('%s', (_, changed, expected) => {
    expect(told({ changed })).toEqual(expected);
    expect(told({ at: '2026-11-24T15:30:00Z', changed })).toEqual(expected);
  });
});

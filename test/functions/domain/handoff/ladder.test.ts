import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LadderInput, type Rung, rungAt } from '../../../../functions/domain/handoff/ladder.ts';
import type { LadderRule } from '../../../../functions/domain/playbook/playbook.ts';
import {
  addBusinessDays,
  businessCalendar,
  type Instant,
  isWorkingMoment,
} from '../../../../functions/domain/time/calendar.ts';
import { full } from '../../../support/playbooks/full.ts';

const hours = { from: '09:00', to: '17:00' };
const calendar = businessCalendar(
  { zone: 'Europe/Berlin', hours: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours } },
  () => new Map(),
);

const ladder = (name: string): LadderRule => {
  const rule: LadderRule | undefined = Object.entries(full.ladders).find(([known]) => known === name)?.[1];
  if (!rule) throw new Error(`There is no ladder "${name}".`);
  return rule;
};
const [standard, ofPackage, followUp, patient] = ['standard', 'package', 'follow-up', 'patient'].map(ladder) as [
  LadderRule,
  LadderRule,
  LadderRule,
  LadderRule,
];

/** Asked on Friday 20 November at 16:00 in Berlin, due on Monday at 16:00. */
const input = (ladder: LadderRule, step: Partial<LadderInput['step']> = {}): LadderInput => ({
  ladder,
  step: { askedAt: '2026-11-20T15:00:00Z', dueAt: '2026-11-23T15:00:00Z', pauses: [], ...step },
  anchors: { closedWon: '2026-11-20T15:00:00Z' },
  calendar,
});

/** What is said from the ask on, each rung at the moment the one before it announced: what the state machine does. */
function climbed(of: LadderInput, most = 12): (Rung & { saidAt: Instant })[] {
  const said: (Rung & { saidAt: Instant })[] = [];
  let at: Instant | undefined = of.step.askedAt;
  while (at !== undefined && said.length < most) {
    const { rung, nextAt } = rungAt(of, at);
    if (rung) said.push({ ...rung, saidAt: at });
    if (rung?.kind === 'unanswered') break;
    at = nextAt;
  }
  return said;
}

const story = (of: LadderInput, most?: number): string[] =>
  climbed(of, most).map(({ kind, saidAt, tell }) => [saidAt.slice(0, 16), kind, ...tell].join(' '));

describe('the ladder of a step', () => {
  it('warns, says that it is breached, climbs one rung per business day, stalls, and nags weekly (S4, P)', () => {
    expect(story(input(standard), 8)).toEqual([
      '2026-11-20T15:00 ask owner',
      '2026-11-23T11:00 warn owner',
      '2026-11-23T15:00 breach owner',
      '2026-11-24T15:00 escalate owner manager',
      '2026-11-25T15:00 escalate owner revenueOperations',
      '2026-11-26T15:00 stall owner manager revenueOperations',
      '2026-12-03T15:00 nag owner manager revenueOperations',
      '2026-12-10T15:00 nag owner manager revenueOperations',
    ]);
  });

  it.each([
    ['a moment', '2026-11-20T15:00:00.700Z', true],
    ['two minutes', '2026-11-20T15:02:00Z', true],
    ['half an hour', '2026-11-20T15:30:00Z', true],
    ['more than half an hour', '2026-11-20T15:31:00Z', false],
  ])('warns of a promise of one working day also where the deal is heard of %s later', (_, askedAt, isWarned) => {
    const warnings = climbed(input(standard, { askedAt })).filter(({ kind }) => kind === 'warn');
    expect(warnings.map(({ at }) => at.slice(0, 16))).toEqual(isWarned ? ['2026-11-23T11:00'] : []);
  });

  it('skips the weekend on its way up', () => {
    const said = story(input(standard, { askedAt: '2026-11-25T08:00:00Z', dueAt: '2026-11-26T15:00:00Z' }), 6);
    expect(said.slice(2)).toEqual([
      '2026-11-26T15:00 breach owner',
      '2026-11-27T15:00 escalate owner manager',
      '2026-11-30T15:00 escalate owner revenueOperations',
      '2026-12-01T15:00 stall owner manager revenueOperations',
    ]);
  });

  it('warns about the package at the end of the signing day, reminds after 24 h, says the breach after 48 h', () => {
    const of = {
      ...input(ofPackage, { askedAt: '2026-11-23T09:00:00Z', dueAt: '2026-11-25T09:00:00Z' }),
      anchors: { closedWon: '2026-11-23T09:00:00Z' },
    };
    expect(story(of, 4)).toEqual([
      '2026-11-23T09:00 ask owner',
      '2026-11-23T16:00 warn owner',
      '2026-11-24T09:00 remind owner',
      '2026-11-25T09:00 breach owner',
    ]);
  });

  it('ends a follow-up as unanswered after its rungs, and says no more', () => {
    expect(story(input(followUp))).toEqual([
      '2026-11-20T15:00 ask owner',
      '2026-11-23T11:00 warn owner',
      '2026-11-23T15:00 breach owner',
      '2026-11-24T15:00 escalate owner manager',
      '2026-11-25T15:00 escalate owner revenueOperations',
      '2026-11-26T15:00 unanswered',
    ]);
    expect(rungAt(input(followUp), '2027-03-01T09:00:00Z')).toEqual({
      rung: expect.objectContaining({ kind: 'unanswered' }),
    });
  });

  it('chases nobody over a question that is asked again by the flow', () => {
    expect(story(input(patient))).toEqual(['2026-11-20T15:00 ask owner', '2026-11-23T15:00 unanswered']);
  });

  it('asks when the owner begins to work', () => {
    const night = input(standard, { askedAt: '2026-11-20T22:00:00Z', dueAt: '2026-11-24T08:00:00Z' });
    expect(rungAt(night, '2026-11-20T22:00:00Z')).toEqual({ nextAt: '2026-11-23T08:00:00Z' });
    expect(rungAt(night, '2026-11-23T08:00:00Z').rung?.kind).toBe('ask');
  });

  it('says no reminder right behind the ask', () => {
    const short = input(standard, { askedAt: '2026-11-23T10:30:00Z' });
    expect(story(short, 2)).toEqual(['2026-11-23T10:30 ask owner', '2026-11-23T15:00 breach owner']);
  });

  it('says only the newest rung when several were missed', () => {
    const { rung, nextAt } = rungAt(input(standard), '2026-11-25T16:00:00Z');
    expect(rung).toMatchObject({ kind: 'escalate', index: 4 });
    expect(nextAt).toBe('2026-11-26T15:00:00Z');
  });

  it('leaves time to act to somebody whom the step reaches after it was due', () => {
    const late = input(standard, { askedAt: '2026-11-25T09:00:00Z' });
    expect(story(late, 4)).toEqual([
      '2026-11-25T09:00 ask owner',
      '2026-11-26T09:00 escalate owner manager',
      '2026-11-27T09:00 escalate owner revenueOperations',
      '2026-11-30T09:00 stall owner manager revenueOperations',
    ]);
  });

  it('leaves out a rung whose anchor is unknown', () => {
    const ladder: LadderRule = {
      rungs: [{ kind: 'remind', when: { after: 'kickoffHeld', within: '1 day' }, tell: ['owner'] }],
      afterwards: { unansweredAfterDue: '1 business day' },
    };
    expect(story(input(ladder))).toEqual(['2026-11-20T15:00 ask owner', '2026-11-24T15:00 unanswered']);
  });

  it('gives each rung a number that stays', () => {
    const numbers = climbed(input(standard), 8).map(({ index }) => index);
    expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 1001, 1002]);
  });
});

describe('the weekly reminders', () => {
  const closed = (from: string, to: string) =>
    businessCalendar(
      {
        zone: 'Europe/Berlin',
        hours: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
        away: [{ from, to }],
      },
      () => new Map(),
    );
  // It stalls on Tue, Dec 15 at 16:00 in Berlin.
  const stalling = (calendar: LadderInput['calendar'], afterwards = standard.afterwards): LadderInput => ({
    ...input({ ...standard, afterwards }, { askedAt: '2026-12-09T15:00:00Z', dueAt: '2026-12-10T15:00:00Z' }),
    calendar,
  });
  const nags = (of: LadderInput, most: number) =>
    climbed(of, most)
      .filter(({ kind }) => kind === 'nag')
      .map(({ saidAt, index }) => `${saidAt.slice(0, 16)} ${index - 1000}`);

  it('leave out what would come within days of the one before, after days off', () => {
    const of = stalling(closed('2026-12-22', '2027-01-03'));
    expect(nags(of, 9)).toEqual(['2027-01-04T08:00 1', '2027-01-12T15:00 4', '2027-01-19T15:00 5']);
    // Whoever looks between them finds the one that was said.
    expect(rungAt(of, '2027-01-05T15:00:00Z')).toMatchObject({ rung: { index: 1001 }, nextAt: '2027-01-12T15:00:00Z' });
  });

  it('stay, where four days lie between', () => {
    expect(nags(stalling(closed('2026-12-22', '2026-12-24')), 8)).toEqual(['2026-12-25T08:00 1', '2026-12-29T15:00 2']);
  });

  it('leave out as much of another span', () => {
    const daily = stalling(calendar, { nagEvery: '1 day' });
    // Saturday's and Sunday's would come on Monday morning, hours before Monday's own.
    expect(nags(daily, 10)).toEqual([
      '2026-12-16T15:00 1',
      '2026-12-17T15:00 2',
      '2026-12-18T15:00 3',
      '2026-12-21T08:00 4',
    ]);
  });

  it('come when it suits their readers, and are found at that moment', () => {
    const later = (at: Instant) => new Date(Date.parse(at) + 5 * 3_600_000).toISOString();
    const of = { ...stalling(calendar), suits: later };
    expect(nags(of, 8)).toEqual(['2026-12-22T20:00 1', '2026-12-29T20:00 2']);
    expect(rungAt(of, '2026-12-29T19:00:00Z').rung?.index).toBe(1001);
  });

  it('are days apart, whatever days are off', () => {
    const offs = fc.record({ from: fc.integer({ min: 0, max: 60 }), days: fc.integer({ min: 0, max: 40 }) });
    const day = (n: number) => new Date(Date.UTC(2026, 11, 10 + n)).toISOString().slice(0, 10);
    fc.assert(
      fc.property(offs, ({ from, days }) => {
        const said = climbed(stalling(closed(day(from), day(from + days))), 20).filter(({ kind }) => kind === 'nag');
        const gaps = said
          .slice(1)
          .map(({ at }, i) => Math.round((Date.parse(at) - Date.parse(said[i]?.at ?? '')) / 8_640_000) / 10);
        expect(gaps.filter((gap) => gap < 4)).toEqual([]);
        // None is left out but where another was near.
        const ordinary = gaps.slice(-4);
        expect(ordinary).toEqual([7, 7, 7, 7]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a step that waits for the customer', () => {
  const paused = (more: Partial<LadderInput['step']> = {}) =>
    input(standard, {
      pauses: [
        {
          from: '2026-11-23T09:00:00Z',
          until: '2026-11-27T08:00:00Z',
          reason: 'The customer is away',
          by: 'a@example.com',
        },
      ],
      dueAt: '2026-11-27T14:00:00Z',
      ...more,
    });

  it('is silent, says when that is over, and then goes on', () => {
    expect(story(paused(), 5)).toEqual([
      '2026-11-20T15:00 ask owner',
      '2026-11-27T08:00 remind owner',
      '2026-11-27T10:00 warn owner',
      '2026-11-27T14:00 breach owner',
      '2026-11-30T14:00 escalate owner manager',
    ]);
    expect(rungAt(paused(), '2026-11-24T12:00:00Z')).toEqual({ nextAt: '2026-11-27T08:00:00Z' });
  });

  it('is asked again when it is handed over after that', () => {
    const handedOver = paused({ askedAt: '2026-11-27T09:00:00Z', dueAt: '2026-11-30T09:00:00Z' });
    expect(rungAt(handedOver, '2026-11-27T09:00:00Z').rung?.kind).toBe('ask');
  });

  it('is asked when the pause is over if its owner is to be asked anew meanwhile', () => {
    const asked = paused({ askedAt: '2026-11-24T09:00:00Z' });
    expect(rungAt(asked, '2026-11-24T09:00:00Z')).toEqual({ nextAt: '2026-11-27T08:00:00Z' });
    expect(rungAt(asked, '2026-11-27T08:00:00Z').rung?.kind).toBe('ask');
  });

  it('is asked of a new owner at once, when they work, and reminds them when the pause is over', () => {
    const handed = { from: 'a@example.com', by: 'a@example.com', at: '2026-11-24T20:00:00Z', why: 'asked' } as const;
    const handedOver = paused({ askedAt: '2026-11-25T08:00:00Z', handed });
    expect(rungAt(handedOver, handed.at)).toEqual({ nextAt: '2026-11-25T08:00:00Z' });
    expect(story(handedOver, 3)).toEqual([
      '2026-11-25T08:00 ask owner',
      '2026-11-27T08:00 remind owner',
      '2026-11-27T10:00 warn owner',
    ]);
  });
});

describe('whatever is asked whenever', () => {
  const start = Date.UTC(2026, 0, 1);
  const instants = fc
    .integer({ min: 0, max: 400 * 24 * 60 })
    .map((minutes): Instant => new Date(start + minutes * 60_000).toISOString());
  const ladders = fc.constantFrom<LadderRule>(standard, ofPackage, followUp, patient);
  const steps = fc.record({ askedAt: instants, days: fc.integer({ min: 1, max: 20 }), ladder: ladders }).map(
    ({ askedAt, days, ladder }): LadderInput => ({
      ladder,
      step: { askedAt, dueAt: addBusinessDays(askedAt, days, calendar), pauses: [] },
      anchors: { closedWon: askedAt },
      calendar,
    }),
  );

  it('the rungs come in order, each once, in working time, and after the ask', () => {
    fc.assert(
      fc.property(steps, (of) => {
        const said = climbed(of, 10);
        const numbers = said.map(({ index }) => index);
        expect(new Set(numbers).size).toBe(numbers.length);
        for (const [i, { at, saidAt }] of said.entries()) {
          expect(Date.parse(at)).toBeLessThanOrEqual(Date.parse(saidAt));
          expect(isWorkingMoment(saidAt, calendar)).toBe(true);
          if (i > 0) expect(Date.parse(saidAt)).toBeGreaterThan(Date.parse(said[i - 1]?.saidAt ?? ''));
        }
        expect(said[0]?.kind).toBe('ask');
      }),
      { numRuns: 200 },
    );
  });

  it('nothing goes silent: there is always a next time, unless it ended as unanswered', () => {
    fc.assert(
      fc.property(steps, instants, (of, at) => {
        const { rung, nextAt } = rungAt(of, at);
        if (rung?.kind !== 'unanswered') expect(Date.parse(nextAt ?? '')).toBeGreaterThan(Date.parse(at));
      }),
      { numRuns: 200 },
    );
  });

  it('the same moment says the same', () => {
    fc.assert(
      fc.property(steps, instants, (of, at) => {
        expect(rungAt(of, at)).toEqual(rungAt(of, at));
      }),
      { numRuns: 50 },
    );
  });
});

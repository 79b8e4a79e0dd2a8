import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordOf } from '../../../../functions/domain/fields/record.ts';
import { askingOf } from '../../../../functions/domain/handoff/asking.ts';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import type { Pause, StepRecord } from '../../../../functions/domain/handoff/step-record.ts';
import { pausedTimes } from '../../../../functions/domain/handoff/waiting.ts';
import { askStep, type Playbook } from '../../../../functions/domain/playbook/playbook.ts';
import { handoffWhatIf, type WhatIf, whatIf } from '../../../../functions/domain/reports/what-if.ts';
import { calendarOf, handoffRecord, lena, people, personAt } from '../../../support/handoff-record.ts';
import { full } from '../../../support/playbooks/full.ts';

const at = '2026-12-20T12:00:00Z';
const won = handoffRecord().deal.closedWonAt;

interface Course {
  readonly step: string;
  /** Hours after closed won. */
  readonly asked: number;
  readonly decided?: number;
  readonly choice?: string;
  readonly pauses?: readonly Pause[];
}

const hours = (count: number): string =>
  new Date(Date.parse(won) + count * 3_600_000).toISOString().replace('.000Z', 'Z');

/** A handoff whose steps were asked by the rules it has, one after the other, as the handoff itself asks them. */
function followed(courses: readonly Course[]): HandoffRecord {
  let record = handoffRecord();
  for (const { step, asked, decided, choice = 'accept', pauses = [] } of courses.toSorted(
    (a, b) => a.asked - b.asked,
  )) {
    const rule = askStep(record.playbook, step);
    const { opened } = askingOf({ record, step, rule, round: 1, at: hours(asked), people, calendarOf });
    const calendar = calendarOf(personAt(opened.owner));
    let so: StepRecord = opened;
    for (const pause of pauses) so = { ...so, ...pausedTimes(record, so, { pause, standing: undefined, calendar }) };
    const by = { by: opened.owner, as: 'owner', evidence: {} } as const;
    const over = decided === undefined ? so : { ...so, decision: { choice, at: hours(decided), ...by } };
    record = { ...record, steps: { ...record.steps, [step]: over } };
  }
  return record;
}

const bothWays = (record: HandoffRecord, playbook: Playbook, would = people) =>
  handoffWhatIf({ record, playbook, people: { was: people, would }, calendarOf, at });

/** The fixture playbook with other rules for a step. */
function changed(step: 'review-brief' | 'schedule-internal-meeting', rule: object, more: object = {}): Playbook {
  const playbook: Playbook = full;
  const before = playbook.steps[step];
  if (!before) throw new Error(`no step ${step}`);
  return { ...playbook, ...more, steps: { ...playbook.steps, [step]: { ...before, ...rule } } };
}

const review = (decided?: number): Course => ({
  step: 'review-brief',
  asked: 1,
  ...(decided === undefined ? {} : { decided }),
});
const numbers = ({ late, missed, rounds }: WhatIf) => ({ late, missed, replayed: rounds.replayed });

describe('what if handoffs had followed other rules', () => {
  it('is what was, where the rules are the same: whoever did what, and when', () => {
    const course = fc.record({
      step: fc.constantFrom('review-brief', 'schedule-internal-meeting'),
      asked: fc.integer({ min: 0, max: 200 }),
      decided: fc.option(fc.integer({ min: 201, max: 500 }), { nil: undefined }),
      pause: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(course, { selector: ({ step }) => step, maxLength: 2 }), (courses) => {
        const record = followed(
          courses.map(({ decided, pause, ...rest }) => ({
            ...rest,
            ...(decided === undefined ? {} : { decided }),
            ...(pause === undefined
              ? {}
              : {
                  pauses: [
                    { from: hours(rest.asked + 1), until: hours(rest.asked + 1 + pause), reason: 'away', by: lena },
                  ],
                }),
          })),
        );
        const found = whatIf([bothWays(record, full)]);
        expect(found.rounds.replayed).toBe(found.rounds.all);
        expect([found.late.would, found.missed.would]).toEqual([found.late.was, found.missed.was]);
        for (const { was, would } of Object.values(found.mails)) expect(would).toBe(was);
        expect(found).toMatchObject({ steps: [], standing: [], newGaps: [], dropped: [], added: [] });
      }),
      { numRuns: 60 },
    );
  });

  it('counts who would have been late by a shorter promise, and the emails they would have had', () => {
    // Asked an hour after the deal was won, due 24 hours after it, and done after 23.
    const record = followed([review(23)]);
    const shorter = changed('review-brief', { due: { after: 'packageReady', within: '4 hours' } }, { atLeast: 0 });
    const found = whatIf([bothWays(record, shorter)]);
    expect(numbers(found)).toEqual({ late: { was: 0, would: 1 }, missed: { was: 0, would: 1 }, replayed: 1 });
    expect(found.mails.overdue).toEqual({ was: 0, would: 1 });
    expect(found.mails.requests).toEqual({ was: 1, would: 1 });
    expect(found.steps).toEqual([
      { step: 'review-brief', rounds: 1, late: { was: 0, would: 1 }, missed: { was: 0, would: 1 } },
    ]);
    expect(found.lateHandoffs).toEqual({ was: 0, would: 1 });
  });

  it('tells late by its owner from a promise missed: the least time forgives the one only', () => {
    const record = followed([review(23)]);
    const generous = changed('review-brief', { due: { after: 'packageReady', within: '4 hours' }, atLeast: 40 });
    expect(numbers(whatIf([bothWays(record, generous)]))).toEqual({
      late: { was: 0, would: 0 },
      missed: { was: 0, would: 1 },
      replayed: 1,
    });
  });

  it('counts a longer promise in favor of who was late, also while a step is open', () => {
    const later = changed('review-brief', { due: { after: 'packageReady', within: '60 business days' } });
    for (const course of [review(200), review()]) {
      const { late, mails } = whatIf([bothWays(followed([course]), later)]);
      expect(late).toEqual({ was: 1, would: 0 });
      expect(mails.escalations.was).toBeGreaterThan(0);
      expect(mails.escalations.would).toBe(0);
    }
  });

  it('counts the emails of another ladder', () => {
    const quiet: Playbook = {
      ...full,
      ladders: { ...full.ladders, standard: { ...full.ladders.standard, rungs: [] } },
    };
    const { mails, late } = whatIf([bothWays(followed([review(200)]), quiet)]);
    expect([mails.overdue.would, mails.escalations.would]).toEqual([0, 0]);
    expect(mails.overdue.was).toBeGreaterThan(0);
    expect(late).toEqual({ was: 1, would: 1 });
  });

  it('counts in other working hours, where people would have had others', () => {
    const short = { ...personAt(lena).availability, hours: { thu: { from: '09:00', to: '12:00' } } };
    const would = new Map([...people, [lena, { ...personAt(lena), availability: short }]]);
    expect(whatIf([bothWays(followed([review(100)]), full, would)]).late).toEqual({ was: 1, would: 0 });
  });

  it('leaves what it cannot replay as it was, and says why', () => {
    const record = followed([review(200)]);
    const step = record.steps['review-brief'];
    if (!step) throw new Error('no step');
    const moved = { ...record, steps: { 'review-brief': { ...step, dueAt: hours(500) } } };
    const gone = { ...record, steps: { 'review-brief': { ...step, owner: 'gone@example.com' } } };
    const shorter = changed('review-brief', { due: { after: 'packageReady', within: '4 hours' } });
    const elsewhere = changed('review-brief', { owner: 'accountExecutive' });
    const nextWeek = changed('review-brief', { opens: { after: 'packageReady', within: '5 business days' } });
    const unknown = changed('review-brief', { due: { after: 'kickoffHeld', within: '4 hours' } });
    const told = [
      [moved, shorter, 0],
      [gone, shorter, 1],
      [record, elsewhere, 1],
      [record, nextWeek, 1],
      [record, unknown, 1],
    ] as const;
    expect(
      told.map(([each, playbook, late]) => {
        const found = whatIf([bothWays(each, playbook)]);
        expect(numbers(found)).toMatchObject({ late: { was: late, would: late }, replayed: 0 });
        return found.standing;
      }),
    ).toEqual([
      [{ because: 'the times were changed on the way', rounds: 1 }],
      [{ because: 'the owner is not on the roster any more', rounds: 1 }],
      [{ because: 'somebody else would have been asked', rounds: 1 }],
      [{ because: 'it would have been asked at another time', rounds: 1 }],
      [{ because: 'the promise counts from something that has not happened', rounds: 1 }],
    ]);
  });

  it('counts nothing for a step that would not have been asked, and names those that would be new', () => {
    const record = followed([review(200)]);
    const segments = {
      ...full.segments,
      standard: { ...(full as Playbook).segments['standard'], without: ['review-brief'] },
    };
    const found = whatIf([bothWays(record, { ...full, segments } as Playbook)]);
    expect(found).toMatchObject({ late: { was: 1, would: 0 }, dropped: [{ handoffs: 1 }], standing: [] });
    expect(found.mails.requests).toEqual({ was: 1, would: 0 });
    const { 'review-brief': _, ...less } = record.playbook.steps;
    const before = { ...record, playbook: { ...record.playbook, steps: less }, steps: {} };
    expect(whatIf([bothWays(before, full)]).added).toEqual([
      { name: record.playbook.steps['review-brief']?.title, handoffs: 1 },
    ]);
  });

  it('looks at packages by what would have been required', () => {
    const record = handoffRecord();
    const pkg = structuredClone(recordOf(record.deal.package));
    delete (pkg['dealContext'] as Record<string, unknown>)['buyingProcess'];
    const without = { ...record, deal: { ...record.deal, package: pkg } };
    const strict: Playbook = { ...full, fields: { ...full.fields, 'dealContext.buyingProcess': { required: true } } };
    const found = whatIf([bothWays(without, strict), bothWays(record, strict)]);
    expect(found.packageComplete).toEqual({ was: 2, would: 1 });
    expect(found.newGaps.map(({ handoffs }) => handoffs)).toEqual([1]);
    // What the trigger found is not what is found now: nobody can say what else it would have found.
    const unlike = { ...without, state: { ...without.state, packageComplete: false } };
    expect(whatIf([bothWays(unlike, full)]).packageComplete).toEqual({ was: 0, would: 0 });
  });

  it('adds up over handoffs, and of none is nothing', () => {
    const found = whatIf([bothWays(followed([review(200)]), full), bothWays(followed([review(20)]), full)]);
    expect([found.handoffs, found.rounds.all, found.late, found.lateHandoffs]).toEqual([
      2,
      2,
      { was: 1, would: 1 },
      { was: 1, would: 1 },
    ]);
    expect(whatIf([])).toMatchObject({ handoffs: 0, late: { was: 0, would: 0 }, steps: [] });
  });
});

import { describe, expect, it } from 'vitest';
import { behindPromise, behindText } from '../../../../functions/domain/handoff/behind.ts';
import type { HandoffState } from '../../../../functions/domain/handoff/handoff.ts';
import type { StepRecord } from '../../../../functions/domain/handoff/step-record.ts';
import {
  calendarOf,
  daniel,
  handoffRecord,
  lena,
  people,
  type StepOverrides,
  stepRecord,
} from '../../../support/handoff-record.ts';

// The deal was won on Tue, Nov 17, 2026 at 09:30 in Berlin, where everybody works Mon-Fri 9 to 17.
const introduction = stepRecord('introduce-customer', {
  askedAt: '2026-11-24T09:00:00Z',
  promisedAt: '2026-11-20T16:00:00Z',
  dueAt: '2026-11-24T10:00:00Z',
});

const held = (at: string, over: StepOverrides = {}): StepRecord =>
  stepRecord('hold-internal-meeting', {
    dueAt: '2026-11-19T16:00:00Z',
    decided: { choice: 'held', evidence: { heldAt: '2026-11-18T09:00:00Z' }, at },
    ...over,
  });

function said(asked: StepRecord, steps: readonly StepRecord[], state: Partial<HandoffState> = {}): string | undefined {
  const record = handoffRecord({ steps: [...steps, asked], state });
  const behind = behindPromise(record, asked, { people, calendarOf, zone: 'Europe/Berlin', at: asked.askedAt });
  return behind && behindText(behind);
}

describe('why a handoff runs behind its promises', () => {
  it('is where most working time was lost before the step, not what was done last', () => {
    const review = stepRecord('review-brief', {
      dueAt: '2026-11-19T09:00:00Z',
      decided: { choice: 'accept', at: '2026-11-23T15:00:00Z' },
    });
    const plan = stepRecord('draft-success-plan', {
      askedAt: '2026-11-23T15:00:00Z',
      promisedAt: '2026-11-19T09:00:00Z',
      dueAt: '2026-11-24T08:00:00Z',
      decided: { choice: 'drafted', at: '2026-11-24T08:30:00Z' },
    });
    expect(said(introduction, [review, plan])).toBe(
      'Running 1 business day late: "Review the brief" was done Mon, Nov 23, 4 PM Berlin time.',
    );
  });

  it('is nothing in another branch, nor what was lost before the promise began to count', () => {
    const kickoff = stepRecord('hold-kickoff', {
      askedAt: '2026-11-24T09:00:00Z',
      promisedAt: '2026-11-23T16:00:00Z',
      dueAt: '2026-11-24T13:00:00Z',
    });
    const map = stepRecord('map-stakeholders', {
      dueAt: '2026-11-18T16:00:00Z',
      decided: { choice: 'verified', at: '2026-11-24T08:00:00Z' },
    });
    expect(said(kickoff, [map])).toBe('Running 5 hours late.');
    const scheduled = stepRecord('schedule-internal-meeting', {
      dueAt: '2026-11-17T16:00:00Z',
      decided: { choice: 'scheduled', at: '2026-11-18T09:00:00Z' },
    });
    expect(said(introduction, [scheduled, held('2026-11-19T09:00:00Z')])).toBe('Running 1 business day late.');
  });

  it('is a return, an exception, the customer, an absence, or a step that was left out, where that was it', () => {
    const pack = (over: StepOverrides) =>
      said(introduction, [
        stepRecord('complete-package', over),
        stepRecord('review-brief', {
          round: 2,
          dueAt: '2026-11-25T09:00:00Z',
          decided: { choice: 'accept', at: '2026-11-24T08:30:00Z' },
        }),
      ]);
    expect(
      pack({
        round: 2,
        askedAt: '2026-11-19T09:00:00Z',
        dueAt: '2026-11-25T09:00:00Z',
        decided: { choice: 'hand-over', at: '2026-11-23T15:00:00Z' },
      }),
    ).toContain(
      '"Complete the handoff package" was returned Thu, Nov 19, 10 AM, and was done Mon, Nov 23, 4 PM Berlin time.',
    );
    const request = {
      by: lena,
      at: '2026-11-18T09:00:00Z',
      reason: 'Nobody knows.',
      paths: [],
      reviewer: daniel,
      askedAt: '2026-11-18T09:00:00Z',
      dueAt: '2026-11-19T09:00:00Z',
      because: '',
      answer: { by: daniel, at: '2026-11-23T09:00:00Z', reason: 'No.', fields: [] },
    };
    expect(
      pack({
        dueAt: '2026-11-25T09:00:00Z',
        exceptions: [request],
        decided: { choice: 'hand-over', at: '2026-11-23T15:00:00Z' },
      }),
    ).toContain(
      'the exception for "Complete the handoff package" was asked for Wed, Nov 18, 10 AM and decided Mon, Nov 23, 10 AM Berlin time.',
    );
    const wait = { from: '2026-11-18T09:00:00Z', until: '2026-11-23T08:00:00Z', reason: 'They travel.', by: lena };
    expect(
      pack({
        dueAt: '2026-11-17T16:00:00Z',
        pauses: [wait],
        decided: { choice: 'hand-over', at: '2026-11-23T09:00:00Z' },
      }),
    ).toContain('"Complete the handoff package" waited for the customer until Mon, Nov 23, 9 AM Berlin time.');
    expect(
      pack({ dueAt: '2026-11-18T16:00:00Z', decided: { choice: 'skipped', at: '2026-11-23T09:00:00Z' } }),
    ).toContain('"Complete the handoff package" was left out Mon, Nov 23, 10 AM Berlin time.');
    const back = { from: daniel, by: 'system', at: '2026-11-23T08:00:00Z', why: 'back' } as const;
    expect(
      said(introduction, [
        held('2026-11-24T08:30:00Z', {
          handed: back,
          askedAt: back.at,
          promisedAt: '2026-11-19T16:00:00Z',
          dueAt: '2026-11-24T09:00:00Z',
        }),
      ]),
    ).toBe('Running 1 business day late: Lena Vogt was away until Mon, Nov 23, 9 AM Berlin time.');
  });

  it('is the meeting where that was set too late, and the deal where that was received too late', () => {
    const scheduled = stepRecord('schedule-internal-meeting', {
      dueAt: '2026-11-18T08:30:00Z',
      decided: { choice: 'scheduled', evidence: { meetingAt: '2026-11-23T09:00:00Z' }, at: '2026-11-17T10:00:00Z' },
    });
    const meeting = stepRecord('hold-internal-meeting', {
      askedAt: '2026-11-23T09:30:00Z',
      promisedAt: '2026-11-19T08:30:00Z',
      dueAt: '2026-11-23T13:30:00Z',
    });
    expect(said(meeting, [scheduled])).toBe(
      'Running 2 business days late: the meeting was set for Mon, Nov 23, 10 AM Berlin time.',
    );
    const first = stepRecord('schedule-internal-meeting', {
      askedAt: '2026-11-20T09:00:00Z',
      promisedAt: '2026-11-18T08:30:00Z',
      dueAt: '2026-11-20T13:00:00Z',
    });
    expect(said(first, [], { startedAt: '2026-11-20T09:00:00Z' })).toBe(
      'Running 2 business days late: the deal was received Fri, Nov 20, 10 AM Berlin time.',
    );
  });

  it('is a handing at its own moment, and none that was before the step was asked', () => {
    const handed = { from: daniel, by: daniel, at: '2026-11-19T16:30:00Z', why: 'asked' } as const;
    const asked = {
      ...{ promisedAt: '2026-11-19T08:30:00Z', dueAt: '2026-11-23T13:30:00Z', askedAt: '2026-11-20T08:00:00Z', handed },
    };
    expect(said(stepRecord('hold-internal-meeting', { ...asked, openedAt: '2026-11-19T09:30:00Z' }), [])).toBe(
      'Running 2 business days late: Lena Vogt took over from Daniel Weiss Thu, Nov 19, 5:30 PM Berlin time.',
    );
    const scheduled = stepRecord('schedule-internal-meeting', {
      dueAt: '2026-11-18T08:30:00Z',
      decided: { choice: 'scheduled', evidence: { meetingAt: '2026-11-23T09:00:00Z' }, at: '2026-11-17T10:00:00Z' },
    });
    const later = { ...asked, askedAt: '2026-11-23T09:30:00Z', openedAt: '2026-11-23T09:30:00Z' };
    expect(said(stepRecord('hold-internal-meeting', later), [scheduled])).toBe(
      'Running 2 business days late: the meeting was set for Mon, Nov 23, 10 AM Berlin time.',
    );
  });

  it('is not worth saying where the least time that everybody has ends a little later, or on the other side of a weekend', () => {
    const asked = (askedAt: string, dueAt: string) => ({ ...introduction, askedAt, dueAt });
    const late = held('2026-11-20T15:30:00Z');
    expect(said(asked('2026-11-20T15:30:00Z', '2026-11-23T08:30:00Z'), [late])).toBeUndefined();
    expect(said(asked('2026-11-20T13:00:00Z', '2026-11-23T11:00:00Z'), [held('2026-11-19T10:00:00Z')])).toBeUndefined();
    expect(said(asked('2026-11-20T15:30:00Z', '2026-11-23T10:30:00Z'), [late])).toBe(
      'Running 2 hours late: "Hold the internal handoff meeting" was done Fri, Nov 20, 4:30 PM Berlin time.',
    );
  });
});

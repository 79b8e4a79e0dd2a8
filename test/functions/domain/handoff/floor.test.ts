import { describe, expect, it } from 'vitest';
import { askedFields, type FloorItem, floorOf, floorProblems } from '../../../../functions/domain/handoff/floor.ts';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import type { StepRecord } from '../../../../functions/domain/handoff/step-record.ts';
import { freezePlaybook } from '../../../../functions/domain/playbook/freeze.ts';
import {
  type AskStep,
  askStep,
  type StepField,
  type StepRule,
} from '../../../../functions/domain/playbook/playbook.ts';
import { anna, daniel, handoffRecord, people, ruth, stepRecord } from '../../../support/handoff-record.ts';
import { full } from '../../../support/playbooks/full.ts';

const step = 'introduce-customer';
const reviewedBy: StepField = {
  name: 'reviewedBy',
  label: 'Who',
  kind: 'person',
  from: 'colleagues',
  required: true,
  supplies: 'planReviewer',
};
const rule = (id: string): AskStep => full.steps[id as keyof typeof full.steps] as StepRule as AskStep;
const planning: AskStep = {
  ...rule('align-success-plan'),
  choices: [{ id: 'aligned', label: 'Done', evidence: [reviewedBy] }],
};
const playbook = freezePlaybook(
  {
    ...full,
    steps: {
      ...full.steps,
      'align-success-plan': planning,
      [step]: {
        ...rule(step),
        floor: ['packageComplete', 'handoffReady', 'recordingsAttached', 'planReviewed', 'followUpScheduled'],
      },
    },
  },
  { segment: 'standard' },
);
const given = (steps: readonly StepRecord[], change: Partial<HandoffRecord> = {}): HandoffRecord => ({
  ...handoffRecord({ steps: [stepRecord(step), ...steps] }),
  playbook,
  ...change,
});
const items = (record: HandoffRecord): readonly FloorItem[] =>
  floorOf({ record, step, people, at: '2026-11-23T12:00:00Z', zone: 'Europe/Berlin' });
const item = (fact: string, steps: readonly StepRecord[] = [], change: Partial<HandoffRecord> = {}) => {
  const found = items(given(steps, change)).find((each) => each.fact === fact);
  return `${found?.excused ? 'excused' : found?.met ? 'met' : 'open'}: ${found?.says ?? ''}`;
};
const at = '2026-11-18T10:00:00Z';
const skipped = (id: string) =>
  stepRecord(id, { decided: { choice: 'skipped', by: daniel, at, evidence: { reason: 'Known from the pilot' } } });
const exception = (gaps: readonly string[]) =>
  stepRecord('complete-package', {
    owner: anna,
    decided: {
      choice: 'grant-exception',
      by: ruth,
      at,
      evidence: { reason: 'They decide in January', owner: [anna], dueDate: '2026-12-01', gaps },
    },
  });
const empty = { package: {}, state: { ...handoffRecord().state, packageComplete: false } };

describe('a complete package', () => {
  it('is one that was handed over, or was complete from the start', () => {
    const handedOver = stepRecord('complete-package', { owner: anna, decided: { choice: 'complete', at } });
    expect(item('packageComplete', [handedOver])).toBe(
      'met: Anna Keller handed over the complete package, Wed, Nov 18, 11 AM.',
    );
    expect(item('packageComplete')).toBe('met: The package was complete when the deal was won.');
  });

  it('may be excepted or skipped, and says so', () => {
    expect(item('packageComplete', [exception([])], empty)).toBe(
      'excused: Exception granted by Ruth Lindqvist, Wed, Nov 18, 11 AM, until Tue, Dec 1: They decide in January',
    );
    expect(item('packageComplete', [skipped('complete-package')], empty)).toBe(
      'excused: "Complete the handoff package" was skipped by Daniel Weiss, Wed, Nov 18, 11 AM: Known from the pilot',
    );
  });

  it('is not one for which an exception was granted, in whole or in part, until what is missing has come in', () => {
    const answer = {
      by: ruth,
      at,
      reason: 'Fine',
      fields: [
        { path: 'contract.scope', granted: true, owner: anna, due: '2026-12-01', reason: 'Legal has it' },
        { path: 'contract.termMonths', granted: false, reason: 'It is in the contract' },
      ],
    } as const;
    const request = {
      by: anna,
      at,
      reason: 'x',
      paths: [],
      reviewer: ruth,
      askedAt: at,
      dueAt: at,
      because: 'x',
      answer,
    };
    const handedOver = stepRecord('complete-package', {
      owner: anna,
      exceptions: [request],
      decided: { choice: 'complete', at },
    });
    expect(item('packageComplete', [handedOver], empty)).toBe(
      'excused: Exception granted by Ruth Lindqvist, Wed, Nov 18, 11 AM, until Tue, Dec 1: Legal has it',
    );
    expect(item('packageComplete', [handedOver])).toMatch(/^met: Anna Keller handed over/);
    expect(item('packageComplete', [exception(['contract.scope'])])).toBe(
      'met: What was missing when an exception was granted has come in since.',
    );
  });

  it('is asked for where it is missing', () => {
    expect(item('packageComplete', [], empty)).toMatch(
      /^open: Ask Anna Keller for Deal context: Why they bought; .* and \d+ more, or revenue operations for an exception\.$/,
    );
    expect(item('packageComplete', [stepRecord('complete-package', { owner: anna, round: 2 })])).toBe(
      'open: "Complete the handoff package" is open with Anna Keller: it must be handed over first.',
    );
  });
});

describe('the flag that the handoff is ready', () => {
  it('is the reviewer who accepts', () => {
    const accepted = stepRecord('review-brief', { decided: { choice: 'accept', at } });
    expect(item('handoffReady', [accepted])).toBe('met: Lena Vogt accepted the handoff, Wed, Nov 18, 11 AM.');
    expect(item('handoffReady', [skipped('review-brief')])).toMatch(
      /^excused: "Review the brief" was skipped by Daniel Weiss/,
    );
  });

  it.each([
    [undefined, 'Nobody was asked yet to accept the handoff there.'],
    [stepRecord('review-brief'), '"Review the brief" is open with Lena Vogt: accept the handoff there.'],
    [stepRecord('review-brief', { decided: { choice: 'return' } }), '"Review the brief" is not done yet.'],
    [
      stepRecord('review-brief', { decided: { choice: 'unanswered' } }),
      '"Review the brief" ended without an answer: ask your manager to decide how to go on.',
    ],
  ])('is not there otherwise, and says what to do', (record, says) => {
    expect(item('handoffReady', record ? [record] : [])).toBe(`open: ${says}`);
  });
});

describe('recordings', () => {
  it('are links in the package, or the recording of the meeting', () => {
    expect(item('recordingsAttached')).toBe('met: In the package: Closing call, 13 November, and 1 more.');
    const recorded = stepRecord('hold-internal-meeting', {
      decided: { choice: 'held', at, evidence: { heldAt: at, notes: 'Fine', recording: { url: 'https://x.example' } } },
    });
    expect(item('recordingsAttached', [recorded], empty)).toBe(
      'met: Lena Vogt attached the recording of the meeting, Wed, Nov 18, 11 AM.',
    );
  });

  it('may be left out by an exception that names them, and by no other', () => {
    expect(item('recordingsAttached', [exception(['attachments.callRecordings'])], empty)).toMatch(
      /^excused: Exception granted by Ruth/,
    );
    expect(item('recordingsAttached', [exception(['contract.scope'])], empty)).toMatch(/^open: /);
    expect(item('recordingsAttached', [skipped('complete-package')], empty)).toMatch(
      /^excused: .* was skipped by Daniel Weiss/,
    );
  });

  it('can be given on the page where the step has a field for them', () => {
    expect(item('recordingsAttached', [], empty)).toBe(
      'open: Add a link to a call recording or a meeting summary. The form has a field for it.',
    );
  });
});

describe('the review of the plan', () => {
  it('is by whoever is named, as told by whom', () => {
    const reviewed = stepRecord('align-success-plan', {
      decided: { choice: 'aligned', at, evidence: { reviewedBy: daniel } },
    });
    expect(item('planReviewed', [reviewed])).toBe('met: Daniel Weiss reviewed it, says Lena Vogt, Wed, Nov 18, 11 AM.');
    expect(item('planReviewed', [skipped('align-success-plan')])).toMatch(
      /^excused: "Align the success plan" was skipped/,
    );
    expect(item('planReviewed', [stepRecord('align-success-plan')])).toBe(
      'open: "Align the success plan" is open with Lena Vogt: say there who has reviewed the plan.',
    );
  });
});

describe('the follow-up', () => {
  it('is what the playbook asks for by itself', () => {
    expect(item('followUpScheduled')).toBe(
      'met: Asked for by itself: "Give feedback to the account executive", 14 days after kickoff held; "Record the first value", 30 days after kickoff held.',
    );
  });

  it('is the CSM’s own where the playbook asks for none', () => {
    const { 'give-feedback': _feedback, 'record-first-value': _value, ...steps } = playbook.steps;
    expect(item('followUpScheduled', [], { playbook: { ...playbook, steps } })).toBe(
      'open: Schedule a follow-up with the customer after the start.',
    );
  });
});

describe('a choice under a floor', () => {
  const [choice] = askStep(playbook, step).choices;
  if (!choice) throw new Error('The step has no choice.');
  const names = (record: HandoffRecord) => askedFields(choice, items(record)).map(({ name }) => name);

  it('asks only for what the system does not know', () => {
    expect(names(given([]))).toEqual(['checklist', 'recipients', 'text']);
    expect(names(given([], empty))).toEqual(['checklist', 'recording', 'recipients', 'text']);
  });

  it('is refused for what none of its fields can settle, each with the way to mend it', () => {
    expect(
      floorProblems(choice, items(given([stepRecord('review-brief')], empty))).map(({ problem }) => problem),
    ).toEqual([
      expect.stringMatching(/^Package complete: Ask Anna Keller for /),
      'Handoff ready: "Review the brief" is open with Lena Vogt: accept the handoff there.',
      expect.stringMatching(/^Success plan reviewed: /),
    ]);
    expect(floorProblems(choice, [])).toEqual([]);
  });

  it('is not there on steps without a floor, so on those of earlier playbooks', () => {
    expect(floorOf({ record: given([]), step: 'review-brief', people, at, zone: 'UTC' })).toEqual([]);
  });
});

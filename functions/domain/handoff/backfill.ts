import { type CalendarOf, type People, personOf } from '../people/people.ts';
import { ruleOfStep } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { askingOf } from './asking.ts';
import { flowFront } from './flow-front.ts';
import type { HandoffRecord } from './handoff.ts';
import { opensOf } from './planned.ts';
import { holderOf } from './roles-held.ts';
import type { Decision, StepRecord } from './step-record.ts';

/** Something of a handoff that was done before the handoff began. */
export interface Happened {
  /** The step's id in the playbook. */
  readonly step: string;
  /** `YYYY-MM-DD`. */
  readonly on: string;
}

/** A step as it is put on record, with what says that it is not asked any more. */
export interface SettledStep {
  readonly opened: StepRecord;
  readonly decision: Decision;
}

/** How a handoff begins for a deal that was won before. */
export interface Backfill {
  readonly settled: readonly SettledStep[];
  /** What is asked first. */
  readonly asks: readonly {
    readonly step: string;
    readonly title: string;
    readonly owner: string;
    readonly dueAt: Instant;
    /** IANA, of the owner. */
    readonly zone: string;
  }[];
}

export interface ToBackfill {
  /** Just begun: nothing has been asked. */
  readonly record: HandoffRecord;
  readonly happened: readonly Happened[];
  readonly people: People;
  readonly calendarOf: CalendarOf;
  /** UTC. */
  readonly at: Instant;
}

/**
 * What was done before a handoff began is on record as left out, with the day: nobody is asked for it, what its answer would have
 * sent does not go out, and no measure counts it. Then come the steps that are next by the flow. Steps that this handoff does not
 * have are passed over.
 */
export function backfillOf({ record, happened, people, calendarOf, at }: ToBackfill): Backfill {
  const settled = happened.flatMap(({ step, on }) => settledStep(record, { step, on }, at) ?? []);
  const steps = Object.fromEntries(settled.map(({ opened, decision }) => [opened.step, { ...opened, decision }]));
  const known = { ...record, steps: { ...record.steps, ...steps } };
  const { reached } = flowFront({ record: known, opens: opensOf(known, people, calendarOf), at });
  return {
    settled,
    asks: reached.map(({ step, rule, round }) => {
      const { opened } = askingOf({ record: known, step, rule, round, at, people, calendarOf });
      const { owner, dueAt } = opened;
      return { step, title: rule.title, owner, dueAt, zone: personOf(people, owner).availability.zone };
    }),
  };
}

/** Undefined for a step that this handoff does not have, or that nobody is asked for. */
function settledStep(record: HandoffRecord, { step, on }: Happened, at: Instant): SettledStep | undefined {
  const rule = ruleOfStep(record.playbook, step);
  if (rule?.kind !== 'ask') return undefined;
  const operations = record.state.people.revenueOperations;
  const owner = holderOf(record, rule.owner) ?? operations ?? record.deal.accountExecutive;
  const because = `Done on ${on}, before this handoff began.`;
  return {
    // Nobody was asked, so that nothing was due.
    opened: { step, round: 1, owner, askedAt: at, dueAt: at, because, pauses: [], earlier: [] },
    decision: {
      choice: 'skipped',
      by: operations ?? 'system',
      as: operations === undefined ? 'system' : 'revenueOperations',
      at,
      evidence: { reason: because },
    },
  };
}

/** The ids of steps that can have happened: those that somebody is asked for in some handoff of the playbook. */
export const askedSteps = ({ steps }: Pick<HandoffRecord['playbook'], 'steps'>): readonly string[] =>
  Object.entries(steps)
    .filter(([, { kind }]) => kind === 'ask')
    .map(([id]) => id);

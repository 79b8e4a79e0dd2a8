import type { MeasuredHandoff } from '../domain/reports/measured-handoff.ts';

/** What is said of the rounds of one step, in the order of rows. */
export const stepColumns = [
  'round',
  'owner',
  'team',
  'judged',
  'late',
  'roundEnded',
  'roundRest',
  'due',
  'dueSpan',
  'waits',
] as const;

/**
 * The columns of rows of reports, in the order in which they are written. Those of rounds beside `steps` are in the order of steps, then
 * of rows: what is said of the same step is alike.
 */
export const columnNames = [
  // What is to be measured again is told by these alone.
  ...['status', 'owed', 'signed', 'signedRest', 'ended', 'endedRest'],
  ...['segment', 'industry', 'playbook', 'executive', 'executiveTeam', 'manager', 'managerTeam'],
  ...['percent', 'complete', 'draft', 'draftTarget', 'completeness', 'returns', 'exceptions'],
  ...['opened', 'settled', 'overdue', 'waiting', 'onboarded', 'score', 'notKnown'],
  ...['rounds', 'steps', ...stepColumns, 'waitAt', 'waitSpan'],
  ...['reached', 'anchors', 'reachedAt', 'reachedSpan', 'stalls', 'stalledAt', 'stalledSpan'],
  ...['firsts', 'firstSpan', 'surveyScore', 'surveyTarget', 'outcomes', 'outcome', 'amount', 'currency'],
  ...['toldForm', 'toldAt', 'toldSpan', 'rests'],
] as const;

/** So many of them say what is to be measured again. */
export const columnsOfStanding = 6;

/** What stands beside the columns. */
export interface RowTexts {
  /** Each text that recurs, once. */
  readonly texts: readonly string[];
  readonly ids: readonly string[];
  readonly customers: readonly string[];
  /** Numbers that are no whole ones, or below 0, in the order in which they are needed. */
  readonly odd: readonly number[];
}

/** When something first was so, in this order. */
export const firstTimes = [
  'handedOverAt',
  'returnedAt',
  'exceptionAt',
  'onboardingSaidAt',
] as const satisfies readonly (keyof MeasuredHandoff)[];

/** How an instant is said: from another one of the row, which has a text's number after these. */
export const said = {
  /** On a half hour: so many of them since the day of another began. */
  halfHours: 0,
  /** In minutes from another one, and the milliseconds beyond them. */
  minutes: 1,
  /** In whole hours from the signature. */
  hoursSinceSigned: 2,
  /** In whole hours from when that was reached, or that step last ended. */
  hoursSince: 3,
} as const;

/** Milliseconds. */
export const minute = 60_000;
export const hour = 60 * minute;

/** The numbers of a member that may be absent: absent, or one of `odd`, or itself plus two. */
export const maybe = { absent: 0, odd: 1, itself: 2 } as const;

/** Who owns a round: somebody of the row, or somebody's number after these. */
export const owners = { executive: 0, manager: 1, executiveTeam: 2, managerTeam: 3, other: 4 } as const;

/** Whose team somebody is in: the one they were in before, none, or a text's number after these. */
export const teams = { asBefore: 0, none: 1, other: 2 } as const;

/** What a step's days late are, beside numbers as in `maybe`: those from its due time until it ended, or the handoff did. */
export const late = { untilEnd: 2, itself: 3 } as const;

/** What an open round waits for, where nothing is due from its owner: by how many moments say it. */
export const waits = { nothing: 0, decision: 1, customer: 2 } as const;

/** The days from when a round was due until its end, as they are told. */
export const daysUntil = (due: number, end: number): number => Math.round((100 * (end - due)) / (24 * hour)) / 100;

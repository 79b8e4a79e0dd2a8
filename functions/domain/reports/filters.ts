import { defined } from '../fields/record.ts';
import type { HandoffStatus } from '../handoff/handoff.ts';
import type { Rest } from '../handoff/resting.ts';
import type { Instant } from '../time/calendar.ts';
import { type Period, type Span, spanOf } from '../time/periods.ts';
import { bandOf } from './bands.ts';
import type { MeasureId } from './definitions.ts';
import type { PersonId } from './fact.ts';
import { type Figure, figureOf } from './figures.ts';
import type { Measured, MeasuredHandoff } from './measured-handoff.ts';
import { isRunning, overdueRounds, restingRounds } from './steps.ts';

/** One number of a report, so that the handoffs behind it can be listed. */
export interface Behind {
  readonly measure: MeasureId;
  /** What happened in this week, month or quarter. */
  readonly during?: Period;
  /** What was due in it; with `dueTo`, from its beginning until the end of that one. */
  readonly dueIn?: Period;
  readonly dueTo?: Period;
  /** What happened from then on, and before that: of a number that is of no such period. UTC. */
  readonly since?: Instant;
  readonly before?: Instant;
  /** Only handoffs signed until then, UTC: those that a comparison of times takes. */
  readonly signedUntil?: Instant;
  readonly step?: string;
  /** Not of these steps: of a comparison of sides that are not held to them alike. */
  readonly without?: readonly string[];
  /** Whose step it was, and in whose team, or `noTeam`. */
  readonly owner?: PersonId;
  readonly team?: PersonId;
  /** Of a share: those in which it is so at least once, or is not. */
  readonly which?: 'yes' | 'no';
}

/** Which handoffs a report is about. Absent: any. */
export interface Filter {
  /** The id of one alone. */
  readonly handoff?: string;
  /** Signed in or after this week, month or quarter, and until the end of that one, in the stage's zone. */
  readonly from?: Period;
  readonly to?: Period;
  readonly segment?: string;
  readonly industry?: string;
  /** The name of a playbook, or the hash of one of its versions, or those of several with commas between them. */
  readonly playbook?: string;
  /** The manager of somebody who has a part in it. */
  readonly team?: PersonId;
  /** Somebody who has a part in it. */
  readonly person?: PersonId;
  /** `running`: open or stalled. */
  readonly status?: HandoffStatus | 'running';
  /** With this step overdue now, or with any. */
  readonly overdue?: string;
  /** With a step that waits for a decision, or for the customer. */
  readonly waits?: Rest['for'];
  /** The id of a band. */
  readonly band?: string;
  readonly behind?: Behind;
}

/** In place of a step: whichever. */
export const anyStep = 'any';

/** The handoffs that a filter lets through, in the order given; playbooks stay. `zone`: the stage's. */
export function filtered(measured: Measured, filter: Filter, zone: string): Measured {
  if (Object.keys(filter).length === 0) return measured;
  const { from, to, behind } = filter;
  const signed = {
    from: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(spanOf(from, zone).from),
    until: to === undefined ? Number.POSITIVE_INFINITY : Date.parse(spanOf(to, zone).until),
  };
  const through = measured.handoffs.filter((handoff) => {
    const at = Date.parse(handoff.signedAt);
    return signed.from <= at && at < signed.until && isLetThrough(handoff, filter);
  });
  if (!behind) return { ...measured, handoffs: through };
  const ids = new Set(handoffsBehind(through, behind, zone));
  return { ...measured, handoffs: through.filter(({ id }) => ids.has(id)) };
}

function isLetThrough(handoff: MeasuredHandoff, filter: Filter): boolean {
  const { handoff: id, segment, industry, playbook, status, overdue, waits, band } = filter;
  return (
    (id === undefined || handoff.id === id) &&
    (segment === undefined || handoff.segment === segment) &&
    (industry === undefined || handoff.industry === industry) &&
    (playbook === undefined ||
      handoff.playbook.name === playbook ||
      playbook.split(',').includes(handoff.playbook.hash)) &&
    (status === undefined || handoff.status === status || (status === 'running' && isRunning(handoff))) &&
    (overdue === undefined ||
      overdueRounds([handoff]).some(({ round: { step } }) => overdue === anyStep || overdue === step)) &&
    (waits === undefined || restingRounds([handoff], waits).length > 0) &&
    (band === undefined || (bandOf(band)?.holds(handoff) ?? false)) &&
    hasPart(handoff, filter)
  );
}

/** Whether those asked for hold one of the two sides, or own a step. */
function hasPart(handoff: MeasuredHandoff, { team, person }: Filter): boolean {
  const { accountExecutive, accountExecutiveTeam, customerSuccessManager, customerSuccessManagerTeam } = handoff;
  const parts = [
    { owner: accountExecutive, team: accountExecutiveTeam },
    { owner: customerSuccessManager, team: customerSuccessManagerTeam },
    ...handoff.rounds,
  ];
  return parts.some(
    (part) => (team === undefined || part.team === team) && (person === undefined || part.owner === person),
  );
}

/** The ids of the handoffs behind a number. */
export function handoffsBehind(handoffs: readonly MeasuredHandoff[], behind: Behind, zone: string): readonly string[] {
  const until = behind.signedUntil === undefined ? Number.POSITIVE_INFINITY : Date.parse(behind.signedUntil);
  const signed = handoffs.filter(({ signedAt }) => Date.parse(signedAt) <= until);
  const figure = figureBehind(signed, behind, zone);
  return (behind.which && figure[behind.which]) ?? figure.handoffs;
}

/** The number that a list of handoffs is behind, of these alone. `zone`: the stage's. */
export function figureBehind(handoffs: readonly MeasuredHandoff[], behind: Behind, zone: string): Figure {
  const { measure, during, since, before, dueIn, dueTo = dueIn, which: _which, signedUntil: _until, ...whose } = behind;
  const between = since !== undefined && before !== undefined ? { from: since, until: before } : undefined;
  const span = (first: Period | undefined, last = first): Span | undefined =>
    first === undefined || last === undefined
      ? undefined
      : { from: spanOf(first, zone).from, until: spanOf(last, zone).until };
  return figureOf(measure, handoffs, {
    ...whose,
    ...defined({ within: span(during) ?? between, dueIn: span(dueIn, dueTo) }),
  });
}

import { askingOf } from '../domain/handoff/asking.ts';
import { flowFront, type ReachedStep } from '../domain/handoff/flow-front.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { opensOf } from '../domain/handoff/planned.ts';
import type { StepRecord } from '../domain/handoff/step-record.ts';
import type { People } from '../domain/people/people.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { momentIn } from '../domain/time/wording.ts';
import type { WorldOf } from '../ports/world.ts';

export const openReachedUses = ['steps.open', 'calendarOf'] as const;

export interface Opening {
  readonly record: HandoffRecord;
  readonly people: People;
  /** UTC. */
  readonly at: Instant;
  /** Whoever has just acted has their next steps before them on the page: their requests wait that long, in milliseconds. */
  readonly onPageOf?: { readonly person: string; readonly mailAfter: number };
}

/**
 * Opens every step that the flow has reached by now for the first time, and returns the record with them. Each state of the
 * execution would open its own; opened together, they are known to each other when mails are written. Called again, it finds
 * them open.
 */
export async function openReached(world: WorldOf<typeof openReachedUses>, opening: Opening): Promise<HandoffRecord> {
  const { record, people, at } = opening;
  const { reached } = flowFront({ record, opens: opensOf(record, people, world.calendarOf), at });
  let current = record;
  for (const step of reached) {
    // A later round is opened by its own state: the execution may not have read yet how the one before it ended.
    if (current.steps[step.step]) continue;
    const opened = await openStep(world, { ...opening, record: current }, step);
    current = { ...current, steps: { ...current.steps, [step.step]: opened } };
  }
  return current;
}

/** Until when a request waits that its reader has before them on a page. */
export const heldUntil = (at: Instant, { mailAfter }: NonNullable<Opening['onPageOf']>): Instant =>
  new Date(Date.parse(at) + mailAfter).toISOString();

/** Opens one round of a step for whoever is to do it; returns it as it stands, if somebody was first. */
export async function openStep(
  world: WorldOf<typeof openReachedUses>,
  { record, people, at, onPageOf }: Opening,
  { step, rule, round }: ReachedStep,
): Promise<StepRecord> {
  const asking = askingOf({ record, step, rule, round, at, people, calendarOf: world.calendarOf });
  const { holder, owner, opened } = asking;
  // A question that comes again is open, and can be answered, before it does.
  const isLater = round > 1 && Date.parse(opened.askedAt) > Date.parse(at);
  const begun: StepRecord = {
    ...opened,
    ...(owner.email === onPageOf?.person && { mailHeldUntil: heldUntil(at, onPageOf) }),
    // S4: everything is in the audit trail, which tells this from here.
    askSaid: {
      ...{ at, from: onPageOf ? 'page' : 'execution' },
      ...(owner !== holder && { inPlaceOf: holder.email }),
      ...(isLater && { later: momentIn(owner.availability.zone, opened.askedAt, at) }),
    },
  };
  return world.steps.open(record.state.id, begun);
}

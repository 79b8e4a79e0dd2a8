import { askingOf } from '../domain/handoff/asking.ts';
import type { AuditEntry } from '../domain/handoff/audit-entry.ts';
import { flowFront, type ReachedStep } from '../domain/handoff/flow-front.ts';
import type { HandoffRecord, StepRecord } from '../domain/handoff/handoff.ts';
import { opensOf } from '../domain/handoff/planned.ts';
import { type People, personOf } from '../domain/people/people.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { momentIn } from '../domain/time/wording.ts';
import type { WorldOf } from '../ports/world.ts';

export const openReachedUses = ['steps.open', 'audit.write', 'calendarOf'] as const;
export const noteOpenedUses = ['audit.write', 'audit.trail'] as const;

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
  const begun = owner.email === onPageOf?.person ? { ...opened, mailHeldUntil: heldUntil(at, onPageOf) } : opened;
  const stands = await world.steps.open(record.state.id, begun);
  // Opened by somebody else a moment before, it is on record already.
  if (stands !== begun) return stands;
  const inPlaceOf = owner === holder ? undefined : holder.email;
  const from = onPageOf ? 'page' : 'execution';
  const zone = owner.availability.zone;
  await world.audit.write(record.state.id, askedEntry({ ...begun, standInFor: inPlaceOf }, { at, from, zone }));
  return stands;
}

/**
 * Puts on record that somebody is asked, where whoever opened the round was interrupted before that. S4: everything is in the audit
 * trail. It is looked for only until the execution waits for the round.
 */
export async function noteOpened(
  world: WorldOf<typeof noteOpenedUses>,
  { record, people, at }: Pick<Opening, 'record' | 'people' | 'at'>,
  opened: StepRecord,
): Promise<void> {
  if (opened.token !== undefined || opened.item) return;
  const before = opened.earlier.at(-1)?.decision?.at;
  const trail = await world.audit.trail(record.state.id, before, { record });
  if (trail.some(({ what, step }) => what === 'asked' && step === opened.step)) return;
  const times = [at, opened.openedAt ?? opened.askedAt, opened.decision?.at ?? at];
  const first = times.reduce((one, other) => (Date.parse(other) < Date.parse(one) ? other : one));
  await world.audit.write(
    record.state.id,
    askedEntry(opened, { at: first, from: 'execution', zone: personOf(people, opened.owner).availability.zone }),
  );
}

function askedEntry(
  { step, round, owner, askedAt, because, standInFor }: Asked,
  { at, from, zone }: Pick<AuditEntry, 'at' | 'from'> & { readonly zone: string },
): AuditEntry {
  const inPlace = standInFor === undefined ? '' : ` in place of ${standInFor}, who is not there`;
  // A question that comes again is open, and can be answered, before it does.
  const later = round > 1 && Date.parse(askedAt) > Date.parse(at) ? `, from ${momentIn(zone, askedAt, at)}` : '';
  return { at, who: 'system', what: 'asked', step, detail: `${owner}${inPlace}${later}, ${because}`, from };
}

type Asked = Pick<StepRecord, 'step' | 'round' | 'owner' | 'askedAt' | 'because'> & {
  readonly standInFor?: string | undefined;
};

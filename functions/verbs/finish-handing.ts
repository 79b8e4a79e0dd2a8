import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { holderOf } from '../domain/handoff/roles-held.ts';
import type { StepRecord } from '../domain/handoff/step-record.ts';
import { isOver } from '../domain/handoff/step-rule.ts';
import type { People } from '../domain/people/people.ts';
import { askStep } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { handOver, handOverUses } from './hand-over.ts';
import { keepMeetingPeople, meetingPeopleUses } from './meeting-people.ts';

export const finishHandingUses = ['handoffs.changePerson', ...handOverUses, ...meetingPeopleUses] as const;

interface Handed {
  /** With the step as its new owner has it. */
  readonly record: HandoffRecord;
  readonly people: People;
  readonly step: StepRecord;
  /** UTC. */
  readonly at: Instant;
}

/** A step that was handed over, and the token of what waits for it. */
export interface PassedStep {
  readonly step: StepRecord;
  readonly token?: string;
}

/**
 * Whoever got a step with somebody's whole part gets the rest of it: their open steps, then the role itself for the rest of the
 * handoff, and its place in the meetings that lie ahead. No open task is left behind (P). Called again, it goes on where it was.
 */
export async function finishHanding(
  world: WorldOf<typeof finishHandingUses>,
  { record, people, step, at }: Handed,
): Promise<readonly PassedStep[]> {
  const { handed, owner } = step;
  const to = people.get(owner);
  if (handed?.of === undefined || !to) return [];
  const { of, ...asked } = handed;
  const passed: PassedStep[] = [];
  for (const each of Object.values(record.steps)) {
    if (each.decision || (each.standInFor ?? each.owner) !== of) continue;
    if (askStep(record.playbook, each.step).optional || isOver(record, each.step)) continue;
    const moved = await handOver(world, { record, step: each, to, handed: { ...asked, from: each.owner }, people });
    if (moved) passed.push(moved);
  }
  const role = askStep(record.playbook, step.step).owner;
  // Nobody holds a role by an open item.
  if (step.item || holderOf(record, role) === owner) return passed;
  const { state } = record;
  await world.handoffs.changePerson(state.id, role, owner);
  const after = { ...record, state: { ...state, people: { ...state.people, [role]: owner } } };
  await keepMeetingPeople(world, { record: after, people, by: handed.by, at });
  return passed;
}

const fortnight = 14 * 86_400_000;

/** Finishes what somebody was interrupted at lately; whether there was anything. */
export async function finishHandings(
  world: WorldOf<typeof finishHandingUses>,
  { record, people, at }: Omit<Handed, 'step'>,
): Promise<boolean> {
  const roleOf = ({ step }: StepRecord) => askStep(record.playbook, step).owner;
  const whole = Object.values(record.steps)
    .filter(
      ({ handed, item }) => handed?.of !== undefined && !item && Date.parse(at) - Date.parse(handed.at) < fortnight,
    )
    .sort((one, other) => Date.parse(other.handed?.at ?? at) - Date.parse(one.handed?.at ?? at));
  // The last one who was given a role holds it.
  const last = whole.filter((step, i) => whole.findIndex((each) => roleOf(each) === roleOf(step)) === i);
  const unfinished = last.filter((step) => holderOf(record, roleOf(step)) !== step.owner);
  for (const step of unfinished) await finishHanding(world, { record, people, step, at });
  return unfinished.length > 0;
}

import { type NoteView, notesOf } from '../domain/handoff/notes.ts';
import { personOf } from '../domain/people/people.ts';
import { type PlanView, planView } from '../domain/step/plan-view.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { findLink, findLinkUses } from './find-link.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';

export const showPlanUses = ['handoffs.load', ...findLinkUses, ...involvedUses] as const;

/**
 * The success plan behind any link that has not expired, as the brief is, also when the step is decided; undefined behind any
 * other: of somebody who has left, or of a handoff that was canceled. Reads only.
 */
export const showPlan =
  (world: WorldOf<typeof showPlanUses>) =>
  async ({
    linkId,
    at,
  }: {
    linkId: string;
    at: Instant;
  }): Promise<{ plan: PlanView; notes: readonly NoteView[] } | undefined> => {
    const link = await findLink(world, linkId);
    const record = link && Date.parse(at) < Date.parse(link.expiresAt) && (await world.handoffs.load(link.handoffId));
    if (!record || record.state.status === 'cancelled') return undefined;
    const people = await involvedPeople(world, record, [link.person]);
    const person = personOf(people, link.person);
    if (!person.active) return undefined;
    const { zone } = person.availability;
    const reader = { people, zone, at };
    return { plan: planView(record, reader), notes: notesOf(record, reader) };
  };

import type { Brief } from '../domain/handoff/brief.ts';
import { briefOf } from '../domain/handoff/handoff-package.ts';
import { type NoteView, notesOf } from '../domain/handoff/notes.ts';
import { personOf } from '../domain/people/people.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { findLink, findLinkUses } from './find-link.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';
import { recordOrDraft, recordOrDraftUses } from './record-or-draft.ts';

export const showBriefUses = [...recordOrDraftUses, ...findLinkUses, ...involvedUses] as const;

/**
 * The brief behind any link of somebody who is there that has not expired (S4: the single source of truth, always within reach), also when
 * the step is decided; undefined behind any other, and of a handoff that was canceled. Reads only.
 */
export const showBrief =
  (world: WorldOf<typeof showBriefUses>) =>
  async ({
    linkId,
    at,
  }: {
    linkId: string;
    at: Instant;
  }): Promise<{ brief: Brief; notes: readonly NoteView[] } | undefined> => {
    const link = await findLink(world, linkId);
    const record = link && Date.parse(at) < Date.parse(link.expiresAt) && (await recordOrDraft(world, link.handoffId));
    if (!record || record.state.status === 'cancelled') return undefined;
    const people = await involvedPeople(world, record, [link.person]);
    const reader = personOf(people, link.person);
    if (!reader.active) return undefined;
    return { brief: briefOf(record, people), notes: notesOf(record, { people, zone: reader.availability.zone, at }) };
  };

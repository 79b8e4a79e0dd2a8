import { type DeskLink, deskBeside, deskBesideParts, isEnded } from '../domain/handoff/desk-link.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { Person } from '../domain/people/person.ts';
import { lookedAfterBy } from '../domain/people/reports.ts';
import type { AtDesk } from '../domain/step/desk-access.ts';
import type { DeskOutcome } from '../domain/step/desk-outcome.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { recordOrDraft, recordOrDraftUses } from './record-or-draft.ts';

export const openDeskUses = [
  'desks.find',
  'links.find',
  'desks.endedAt',
  'roster.everybody',
  'hash',
  ...recordOrDraftUses,
] as const;

/** What is known behind a desk link that opens a desk. */
export interface OpenedDesk {
  readonly link: DeskLink;
  readonly person: Person;
  readonly roster: readonly Person[];
  readonly desk: AtDesk;
  /** The handoff, or the draft of one, of the mail in which the link came; none where that was a report. */
  readonly record?: HandoffRecord;
}

interface Request {
  readonly linkId: string;
  readonly at: Instant;
}

/** Opens a desk link at a time (UTC). */
export async function openDesk(
  world: WorldOf<typeof openDeskUses>,
  request: Request,
): Promise<{ readonly opened: OpenedDesk } | { readonly outcome: DeskOutcome }> {
  const result = await findDesk(world, request);
  if ('outcome' in result) return result;
  return result.closed ? { outcome: { kind: result.closed } } : { opened: result.found };
}

/** Whose desk a link belongs to, and why it opens it no more: only of somebody who is on the roster and there. */
export async function findDesk(
  world: WorldOf<typeof openDeskUses>,
  { linkId, at }: Request,
): Promise<{ readonly found: OpenedDesk; readonly closed?: 'expired' | 'ended' } | { readonly outcome: DeskOutcome }> {
  const link = await findDeskLink(world, linkId);
  if (!link) return { outcome: { kind: 'unknown-link' } };
  const [roster, endedAt, record] = await Promise.all([
    world.roster.everybody(),
    world.desks.endedAt(link.person),
    link.handoffId === undefined ? undefined : recordOrDraft(world, link.handoffId),
  ]);
  if (!record && link.handoffId !== undefined) return { outcome: { kind: 'unknown-link' } };
  const person = roster.find(({ email }) => email === link.person);
  if (!person) return { outcome: { kind: 'not-on-roster' } };
  if (!person.active) return { outcome: { kind: 'left' } };
  const desk: AtDesk = {
    email: person.email,
    lookedAfter: new Set(lookedAfterBy(person, roster).map(({ email }) => email)),
    people: new Map(roster.map((each) => [each.email, each])),
  };
  const found = { link, person, roster, desk, ...(record && { record }) };
  if (isEnded(link.issuedAt, endedAt)) return { found, closed: 'ended' };
  return Date.parse(at) >= Date.parse(link.expiresAt) ? { found, closed: 'expired' } : { found };
}

/** A desk link, kept by itself or with the link to a step that came in the same mail. */
async function findDeskLink(world: WorldOf<typeof openDeskUses>, linkId: string): Promise<DeskLink | undefined> {
  const beside = deskBesideParts(linkId);
  return beside
    ? deskBeside(await world.links.find(beside.stepHash), world.hash(beside.own))
    : world.desks.find(world.hash(linkId));
}

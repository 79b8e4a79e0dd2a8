import { recordOfDraft } from '../domain/handoff/draft.ts';
import { customerOf, type HandoffRecord } from '../domain/handoff/handoff.ts';
import type { Link } from '../domain/handoff/link.ts';
import { notesOf } from '../domain/handoff/notes.ts';
import { gapsToFill } from '../domain/handoff/open-items.ts';
import { isOver } from '../domain/handoff/step-rule.ts';
import { amongPeople, nameOf, type People, personOf } from '../domain/people/people.ts';
import type { Person } from '../domain/people/person.ts';
import { type OpenedDraft, viewDraft } from '../domain/step/draft-view.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import { type StepView, viewStep } from '../domain/step/step-view.ts';
import { dueText, stillTheirs } from '../domain/step/still-theirs.ts';
import { trailOf } from '../domain/step/trail-view.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { Roster } from '../ports/roster.ts';
import type { WorldOf } from '../ports/world.ts';
import { findLink, findLinkUses } from './find-link.ts';
import { involvedPeople } from './involved-people.ts';
import { sentBefore, sentBeforeUses } from './sent-before.ts';

/** Everything that is known behind a link that opens a page somebody can act on, or could have. */
export interface Opened {
  readonly link: Link;
  readonly record: HandoffRecord;
  readonly people: People;
  readonly person: Person;
  readonly roster: readonly Person[];
  readonly view: StepView;
}

/** The same of a page on which nothing is to be done any more. */
export type Known = Omit<Opened, 'view'>;

export const openLinkUses = [
  'handoffs.load',
  'drafts.load',
  'roster.everybody',
  'site',
  'calendarOf',
  ...findLinkUses,
  ...sentBeforeUses,
] as const;

type LinkWorld = WorldOf<typeof openLinkUses>;

interface Request {
  readonly linkId: string;
  readonly at: Instant;
}

/**
 * Opens a link at a time (UTC). Reads only: mail scanners fetch links, and must change nothing by it. `meeting`: what a step
 * that is decided still offers, because the meeting it planned can be changed. `maybeStale`: for whoever only shows it; `withTrail`:
 * as in `Handoffs`.
 */
export async function openLink(
  world: LinkWorld,
  { linkId, at, maybeStale = false, withTrail = false }: Request & { maybeStale?: boolean; withTrail?: boolean },
): Promise<{ opened: Opened } | { outcome: StepOutcome; meeting?: Opened; known?: Known; draft?: OpenedDraft }> {
  const link = await findLink(world, linkId, { maybeStale });
  if (!link) return { outcome: { kind: 'unknown-link' } };
  const [record, roster] = await Promise.all([
    world.handoffs.load(link.handoffId, { maybeStale, withTrail }),
    world.roster.everybody(),
  ]);
  if (!record) return openDraft(world, { link, roster, at });
  const people = await involvedPeople({ roster: among(roster), site: world.site }, record, [link.person]);
  const person = personOf(people, link.person);
  if (!person.active) return { outcome: { kind: 'left' } };
  const { zone } = person.availability;
  const { calendarOf, site } = world;
  const viewed = (before?: string) =>
    viewStep({
      ...{ record, link, people, roster, at, calendarOf, site },
      gaps: gapsToFill(record, link.step),
      sentBefore: before,
    });
  const notes = notesOf(record, { people, zone, at });
  if (record.state.draftPercent !== undefined && !record.steps[link.step] && !isOver(record, link.step)) {
    const { packageComplete: isComplete } = record.state;
    return { outcome: { kind: 'draft-signed', customer: customerOf(record), isComplete } };
  }
  const decision = record.steps[link.step]?.decision;
  const isExpired = Date.parse(at) >= Date.parse(link.expiresAt);
  if (decision) {
    const by = nameOf(people, decision.by);
    const isOwn = decision.by === link.person;
    const still = stillTheirs(record, link.person, at).map(({ rule: { title }, asked }) => ({
      title,
      due: dueText(asked, { zone, at }),
    }));
    const view = isExpired ? undefined : viewed();
    const meeting = view && view.actions.length > 0 ? { link, record, people, person, roster, view } : undefined;
    return {
      outcome: { kind: 'decided', record, step: link.step, decision, by, isOwn, still, isExpired, zone, notes },
      known: { link, record, people, person, roster },
      ...(meeting && { meeting }),
    };
  }
  if (isOver(record, link.step)) {
    const isOwn = record.state.endedBy === link.person;
    return { outcome: { kind: 'closed', record, step: link.step, zone, notes, isOwn } };
  }
  if (isExpired) return { outcome: { kind: 'expired' } };
  const view = viewed(await sentBefore(world, record, { step: link.step, zone, at }));
  if (!view) return { outcome: { kind: 'unknown-link' } };
  return { opened: { link, record, people, person, roster, view } };
}

/** The page of a deal that is not signed: the handoff that begins then takes the link over. */
async function openDraft(
  world: Pick<LinkWorld, 'drafts' | 'site'>,
  { link, roster, at }: { readonly link: Link; readonly roster: readonly Person[]; readonly at: Instant },
): Promise<{ outcome: StepOutcome; draft?: OpenedDraft }> {
  const { site } = world;
  const draft = await world.drafts.load(link.handoffId);
  if (!draft) return { outcome: { kind: 'unknown-link' } };
  const people = await involvedPeople({ roster: among(roster), site }, recordOfDraft(draft), [link.person]);
  const person = personOf(people, link.person);
  if (!person.active) return { outcome: { kind: 'left' } };
  const { ended } = draft.state;
  if (ended)
    return { outcome: { kind: 'draft-ended', customer: customerOf(recordOfDraft(draft)), reason: ended.reason } };
  if (Date.parse(at) >= Date.parse(link.expiresAt)) return { outcome: { kind: 'expired' } };
  const opened = viewDraft({ draft, link, people, zone: person.availability.zone, at, site });
  return { outcome: { kind: 'draft', view: opened.view }, draft: opened };
}

/** The people of a roster that has been read already. */
const among = (roster: readonly Person[]): Pick<Roster, 'people'> => ({
  people: async (emails, { alsoOf } = {}) =>
    amongPeople(new Map(roster.map((person) => [person.email, person])), emails, alsoOf),
});

/**
 * What the link shows, read at half the price. Whoever follows one that a page made a moment ago may come before the table shows
 * it everywhere: what is not found is looked for once more.
 */
async function openToShow(world: LinkWorld, { linkId, at }: Request) {
  const request = { linkId, at, withTrail: true };
  const result = await openLink(world, { ...request, maybeStale: true });
  return 'outcome' in result && result.outcome.kind === 'unknown-link' ? openLink(world, request) : result;
}

/** GET behind a link: shows, and changes nothing. */
export const showPage =
  (world: LinkWorld) =>
  async (request: Request): Promise<StepOutcome> => {
    const result = await openToShow(world, request);
    const opened = 'opened' in result ? result.opened : result.meeting;
    if (!opened) return 'outcome' in result ? result.outcome : { kind: 'unknown-link' };
    const { record, people, view } = opened;
    return {
      kind: 'step',
      behind: { record, people },
      view: { ...view, trail: trailOf(record, record.trail ?? [], { people, zone: view.zone, at: request.at }) },
    };
  };

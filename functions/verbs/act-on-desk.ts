import { parseEvidence, textsOf } from '../domain/fields/evidence.ts';
import { stepFromDeskExpires } from '../domain/handoff/desk-link.ts';
import { deskCapacity } from '../domain/step/desk-access.ts';
import type { DeskOutcome, LedOn } from '../domain/step/desk-outcome.ts';
import { awayText } from '../domain/step/in-your-place.ts';
import { actionFields } from '../domain/step/step-actions.ts';
import { offeredAway } from '../domain/step/step-offers.ts';
import type { WorldOf } from '../ports/world.ts';
import { digestOf, type Submission } from './deciding.ts';
import { noteAway, noteAwayUses, saidMeanwhile, waitingFor, waitingForUses } from './note-absence.ts';
import { type OpenedDesk, openDesk, openDeskUses } from './open-desk.ts';
import { readDesk, readDeskUses } from './read-desk.ts';

export const actOnDeskUses = [
  'desks.end',
  'links.store',
  'tokens.askAgain',
  'handoffs.load',
  'newLinkId',
  'hash',
  ...openDeskUses,
  ...readDeskUses,
  ...noteAwayUses,
  ...waitingForUses,
] as const;

type Acting = WorldOf<typeof actOnDeskUses>;

/** What can be done on a desk; a form names it by `act`. */
const deskActs = ['open', 'away', 'end'] as const;

/** The POST behind a desk link: opens a step, notes an absence, or ends the links to the desk. */
export const actOnDesk =
  (world: Acting) =>
  async (submission: Submission): Promise<DeskOutcome | LedOn> => {
    const result = await openDesk(world, submission);
    if ('outcome' in result) return result.outcome;
    const sent = textsOf(submission.form, 'act')[0];
    const act = deskActs.find((each) => each === sent);
    if (act === undefined) return { kind: 'stale', what: 'Your desk offers no such thing.' };
    return acts[act](world, result.opened, submission);
  };

type Act = (world: Acting, opened: OpenedDesk, submission: Submission) => Promise<DeskOutcome | LedOn>;

/** Makes a link to a step as it would come by mail, for a day: by a form, because links are made for people and not for scanners. */
const open: Act = async (world, { link, desk }, { form, at }) => {
  const [handoffId = '', step = ''] = [textsOf(form, 'handoff')[0], textsOf(form, 'step')[0]];
  const record = await world.handoffs.load(handoffId);
  const as = record && deskCapacity(record, step, desk);
  if (as === undefined) return { kind: 'stale', what: 'This step is no longer open for you.' };
  const id = world.newLinkId();
  await world.links.store(world.hash(id), {
    ...{ handoffId, step, person: desk.email, as },
    expiresAt: stepFromDeskExpires(at),
    fromDesk: link.issuedAt,
  });
  return { kind: 'step', path: `/s/${id}` };
};

const away: Act = async (world, opened, { form, at }) => {
  const { person, roster, record, desk } = opened;
  const offered = offeredAway(person, { record, roster }).fields.flatMap(({ options = [] }) => options);
  const parsed = parseEvidence({
    fields: actionFields.away,
    form,
    zone: person.availability.zone,
    at,
    candidates: roster.filter(({ email }) => offered.some(({ value }) => value === email)),
  });
  const said = { ...(record && { id: record.state.id }), at, form: digestOf(world, form) };
  const noted =
    'problems' in parsed ? parsed : await noteAway(world, { person, roster, evidence: parsed.evidence, said });
  if ('problems' in noted)
    return {
      kind: 'desk',
      view: await readDesk(world, opened, at),
      refused: { problems: noted.problems, typed: form },
    };
  if ('meanwhile' in noted) return { kind: 'stale', what: saidMeanwhile };
  // A step whose execution is asking at this moment has no token, and looks at the roster itself.
  const waiting = await waitingFor(world, { person, notes: noted.notes });
  for (const { token } of waiting) if (token !== undefined) await world.tokens.askAgain(token);
  const { people } = desk;
  const next = awayText(person, noted.said, { record, people, at, calendarOf: world.calendarOf, waiting });
  return { kind: 'confirmed', heading: 'Your absence is noted', next };
};

const end: Act = async (world, { person }, { at }) => {
  await world.desks.end(person.email, at);
  return { kind: 'ended-now' };
};

const acts: Readonly<Record<(typeof deskActs)[number], Act>> = { open, away, end };

import { textsOf } from '../domain/fields/evidence.ts';
import type { InCharge } from '../domain/handoff/exceptions.ts';
import { customerOf, type HandoffRecord } from '../domain/handoff/handoff.ts';
import type { StepRecord } from '../domain/handoff/step-record.ts';
import { ruleIn } from '../domain/handoff/step-rule.ts';
import type { People } from '../domain/people/people.ts';
import type { Person } from '../domain/people/person.ts';
import { goingOn, type NextStep, type StepOutcome } from '../domain/step/outcome.ts';
import { dueText, nothingMore, stillTheirs } from '../domain/step/still-theirs.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { linkTo, linkUses } from '../mailing/link-to.ts';
import type { WorldOf } from '../ports/world.ts';
import type { Submission } from './deciding.ts';
import type { Known } from './open-link.ts';
import { openReached, openReachedUses } from './open-reached.ts';

export const nextStepsUses = [...openReachedUses, ...linkUses] as const;

/** Whoever goes on from the page needs no mail: requests for their next steps wait this long, in milliseconds. */
export const mailAfter = 15 * 60_000;

/**
 * What comes next for somebody who has just decided something, each with a link of their own, soonest due first: what opens by it,
 * and what was theirs in this handoff already. The new steps are opened here, before the execution comes to them, and their requests
 * are mailed only if they are still open a quarter of an hour later. `record`: with the decision. A meeting that is still to come is
 * no next step. `opened`: the record with all that is open now.
 */
export async function nextStepsOf(
  world: WorldOf<typeof nextStepsUses>,
  of: Deciding & { readonly people: People },
): Promise<{ readonly nextSteps: readonly NextStep[]; readonly opened: HandoffRecord }> {
  const { record, people, person, at } = of;
  const opened = await openReached(world, { record, people, at, onPageOf: { person: person.email, mailAfter } });
  const isNew = ({ step, owner, askedAt }: StepRecord) => {
    const isAhead = ruleIn(opened, step).holds !== undefined && Date.parse(askedAt) > Date.parse(at);
    return !record.steps[step] && !isAhead && owner === person.email;
  };
  const begun = Object.values(opened.steps).flatMap((asked) =>
    isNew(asked) ? [{ rule: ruleIn(opened, asked.step), asked, isNew: true as const }] : [],
  );
  const standing = stillTheirs(record, person.email, at);
  const inTurn = [...begun, ...standing].sort((a, b) => Date.parse(a.asked.dueAt) - Date.parse(b.asked.dueAt));
  return { nextSteps: await Promise.all(inTurn.map((each) => linkedStep(world, of, each))), opened };
}

/** Behind a step that is decided, links to what the same person is still to do in the handoff, for who asks for them by a form. */
export async function goOn(
  world: WorldOf<typeof linkUses>,
  { outcome, known }: { readonly outcome: StepOutcome; readonly known?: Known },
  { form, at }: Submission,
): Promise<StepOutcome | undefined> {
  const isAskedFor = textsOf(form, 'choice')[0] === goingOn;
  if (!isAskedFor || outcome.kind !== 'decided' || outcome.isExpired || !known) return undefined;
  const { record, person } = known;
  const open = stillTheirs(record, person.email, at);
  const nextSteps = await Promise.all(open.map((each) => linkedStep(world, { record, person, at }, each)));
  const customer = customerOf(record);
  const [heading, next] =
    open.length === 0 ? ['You’re done here', nothingMore(customer)] : ['Still yours', 'You can go on right away.'];
  return { kind: 'confirmed', heading, customer, details: [], next, nextSteps, open: false };
}

interface Deciding {
  readonly record: HandoffRecord;
  readonly person: Person;
  /** UTC. */
  readonly at: Instant;
}

async function linkedStep(
  world: WorldOf<typeof linkUses>,
  { record, person, at }: Deciding,
  { rule, asked, request, isNew }: InCharge & Pick<NextStep, 'isNew'>,
): Promise<NextStep> {
  const as = request ? 'reviewer' : 'owner';
  const url = await linkTo(world, record, { step: asked.step, person: person.email, as, at });
  return {
    ...{ step: asked.step, title: rule.title, path: new URL(url).pathname },
    due: dueText(asked, { zone: person.availability.zone, at }),
    ...(isNew && { isNew }),
  };
}

import { aLittleLater } from '../domain/handoff/a-little-later.ts';
import { inCharge, pendingRequest } from '../domain/handoff/exceptions.ts';
import type { Handing } from '../domain/handoff/handing.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { reviewStanding } from '../domain/handoff/review-handing.ts';
import { pauseAt, type StepRecord } from '../domain/handoff/step-record.ts';
import { isOver, ruleIn } from '../domain/handoff/step-rule.ts';
import { hearsOfHandingAt, isToldNow, reliefsWith } from '../domain/handoff/told-together.ts';
import { operationsOf, type Standing, standingOf } from '../domain/handoff/who-is-asked.ts';
import type { Notice } from '../domain/messages/notice-input.ts';
import { type People, personOf } from '../domain/people/people.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeWithLinkUses, sendNoticeWithLink } from '../mailing/send-notice.ts';
import type { WorldOf } from '../ports/world.ts';
import { handOver, handOverUses } from './hand-over.ts';
import { handReview, handReviewUses } from './hand-review.ts';

export const standInUses = [
  'handoffs.load',
  'calendarOf',
  ...handOverUses,
  ...handReviewUses,
  ...noticeWithLinkUses,
] as const;

type StandIn = WorldOf<typeof standInUses>;

interface Kept {
  /** With the steps as they stand now. */
  readonly record: HandoffRecord;
  readonly step: StepRecord;
  /** When somebody else is to be asked, UTC. */
  readonly changesAt?: Instant;
  /** Mail addresses of who got a mail about it just now. */
  readonly told: readonly string[];
}

/**
 * Sees to it that an open step is asked of somebody who is there: it goes to a stand-in on the first day its owner is away,
 * and back when they return, and with it whatever else is theirs in this handoff. A step that waits for the customer stays
 * where it is. Where nobody is there, or the roster does not know who is asked, revenue operations is told.
 */
export async function keepAsked(
  world: StandIn,
  asked: { readonly record: HandoffRecord; readonly step: StepRecord; readonly people: People; readonly at: Instant },
): Promise<Kept> {
  const { step, people, at } = asked;
  const holder = holderOfStep(step);
  const standing = standingFor(world, asked, step);
  let { record } = asked;
  if (isMoving(step, standing, { people, at })) {
    const theirs = Object.values(record.steps).filter((each) => holderOfStep(each) === holder && isAsked(record, each));
    for (const each of theirs) {
      const goesTo = standingFor(world, asked, each);
      if (!isMoving(each, goesTo, { people, at })) continue;
      const handed = handingOf(each, goesTo, { people, at });
      const standInFor = goesTo.asked.email === holder ? undefined : holder;
      const to = goesTo.asked;
      const moved = await handOver(world, { record, step: each, to, handed, standInFor, people });
      record = moved ? withStep(record, moved.step) : ((await world.handoffs.load(record.state.id)) ?? record);
    }
  }
  const kept = record.steps[step.step] ?? step;
  const { told, again } = await tellOperations(world, { record, step: kept, people, at, standing });
  const reviewed = await keepReviewed(world, { record, step: kept, people, at });
  const changes = [standing.changesAt, again, reviewed.changesAt].filter((change) => change !== undefined);
  const [changesAt] = changes.toSorted((a, b) => Date.parse(a) - Date.parse(b));
  return { ...reviewed, told: [...told, ...reviewed.told], ...(changesAt && { changesAt }) };
}

/** The same for whoever decides on an exception of the step. */
async function keepReviewed(
  world: StandIn,
  asked: { readonly record: HandoffRecord; readonly step: StepRecord; readonly people: People; readonly at: Instant },
): Promise<Kept> {
  const { record, step, people, at } = asked;
  const request = pendingRequest(step);
  const charge = inCharge(record, step.step)?.asked;
  if (!request || !charge) return { record, step, told: [] };
  const standing = reviewStanding(request, { ...asked, calendarOf: world.calendarOf });
  const { told, again } = await tellOperations(world, { ...asked, step: charge, standing });
  const changesAt = again ?? standing.changesAt;
  const changes = { ...(changesAt && { changesAt }) };
  const to = standing.asked;
  if (to.email === request.reviewer) return { record, step, told, ...changes };
  const handed = handingOf(charge, standing, { people, at });
  const holder = holderOfStep(charge);
  const standInFor = to.email === holder ? undefined : holder;
  const moved = await handReview(world, { record, step, to, handed, standInFor, people });
  const now = moved ? withStep(record, moved.step) : ((await world.handoffs.load(record.state.id)) ?? record);
  return { record: now, step: now.steps[step.step] ?? step, told, ...changes };
}

const holderOfStep = ({ standInFor, owner }: StepRecord): string => standInFor ?? owner;

const standingFor = (
  { calendarOf }: StandIn,
  { record, people, at }: { readonly record: HandoffRecord; readonly people: People; readonly at: Instant },
  step: StepRecord,
): Standing => standingOf(personOf(people, holderOfStep(step)), { record, people, at, calendarOf, asked: step });

/** Whether somebody is asked and waited for: nothing waits for what is optional. */
const isAsked = (record: HandoffRecord, { step, decision }: StepRecord): boolean =>
  !decision && !isOver(record, step) && ruleIn(record, step).optional !== true;

/** Whether a step is to go to somebody else now: not while its clock stands still, unless its owner has left. */
function isMoving(
  step: StepRecord,
  { asked }: Standing,
  { people, at }: { readonly people: People; readonly at: Instant },
): boolean {
  if (asked.email === step.owner) return false;
  return pauseAt(step, at) === undefined || people.get(step.owner)?.active === false;
}

function handingOf(
  step: StepRecord,
  { asked, why, absence }: Standing,
  { people, at }: { readonly people: People; readonly at: Instant },
): Handing {
  const isBack = asked.email === holderOfStep(step);
  const until = absence?.until;
  const left = people.get(step.owner)?.active === false;
  return {
    from: step.owner,
    by: 'system',
    at,
    why: isBack ? 'back' : left ? 'left' : (why ?? 'away'),
    ...(!isBack && until !== undefined && { until }),
  };
}

const withStep = (record: HandoffRecord, step: StepRecord): HandoffRecord => ({
  ...record,
  steps: { ...record.steps, [step.step]: step },
});

/**
 * Tells revenue operations where nobody is there, or where somebody is asked whom the roster does not know. If they get another mail at
 * this moment they hear it a little later (P: one mail); `again` is when to look again, UTC.
 */
async function tellOperations(
  world: StandIn,
  asked: Pick<Kept, 'record' | 'step'> & { people: People; at: Instant; standing: Standing },
): Promise<{ readonly told: readonly string[]; readonly again?: Instant }> {
  const { record, step, people, at } = asked;
  const nobody = { told: [] };
  const trouble = troubleAsking(asked);
  const person = operationsOf(record, people);
  if (!trouble || !person || person.email === step.owner) return nobody;
  const key = `${trouble.key}/${person.email}`;
  if (record.mails[key]?.status === 'sent') return nobody;
  const input = { record, people, at, calendarOf: world.calendarOf };
  const isTold = isToldNow(person, input) || hearsOfHandingAt(person, at, input);
  if (isTold || reliefsWith({ person, since: at }, record).length > 0) return { told: [], again: aLittleLater(at) };
  const { notice } = trouble;
  const told = { record, people, person, as: 'revenueOperations', notice, key, step: step.step, at } as const;
  const outcome = await sendNoticeWithLink(world, told);
  return { told: outcome === 'sent' ? [person.email] : [] };
}

/** What is wrong with who is asked, and under what it is told once. */
function troubleAsking({
  record,
  step: { step, owner, askedAt },
  people,
  standing: { nobodyThere, changesAt: until },
}: Pick<Kept, 'record' | 'step'> & { people: People; standing: Standing }):
  | { readonly key: string; readonly notice: Notice }
  | undefined {
  if (nobodyThere)
    return {
      key: `nobody-there/${step}/${askedAt}`,
      notice: { kind: 'nobody-there', step, owner, ...(until && { until }) },
    };
  // Of several steps that are theirs the first one says it.
  const first = Object.values(record.steps).find((each) => each.owner === owner && isAsked(record, each));
  return people.get(owner)?.isStranger && first?.step === step
    ? { key: `not-on-roster/${owner}`, notice: { kind: 'not-on-roster', step, owner } }
    : undefined;
}

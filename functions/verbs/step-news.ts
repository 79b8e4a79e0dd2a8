import { aLittleLater } from '../domain/handoff/a-little-later.ts';
import { mailSaid } from '../domain/handoff/audit-entry.ts';
import { digestUntil } from '../domain/handoff/escalation-digest.ts';
import { inCharge } from '../domain/handoff/exceptions.ts';
import { handedTogether, handingReaders, wasHanded } from '../domain/handoff/handing-readers.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { holderOf } from '../domain/handoff/roles-held.ts';
import { pauseAt, type StepRecord } from '../domain/handoff/step-record.ts';
import { isRelievedWithRequest, isToldNow, tellingsAt } from '../domain/handoff/told-together.ts';
import { type Relief, reliefKey, reliefs } from '../domain/handoff/trouble.ts';
import { announcementMessage } from '../domain/messages/announcement.ts';
import type { Notice } from '../domain/messages/notice-input.ts';
import type { People } from '../domain/people/people.ts';
import type { Person } from '../domain/people/person.ts';
import { announcements } from '../domain/playbook/announcements.ts';
import { type Instant, nextWorkingMoment } from '../domain/time/calendar.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import type { WorldOf } from '../ports/world.ts';

export const stepNewsUses = ['calendarOf', ...noticeUses] as const;

/** What somebody is to hear of a step, once. */
interface News {
  readonly email: string;
  /** The step. */
  readonly about: string;
  readonly notice: Notice;
  readonly key: string;
  /** When it happened, UTC. */
  readonly since: Instant;
}

interface Telling {
  readonly record: HandoffRecord;
  readonly step: StepRecord;
  readonly people: People;
  readonly at: Instant;
  /** Mail addresses of who got another mail just now. */
  readonly told?: readonly string[];
}

/**
 * Tells everybody concerned what has happened to a step: it has another owner, it waits for the customer, or trouble that
 * they were told of is over, unless a request at the same moment says so. All of it is read from the records, so that it is
 * told once, also when somebody was interrupted. Whoever gets another mail at this moment gets this one a little later (P: one
 * mail); returned is when to call again for them, UTC.
 */
export async function tellStepNews(world: NewsWorld, telling: Telling): Promise<Instant | undefined> {
  const { record, step, people, at } = telling;
  const others = Object.values(record.steps).filter((each) => each.step !== step.step);
  const input = { record, people, at, calendarOf: world.calendarOf };
  const over = reliefs(record, step).filter((relief) => {
    const person = people.get(relief.person);
    if (!isToBeTold(world, telling, relief)) return false;
    // The notes of a meeting, say, tell that it was held.
    return person && !isRelievedWithRequest(person, relief, input) && !hearsNow(world, telling, person, step.step);
  });
  const news = [
    ...handings(telling),
    ...handedForLater(world, telling),
    ...reviewHandings(telling),
    ...waits(telling),
    ...over.map(newsOf),
    // What another execution should have told, and did not.
    ...others
      .flatMap((each) => reliefs(record, each).filter((relief) => isToBeTold(world, telling, relief)))
      .map(newsOf)
      .filter(({ since }) => age(since, at) > hour),
  ];
  return tellNews(world, telling, news);
}

/** Tells everybody who was told of trouble, and has not heard yet, that it is over: nobody else comes to tell it. */
export async function tellReliefs(world: NewsWorld, telling: Omit<Telling, 'step'>): Promise<void> {
  const { record } = telling;
  await tellNews(
    world,
    telling,
    Object.values(record.steps)
      .flatMap((step) => reliefs(record, step))
      .filter((relief) => isToBeTold(world, telling, relief))
      .map(newsOf),
  );
}

/** Unless somebody has heard of it by what came of the step, or hears of it in their digest. */
const isToBeTold = (world: NewsWorld, telling: Omit<Telling, 'step'>, relief: Relief): boolean =>
  !heardWhatCame(telling.record, relief) && !isLeftToDigest(world, telling, relief);

/** Whether somebody has heard by what came of a step that its trouble is over: by the notes of a meeting, say. */
const heardWhatCame = ({ mails }: HandoffRecord, { step, person, decision }: Relief): boolean =>
  Object.values(mails).some(({ status, said, at }) => {
    if (status !== 'sent' || said?.step !== step || Date.parse(at) < Date.parse(decision.at)) return false;
    const { kind, to } = mailSaid(said);
    return kind in announcements && to.includes(person);
  });

/** Whoever heard of trouble in their daily digest hears in the next one that it is over: here only where that does not come. */
function isLeftToDigest(
  { calendarOf }: NewsWorld,
  { people, at }: Pick<Telling, 'people' | 'at'>,
  { person: email, inDigest, decision }: Relief,
): boolean {
  const person = people.get(email);
  if (!inDigest || !person) return false;
  const until = digestUntil(person, { since: decision.at, people, calendarOf });
  return until !== undefined && Date.parse(at) < Date.parse(until);
}

/** Returns when to call again for whoever gets another mail at this moment, UTC; nobody calls again for a step that is decided. */
async function tellNews(
  world: NewsWorld,
  telling: Omit<Telling, 'step'> & Partial<Pick<Telling, 'step'>>,
  news: readonly News[],
): Promise<Instant | undefined> {
  const { record, step, people, at } = telling;
  const input = { record, people, at, calendarOf: world.calendarOf };
  const told = new Set(telling.told);
  let again: Instant | undefined;
  for (const { email, notice, key, since, about } of news) {
    const person = people.get(email);
    const isKnown = record.mails[key]?.status === 'sent';
    if (!person?.active || isKnown || age(since, at) > week) continue;
    const canWait = step !== undefined && !step.decision;
    if (canWait && (told.has(email) || isToldNow(person, input) || hearsNow(world, telling, person))) {
      again = aLittleLater(at);
      continue;
    }
    told.add(email);
    await sendNotice(world, { record, people, person, notice, key, step: about, at });
  }
  return again;
}

type NewsWorld = WorldOf<typeof stepNewsUses>;

/** Whether the system tells them something by itself at this moment, of one step if one is named. */
function hearsNow(
  { site, calendarOf }: NewsWorld,
  { record, people, at }: Omit<Telling, 'step'>,
  { email }: Person,
  of?: string,
): boolean {
  return tellingsAt(at, { record, people, at, calendarOf }).some(({ step, say }) => {
    if (of !== undefined && step !== of) return false;
    const news = announcementMessage({ record, say, people, at, site, calendarOf });
    return 'to' in news && [...news.to, ...news.cc].some((reader) => reader.email === email);
  });
}

const hour = 3_600_000;
/** News that is older is none. */
const week = 168 * hour;

const age = (since: Instant, at: Instant): number => Date.parse(at) - Date.parse(since);

/** One mail tells of all the steps that went together; the first of them tells it. */
function handings({ record, step, people }: Telling): News[] {
  if (!wasHanded(step)) return [];
  const { handed, owner } = step;
  const together = handedTogether(record, step).map((each) => each.step);
  if (together[0] !== step.step) return [];
  // Who stands in is told once, whatever is asked of them in that time.
  const until = handed.why === 'left' ? 'left' : `until ${handed.until ?? 'further notice'}`;
  const moment = handed.why === 'away' || handed.why === 'left' ? until : handed.at;
  return handingReaders(record, step, people).map(({ person, as }) => ({
    email: person.email,
    about: step.step,
    notice: { kind: as === 'before' ? 'handed-away' : 'taken-over', steps: together, newOwner: owner, handed },
    key: `handed-over/${moment}/${handed.from}/${owner}/${person.email}`,
    since: handed.at,
  }));
}

/**
 * Whoever took steps over hears of it by the request for the first of them; where that comes only when a meeting is over, say, all others
 * would know of it before them.
 */
function handedForLater({ calendarOf }: NewsWorld, { record, step, people }: Telling): News[] {
  const owner = people.get(step.owner);
  if (!wasHanded(step) || !owner || step.handed.why !== 'asked' || step.handed.by === owner.email) return [];
  const { handed } = step;
  const together = handedTogether(record, step);
  const soonest = Date.parse(nextWorkingMoment(handed.at, calendarOf(owner)));
  const isLater = together.every(({ askedAt }) => Date.parse(askedAt) > soonest);
  if (together[0]?.step !== step.step || !isLater || wasMailedSince(record, together, step)) return [];
  return [
    {
      email: owner.email,
      about: step.step,
      notice: { kind: 'taken-over', steps: together.map((each) => each.step), newOwner: owner.email, handed },
      key: `handed-over/${handed.at}/${handed.from}/${owner.email}/${owner.email}`,
      since: handed.at,
    },
  ];
}

/** Whether the owner has got a mail about one of these steps since it was handed to them: its request may come once more, later. */
const wasMailedSince = (
  { mails }: HandoffRecord,
  steps: readonly StepRecord[],
  { owner, handed }: Pick<StepRecord, 'owner' | 'handed'>,
): boolean =>
  Object.values(mails).some(
    ({ said, at }) =>
      said !== undefined &&
      steps.some(({ step }) => step === said.step) &&
      Date.parse(at) >= Date.parse(handed?.at ?? at) &&
      mailSaid(said).to.includes(owner),
  );

/** Whoever decides on an exception has changed: the asker hears of it, too. */
function reviewHandings({ record, step, people }: Telling): News[] {
  const { asked, request } = inCharge(record, step.step) ?? {};
  if (!asked || !request || !wasHanded(asked)) return [];
  const { handed, owner } = asked;
  const readers = handingReaders(record, asked, people).map(({ person, as }) => ({ email: person.email, as }));
  const isKnown = [handed.by, owner, ...readers.map(({ email }) => email)].includes(request.by);
  return [...readers, ...(isKnown ? [] : [{ email: request.by, as: 'concerned' as const }])].map(({ email, as }) => ({
    email,
    about: step.step,
    notice: {
      kind: as === 'before' ? 'handed-away' : 'taken-over',
      steps: [step.step],
      newOwner: owner,
      handed,
      ofReview: true,
    },
    key: `handed-over/${step.step}/exception/${handed.at}/${handed.from}/${owner}/${email}`,
    since: handed.at,
  }));
}

/** S2, S3: both who hand over and take over the customer know that somebody waits for them. */
function waits({ record, step, at }: Telling): News[] {
  const pause = pauseAt(step, at);
  if (!pause || step.decision) return [];
  const { from, until, by, reason } = pause;
  const both = [holderOf(record, 'accountExecutive'), holderOf(record, 'customerSuccessManager')];
  return [...new Set(both)]
    .filter((email): email is string => email !== undefined && email !== by)
    .map((email) => ({
      email,
      about: step.step,
      notice: { kind: 'waiting', step: step.step, by, until, reason },
      key: `waiting/${step.step}/${from}/${until}/${email}`,
      since: at,
    }));
}

const newsOf = (relief: Relief): News => ({
  email: relief.person,
  about: relief.step,
  notice: { kind: 'trouble-over', step: relief.step, decision: relief.decision },
  key: reliefKey(relief),
  since: relief.decision.at,
});

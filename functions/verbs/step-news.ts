import { inCharge } from '../domain/handoff/exceptions.ts';
import { handedTogether, handingReaders, wasHanded } from '../domain/handoff/handing-readers.ts';
import { type HandoffRecord, holderOf, type StepRecord } from '../domain/handoff/handoff.ts';
import { reliefs } from '../domain/handoff/trouble.ts';
import type { Notice } from '../domain/messages/notice-input.ts';
import type { People } from '../domain/people/people.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import type { WorldOf } from '../ports/world.ts';

export const stepNewsUses = [...noticeUses] as const;

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
}

/**
 * Tells everybody concerned what has happened to a step: it has another owner, it waits for the customer, or trouble that
 * they were told of is over. All of it is read from the records, so that it is told once, also when somebody was
 * interrupted.
 */
export function tellStepNews(world: WorldOf<typeof stepNewsUses>, telling: Telling): Promise<void> {
  const { record, step, at } = telling;
  const others = Object.values(record.steps).filter((each) => each.step !== step.step);
  const news = [
    ...handings(telling),
    ...reviewHandings(telling),
    ...waits(telling),
    ...overFor(record, step),
    // What another execution should have told, and did not.
    ...others.flatMap((each) => overFor(record, each)).filter(({ since }) => age(since, at) > hour),
  ];
  return tellNews(world, telling, news);
}

/** Tells everybody who was told of trouble, and has not heard yet, that it is over: nobody else comes to tell it. */
export const tellReliefs = (world: WorldOf<typeof stepNewsUses>, telling: Omit<Telling, 'step'>): Promise<void> =>
  tellNews(
    world,
    telling,
    Object.values(telling.record.steps).flatMap((step) => overFor(telling.record, step)),
  );

async function tellNews(
  world: WorldOf<typeof stepNewsUses>,
  { record, people, at }: Omit<Telling, 'step'>,
  news: readonly News[],
): Promise<void> {
  for (const { email, notice, key, since, about } of news) {
    const person = people.get(email);
    if (!person?.active || age(since, at) > week) continue;
    await sendNotice(world, { record, people, person, notice, key: `${key}/${email}`, step: about, at });
  }
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
  // Who stands in during an absence is told once, whatever is asked of them in that time.
  const moment = handed.why === 'away' ? `until ${handed.until ?? 'further notice'}` : handed.at;
  return handingReaders(record, step, people).map(({ person, as }) => ({
    email: person.email,
    about: step.step,
    notice: { kind: as === 'before' ? 'handed-away' : 'taken-over', steps: together, newOwner: owner, handed },
    key: `handed-over/${moment}/${handed.from}/${owner}`,
    since: handed.at,
  }));
}

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
    key: `handed-over/${step.step}/exception/${handed.at}/${handed.from}/${owner}`,
    since: handed.at,
  }));
}

/** S2, S3: both who hand over and take over the customer know that somebody waits for them. */
function waits({ record, step, at }: Telling): News[] {
  const pause = step.pauses.find(
    ({ from, until }) => Date.parse(from) <= Date.parse(at) && Date.parse(at) < Date.parse(until),
  );
  if (!pause || step.decision) return [];
  const { from, until, by, reason } = pause;
  const both = [holderOf(record, 'accountExecutive'), holderOf(record, 'customerSuccessManager')];
  return [...new Set(both)]
    .filter((email): email is string => email !== undefined && email !== by)
    .map((email) => ({
      email,
      about: step.step,
      notice: { kind: 'waiting', step: step.step, by, until, reason },
      key: `waiting/${step.step}/${from}/${until}`,
      since: at,
    }));
}

const overFor = (record: HandoffRecord, step: StepRecord): News[] =>
  reliefs(record, step).map(({ person, round, decision }) => ({
    email: person,
    about: step.step,
    notice: { kind: 'trouble-over', step: step.step, decision },
    key: `trouble-over/${step.step}/${round.round}`,
    since: decision.at,
  }));

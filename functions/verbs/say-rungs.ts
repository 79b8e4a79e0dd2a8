import { type AnswerTold, answerKey } from '../domain/handoff/answer-readers.ts';
import { allInCharge, type InCharge } from '../domain/handoff/exceptions.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { gapsToFill } from '../domain/handoff/open-items.ts';
import { thereFor } from '../domain/handoff/rung-readers.ts';
import { sayingKey } from '../domain/handoff/saying-key.ts';
import { nagsAhead, type Saying, sayingsTo, stepSayings, wasSaid } from '../domain/handoff/sayings.ts';
import { answersWith, reliefsWith, tellingsWith, toldKey } from '../domain/handoff/told-together.ts';
import { type Relief, reliefKey } from '../domain/handoff/trouble.ts';
import { managerOf } from '../domain/handoff/who-is-asked.ts';
import { announcementMessage } from '../domain/messages/announcement.ts';
import { asksMessage, mailKind } from '../domain/messages/asks.ts';
import { exceptionAnsweredBeside } from '../domain/messages/exceptions.ts';
import type { AskKind } from '../domain/messages/message.ts';
import { troubleOverBeside } from '../domain/messages/news.ts';
import type { Telling } from '../domain/messages/notice-input.ts';
import type { People } from '../domain/people/people.ts';
import type { Announcement } from '../domain/playbook/announcements.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { linkAndDeskTo, linkTo, linkUses } from '../mailing/link-to.ts';
import { type MailOutcome, sendOnce, sendUses } from '../mailing/send-mail.ts';
import type { WorldOf } from '../ports/world.ts';

export const sayRungsUses = ['site', 'calendarOf', 'digestTopics.note', ...sendUses, ...linkUses] as const;

type SayingWorld = WorldOf<typeof sayRungsUses>;

interface Speaking {
  /** With every step open that the flow has reached. */
  readonly record: HandoffRecord;
  readonly people: People;
  /** UTC. */
  readonly at: Instant;
}

/** Whoever says something, perhaps for several steps, is given this long, in milliseconds, before others say it. */
const patience = 60_000;

/**
 * Says what a step has to say now, to whoever is at work, each once; returns when it is to be called again before the next
 * rung, UTC. What falls together for one person goes out in one mail (P): the first step in the flow sends it, the others
 * look a minute later whether it did.
 */
export async function sayRungs(world: SayingWorld, step: string, speaking: Speaking): Promise<readonly Instant[]> {
  const again: Instant[] = [];
  for (const charge of allInCharge(speaking.record, step)) again.push(...(await sayOf(world, charge, speaking)));
  return again;
}

async function sayOf(world: SayingWorld, charge: InCharge, speaking: Speaking): Promise<readonly Instant[]> {
  const { record, at } = speaking;
  const input = { ...speaking, calendarOf: world.calendarOf };
  const { now, held, inDigest, next } = stepSayings(input, charge);
  // Before the rung already: it may be reached at the very moment at which digests go out.
  const soon = record.playbook.escalations === 'digest' ? stepSayings({ ...input, at: next }, charge).inDigest : [];
  for (const email of new Set([...inDigest, ...soon].map(({ person }) => person.email)))
    await world.digestTopics.note(email, { handoffId: record.state.id, at });
  const again = [...held, ...(charge.rests ? [next] : [])];
  for (const saying of now) {
    if (wasSaid(record, saying)) {
      // Whoever told their manager of it may have been interrupted.
      if (record.mails[saying.key]?.status === 'held')
        await tellManagers(world, speaking, { sayings: [saying], told: now });
      continue;
    }
    const together = sayingsTo(saying.person, input);
    const lookAt = new Date(Date.parse(saying.since) + patience).toISOString();
    if (together[0]?.step !== saying.step && Date.parse(at) < Date.parse(lookAt)) {
      again.push(lookAt);
      continue;
    }
    const ahead = saying.rung.kind === 'nag' ? nagsAhead(saying.person, input) : [];
    // In the order of the flow whoever sends it: two who come at once have one mail to claim.
    const sayings = [...together, ...ahead.filter((next) => !together.some((now) => now.step === next.step))];
    const told = tellingsWith(saying, input).map(({ say }) => say);
    const over = reliefsWith(saying, record);
    const answered = answersWith(saying, record);
    const outcome = await mailSayings(world, { ...speaking, told, over, answered }, sayings);
    if (outcome === 'rejected') await tellManagers(world, speaking, { sayings, told: now });
  }
  return again;
}

/** What the mail service did not take for an owner is told at once to their manager, or to who stands in for them (P: nothing goes silent). */
async function tellManagers(
  world: SayingWorld,
  speaking: Speaking,
  { sayings, told }: { readonly sayings: readonly Saying[]; readonly told: readonly Saying[] },
): Promise<void> {
  for (const saying of sayings.filter(({ as }) => as === 'owner' || as === 'reviewer')) {
    const manager = managerOf(speaking.record, speaking.people, saying.person);
    if (!manager) continue;
    const there = thereFor(manager, { ...speaking, owner: saying.person, calendarOf: world.calendarOf });
    if (told.some(({ person }) => person.email === there.person.email)) continue;
    const key = sayingKey(saying, saying.rung, there.person);
    const { standsInFor: _, ...said } = saying;
    await mailSayings(world, speaking, [{ ...said, ...there, as: 'manager', key }]);
  }
}

/** What is told in a mail that asks. */
interface Told {
  readonly told?: readonly Announcement[];
  readonly over?: readonly Relief[];
  readonly answered?: readonly AnswerTold[];
}

/** A mail of its own, had nothing been asked. */
interface News {
  readonly key: string;
  readonly message: Telling;
}

/** One mail for all of them; the first one's key is that of the mail. */
async function mailSayings(
  world: SayingWorld,
  { record, people, at, told = [], over = [], answered = [] }: Speaking & Told,
  sayings: readonly Saying[],
): Promise<MailOutcome | undefined> {
  const [first, ...others] = sayings;
  if (!first) return undefined;
  const { person } = first;
  const known = { record, people, at, site: world.site };
  const announced = told.flatMap((say): News[] => {
    const news = announcementMessage({ ...known, say, calendarOf: world.calendarOf, reader: person.email });
    const isFor = 'to' in news && news.to.some(({ email }) => email === person.email);
    return isFor ? [{ key: toldKey(say, person.email), message: news.message }] : [];
  });
  const to = { person, as: 'participant' } as const;
  const decided = answered.map(
    (each): News => ({
      key: answerKey(each, person.email),
      message: exceptionAnsweredBeside({ ...known, to }, each),
    }),
  );
  const relieved = over.map((relief): News => {
    const notice = { kind: 'trouble-over', step: relief.step, decision: relief.decision } as const;
    return { key: reliefKey(relief), message: troubleOverBeside({ ...known, to }, notice) };
  });
  const news = [...announced, ...decided, ...relieved];
  return sendOnce(world, {
    record,
    key: first.key,
    covers: [...others.map(({ key }) => key), ...news.map(({ key }) => key)],
    at,
    toCustomer: false,
    lease: patience,
    compose: async () => {
      const asks = [];
      let desk: string | undefined;
      for (const { step, rung, as, standsInFor } of sayings) {
        const reader = { step, person: person.email, as, at };
        let url: string;
        if (desk === undefined) ({ url, desk } = await linkAndDeskTo(world, record, reader));
        else url = await linkTo(world, record, reader);
        asks.push({
          record,
          step,
          kind: rung.kind as AskKind,
          rungNumber: rung.index,
          to: { person, as, url, ...(standsInFor && { standsInFor }) },
          people,
          gaps: gapsToFill(record, step),
          at,
          site: world.site,
          calendarOf: world.calendarOf,
        });
      }
      const { message, kind, step } = asksMessage(
        asks,
        news.map(({ message }) => message),
      );
      return {
        to: [{ name: person.name, email: person.email }],
        cc: [],
        message: { ...message, ...(desk !== undefined && { desk }) },
        tags: {
          handoff: record.state.id,
          kind,
          step,
          ...(others.length + over.length + answered.length > 0 && {
            steps: [...sayings, ...answered, ...over].map((saying) => saying.step),
            kinds: [
              ...sayings.map(({ rung, request }) => mailKind(rung.kind as AskKind, request)),
              ...answered.map(() => 'exception-answered' as const),
              ...over.map(() => 'trouble-over' as const),
            ],
          }),
        },
      };
    },
  });
}

import { inCharge } from '../domain/handoff/exceptions.ts';
import { type HandoffRecord, isClosed } from '../domain/handoff/handoff.ts';
import { type Saying, stepSayings } from '../domain/handoff/sayings.ts';
import type { SiteFacts } from '../domain/handoff/site.ts';
import { isOver } from '../domain/handoff/step-rule.ts';
import { heardInDigest, type Relief, reliefKey, reliefs } from '../domain/handoff/trouble.ts';
import { doneEntry, escalationEntry } from '../domain/messages/digest-entries.ts';
import type { DigestNews } from '../domain/messages/report-digest.ts';
import type { People } from '../domain/people/people.ts';
import type { Person } from '../domain/people/person.ts';
import { withStrangers } from '../domain/people/stranger.ts';
import type { Capacity } from '../domain/playbook/playbook.ts';
import { type ListedStep, openWorkList } from '../domain/reports/open-work-list.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { DigestTopic } from '../ports/digest-topics.ts';
import type { WorldOf } from '../ports/world.ts';
import { inTurns } from './in-turns.ts';

export const readTidingsUses = ['digestTopics.of', 'handoffs.load', 'calendarOf', 'site'] as const;

type World = WorldOf<typeof readTidingsUses>;

/** Most escalations that one digest tells: whoever has more gets an email for each of the others. */
const mostTold = 40;

/** An escalation that stands in a digest. */
interface Escalated {
  readonly record: HandoffRecord;
  readonly saying: Saying;
  readonly listed: ListedStep;
}

/** What the digest of somebody has to say of escalations, of the handoffs that were noted for it. */
export interface DigestTidings {
  /** Of these handoffs, in the words of their playbooks. */
  readonly records: readonly HandoffRecord[];
  readonly escalated: readonly Escalated[];
  readonly over: readonly { readonly record: HandoffRecord; readonly relief: Relief }[];
  /** What there is nothing more to say of. */
  readonly settled: readonly DigestTopic[];
}

interface Reading {
  /** Whose digest it is. */
  readonly email: string;
  /** Everybody in the roster. */
  readonly people: People;
  readonly at: Instant;
}

/** Reads what the digest of somebody has to say at `at` (UTC). */
export async function readTidings(world: World, reading: Reading): Promise<DigestTidings> {
  const topics = await world.digestTopics.of(reading.email);
  const read = await inTurns(topics, async (topic) => ({ topic, record: await world.handoffs.load(topic.handoffId) }));
  const all = read.map(({ topic, record }) => ({ topic, record, ...(record && tidingsOf(world, record, reading)) }));
  return {
    records: all.flatMap(({ record }) => record ?? []),
    escalated: all.flatMap(({ escalated = [] }) => escalated).slice(0, mostTold),
    over: all.flatMap(({ over = [] }) => over),
    settled: all.filter(({ isPending = false }) => !isPending).map(({ topic }) => topic),
  };
}

function tidingsOf(world: World, record: HandoffRecord, { email, people, at }: Reading) {
  const steps = Object.values(record.steps);
  const known = withStrangers(people, emailsIn(record), world.site.defaultZone);
  const input = { record, people: known, calendarOf: world.calendarOf, at };
  const open = steps.filter(({ step, decision }) => !decision && !isOver(record, step) && inCharge(record, step));
  const listed = openWorkList([record], { owners: new Set(known.keys()), at });
  const escalated = open.flatMap(({ step }): readonly Escalated[] => {
    const charge = inCharge(record, step);
    const line = listed.find((each) => each.step === step);
    if (!charge || !line) return [];
    const mine = stepSayings(input, charge).inDigest.filter((saying) => saying.person.email === email);
    return mine.map((saying) => ({ record, saying, listed: line }));
  });
  const over = steps
    .flatMap((step) => reliefs(record, step))
    .filter((relief) => relief.inDigest && relief.person === email && !isTold(record, relief))
    .map((relief) => ({ record, relief }));
  const isLate = open.some(({ dueAt }) => Date.parse(dueAt) <= Date.parse(at));
  const mayCome = !isClosed(record.state.status) && (isLate || heardInDigest(record, email).length > 0);
  return { escalated, over, isPending: mayCome || escalated.length + over.length > 0 };
}

const isTold = (record: HandoffRecord, relief: Relief): boolean => record.mails[reliefKey(relief)]?.status === 'sent';

const emailsIn = ({ state, steps }: HandoffRecord): readonly string[] => [
  ...Object.values(state.people),
  ...Object.values(steps).flatMap(({ owner, exceptions = [] }) => [
    owner,
    ...exceptions.flatMap(({ reviewer }) => reviewer ?? []),
  ]),
];

/** Makes somebody a link of their own to a step. */
export type StepLink = (
  record: HandoffRecord,
  to: { readonly step: string; readonly person: string; readonly as: Capacity; readonly at: Instant },
) => Promise<string>;

interface Telling extends Omit<Reading, 'email'> {
  readonly person: Person;
  readonly site: SiteFacts;
  readonly stepLink?: StepLink;
}

/** The same as a mail says it, each escalation with a link of the reader's own where there is `stepLink`. */
export async function writeTidings(
  world: Pick<World, 'calendarOf'>,
  { escalated, over }: Pick<DigestTidings, 'escalated' | 'over'>,
  { person, people, at, site, stepLink }: Telling,
): Promise<DigestNews> {
  const { calendarOf } = world;
  const told = new Map(
    await inTurns(escalated, async ({ record, saying, listed }) => {
      const { step, as, rung, standsInFor } = saying;
      const url = await stepLink?.(record, { step, person: person.email, as, at });
      const to = { person, as, ...(url !== undefined && { url }), ...(standsInFor && { standsInFor }) };
      const known = withStrangers(people, emailsIn(record), site.defaultZone);
      const asked = { record, step, rungNumber: rung.index, to, people: known, at, site, calendarOf };
      return [listed.key, escalationEntry(asked)] as const;
    }),
  );
  const done = over.map(({ record, relief }) => {
    const known = withStrangers(people, emailsIn(record), site.defaultZone);
    return doneEntry({ record, people: known, to: { person, as: 'participant' }, site, at }, relief);
  });
  return { escalated: told, done };
}

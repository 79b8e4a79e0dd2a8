import { auditText } from '../domain/handoff/answered-gaps.ts';
import type { AuditEntry } from '../domain/handoff/audit-entry.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { isException, owedGaps } from '../domain/handoff/handoff-package.ts';
import { takingPart } from '../domain/handoff/meeting-people.ts';
import { meetingIn, plannedBy, uidOf } from '../domain/handoff/meetings.ts';
import { namedIn } from '../domain/handoff/roles-held.ts';
import { isStillStalled } from '../domain/handoff/stalled.ts';
import type { Decision } from '../domain/handoff/step-record.ts';
import { ruleIn } from '../domain/handoff/step-rule.ts';
import { type People, personOf } from '../domain/people/people.ts';
import { calledOff, choiceOf, openItemStep } from '../domain/playbook/capabilities.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import type { WorldOf } from '../ports/world.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';
import { openCalledFor, openItemUses } from './open-item.ts';
import { tellAnswer, tellAnswerUses } from './tell-answer.ts';
import { tellWithdrawn, tellWithdrawnUses } from './tell-withdrawn.ts';

export const followDecisionUses = [
  'meetings.write',
  'audit.write',
  'audit.trail',
  'handoffs.changeStatus',
  'handoffs.changePerson',
  'handoffs.load',
  'calendarOf',
  'site',
  ...involvedUses,
  ...noticeUses,
  ...openItemUses,
  ...tellAnswerUses,
  ...tellWithdrawnUses,
] as const;

type Follow = WorldOf<typeof followDecisionUses>;

export interface Followed {
  /** With the decision, or as it was before. */
  readonly record: HandoffRecord;
  readonly people: People;
  readonly step: string;
  readonly decision: Decision;
  /** UTC. */
  readonly at: Instant;
}

/**
 * What follows from what somebody decided on a page, whoever does it: the meeting it planned stands, it is on record, a stalled
 * handoff goes on, and whom it names holds the role. Called again, it goes on where it was.
 * `isNew`: nobody can have done any of it. `trail`: the audit trail since, where it has been read.
 */
export async function followDecision(
  world: Follow,
  followed: Followed & { readonly isNew?: boolean; readonly trail?: readonly AuditEntry[] },
): Promise<void> {
  const { record, people, step, decision, at } = followed;
  const { id, status, people: holders } = record.state;
  const { calendarOf } = world;
  const rule = ruleIn(record, step);
  const meeting = plannedBy(record, step, decision);
  if (meeting && (meetingIn(record, meeting.meeting)?.uid === undefined || followed.isNew))
    await world.meetings.write(id, {
      ...meeting,
      hosts: takingPart({ record, people, calendarOf }, meeting),
      uid: uidOf(record, meeting, world.site),
    });
  // From before decisions told the audit trail themselves.
  if (decision.said === undefined && !(await isOnRecord(world, followed)))
    await world.audit.write(id, {
      at: decision.at,
      who: decision.by,
      step,
      what: 'decided',
      detail: detailOf(record, step, decision),
      from: 'page',
    });
  if (status === 'stalled' && !isStillStalled({ record, people, except: step, at, calendarOf }))
    await world.handoffs.changeStatus({ id, from: ['stalled'], to: 'open', at });
  const named = namedIn(rule, decision);
  if (rule.names && named !== undefined && (followed.isNew || holders[rule.names] === undefined))
    await world.handoffs.changePerson(id, rule.names, named);
}

/** Who has to hear of it, or owes something by it; called again, each once. */
export async function tellOfDecision(world: Follow, followed: Followed): Promise<void> {
  const { record, people, step, decision, at } = followed;
  const asked = record.steps[step];
  if (isException(ruleIn(record, step), decision)) await openWhatIsOwed(world, followed);
  else if (asked) await tellWithdrawn(world, { record, people, asked, by: decision.by, at });
}

/** How what was chosen is called. */
function labelOf(record: HandoffRecord, step: string, { choice }: Decision): string {
  return choiceOf(ruleIn(record, step), choice)?.label ?? (choice === 'skipped' ? 'Skipped' : choice);
}

/** How the audit trail says it. */
function detailOf(record: HandoffRecord, step: string, decision: Decision): string {
  const named = isException(ruleIn(record, step), decision) ? '' : auditText(record, decision);
  const label = labelOf(record, step, decision);
  return named === '' ? label : `${label}. ${named}`;
}

async function isOnRecord(
  world: Follow,
  { record, step, decision, trail }: Followed & { readonly trail?: readonly AuditEntry[] },
): Promise<boolean> {
  const since = trail ?? (await world.audit.trail(record.state.id, decision.at, { record }));
  return since.some((entry) => entry.what === 'decided' && entry.step === step && entry.at === decision.at);
}

/**
 * P: an exception is a debt. Whoever owes what is missing is asked for it at once, as an open item; in a handoff that began
 * before there were any, they hear of it with the date. Whoever asked for it hears the answer.
 */
async function openWhatIsOwed(world: Follow, { record, people, step, decision, at }: Followed): Promise<void> {
  const now = await world.handoffs.load(record.state.id);
  if (!now) return;
  const answer = now.steps[step]?.exceptions?.at(-1)?.answer;
  const debt = owedGaps(now);
  if (openItemStep(now.playbook)) await openCalledFor(world, { record: now, at });
  else if (debt) {
    const { owner, ...owed } = debt;
    const known: People = new Map([...people, ...(await involvedPeople(world, now, [owner]))]);
    const notice = { kind: 'gaps-owed', ...owed } as const;
    const key = `gaps-owed/${owner}/${decision.at}`;
    const person = personOf(known, owner);
    await sendNotice(world, { record: now, people: known, person, notice, key, step, at });
  }
  if (answer) await tellAnswer(world, { record: now, step, answer });
}

/** Somebody who decides on a page is given this long, in milliseconds, and the execution comes at once where it was waiting. */
const lately = 15 * 60_000;
/** A page has ended by then, in milliseconds, one way or the other. */
const pageOver = 60_000;
const day = 86_400_000;

/**
 * What somebody decided whose page may have been interrupted before what follows: on the step that is visited; and on one that
 * no execution waited for, as it was asking at that moment, and has gone past since. Where the step had been asked about before,
 * its record holds the token of that time, which says nothing: then what the decision changes in the records is looked after
 * for a day, once its page must be over.
 */
export async function followUnfinished(
  world: Follow,
  { record, people, at }: Pick<Followed, 'record' | 'people' | 'at'>,
  visited: string,
): Promise<void> {
  const unfinished = Object.values(record.steps).flatMap(({ step, decision, token, item }) => {
    if (!decision || decision.as === 'system' || decision.choice === calledOff) return [];
    const age = Date.parse(at) - Date.parse(decision.at);
    const isPassed = token === undefined && !item && age >= 0 && age < lately;
    const isOld = token !== undefined && !item && age >= pageOver && age < day;
    return step === visited || isPassed || isOld ? [{ step, decision, isTold: step === visited || isPassed }] : [];
  });
  if (unfinished.length === 0) return;
  const untold = unfinished.filter(({ decision }) => decision.said === undefined);
  const since = untold.map(({ decision }) => decision.at).reduce(earlier, at);
  const trail = untold.length === 0 ? [] : await world.audit.trail(record.state.id, since, { record });
  for (const { step, decision, isTold } of unfinished) {
    await followDecision(world, { record, people, step, decision, at, trail });
    if (isTold) await tellOfDecision(world, { record, people, step, decision, at });
  }
}

const earlier = (one: Instant, other: Instant): Instant => (Date.parse(one) <= Date.parse(other) ? one : other);

import { calledOf, nameOf, type People } from '../people/people.ts';
import { returningTo, stepPlanning } from '../playbook/capabilities.ts';
import type { Texts } from '../texts/en/en.ts';
import { textsOf } from '../texts/texts.ts';
import type { Instant } from '../time/calendar.ts';
import type { Locality } from '../time/locality.ts';
import { momentIn, timeIn } from '../time/wording.ts';
import type { Handing } from './handing.ts';
import type { HandoffRecord } from './handoff.ts';
import { meetingIn } from './meetings.ts';
import { type Decision, type EarlierRound, promisedAtOf, type StepRecord } from './step-record.ts';
import { ruleIn, titleOf } from './step-rule.ts';

/** Time that was lost at a step, whoever or whatever was the cause. UTC. */
export interface Delay {
  readonly from: Instant;
  readonly to: Instant;
  /** One clause for people: '"Complete the handoff package" was done Thu, Nov 26, 4 PM Berlin time'. */
  readonly cause: string;
  /** It is how the step itself came to whoever has it. */
  readonly isHanding?: true;
}

/** A round as it is kept, with what is known of how it came to its owner. */
type Round = EarlierRound & Partial<Pick<StepRecord, 'handed' | 'standInFor' | 'openedAt'>>;

export interface DelayTelling {
  readonly people: People;
  /** Of the reader. */
  readonly zone: Locality;
  readonly at: Instant;
  /** The mail address of the reader of an email, who is spoken to, and to whom colleagues are called by their first names. */
  readonly reader?: string;
}

/** Where time was lost at a step that is decided, round by round; what its owner was given is no loss. */
export function delaysAt(record: HandoffRecord, step: StepRecord, telling: DelayTelling): readonly Delay[] {
  const { earlier, ...last } = step;
  return [...earlier, last].flatMap((round) => {
    const { decision } = round;
    if (!decision) return [];
    return [
      ...late(record, { step: step.step, round, decision }, telling),
      ...returned(record, { step: step.step, round, decision }, telling),
      ...reviewed(record, { step: step.step, round }, telling),
      ...handedOn(record, round, { ...telling, until: decision.at }),
      ...plannedLate(record, step.step, round, telling),
    ];
  });
}

/** Where time was lost at a step that is still open, before its owner could act. */
export const delaysOnTheWayTo = (record: HandoffRecord, step: StepRecord, telling: DelayTelling): readonly Delay[] => [
  ...handedOn(record, step, { ...telling, until: step.dueAt }),
  ...plannedLate(record, step.step, step, telling),
];

interface OfRound {
  readonly step: string;
  readonly round: Round;
}

/** The owner was late; or waited for the customer, when the due time had passed. */
function late(
  record: HandoffRecord,
  { step, round, decision }: OfRound & { readonly decision: Decision },
  { zone, at }: DelayTelling,
): Delay[] {
  const { behind } = textsOf(record.playbook.language);
  const title = titleOf(record, step);
  const waits = (round.pauses ?? []).filter(({ until }) => before(round.dueAt, until));
  const waited = waits.map(({ from, until }): Delay => {
    const end = before(decision.at, until) ? decision.at : until;
    return { from, to: end, cause: behind.waited(title, momentIn(zone, end, at)) };
  });
  const from = waited.reduce((latest, { to }) => (before(latest, to) ? to : latest), round.dueAt);
  if (!before(from, decision.at)) return waited;
  return [
    ...waited,
    { from, to: decision.at, cause: behind.became(title, decision.choice, momentIn(zone, decision.at, at)) },
  ];
}

/** S2, S4: the package came back with gaps, and was asked for again. */
function returned(
  record: HandoffRecord,
  { step, round, decision }: OfRound & { readonly decision: Decision },
  { zone, at }: DelayTelling,
): Delay[] {
  if (round.round === 1 || !returningTo(record.playbook, step)) return [];
  const from = round.openedAt ?? round.askedAt;
  const cause = textsOf(record.playbook.language).behind.returned({
    title: titleOf(record, step),
    from: timeIn(zone, from, at),
    choice: decision.choice,
    time: momentIn(zone, decision.at, at),
  });
  return [{ from, to: decision.at, cause }];
}

/** An exception was asked for, and somebody had to decide. */
function reviewed(record: HandoffRecord, { step, round }: OfRound, { zone, at }: DelayTelling): Delay[] {
  return (round.exceptions ?? []).flatMap((request) => {
    const { answer } = request;
    if (!answer) return [];
    const title = titleOf(record, step);
    const { behind } = textsOf(record.playbook.language);
    const cause = behind.reviewed(title, timeIn(zone, request.at, at), momentIn(zone, answer.at, at));
    return [{ from: request.at, to: answer.at, cause }];
  });
}

/** Somebody else got the step after it was asked, and had time of their own beyond the promise. */
function handedOn(
  { playbook }: HandoffRecord,
  round: Round,
  { until, ...telling }: DelayTelling & { readonly until: Instant },
): Delay[] {
  const { handed } = round;
  // What was handed over before it was asked lost nothing by it.
  if (!handed || (round.openedAt !== undefined && before(handed.at, round.openedAt))) return [];
  const promisedAt = promisedAtOf(round);
  const opened = round.openedAt ?? round.askedAt;
  const from = before(promisedAt, opened) ? opened : promisedAt;
  const to = before(until, round.dueAt) ? until : round.dueAt;
  return before(from, to)
    ? [{ from, to, cause: handedText(textsOf(playbook.language), { ...round, handed }, telling), isHanding: true }]
    : [];
}

function handedText(
  { behind }: Texts,
  { owner, standInFor, askedAt, handed }: Round & { readonly handed: Handing },
  { people, zone, at, reader }: DelayTelling,
): string {
  const when = momentIn(zone, handed.why === 'asked' ? handed.at : askedAt, at);
  const called = (email: string) => (reader === undefined ? nameOf(people, email) : calledOf(people, email));
  const has = owner === reader ? undefined : called(owner);
  const had = called(standInFor ?? handed.from);
  switch (handed.why) {
    case 'away':
      return behind.away(had, has, when);
    case 'left':
      return behind.left(had, has, when);
    case 'back':
      return behind.back(has, when);
    case 'asked':
      return behind.tookOver(has, called(handed.from), when);
  }
}

/** The meeting itself was set for after its promise. */
function plannedLate(record: HandoffRecord, step: string, round: Round, { zone, at }: DelayTelling): Delay[] {
  const { holds } = ruleIn(record, step);
  const meeting = holds === undefined ? undefined : meetingIn(record, holds);
  const planning = meeting && stepPlanning(record.playbook, meeting.meeting);
  const planned = planning && record.steps[planning.id]?.decision;
  if (!meeting || !planned) return [];
  const promisedAt = promisedAtOf(round);
  const from = before(promisedAt, planned.at) ? planned.at : promisedAt;
  if (!before(from, round.askedAt)) return [];
  return [
    {
      from,
      to: round.askedAt,
      cause: textsOf(record.playbook.language).behind.meeting(momentIn(zone, meeting.at, at)),
    },
  ];
}

const before = (a: Instant, b: Instant): boolean => Date.parse(a) < Date.parse(b);

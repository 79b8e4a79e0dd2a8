import type { Announcement } from '../playbook/announcements.ts';
import { calledOff, comesAgain, returningTo } from '../playbook/capabilities.ts';
import { type AskStep, askStep, type FlowItem } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import type { HandoffRecord } from './handoff.ts';
import { meetingCalledOff, roundToAsk } from './meeting-rounds.ts';
import { knownMeeting } from './meetings.ts';

/** A step that the flow has reached and that somebody is to do, in the round in which it is asked now. */
export interface ReachedStep {
  readonly step: string;
  readonly rule: AskStep;
  readonly round: number;
}

/** Something the system tells, by itself or because of a decision, that the flow has reached. */
export interface ReachedTelling {
  readonly step: string;
  readonly say: Announcement;
  /** When it is told, UTC. */
  readonly at: Instant;
}

/** Where the flow of a handoff stands. */
export interface FlowFront {
  /** In the order of the flow; branches one after the other. */
  readonly reached: readonly ReachedStep[];
  readonly tellings: readonly ReachedTelling[];
}

interface Known {
  readonly record: HandoffRecord;
  /** When steps and tellings open that wait for a moment, as `opensOf` gives them. */
  readonly opens: Readonly<Record<string, Instant>>;
  /** UTC. */
  readonly at: Instant;
}

/** Where the flow is, as the state machine would have it: read from the decisions alone, for whoever cannot ask the execution. */
export function flowFront(known: Known): FlowFront {
  const { reached, tellings } = along(known.record.playbook.flow, known.record.state.startedAt, known);
  return { reached, tellings };
}

interface Course extends FlowFront {
  readonly over: boolean;
  /** When the flow came this far, UTC. */
  readonly since: Instant;
}

function along(flow: readonly FlowItem[], since: Instant, known: Known): Course {
  let course: Course = { over: true, since, reached: [], tellings: [] };
  for (const item of flow) {
    const parts =
      typeof item === 'string'
        ? [stepCourse(item, course.since, known)]
        : item.beside.map((branch) => along(branch, course.since, known));
    course = {
      over: parts.every(({ over }) => over),
      since: parts.map((part) => part.since).reduce(later, course.since),
      reached: [...course.reached, ...parts.flatMap(({ reached }) => reached)],
      tellings: [...course.tellings, ...parts.flatMap(({ tellings }) => tellings)],
    };
    if (!course.over) break;
  }
  return course;
}

function stepCourse(step: string, since: Instant, known: Known): Course {
  const rule = known.record.playbook.steps[step];
  const over: Course = { over: true, since, reached: [], tellings: [] };
  if (!rule) return over;
  if (rule.kind === 'tell') return rule.by === 'scheduler' ? over : tellCourse(step, since, known);
  const { record, opens, at } = known;
  const asked = record.steps[step];
  const { decision } = asked ?? {};
  // A later reviewer sent it back: whoever accepted it before reads what has become of it.
  const again = asked && rule.returns && record.steps[rule.returns.to];
  if (again && decision && again.round > asked.round && !isLeftUndone(record, step, rule))
    return { ...over, over: false, reached: [{ step, rule, round: again.round }] };
  if (decision && !isLeftUndone(record, step, rule))
    return { ...over, since: later(since, decision.at), tellings: toldBy(step, rule, decision.at) };
  if (!asked && isPassedOver(record, rule)) return over;
  const opensAt = opens[step];
  if (rule.opens && !asked && (opensAt === undefined || Date.parse(opensAt) > Date.parse(at)))
    return { ...over, over: false };
  const off = decision?.choice === calledOff ? meetingCalledOff(record, rule.holds) : undefined;
  const planning = off && knownMeeting(record, off.meeting)?.planning;
  if (planning) {
    const round = roundToAsk(record, { step: planning.id, rule: planning.rule, round: 1 });
    return { ...over, over: false, reached: [{ step: planning.id, rule: planning.rule, round }] };
  }
  const target = decision && rule.returns?.choice === decision.choice ? rule.returns.to : undefined;
  if (target !== undefined && asked && (record.steps[target]?.round ?? 0) <= asked.round)
    return {
      ...over,
      over: false,
      reached: [{ step: target, rule: askStep(record.playbook, target), round: asked.round + 1 }],
    };
  return { ...over, over: false, reached: [{ step, rule, round: roundNow(record, step) }] };
}

/** What is told of a decision. An invitation, or what offers a link of its own, is a mail by itself. */
function toldBy(step: string, { announce, plans }: AskStep, at: Instant): readonly ReachedTelling[] {
  if (!announce || announce.offers || plans !== undefined) return [];
  return [{ step, say: announce.say, at }];
}

/** Whether an answer leads back: to another step, or to the same one later. */
function isLeftUndone(record: HandoffRecord, step: string, rule: AskStep): boolean {
  const asked = record.steps[step];
  const choice = asked?.decision?.choice;
  return asked !== undefined && choice !== undefined && comesAgain(rule, { choice, round: asked.round });
}

/** Whether the flow goes past a step that was never asked: the package was complete, or somebody holds the role it would name. */
export const isPassedOver = (record: HandoffRecord, rule: AskStep): boolean =>
  (rule.fills !== undefined && record.state.packageComplete) ||
  (rule.names !== undefined && record.state.people[rule.names] !== undefined);

/** The round in which a step that is not decided, or was decided so that it comes again, is asked. */
function roundNow(record: HandoffRecord, step: string): number {
  const asked = record.steps[step];
  if (asked) return asked.decision ? asked.round + 1 : asked.round;
  const rule = askStep(record.playbook, step);
  // All steps of a loop count the same rounds.
  const partners = rule.returns ? [rule.returns.to] : returningTo(record.playbook, step).map(({ id }) => id);
  return Math.max(1, ...partners.map((partner) => record.steps[partner]?.round ?? 1));
}

function tellCourse(step: string, since: Instant, { record, opens, at }: Known): Course {
  const rule = record.playbook.steps[step];
  let course: Course = { over: true, since, reached: [], tellings: [] };
  for (const { say, silent, opens: when } of rule?.kind === 'tell' ? rule.tells : []) {
    const opensAt = when ? opens[`${step}/${say}`] : course.since;
    if (opensAt === undefined || Date.parse(opensAt) > Date.parse(at)) return { ...course, over: false };
    const told = later(course.since, opensAt);
    course = {
      ...course,
      since: told,
      tellings: silent ? course.tellings : [...course.tellings, { step, say, at: told }],
    };
  }
  return course;
}

const later = (a: Instant, b: Instant): Instant => (Date.parse(b) > Date.parse(a) ? b : a);

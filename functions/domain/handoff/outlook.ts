import type { CalendarOf, People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { Announcement } from '../playbook/announcements.ts';
import type { AskStep, FlowItem, StepRule, TellStep } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { askingOf } from './asking.ts';
import { assumedAnswer } from './assumed-answer.ts';
import type { HandoffRecord } from './handoff.ts';
import { type LadderOutlook, ladderOutlook } from './ladder-outlook.ts';
import { isScheduled, offeredStep, opensOf, type Reminder, remindersOf } from './planned.ts';
import type { StepRecord } from './step-record.ts';

/** A mail that tells, at its moment (UTC). */
export interface Telling {
  readonly say: Announcement;
  readonly at: Instant;
  /** The handoff as it stands then. */
  readonly record: HandoffRecord;
}

/** A step that somebody is asked to do. */
export interface AskedOutlook {
  readonly kind: 'asked';
  readonly step: string;
  readonly rule: AskStep;
  /** When the flow comes to it, UTC. */
  readonly reachedAt: Instant;
  readonly asked: StepRecord;
  readonly holder: Person;
  readonly owner: Person;
  /** What happens when nobody acts. */
  readonly ladder: LadderOutlook;
  /** When it is over, as is assumed; undefined when it stays open until the handoff is abandoned. */
  readonly over: Instant | undefined;
  readonly tells: readonly Telling[];
  /** The optional step that its mail offers. */
  readonly offers?: { readonly rule: AskStep; readonly asked: StepRecord };
}

/** What becomes of one step of the flow. */
export type StepOutlook =
  | AskedOutlook
  | { readonly kind: 'told'; readonly step: string; readonly rule: TellStep; readonly tells: readonly Telling[] }
  | {
      readonly kind: 'passed over' | 'not reached';
      readonly step: string;
      readonly rule: StepRule;
      readonly why: string;
    };

export interface Outlook {
  /** In the order of the flow. */
  readonly steps: readonly StepOutlook[];
  /** When the last step is over, UTC; undefined when the flow comes to a standstill. */
  readonly closedAt: Instant | undefined;
  readonly reminders: readonly Reminder[];
  /** The handoff as it stands after the last step. */
  readonly record: HandoffRecord;
}

export interface OutlookInput {
  /** A handoff that has just begun. */
  readonly record: HandoffRecord;
  readonly people: People;
  readonly calendarOf: CalendarOf;
  /** Every step is done at the moment it is due (or asked for, when that is later); or nobody ever acts. */
  readonly answers: 'when due' | 'never';
}

/**
 * What will happen in a handoff, step by step, if people answer as is assumed: by the rules that the running handoff follows.
 * Nothing is returned or asked again, and scores are high.
 */
export function outlookOf(input: OutlookInput): Outlook {
  const { record } = input;
  const end = through(record.playbook.flow, { record, at: record.state.startedAt, steps: [] }, input);
  const { people, calendarOf } = input;
  return {
    steps: end.steps,
    closedAt: end.at,
    record: end.record,
    // Set at the trigger: they come whatever becomes of the steps.
    reminders: remindersOf(record, { people, calendarOf, at: record.state.startedAt }),
  };
}

/** How far the flow has come. */
interface Course {
  readonly record: HandoffRecord;
  /** UTC; undefined when it stands still. */
  readonly at: Instant | undefined;
  /** The title of the step at which it stands still. */
  readonly stuckAt?: string;
  readonly steps: readonly StepOutlook[];
}

function through(flow: readonly FlowItem[], begun: Course, input: OutlookInput): Course {
  return flow.reduce<Course>((course, item) => {
    if (typeof item === 'string') return stepOf(item, course, input);
    const ends: Course[] = [];
    let { record, steps } = course;
    for (const branch of item.beside) {
      const end = through(branch, { record, at: course.at, steps, ...stuckAt(course) }, input);
      ({ record, steps } = end);
      ends.push(end);
    }
    const stuck = ends.find(({ at }) => at === undefined);
    const last = ends
      .map(({ at }) => at ?? '')
      .reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a), course.at ?? '');
    return {
      record,
      steps,
      at: stuck ? undefined : last,
      ...stuckAt(stuck),
    };
  }, begun);
}

const stuckAt = (course: Course | undefined): Pick<Course, 'stuckAt'> =>
  course?.stuckAt === undefined ? {} : { stuckAt: course.stuckAt };

function stepOf(step: string, course: Course, input: OutlookInput): Course {
  const rule = course.record.playbook.steps[step];
  if (!rule || isScheduled(course.record, step)) return course;
  const { record, at } = course;
  const left = (kind: 'passed over' | 'not reached', why: string): Course => ({
    ...course,
    steps: [...course.steps, { kind, step, rule, why }],
  });
  if (at === undefined) return left('not reached', `"${course.stuckAt}" stays open, and this comes after it`);
  if (rule.kind === 'tell') return told(step, rule, { ...course, at }, input);
  if (rule.fills === 'package' && record.state.packageComplete)
    return left('passed over', 'the package was complete when the deal was won');
  const held = rule.names && record.state.people[rule.names];
  if (held) return left('passed over', `${input.people.get(held)?.name ?? held} holds that role already`);
  return asked(step, rule, { ...course, at }, input);
}

type Going = Course & { readonly at: Instant };

function asked(step: string, rule: AskStep, course: Going, input: OutlookInput): Course {
  const { people, calendarOf, answers } = input;
  const reachedAt = rule.opens ? opening(step, course, input) : course.at;
  const { record } = course;
  const asking = askingOf({ record, step, rule, round: 1, at: reachedAt, people, calendarOf });
  const { owner, opened: open } = asking;
  const opened = { ...record, steps: { ...record.steps, [step]: open } };
  const ladder = ladderOutlook({ record: opened, rule, asked: open, people, calendarOf });
  const { ends } = ladder;
  const done = Date.parse(open.dueAt) > Date.parse(open.askedAt) ? open.dueAt : open.askedAt;
  const decision =
    answers === 'when due'
      ? assumedAnswer({ rule, record, by: owner.email, at: done, colleagues: [...people.values()] })
      : ends.how === 'unanswered'
        ? ({ choice: 'unanswered', by: 'system', as: 'system', at: ends.at, evidence: {} } as const)
        : undefined;
  const after = decision ? { ...opened, steps: { ...opened.steps, [step]: { ...open, decision } } } : opened;
  const says = decision && decision.choice !== 'unanswered' ? rule.announce : undefined;
  const offered = says?.offers ? offeredStep(after, { offers: says.offers, at: done, people, calendarOf }) : undefined;
  const offeredRule = offered && after.playbook.steps[offered.step];
  const outlook: AskedOutlook = {
    kind: 'asked',
    step,
    rule,
    reachedAt,
    asked: open,
    holder: asking.holder,
    owner,
    ladder,
    over: decision?.at,
    tells: says ? [{ say: says.say, at: done, record: after }] : [],
    ...(offered && offeredRule?.kind === 'ask' && { offers: { rule: offeredRule, asked: offered } }),
  };
  return {
    record: after,
    at: decision?.at,
    ...(!decision && { stuckAt: rule.title }),
    steps: [...course.steps, outlook],
  };
}

function told(step: string, rule: TellStep, course: Going, input: OutlookInput): Course {
  let { at } = course;
  const tells: Telling[] = [];
  for (const { say, silent, opens } of rule.tells) {
    if (opens) at = opening(`${step}/${say}`, { ...course, at }, input);
    if (!silent) tells.push({ say, at, record: course.record });
  }
  return { ...course, at, steps: [...course.steps, { kind: 'told', step, rule, tells }] };
}

/** When something opens that waits for its moment: at once when that has passed. */
function opening(key: string, { record, at }: Going, { people, calendarOf }: OutlookInput): Instant {
  const opens = opensOf(record, people, calendarOf)[key];
  return opens !== undefined && Date.parse(opens) > Date.parse(at) ? opens : at;
}

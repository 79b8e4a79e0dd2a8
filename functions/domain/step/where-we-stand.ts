import { listed } from '../fields/words.ts';
import { anchorsOf } from '../handoff/anchors.ts';
import { dueByRule } from '../handoff/due-rule.ts';
import { inCharge } from '../handoff/exceptions.ts';
import { isPassedOver } from '../handoff/flow-front.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { phasesOf } from '../handoff/phase.ts';
import { doerOf, holderOf } from '../handoff/roles-held.ts';
import { type Decision, pauseAt, type StepRecord } from '../handoff/step-record.ts';
import { isOver, ruleIn } from '../handoff/step-rule.ts';
import { officeCalendars } from '../people/absence.ts';
import { type CalendarOf, type Mailbox, mailboxOf, nameOf, type People } from '../people/people.ts';
import { calledOff, comesAgain, leavesUndone } from '../playbook/capabilities.ts';
import { type AskStep, flowSteps } from '../playbook/playbook.ts';
import { roleIds, roleTitle } from '../playbook/roles.ts';
import type { Instant } from '../time/calendar.ts';
import { timeIn } from '../time/wording.ts';

/** `again`: it was answered so that it is asked once more; `ended`: nothing more is expected of it, and it is not done. */
export type StandingState = 'done' | 'now' | 'late' | 'waiting' | 'again' | 'next' | 'ended';

/** A step as it stands: who, and when. */
export interface StandingStep {
  readonly step: string;
  readonly title: string;
  readonly state: StandingState;
  /** 'Lena Vogt, by Mon, Nov 23, 4 PM', in the reader's zone, which is not named. */
  readonly says: string;
  /** It is the step of the page. */
  readonly isHere: boolean;
}

/** Where a handoff stands, for everybody who has a part in it. */
export interface WhereWeStand {
  /** The phases in order. */
  readonly phases: ReturnType<typeof phasesOf>;
  /** '3 of 12 steps done, 1 overdue'. */
  readonly summary: string;
  /** In the order of the flow; what is asked for outside it comes last. */
  readonly steps: readonly StandingStep[];
  /** Who has a part in it, by the name of the part, each once. */
  readonly people: readonly { readonly part: string; readonly person: Mailbox }[];
}

interface Standing {
  readonly record: HandoffRecord;
  readonly people: People;
  readonly calendarOf: CalendarOf;
  /** IANA zone of the reader. */
  readonly zone: string;
  /** UTC. */
  readonly at: Instant;
}

/** Where a handoff stands, read from its frozen playbook and its records. `here`: the step of the page. */
export function whereWeStand(standing: Standing, here: string): WhereWeStand {
  const { record } = standing;
  const inFlow = flowSteps(record.playbook.flow);
  const beside = Object.keys(record.steps).filter((step) => !inFlow.includes(step) && !ruleIn(record, step).optional);
  const steps = [...inFlow, ...beside].flatMap((step) => {
    const stands = standingOf(step, standing);
    return stands ? [{ ...stands, isHere: step === here }] : [];
  });
  const done = steps.filter(({ state }) => state === 'done').length;
  const late = steps.filter(({ state }) => state === 'late').length;
  return {
    phases: phasesOf(record),
    summary: `${done} of ${steps.length} steps done${late > 0 ? `, ${late} overdue` : ''}`,
    steps,
    people: partsOf(standing),
  };
}

type Stands = Omit<StandingStep, 'isHere'>;

function standingOf(step: string, standing: Standing): Stands | undefined {
  const { record } = standing;
  const asked = record.steps[step];
  const rule = asked ? ruleIn(record, step) : record.playbook.steps[step];
  if (rule?.kind !== 'ask') return undefined;
  const stands = asked ? askedOf(asked, rule, standing) : aheadOf(rule, standing);
  return stands && { step, title: rule.title, ...stands };
}

type Says = Pick<StandingStep, 'state' | 'says'>;

function askedOf(asked: StepRecord, rule: AskStep, standing: Standing): Says {
  const { record, people, zone, at } = standing;
  const when = (moment: Instant) => timeIn(zone, moment, at);
  const owner = nameOf(people, asked.owner);
  if (asked.decision) return decidedOf(asked.decision, { rule, round: asked.round }, standing);
  if (isOver(record, asked.step)) return { state: 'ended', says: 'Not needed any more' };
  const request = inCharge(record, asked.step)?.request;
  if (request)
    return {
      state: 'waiting',
      says: `${nameOf(people, request.reviewer)} decides on an exception by ${when(request.dueAt)}`,
    };
  const pause = pauseAt(asked, at);
  if (pause) return { state: 'waiting', says: `${owner}, waiting for the customer until ${when(pause.until)}` };
  if (Date.parse(asked.askedAt) > Date.parse(at))
    return { state: 'next', says: `${owner}, from ${when(asked.askedAt)}` };
  const isLate = Date.parse(asked.dueAt) < Date.parse(at);
  return isLate
    ? { state: 'late', says: `${owner}, was due ${when(asked.dueAt)}` }
    : { state: 'now', says: `${owner}, by ${when(asked.dueAt)}` };
}

function decidedOf(
  { choice, by, at: decidedAt }: Decision,
  { rule, round }: { readonly rule: AskStep; readonly round: number },
  { people, zone, at }: Standing,
): Says {
  const when = timeIn(zone, decidedAt, at);
  const who = by === 'system' ? '' : `${nameOf(people, by)}, `;
  if (choice === 'unanswered') return { state: 'ended', says: `No answer by ${when}` };
  if (choice === 'skipped') return { state: 'ended', says: `Skipped by ${who}${when}` };
  if (choice === calledOff) return { state: 'again', says: `Meeting canceled by ${who}${when}` };
  if (rule.returns?.choice === choice) return { state: 'again', says: `Returned by ${who}${when}` };
  if (comesAgain(rule, { choice, round })) return { state: 'again', says: `Not yet: ${who}${when}` };
  if (leavesUndone(rule, choice)) return { state: 'ended', says: `Not yet: ${who}${when}` };
  return { state: 'done', says: `${who}${when}` };
}

/** A step that nobody was asked yet: whose it will be, and when, where that is known. */
function aheadOf(rule: AskStep, { record, people, calendarOf, zone, at }: Standing): Says | undefined {
  if (isPassedOver(record, rule))
    return rule.fills === undefined ? undefined : { state: 'done', says: 'Complete when the deal was won' };
  if (record.state.status !== 'open' && record.state.status !== 'stalled') return undefined;
  const email = doerOf(record, rule.owner);
  const owner = email === undefined ? undefined : people.get(email);
  const calendar = owner && officeCalendars(calendarOf)(owner);
  const due = calendar && dueByRule(rule.due, anchorsOf(record), calendar)?.at;
  const isAhead = due !== undefined && Date.parse(due) > Date.parse(at);
  const who = email === undefined ? roleTitle(record.playbook.roles, rule.owner) : mailboxOf(people, email).name;
  return { state: 'next', says: isAhead ? `${who}, promised for ${timeIn(zone, due, at)}` : who };
}

/** Who holds each role, and whoever has an open step beside them; somebody with two parts is named once. */
function partsOf({ record, people }: Standing): WhereWeStand['people'] {
  const parts = new Map<string, string[]>();
  const add = (email: string | undefined, part: string) => {
    if (email === undefined) return;
    const known = parts.get(email);
    if (known) known.push(known.length === 0 ? part : part.toLowerCase());
    else parts.set(email, [part]);
  };
  for (const role of roleIds) add(holderOf(record, role), roleTitle(record.playbook.roles, role));
  for (const { owner, decision } of Object.values(record.steps))
    if (!decision && !parts.has(owner)) add(owner, 'Covers an open step');
  return [...parts].map(([email, names]) => ({ part: listed(names), person: mailboxOf(people, email) }));
}

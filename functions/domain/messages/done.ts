import { listed } from '../fields/words.ts';
import { askedAgainAt } from '../handoff/asked-again.ts';
import { givenList } from '../handoff/decisions.ts';
import { customerOf, type HandoffRecord } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import { takingPart } from '../handoff/meeting-people.ts';
import { plannedBy } from '../handoff/meetings.ts';
import { holderOf } from '../handoff/roles-held.ts';
import type { Decision } from '../handoff/step-record.ts';
import { ruleIn } from '../handoff/step-rule.ts';
import { tellingTime } from '../handoff/telling-time.ts';
import { officeCalendars } from '../people/absence.ts';
import { firstName } from '../people/first-name.ts';
import { type CalendarOf, calledOf, type People } from '../people/people.ts';
import { choiceOf, comesAgain } from '../playbook/capabilities.ts';
import type { DoneSlot } from '../playbook/done-wording.ts';
import { type RoleId, roleIds } from '../playbook/roles.ts';
import { meetingMoment } from '../step/meeting-zones.ts';
import { whereWeStand } from '../step/where-we-stand.ts';
import { textsOf } from '../texts/texts.ts';
import type { Instant } from '../time/calendar.ts';
import { dateIn, momentIn } from '../time/wording.ts';
import type { Slots } from './filled.ts';
import { filled, filledLine } from './filled.ts';

interface Done {
  /** With the decision. */
  readonly record: HandoffRecord;
  readonly step: string;
  readonly decision: Decision;
  readonly people: People;
  readonly calendarOf: CalendarOf;
  /** IANA zone of the reader. */
  readonly zone: string;
  /** UTC. */
  readonly at: Instant;
}

/**
 * What the page says to whoever made a choice: what happened, and what that means. Where the table has no words for the
 * choice, its button's; `also` is empty where there is nothing to add.
 */
export function doneTexts(done: Done): { readonly said: string; readonly also: readonly string[] } {
  const { record, step, decision } = done;
  const rule = ruleIn(record, step);
  if (decision.choice === 'skipped') return { said: `“${rule.title}” is skipped`, also: [] };
  const choice = choiceOf(rule, decision.choice);
  const slots = slotsOf(done);
  const said = filledLine(choice?.done?.said ?? '', slots);
  return {
    said: said === '' ? `“${choice?.label ?? rule.title}” is on record` : said,
    also: choice?.done?.also === undefined ? [] : filled(choice.done.also, slots),
  };
}

function slotsOf({ record, step, decision, people, calendarOf, zone, at }: Done): Slots {
  const { evidence } = decision;
  const rule = ruleIn(record, step);
  const round = record.steps[step]?.round ?? 1;
  const text = (name: string) => (typeof evidence[name] === 'string' ? evidence[name] : '');
  const names = Object.fromEntries(
    roleIds.map((role) => [
      role,
      () => {
        const email = holderOf(record, role);
        return email === undefined ? '' : calledOf(people, email);
      },
    ]),
  ) as Record<RoleId, () => string>;
  const slots: Readonly<Record<DoneSlot, () => string>> = {
    ...names,
    customer: () => customerOf(record),
    meetingAt: () => {
      const when = text('meetingAt');
      if (when === '') return '';
      return rule.plans === undefined
        ? momentIn(zone, when, at)
        : meetingMoment({ record, people, zone, at }, rule.plans, when);
    },
    invited: () => {
      const meeting = plannedBy(record, step, decision);
      if (!meeting) return '';
      const colleagues = takingPart({ record, people, calendarOf }, meeting);
      return listed([
        ...(meeting.guests.length > 0 ? [customerOf(record)] : []),
        ...(colleagues.includes(decision.by) ? ['you'] : []),
        ...colleagues.filter((email) => email !== decision.by).map((email) => calledOf(people, email)),
      ]);
    },
    gaps: () => {
      const { gaps } = evidence;
      return Array.isArray(gaps) && gaps.length > 0 ? textsOf().count.gaps(gaps.length) : '';
    },
    score: () => (rule.scores && evidence[rule.scores.field] !== undefined ? `${evidence[rule.scores.field]}` : ''),
    recipients: () => listed(givenList(decision, 'recipients').map((email) => contactName(record, email))),
    closes: () => {
      const closes = tellingTime({ record, people, calendarOf }, 'availability-closes');
      return closes === undefined || Date.parse(closes) <= Date.parse(at) ? '' : dateIn(zone, closes, at);
    },
    again: () => {
      if (!rule.repeat || !comesAgain(rule, { choice: decision.choice, round })) return '';
      const known = record.steps[step];
      const owner = people.get(known?.owner ?? decision.by);
      if (!owner) return '';
      const calendar = officeCalendars(calendarOf)(owner);
      return dateIn(zone, askedAgainAt({ rule, known, at: decision.at, calendar }), at);
    },
  };
  const known = new Map<string, () => string>(Object.entries(slots));
  return (name) => known.get(name)?.() ?? '';
}

/** Somebody at the customer by first name, where the package names them. */
function contactName(record: HandoffRecord, email: string): string {
  const known = checkedPackage(record).package.stakeholders?.find((each) => each.email === email);
  return known ? firstName(known.name) : email;
}

/**
 * What comes next, by whom and when, where that is not up to the reader: the steps that are open with others; else the next one
 * ahead. Sentences, in the reader's zone.
 */
export function nextTexts(
  standing: Parameters<typeof whereWeStand>[0],
  { reader, step }: { readonly reader: string; readonly step: string },
): readonly string[] {
  const { record } = standing;
  const { steps } = whereWeStand(standing, step);
  const others = steps.filter(
    ({ step: id, state }) => (state === 'now' || state === 'late') && record.steps[id]?.owner !== reader,
  );
  const ahead = steps.filter(({ state }) => state === 'next').slice(0, 1);
  const isReadersTurn = steps.some(
    ({ step: id, state }) => (state === 'now' || state === 'late') && record.steps[id]?.owner === reader,
  );
  return (others.length > 0 || isReadersTurn ? others : ahead).map(({ title, says }) => `Next: ${title} (${says}).`);
}

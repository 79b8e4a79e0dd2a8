import { excerpt } from '../fields/clean-text.ts';
import { inCharge } from '../handoff/exceptions.ts';
import { customerOf, type HandoffRecord, isClosed } from '../handoff/handoff.ts';
import { scoreOf } from '../handoff/handoff-score.ts';
import { type Phase, phaseOf } from '../handoff/phase.ts';
import { restOf } from '../handoff/resting.ts';
import { holderOf } from '../handoff/roles-held.ts';
import type { SiteFacts } from '../handoff/site.ts';
import { isOwed, ruleIn, titleOf } from '../handoff/step-rule.ts';
import { todayOf } from '../people/away-note.ts';
import { mailboxOf, nameOf } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { Capacity } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { startOfDay } from '../time/formats.ts';
import { dateIn, momentIn, spanText } from '../time/wording.ts';
import { type AtDesk, deskCapacity } from './desk-access.ts';
import type { ActionView } from './step-offers.ts';

/** A step that is open, as a desk lists it. */
export interface DeskStep {
  readonly handoffId: string;
  readonly step: string;
  readonly title: string;
  readonly customer: string;
  readonly deal: string;
  /** Whoever is asked now, by name. */
  readonly owner: string;
  readonly due: {
    readonly at: Instant;
    /** 'Was due Mon, Nov 23, 9 AM Berlin time', in the reader's zone; of what somebody else decides on, since when. */
    readonly text: string;
    readonly state: 'in time' | 'due soon' | 'overdue' | 'waiting';
    /** '2 days overdue'; absent where there is nothing to add. */
    readonly words?: string;
  };
  readonly as: Capacity;
}

/** A customer who is being handed over. */
export interface DeskCustomer {
  readonly handoffId: string;
  readonly customer: string;
  readonly deal: string;
  readonly phase: Phase;
  /** 0–100 as matters stand; null when nothing is known yet. */
  readonly score: number | null;
  /** Whoever takes the customer, by name; absent until somebody is named. */
  readonly takenBy?: string;
  /** How many of its steps are overdue. */
  readonly overdue: number;
}

/** Some of a list, and how many more there are. */
export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly more: number;
}

/** Everything that somebody's desk shows. */
export interface DeskView {
  readonly person: { readonly name: string; readonly email: string };
  /** IANA zone of the person: all times are in it. */
  readonly zone: string;
  /** Whose work it shows beside their own. */
  readonly reach: 'own' | 'people' | 'everybody';
  /** What waits for them, soonest due first; last what they wait for themselves. */
  readonly mine: Listed<DeskStep>;
  /** What waits for those they look after. */
  readonly theirs: Listed<DeskStep>;
  /** What waits for others, in handoffs they have a part in. */
  readonly others: Listed<DeskStep>;
  readonly customers: Listed<DeskCustomer>;
  /** When they are away by their own word: sentences. */
  readonly away: readonly string[];
  readonly sayAway: ActionView;
  /** Who opened a desk of late: for revenue operations. */
  readonly openings: readonly string[];
  readonly site: SiteFacts;
}

export interface DeskInput {
  readonly person: Person;
  readonly desk: AtDesk;
  /** The handoffs that were read, those with the most pressing steps first. */
  readonly records: readonly HandoffRecord[];
  /** What is open in handoffs that were not read. */
  readonly unread: { readonly mine: number; readonly theirs: number; readonly handoffs: number };
  readonly sayAway: ActionView;
  readonly openings: readonly string[];
  readonly at: Instant;
  readonly site: SiteFacts;
}

/** Most rows of a list: what comes after is counted. */
const mostRows = 25;
const soon = 24 * 3_600_000;

/** What nothing is due of comes after what is; each soonest due first. */
const byPressing = ({ due: one }: DeskStep, { due: other }: DeskStep): number =>
  Number(one.state === 'waiting') - Number(other.state === 'waiting') || Date.parse(one.at) - Date.parse(other.at);

/** What a desk shows, from the handoffs that were read for it. */
export function viewDesk(input: DeskInput): DeskView {
  const { person, desk, records, unread, site } = input;
  const open = records.filter(({ state }) => !isClosed(state.status));
  const steps = records.flatMap((record) => openStepsOf(record, input)).sort(byPressing);
  const isMine = ({ as }: DeskStep) => as === 'owner' || as === 'reviewer';
  const isTheirs = ({ handoffId, step }: DeskStep) => {
    const record = records.find(({ state }) => state.id === handoffId);
    return desk.lookedAfter.has((record && inCharge(record, step)?.asked.owner) ?? '');
  };
  return {
    person: mailboxOf(desk.people, person.email),
    zone: person.availability.zone,
    reach: person.role === 'revenueOperations' ? 'everybody' : desk.lookedAfter.size > 0 ? 'people' : 'own',
    mine: listed(steps.filter(isMine), unread.mine),
    theirs: listed(
      steps.filter((step) => !isMine(step) && isTheirs(step)),
      unread.theirs,
    ),
    others: listed(
      steps.filter((step) => !isMine(step) && !isTheirs(step)),
      0,
    ),
    customers: listed(
      open.map((record) => customerIn(record, input)).sort((one, other) => other.overdue - one.overdue),
      unread.handoffs,
    ),
    away: awaySentences(input),
    sayAway: input.sayAway,
    openings: input.openings,
    site,
  };
}

const listed = <Row>(rows: readonly Row[], unread: number): Listed<Row> => ({
  rows: rows.slice(0, mostRows),
  more: Math.max(0, rows.length - mostRows) + unread,
});

function openStepsOf(record: HandoffRecord, { desk, person, at }: DeskInput): DeskStep[] {
  const { zone } = person.availability;
  return Object.keys(record.steps).flatMap((step) => {
    const as = deskCapacity(record, step, desk);
    const charge = inCharge(record, step);
    // What may be answered or left is no burden on anybody else's list.
    if (as === undefined || !charge || (as !== 'owner' && !isOwed(record, step))) return [];
    const asked = as === 'owner' ? (record.steps[step] ?? charge.asked) : charge.asked;
    return [
      {
        handoffId: record.state.id,
        step,
        // Whoever owns the step has it before them; all others, what is to be decided about it.
        title: charge.request && as !== 'owner' ? 'Decide on the exception' : titleOf(record, step),
        customer: customerOf(record),
        deal: excerpt(record.deal.name, 80),
        owner: nameOf(desk.people, asked.owner),
        due: dueOf(asked, {
          zone,
          at,
          owed: isOwed(record, step),
          // Of what they decide on themselves nothing rests.
          ...(as === 'owner' && charge.request && { decides: nameOf(desk.people, charge.request.reviewer) }),
        }),
        as,
      },
    ];
  });
}

function dueOf(
  asked: NonNullable<ReturnType<typeof inCharge>>['asked'],
  {
    zone,
    at,
    owed,
    decides,
  }: {
    readonly zone: string;
    readonly at: Instant;
    readonly owed: boolean;
    /** Who is to decide on an exception that its owner waits for, by name. */
    readonly decides?: string;
  },
): DeskStep['due'] {
  const moment = momentIn(zone, asked.dueAt, at);
  const due = { at: asked.dueAt, text: `Due ${moment}` };
  if (!owed) return { ...due, state: 'in time' };
  const rest = decides === undefined ? restOf({ pauses: asked.pauses }, at) : restOf(asked, at);
  if (rest?.for === 'decision')
    return {
      at: asked.dueAt,
      text: `Exception asked for ${momentIn(zone, rest.since, at)}`,
      state: 'waiting',
      words: `Waiting for ${decides}’s decision`,
    };
  if (rest) return { ...due, state: 'waiting', words: `Waiting on the customer until ${dateIn(zone, rest.until, at)}` };
  const left = Date.parse(asked.dueAt) - Date.parse(at);
  if (left < 0)
    return { at: asked.dueAt, text: `Was due ${moment}`, state: 'overdue', words: `${spanText(-left)} overdue` };
  return left < soon ? { ...due, state: 'due soon', words: 'Due soon' } : { ...due, state: 'in time' };
}

function customerIn(record: HandoffRecord, { desk, at }: DeskInput): DeskCustomer {
  const taken = holderOf(record, 'customerSuccessManager');
  const isLate = ({ decision, dueAt, ...step }: HandoffRecord['steps'][string]) =>
    !decision && !restOf(step, at) && Date.parse(dueAt) < Date.parse(at) && !ruleIn(record, step.step).optional;
  return {
    handoffId: record.state.id,
    customer: customerOf(record),
    deal: excerpt(record.deal.name, 80),
    phase: phaseOf(record),
    score: scoreOf(record, at).points,
    ...(taken !== undefined && { takenBy: nameOf(desk.people, taken) }),
    overdue: Object.values(record.steps).filter(isLate).length,
  };
}

function awaySentences({ person, desk, at }: DeskInput): string[] {
  const { zone } = person.availability;
  const day = (date: string) => dateIn(zone, startOfDay(date, zone) ?? at, at);
  return (person.awayNotes ?? [])
    .filter(({ to }) => to >= todayOf(person, at))
    .map(({ from, to, deputy }) => {
      const who = deputy === undefined ? '' : ` ${nameOf(desk.people, deputy)} stands in for you.`;
      return `You're away from ${day(from)} to ${day(to)}.${who}`;
    });
}

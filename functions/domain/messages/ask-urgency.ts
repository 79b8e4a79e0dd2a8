import { excerpt } from '../fields/clean-text.ts';
import { listed } from '../fields/words.ts';
import { behindPromise, behindText } from '../handoff/behind.ts';
import { customerOf, pauseAt } from '../handoff/handoff.ts';
import { rungReaders } from '../handoff/rung-readers.ts';
import { nameOf } from '../people/people.ts';
import { workingTimeBetween } from '../time/calendar.ts';
import { momentIn, spanText, timeIn, workingSpan } from '../time/wording.ts';
import type { Situation } from './ask-situation.ts';
import type { Block } from './message.ts';

/** What is to be done, for whom: 'review the brief for Nordwind', 'send the introduction to Nordwind'. */
function taskOf({ record, asked, rule }: Situation): string {
  const customer = customerOf(record);
  if (asked.item) return `settle "${asked.item.title}" for ${customer}`;
  return rule.ask.endsWith(' the customer')
    ? rule.ask.replace(/the customer$/, () => customer)
    : `${rule.ask} for ${customer}`;
}

interface Urgency {
  /** The first paragraphs: how matters stand. */
  readonly lead: readonly string[];
  /** What the reader can do, after the button. */
  readonly after: readonly Block[];
}

/** How matters stand, in the words of the rung: plainly, and fairly to the person who reads it (S4). */
export function urgency(situation: Situation): Urgency {
  if (situation.forOwner) return forOwner(situation);
  const { lead, after } = forOthers(situation);
  return { lead: [...lead, ...whyTold(situation)], after };
}

/** Somebody is told before their turn, because the owner cannot be. */
function whyTold({ people, asked, to, at }: Situation): string[] {
  const owner = people.get(asked.owner);
  if (!owner?.unreachable) return [];
  const since = momentIn(to.person.availability.zone, owner.unreachable.since, at);
  return [
    `You are told now because mail does not reach ${nameOf(people, asked.owner)} since ${since} (${owner.unreachable.why}). They may not know of it.`,
  ];
}

function forOwner(situation: Situation): Urgency {
  const { kind, record, at, asked, to } = situation;
  const { zone } = to.person.availability;
  const due = timeIn(zone, asked.dueAt, at);
  const plain = (...lead: string[]): Urgency => ({ lead: lead.filter((text) => text !== ''), after: [] });
  switch (kind) {
    case 'ask': {
      const pause = pauseAt(asked, at);
      if (pause) {
        return plain(
          `From ${timeIn(zone, pause.until, at)} on, please ${taskOf(situation)}, by ${due}.`,
          `Until then it waits for the customer: ${excerpt(pause.reason, 200)}`,
        );
      }
      return {
        lead: [
          ...(isOverdueAlready(situation)
            ? [`Please ${taskOf(situation)}.`]
            : [`Please ${taskOf(situation)}, by ${due}.`]),
          ...lateBeforeAsked(situation),
        ],
        after: [],
      };
    }
    case 'warn':
    case 'remind':
      if (isResumed(situation)) {
        return plain(
          `The wait for the customer is over: please ${taskOf(situation)}, by ${due}.`,
          `As before the pause, ${timeLeft(situation)}. Heard nothing? Pause again on the page.`,
        );
      }
      return plain(`A reminder: ${timeLeft(situation)} to ${taskOf(situation)}.`);
    case 'breach':
      return plain(
        `This is late. It was due ${due}, and it is not done.`,
        ...lateBeforeAsked(situation),
        nextRung(situation),
      );
    case 'escalate':
      return plain(
        `This was due ${due} and is still not done. ${toldInThisRung(situation)}`,
        'If something is in the way, say so on the page: hand it to a colleague, or say that you wait for the customer.',
      );
    case 'stall':
      return plain(
        `Nobody has acted on this. It was due ${due}; the handoff of ${customerOf(record)} now counts as stalled.`,
        toldText(everybodyAsked(situation).slice(1)),
      );
    case 'nag':
      return plain(`${stillOpen(situation)} We ask ${nagging(situation)} until somebody acts.`);
  }
}

function forOthers(situation: Situation): Urgency {
  const { kind, record, people, at, asked, to, request } = situation;
  const { zone } = to.person.availability;
  const owner = nameOf(people, asked.owner);
  const customer = customerOf(record);
  const askedText = `${owner} was asked on ${momentIn(zone, asked.askedAt, at)} to ${taskOf(situation)}.`;
  const after = whatYouCanDo(owner, to.as, request !== undefined);
  switch (kind) {
    case 'stall':
      return {
        lead: [
          `Nobody has acted: the handoff of ${customer} is stalled.`,
          `${askedText} ${overdueText(situation)}`,
          `Asked so far, without an answer: ${listed(everybodyAsked(situation))}.`,
        ],
        after,
      };
    case 'nag':
      return {
        lead: [`${stillOpen(situation)} ${askedText}`, `You get this mail ${nagging(situation)} until somebody acts.`],
        after,
      };
    case 'ask':
    case 'warn':
    case 'remind':
      return { lead: [`${askedText} For your information: ${timeLeft(situation)}.`], after };
    case 'breach':
    case 'escalate':
      return { lead: [`${askedText} ${overdueText(situation)}`, ...lateBeforeAsked(situation, owner)], after };
  }
}

function whatYouCanDo(owner: string, as: Situation['to']['as'], reviews: boolean): Block[] {
  const talk = `Talk to ${owner} and clear what is in the way.`;
  if (as === 'reader')
    return [{ heading: 'What you can do', list: [talk, 'Add a note on the page, for all who work on it.'] }];
  return [
    {
      heading: 'What you can do',
      list: [
        talk,
        ...(reviews ? [] : ['Hand the step to a colleague who can do it now.']),
        'Leave the step out, with a reason, if it does not make sense for this customer.',
        'Cancel the handoff, with a reason, if the customer is gone.',
      ],
    },
  ];
}

/**
 * A handoff can run behind its promises before a step's owner ever hears of it. That is not their doing, and has a cause. What
 * time they have is said with the ask only: later it is over.
 */
function lateBeforeAsked(situation: Situation, owner?: string): string[] {
  const { kind, record, asked, to, at, people, calendarOf } = situation;
  const { zone } = to.person.availability;
  const behind = behindPromise(record, asked, { people, calendarOf, zone, at });
  if (behind !== undefined) {
    const promised = `The promise was ${timeIn(zone, behind.promisedAt, at)}.`;
    const until = kind === 'ask' ? ` You have until ${timeIn(zone, asked.dueAt, at)}.` : '';
    return [`${behindText(behind)} ${promised}${until}`];
  }
  if (!isOverdueAlready(situation)) return [];
  return [
    owner === undefined
      ? `It was due ${timeIn(zone, asked.dueAt, at)}, before it reached you, because the steps ahead of it took longer.`
      : `It reached ${nameOf(people, asked.owner)} only after it was due, because the steps ahead of it took longer.`,
  ];
}

/** Only in handoffs that began when a promise was a due time, whoever had been slow. */
const isOverdueAlready = ({ asked }: Situation): boolean => Date.parse(asked.askedAt) >= Date.parse(asked.dueAt);

/** A pause has ended and nothing was said since: the step is running again. */
const isResumed = ({ asked, at, rungNumber, record, rule }: Situation): boolean => {
  const ordinary = record.playbook.ladders[rule.ladder]?.rungs[rungNumber - 1];
  return ordinary === undefined && asked.pauses.some(({ until }) => Date.parse(until) <= Date.parse(at));
};

function timeLeft({ asked, at, people, calendarOf }: Situation): string {
  const owner = people.get(asked.owner);
  const left = Date.parse(asked.dueAt) - Date.parse(at);
  if (left <= 0) return 'there is no time left';
  const working = owner === undefined ? left : workingTimeBetween(at, asked.dueAt, calendarOf(owner));
  return working > 0 ? `${workingSpan(working)} of working time left` : `${spanText(left)} left`;
}

function overdueText({ asked, at, to }: Situation): string {
  const late = Date.parse(at) - Date.parse(asked.dueAt);
  const due = `It was due ${momentIn(to.person.availability.zone, asked.dueAt, at)}`;
  return late >= 60_000 ? `${due} and is ${spanText(late)} late.` : `${due} and is not done.`;
}

function stillOpen({ asked, at, to, record, rule }: Situation): string {
  const due = momentIn(to.person.availability.zone, asked.dueAt, at);
  const ago = spanText(Math.max(0, Date.parse(at) - Date.parse(asked.dueAt)));
  const lead = `Nobody has acted on "${rule.title}" yet. It was due ${due}, ${ago} ago`;
  // Nothing waits for an open item.
  if (rule.settles) return `${lead}. ${customerOf(record)} is still without it.`;
  return `${lead}, and the handoff of ${customerOf(record)} is stalled.`;
}

/** Whom this rung tells beside the owner. */
function toldInThisRung(situation: Situation): string {
  return toldText(toldBeside(situation, situation.rungNumber));
}

const toldText = (told: readonly string[]): string =>
  told.length === 0 ? '' : `${listed(told)} ${told.length === 1 ? 'has' : 'have'} been told.`;

/** 'every week'. */
function nagging({ record, rule }: Situation): string {
  const afterwards = record.playbook.ladders[rule.ladder]?.afterwards;
  const every = afterwards && 'nagEvery' in afterwards ? afterwards.nagEvery : '7 days';
  return every === '7 days' ? 'every week' : `every ${every.replace(/^1 /, '')}`;
}

/** What the next rung will do, so that nobody is surprised by it. */
function nextRung(situation: Situation): string {
  const told = toldBeside(situation, situation.rungNumber + 1);
  if (told.length === 0) return 'Please do it now.';
  return `Please do it now. If it stays open, we tell ${listed(told)} next.`;
}

function everybodyAsked(situation: Situation): string[] {
  const { people, asked, rungNumber } = situation;
  const rungs = Array.from({ length: rungNumber }, (_, i) => toldBeside(situation, i + 1)).flat();
  return [...new Set([nameOf(people, asked.owner), ...rungs])];
}

function toldBeside({ record, people, rule, asked, at, calendarOf }: Situation, rungNumber: number): string[] {
  const rung = record.playbook.ladders[rule.ladder]?.rungs[rungNumber - 1];
  const owner = people.get(asked.owner);
  if (!rung || !owner) return [];
  return rungReaders(rung, { record, people, owner, at, calendarOf })
    .filter(({ as }) => as !== 'owner')
    .map(({ person }) => person.name);
}

import { behindPromise } from '../handoff/behind.ts';
import { customerOf } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import type { SiteFacts } from '../handoff/site.ts';
import { colleaguesOf } from '../step/colleagues.ts';
import { businessDaysBetween, workingTimeBetween } from '../time/calendar.ts';
import { momentIn, spanText, timeIn, workingSpan } from '../time/wording.ts';
import type { Situation } from './ask-situation.ts';
import { askSlots, requestWording } from './ask-slots.ts';
import { filledLine, type WriteSubject } from './filled.ts';
import { gapText } from './gap-blocks.ts';
import { textsFor, timesFor } from './wording.ts';

/** How matters stand with a step, in the words of the rung: plainly, and fairly to the person who reads it (S4). */
export interface Urgency {
  /** The subject, with the customer called so, and the short due time with its hour or without. */
  readonly subject: WriteSubject;
  readonly preheader: string;
  /** What to do, by when, and why; a paragraph each. */
  readonly lead: readonly string[];
  /** What happens otherwise, after the button. */
  readonly otherwise: string;
}

/**
 * A handoff can run behind its promises before a step's owner ever hears of it. That is not their doing, and has a cause. What
 * time they have is said with the request only: later it is over.
 */
export function behindLead(situation: Situation, owner?: string): string[] {
  const { kind, record, asked, to, site, at, people, calendarOf } = situation;
  const zone = timesFor({ to, site });
  const { behind: words, sentences } = textsFor(site);
  const behind = behindPromise(record, asked, { people, calendarOf, zone, at, reader: to.person.email });
  if (behind !== undefined) {
    const until = kind === 'ask' ? words.until(momentIn(zone, asked.dueAt, at)) : '';
    const promised = words.promised(customerOf(record), momentIn(zone, behind.promisedAt, at));
    return [
      sentences(
        words.lead(behind.cause, behind.isNoStep === true),
        until,
        promised,
        owner === undefined ? words.notYou : '',
      ),
    ];
  }
  if (!isOverdueAlready(situation)) return [];
  return [owner === undefined ? words.dueAlready(timeIn(zone, asked.dueAt, at)) : words.reachedLate(owner)];
}

/** Only in handoffs that began when a promise was a due time, whoever had been slow. */
const isOverdueAlready = ({ asked }: Situation): boolean => Date.parse(asked.askedAt) >= Date.parse(asked.dueAt);

/** A pause has ended and nothing was said since: the step is running again. */
export const isResumed = ({ asked, at, rungNumber, record, rule }: Situation): boolean => {
  const ordinary = record.playbook.ladders[rule.ladder]?.rungs[rungNumber - 1];
  return ordinary === undefined && asked.pauses.some(({ until }) => Date.parse(until) <= Date.parse(at));
};

/**
 * '3 hours 30 minutes'; '15 working hours' where a night or a day off lies between; '3 business days' where there are as many. `inHours`:
 * whole hours only, for subjects.
 */
export function timeLeft({ asked, at, people, calendarOf, site }: Situation, inHours = false): string {
  const { count, time } = textsFor(site);
  const owner = people.get(asked.owner);
  if (Date.parse(asked.dueAt) <= Date.parse(at)) return time.noTime;
  // A timer fires a moment late: of four hours none is lost by that.
  const since = new Date(Date.parse(at) - aMoment).toISOString();
  const left = Date.parse(asked.dueAt) - Date.parse(since);
  const calendar = owner && calendarOf(owner);
  const working = calendar ? workingTimeBetween(since, asked.dueAt, calendar) : left;
  if (!calendar || working <= aMoment) return spanText(left, site.locale);
  if (left - working <= aMoment) return inHours ? spanText(left, site.locale) : workingSpan(left, site.locale);
  const days = businessDaysBetween(since, asked.dueAt, calendar);
  if (days >= leastInDays) return count.businessDays(days);
  return working < anHour
    ? count.workingMinutes(Math.floor(working / 60_000))
    : count.workingHours(Math.floor(working / anHour));
}

const aMoment = 30_000;
const anHour = 3_600_000;

/** Fewer business days than that are told in working hours. */
const leastInDays = 3;

/** '24 hours'; '' while it is not late. */
export function lateText({ asked, at, site }: Situation): string {
  const late = Date.parse(at) - Date.parse(asked.dueAt);
  return late >= 60_000 ? spanText(late, site.locale) : '';
}

export const waitsText = (situation: Situation): string =>
  filledLine(requestWording(situation).waits ?? '', askSlots(situation));

/**
 * Whether the page offers to reassign: to somebody whom this handoff knows, since the roster is not at hand. What is promised is never
 * more than the page has.
 */
export const canBeReassigned = (situation: Situation): boolean =>
  !situation.request && colleaguesOf({ ...situation, roster: [...situation.people.values()] }).length > 0;

/** What the owner can do about what is overdue. */
export function actNow(situation: Situation): string {
  const { owner, ownerAlone, reviewer } = textsFor(situation.site).late.actNow;
  if (situation.request) return reviewer;
  return canBeReassigned(situation) ? owner : ownerAlone;
}

export const fillsPackage = ({ rule }: Situation): boolean => rule.fills === 'package';

/** How far the package is, and which answer is next; '' for a step that does not fill it. */
export function packageText(situation: Situation): string {
  const { record, gaps, site } = situation;
  const texts = textsFor(site);
  const [next] = gaps;
  if (!fillsPackage(situation) || !next) return '';
  return texts.late.package(texts.percent(checkedPackage(record).percent), gapText(texts, next));
}

export const toldLine = (names: readonly string[], site: SiteFacts): string[] =>
  names.length === 0 ? [] : [textsFor(site).late.knows(names)];

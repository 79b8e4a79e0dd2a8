import { timesIn } from '../handoff/site.ts';
import { absenceAt } from '../people/absence.ts';
import { calledOf } from '../people/people.ts';
import type { Instant } from '../time/calendar.ts';
import { dateIn, momentIn } from '../time/wording.ts';
import type { Situation } from './ask-situation.ts';
import type { NoticeInput } from './notice-input.ts';
import { textsFor } from './wording.ts';

/**
 * ' until Fri, Nov 27, 9 AM Berlin time', when whoever is away works again, wherever the reader is: a day alone could be one more that
 * they are away. In a subject it is the day. '' where nobody knows.
 */
export function backText(
  { until }: { readonly until?: Instant | undefined },
  { people, site, at }: Pick<NoticeInput, 'people' | 'site' | 'at'>,
  away: string,
): { readonly inSubject: string; readonly inText: string } {
  if (!until) return { inSubject: '', inText: '' };
  const times = timesIn(people.get(away)?.availability.zone ?? site.defaultZone, site);
  const { back } = textsFor(site).handing;
  return { inSubject: back(dateIn(times, until, at)), inText: back(momentIn(times, until, at)) };
}

/** Somebody is told before their turn, because the owner cannot be; or the owner, who keeps what was due before they went, is away. */
export function whyTold({ people, asked, site, at, calendarOf }: Situation): string[] {
  const owner = people.get(asked.owner);
  if (!owner) return [];
  const name = calledOf(people, owner.email);
  const { ask, handing } = textsFor(site);
  const absence = absenceAt(owner, at, calendarOf);
  const isAway = absence && Date.parse(absence.from) <= Date.parse(at);
  return [
    ...(owner.unreachable ? [ask.hearingNow(name)] : []),
    ...(isAway
      ? [handing.away(name, backText({ until: absence.until }, { people, site, at }, owner.email).inText)]
      : []),
  ];
}

import type { Person } from '../people/person.ts';
import type { Announcement } from '../playbook/announcements.ts';
import { announcementRule } from '../playbook/announcements.ts';
import type { Instant } from '../time/calendar.ts';
import { flowFront, type ReachedTelling } from './flow-front.ts';
import { opensOf } from './planned.ts';
import { type Saying, type SayingsInput, sayingsTo } from './sayings.ts';

/** What falls this close together is one moment, in milliseconds: states of one execution begin within seconds. */
const moment = 60_000;

/** Under this a person has been told something that the mail of that kind tells the others. */
export const toldKey = (say: Announcement, email: string): string => `${say}/${email}`;

/** What colleagues are told by itself at the moment of a request, and so with it: to a person one mail (P). */
export function tellingsWith(saying: Pick<Saying, 'since'>, input: SayingsInput): readonly ReachedTelling[] {
  const { record, people, calendarOf, at } = input;
  const { tellings } = flowFront({ record, opens: opensOf(record, people, calendarOf), at });
  return tellings.filter(({ say, at: told }) => isOneMoment(told, saying.since) && !announcementRule(say).toCustomer);
}

/** Whether somebody is told something in a mail that asks them at the same moment: told so already, or about to be. */
export function isToldWithRequest(person: Person, telling: ReachedTelling, input: SayingsInput): boolean {
  if (input.record.mails[toldKey(telling.say, person.email)]?.status === 'sent') return true;
  return sayingsTo(person, input).some(({ since }) => isOneMoment(telling.at, since));
}

const isOneMoment = (a: Instant, b: Instant): boolean => Math.abs(Date.parse(a) - Date.parse(b)) <= moment;

import type { Person } from '../people/person.ts';
import type { Announcement } from '../playbook/announcements.ts';
import { announcementRule } from '../playbook/announcements.ts';
import type { Instant } from '../time/calendar.ts';
import { type AnswerTold, answerKey, answerReaders } from './answer-readers.ts';
import { flowFront, type ReachedTelling } from './flow-front.ts';
import { handingReaders, wasHanded } from './handing-readers.ts';
import type { HandoffRecord } from './handoff.ts';
import { bothSides } from './holders.ts';
import { opensOf } from './planned.ts';
import { type Saying, type SayingsInput, sayingsTo } from './sayings.ts';
import { type Relief, reliefKey, reliefs } from './trouble.ts';

/** What falls this close together is one moment, in milliseconds: states of one execution begin within seconds. */
const moment = 60_000;

/** Under this a person has been told something that the mail of that kind tells the others. */
export const toldKey = (say: Announcement, email: string): string => `${say}/${email}`;

/** What colleagues are told by itself at the moment of a request, and so with it: to a person one mail (P). */
export const tellingsWith = ({ since }: Pick<Saying, 'since'>, input: SayingsInput): readonly ReachedTelling[] =>
  tellingsAt(since, input).filter(({ say }) => !announcementRule(say).toCustomer);

/** What the system tells by itself at a moment (UTC), to colleagues and to the customer. */
export function tellingsAt(when: Instant, input: SayingsInput): readonly ReachedTelling[] {
  const { record, people, calendarOf, at } = input;
  const { tellings } = flowFront({ record, opens: opensOf(record, people, calendarOf), at });
  return tellings.filter((telling) => isOneMoment(telling.at, when));
}

/** Whether somebody is told something in a mail that asks them at the same moment: told so already, or about to be. */
export function isToldWithRequest(person: Person, telling: ReachedTelling, input: SayingsInput): boolean {
  if (input.record.mails[toldKey(telling.say, person.email)]?.status === 'sent') return true;
  return isAskedAt(person, telling.at, input);
}

/**
 * Where both sides are told who takes over, `<step>/<what is said>`, and each of them is asked for something at that moment: they are
 * told with it, and nothing is left for a mail of its own.
 */
export function toldWithFirstRequests(input: SayingsInput): readonly string[] {
  const { record, people, calendarOf, at } = input;
  const { tellings } = flowFront({ record, opens: opensOf(record, people, calendarOf), at });
  const isTold = (telling: ReachedTelling) =>
    bothSides(input).every(({ email }) => {
      const person = people.get(email);
      return person !== undefined && isToldWithRequest(person, telling, input);
    });
  // Where nobody takes over, that is said in the audit trail.
  if (record.state.people.customerSuccessManager === undefined) return [];
  return tellings
    .filter((telling) => telling.say === 'handoff-begins' && isTold(telling))
    .map(({ step, say }) => `${step}/${say}`);
}

/** What somebody is told to be over at the moment of a request, and so with it. */
export const reliefsWith = (saying: Pick<Saying, 'person' | 'since'>, record: HandoffRecord): readonly Relief[] =>
  Object.values(record.steps)
    .flatMap((step) => reliefs(record, step))
    .filter(({ person, decision }) => person === saying.person.email && isOneMoment(decision.at, saying.since))
    .filter((relief) => record.mails[reliefKey(relief)]?.status !== 'sent');

/** How exceptions were decided at the moment of a request to somebody who hears of it, and so with it. */
export const answersWith = (
  { person, since }: Pick<Saying, 'person' | 'since'>,
  record: HandoffRecord,
): readonly AnswerTold[] =>
  Object.values(record.steps).flatMap(({ step, exceptions = [] }) => {
    const answer = exceptions.at(-1)?.answer;
    if (!answer || !isOneMoment(answer.at, since)) return [];
    const told = { step, answer };
    const isToHear = answerReaders(record, told).includes(person.email);
    return isToHear && record.mails[answerKey(told, person.email)]?.status !== 'sent' ? [told] : [];
  });

/** Whether somebody hears that trouble is over in a mail that asks them at the same moment. */
export const isRelievedWithRequest = (person: Person, { decision }: Relief, input: SayingsInput): boolean =>
  isAskedAt(person, decision.at, input);

/** Whether somebody gets a mail about this handoff at this moment: they have one since a moment, or are about to be asked. */
export const isToldNow = (person: Person, input: SayingsInput): boolean =>
  Object.values(input.record.mails).some(
    ({ key, status, at }) => status === 'sent' && key.endsWith(`/${person.email}`) && isOneMoment(at, input.at),
  ) || isAskedAt(person, input.at, input);

/** Whether somebody hears at a moment (UTC) that steps have another owner, perhaps from a branch that runs beside this one. */
export const hearsOfHandingAt = (person: Person, when: Instant, { record, people }: SayingsInput): boolean =>
  Object.values(record.steps)
    .filter(wasHanded)
    .filter(({ handed }) => isOneMoment(handed.at, when))
    .some((step) => handingReaders(record, step, people).some((reader) => reader.person.email === person.email));

/** Whether a mail that asks somebody, or chases them, goes out at a moment (UTC). */
const isAskedAt = (person: Person, when: Instant, input: SayingsInput): boolean =>
  sayingsTo(person, input).some(({ since }) => isOneMoment(since, when));

const isOneMoment = (a: Instant, b: Instant): boolean => Math.abs(Date.parse(a) - Date.parse(b)) <= moment;

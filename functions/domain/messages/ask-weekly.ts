import { abandonedAt } from '../handoff/asking.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { nagNumber } from '../handoff/ladder.ts';
import { calledOf } from '../people/people.ts';
import { hoursOf, type Within } from '../time/due.ts';
import { dateIn, momentIn, withinText } from '../time/wording.ts';
import { canBeReassigned, type Urgency, waitsText } from './ask-facts.ts';
import type { Situation } from './ask-situation.ts';
import { askedFor, verbOf } from './ask-slots.ts';
import { textsFor, timesFor } from './wording.ts';

/** Every week, or as often as the ladder says, to all. */
export function weekly(situation: Situation): Urgency {
  const { record, asked, to, site, at, people, calendarOf, rule } = situation;
  const zone = timesFor({ to, site });
  const number = nagNumber(situation.rungNumber);
  const title = askedFor(situation);
  const ends = rule.settles ? undefined : abandonedAt(record, asked, { people, calendarOf });
  const closes = ends !== undefined && Date.parse(ends) - Date.parse(at) < fourWeeks;
  const who = situation.forOwner ? undefined : calledOf(people, asked.owner);
  const { weekly: words, late, sentences } = textsFor(site);
  const days = daysBetween(situation);
  const time = days === 7 ? words.week(number) : words.day(number * days);
  const due = momentIn(zone, asked.dueAt, at);
  return {
    subject: (customer) => (rule.settles ? words.item(time, customer) : words.step(time, customer, title)),
    preheader: closes ? words.closes(dateIn(zone, ends, at)) : waitsText(situation) || late.wasDue(due),
    lead: [
      words.asked(who, verbOf(situation), due),
      sentences(
        waitsText(situation),
        days === 7 ? words.since(changes(situation)) : words.sinceLast(changes(situation)),
        pickText(situation),
        closes ? words.closes(dateIn(zone, ends, at)) : '',
      ),
    ],
    otherwise: naggingText(situation),
  };
}

/** What the reader can do about it: an owner may neither skip nor cancel, and a reader nothing. */
function pickText(situation: Situation): string {
  const { to, forOwner, request, site } = situation;
  const { pick } = textsFor(site).weekly;
  if (to.as === 'reader') return '';
  if (forOwner && request) return pick.reviewer;
  const mayReassign = canBeReassigned(situation);
  if (forOwner) return mayReassign ? pick.owner : pick.ownerAlone;
  return mayReassign ? pick.helper : pick.helperAlone;
}

const fourWeeks = 28 * 86_400_000;

/** What else happened in the handoff since the reader's last weekly mail, which may be longer ago than a week. */
function changes(situation: Situation): string {
  const { record, asked, at, to, site } = situation;
  const since =
    lastWeekly(record, { step: asked.step, person: to.person.email }) ??
    Date.parse(at) - daysBetween(situation) * 86_400_000;
  const done = Object.values(record.steps).filter(
    ({ decision }) => decision && Date.parse(decision.at) > since && Date.parse(decision.at) <= Date.parse(at),
  );
  const notes = (record.notes ?? []).filter(
    (note) => Date.parse(note.at) > since && Date.parse(note.at) <= Date.parse(at),
  );
  const { count, listed, weekly: words } = textsFor(site);
  const told = [
    ...(done.length > 0 ? [words.done(count.steps(done.length))] : []),
    ...(notes.length > 0 ? [count.notes(notes.length)] : []),
  ];
  return told.length === 0 ? words.noChanges : listed(told);
}

const nagEvery = ({ record, rule }: Situation): Within | undefined => {
  const afterwards = record.playbook.ladders[rule.ladder]?.afterwards;
  return afterwards && 'nagEvery' in afterwards ? afterwards.nagEvery : undefined;
};

/** How many days lie between two of these emails; 7 where the ladder no longer says. */
const daysBetween = (situation: Situation): number => hoursOf(nagEvery(situation) ?? '7 days') / 24;

/** When somebody was last written to weekly, in milliseconds since 1970. */
function lastWeekly({ mails }: HandoffRecord, { step, person }: { step: string; person: string }): number | undefined {
  const told = Object.values(mails).flatMap(({ key, status, at }) =>
    status === 'sent' && key.startsWith(`${step}/`) && key.endsWith(`/nag/${person}`) ? [Date.parse(at)] : [],
  );
  return told.length === 0 ? undefined : Math.max(...told);
}

/** 'We write weekly until someone acts.' */
export function naggingText(situation: Situation): string {
  const every = nagEvery(situation);
  if (every === undefined) return '';
  const { site } = situation;
  const { weekly: words } = textsFor(site);
  return every === '7 days' ? words.everyWeek : words.every(withinText(every, site.locale));
}

import { listed } from '../fields/words.ts';
import { abandonedAt } from '../handoff/asking.ts';
import { titleOf } from '../handoff/handoff.ts';
import { nagNumber } from '../handoff/ladder.ts';
import { dateIn, momentIn } from '../time/wording.ts';
import { sentences, type Urgency, waitsText } from './ask-facts.ts';
import type { Situation } from './ask-situation.ts';
import { calledOf, counted, verbOf } from './ask-slots.ts';
import { timesFor } from './wording.ts';

/** Every week, to all. */
export function weekly(situation: Situation): Urgency {
  const { record, asked, to, site, at, people, calendarOf, rule } = situation;
  const zone = timesFor({ to, site });
  const week = nagNumber(situation.rungNumber);
  const title = titleOf(record, situation.step);
  const owner = people.get(asked.owner);
  const ends = !rule.settles && owner ? abandonedAt(record, owner, calendarOf) : undefined;
  const closes = ends !== undefined && Date.parse(ends) - Date.parse(at) < fourWeeks;
  const who = situation.forOwner ? 'you' : calledOf(people, asked.owner);
  const due = momentIn(zone, asked.dueAt, at);
  return {
    subject: (customer) =>
      rule.settles ? `Week ${week}: ${customer} needs an answer` : `Week ${week}: ${customer} on hold at ${title}`,
    preheader: closes
      ? `Closes as abandoned on ${dateIn(zone, ends, at)}.`
      : waitsText(situation) || `It was due ${due}.`,
    lead: [
      `We asked ${who} to ${verbOf(situation)}; it was due ${due}.`,
      sentences(
        waitsText(situation),
        `Since last week: ${changes(situation)}.`,
        to.as === 'reader' ? '' : 'Pick one: do it, reassign, skip, or cancel.',
        closes ? `Closes as abandoned on ${dateIn(zone, ends, at)}.` : '',
      ),
    ],
    otherwise: naggingText(situation),
  };
}

const fourWeeks = 28 * 86_400_000;

/** What else happened in the handoff since the last weekly mail. */
function changes({ record, at }: Situation): string {
  const since = Date.parse(at) - 7 * 86_400_000;
  const done = Object.values(record.steps).filter(
    ({ decision }) => decision && Date.parse(decision.at) > since && Date.parse(decision.at) <= Date.parse(at),
  );
  const notes = (record.notes ?? []).filter(
    (note) => Date.parse(note.at) > since && Date.parse(note.at) <= Date.parse(at),
  );
  const told = [
    ...(done.length > 0 ? [`${counted(done.length, 'step')} done`] : []),
    ...(notes.length > 0 ? [counted(notes.length, 'note')] : []),
  ];
  return told.length === 0 ? 'no changes' : listed(told);
}

/** 'We'll write weekly until someone does.' */
export function naggingText({ record, rule }: Situation): string {
  const afterwards = record.playbook.ladders[rule.ladder]?.afterwards;
  const every = afterwards && 'nagEvery' in afterwards ? afterwards.nagEvery : undefined;
  if (every === undefined) return '';
  const often = every === '7 days' ? 'weekly' : `every ${every.replace(/^1 /, '')}`;
  return `We write ${often} until someone acts.`;
}

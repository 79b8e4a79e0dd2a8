import { handedOverAgain } from '../handoff/answered-gaps.ts';
import { openGaps } from '../handoff/gap-answers.ts';
import { gapLine, returnedGaps } from '../handoff/returns.ts';

import { soonWith, timeIn } from '../time/wording.ts';
import type { Urgency } from './ask-facts.ts';
import type { Situation } from './ask-situation.ts';
import { calledOf, counted } from './ask-slots.ts';
import type { Block } from './message.ts';
import { timesFor } from './wording.ts';

/** How the mail that asks the owner again is called; undefined when nothing came back, or another mail is said. */
export function returnedSubject(situation: Situation): Urgency['subject'] | undefined {
  const { kind, forOwner, asked, to, site, at, people } = situation;
  const returned = kind === 'ask' && forOwner ? returnedGaps(situation) : undefined;
  if (returned === undefined || Date.parse(at) > Date.parse(asked.dueAt)) return undefined;
  const answers = counted(returned.gaps.length, 'more answer');
  const zone = timesFor({ to, site });
  return (customer, withHour) =>
    `${customer}: ${calledOf(people, returned.by)} needs ${answers} by ${soonWith(withHour)(zone, asked.dueAt, at)}`;
}

/** Why the step came back, gap by gap. */
export function returnedBlocks(situation: Situation): Block[] {
  const returned = returnedGaps(situation);
  if (returned === undefined) return [];
  const { record, step, people, to, site, at, forOwner } = situation;
  const when = timeIn(timesFor({ to, site }), returned.at, at);
  return [
    { paragraph: `${calledOf(people, returned.by)} returned the package on ${when}. To go:` },
    { list: returned.gaps.map((gap) => gapLine(record, gap)) },
    ...(forOwner && openGaps(record, step).length > 0
      ? [{ paragraph: "Answer each one on the page, or say why you can't." }]
      : []),
  ];
}

/** What became of the gaps of the last return, now that the package comes again: for whoever named them. */
export function answeredBlocks({ record, step, people, to, site, at }: Situation): Block[] {
  const answered = handedOverAgain(record, step);
  if (answered === undefined) return [];
  const { returned, again, gaps } = answered;
  const by = returned.by === to.person.email ? 'You' : calledOf(people, returned.by);
  const when = timeIn(timesFor({ to, site }), returned.at, at);
  const since = again === undefined ? 'It is back since.' : `${calledOf(people, again.by)} has handed it over again.`;
  const asked = { paragraph: `${by} returned it on ${when}. ${since} ${by} had asked for:` };
  if (gaps.every(({ lines }) => lines.length === 0)) return [asked, { list: gaps.map(({ gap }) => gap) }];
  return [asked, ...gaps.map(({ gap, lines }) => ({ heading: gap, list: lines }))];
}

import { handedOverAgain } from '../handoff/answered-gaps.ts';
import { openGaps } from '../handoff/gap-answers.ts';
import { gapLine, returnedGaps } from '../handoff/returns.ts';
import { calledOf } from '../people/people.ts';

import { soonWith, timeIn } from '../time/wording.ts';
import type { Urgency } from './ask-facts.ts';
import type { Situation } from './ask-situation.ts';
import type { Block } from './message.ts';
import { textsFor, timesFor } from './wording.ts';

/** How the mail that asks the owner again is called; undefined when nothing came back, or another mail is said. */
export function returnedSubject(situation: Situation): Urgency['subject'] | undefined {
  const { kind, forOwner, asked, to, site, at, people } = situation;
  const returned = kind === 'ask' && forOwner ? returnedGaps(situation) : undefined;
  if (returned === undefined || Date.parse(at) > Date.parse(asked.dueAt)) return undefined;
  const { count, details } = textsFor(site);
  const answers = count.moreAnswers(returned.gaps.length);
  const zone = timesFor({ to, site });
  const by = calledOf(people, returned.by);
  return (customer, withHour) => {
    const due = soonWith(withHour)(zone, asked.dueAt, at);
    return details.returnedSubject({ customer, by, answers, due });
  };
}

/** Why the step came back, gap by gap. */
export function returnedBlocks(situation: Situation): Block[] {
  const returned = returnedGaps(situation);
  if (returned === undefined) return [];
  const { record, step, people, to, site, at, forOwner } = situation;
  const { details } = textsFor(site);
  const when = timeIn(timesFor({ to, site }), returned.at, at);
  return [
    { paragraph: details.returned(calledOf(people, returned.by), when) },
    { list: returned.gaps.map((gap) => gapLine(record, gap)) },
    ...(forOwner && openGaps(record, step).length > 0 ? [{ paragraph: details.returnedHint }] : []),
  ];
}

/** What became of the gaps of the last return, now that the package comes again: for whoever named them. */
export function answeredBlocks({ record, step, people, to, site, at }: Situation): Block[] {
  const answered = handedOverAgain(record, step);
  if (answered === undefined) return [];
  const { returned, again, gaps } = answered;
  const { details } = textsFor(site);
  const by = returned.by === to.person.email ? undefined : calledOf(people, returned.by);
  const when = timeIn(timesFor({ to, site }), returned.at, at);
  const since = again === undefined ? details.backSince : details.handedOverAgain(calledOf(people, again.by));
  const asked = { paragraph: details.returnedIt(by, when, since) };
  if (gaps.every(({ lines }) => lines.length === 0)) return [asked, { list: gaps.map(({ gap }) => gap) }];
  return [asked, ...gaps.map(({ gap, lines }) => ({ heading: gap, list: lines }))];
}

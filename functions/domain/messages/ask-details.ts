import { writtenTexts } from '../handoff/decisions.ts';
import { floorOf } from '../handoff/floor.ts';
import { briefOf } from '../handoff/handoff-package.ts';
import { type MeetingQuestions, questionsAt } from '../handoff/meeting-questions.ts';
import { meetingCalledOff } from '../handoff/meeting-rounds.ts';
import { meetingIn } from '../handoff/meetings.ts';
import type { SiteFacts } from '../handoff/site.ts';
import { planOf } from '../handoff/standing-plan.ts';
import type { Decision } from '../handoff/step-record.ts';
import { calledOf } from '../people/people.ts';
import { momentIn, timeIn } from '../time/wording.ts';
import type { Situation } from './ask-situation.ts';
import { answerBlocks, declinedBlocks, requestBlocks } from './exceptions.ts';
import { gapBlocks } from './gap-blocks.ts';
import type { Block } from './message.ts';
import { itemBlocks } from './open-items.ts';
import { answeredBlocks, returnedBlocks } from './returned-gaps.ts';
import { textsFor, timesFor } from './wording.ts';

interface Details {
  /** What the reader must know first: what came back, what was called off. */
  readonly lead: readonly Block[];
  /** What is missing, asked, or not so yet. */
  readonly details: readonly Block[];
  /** What to read at length, last. */
  readonly closing: readonly Block[];
}

/** What a mail says beyond the rule's own words, because of where this handoff stands. */
export function askDetails(situation: Situation): Details {
  const { rule, gaps, record, people, site } = situation;
  const { details: words } = textsFor(site);
  const lead = [
    ...returnedBlocks(situation),
    ...repeatBlocks(situation),
    ...declinedBlocks(situation),
    ...(rule.plans ? calledOffBlocks(situation, rule.plans) : []),
  ];
  const details = [
    ...(rule.names ? [{ quote: words.whyNobodyText(record.state.assignedBecause), heading: words.whyNobody }] : []),
    ...requestBlocks(situation),
    ...answerBlocks(situation),
    ...answeredAtLength(situation),
    ...itemBlocks(situation),
    ...answeredBlocks(situation),
    ...(rule.holds ? planned(situation, rule.holds) : []),
    ...questionBlocks(questionsAt(record, rule, people), site, situation.to.person.name),
    ...floorBlocks(situation),
  ];
  // S4: the brief is mailed to the customer success manager.
  const brief =
    rule.shows === 'brief' || (situation.asked.handed && situation.forOwner && situation.kind === 'ask')
      ? [{ brief: briefOf(record, people, { locale: site.locale }) }]
      : [];
  const plan = rule.shows === 'plan' ? [{ heading: words.plan }, { verbatim: planOf(record).text }] : [];
  return {
    lead,
    details: [...details, ...(rule.fills === 'package' ? gapBlocks(gaps, site) : [])],
    closing: [...brief, ...plan],
  };
}

/** What the reviewer wants answered in the meeting (S3). `reader`: the name of whoever alone reads it. */
export function questionBlocks(questions: MeetingQuestions | undefined, site: SiteFacts, reader?: string): Block[] {
  if (questions === undefined) return [];
  const { details } = textsFor(site);
  const heading = questions.by === reader ? details.yourQuestions : details.questionsOf(questions.by);
  return [{ heading, list: questions.lines }];
}

/** What is not so yet before the first contact (S4), and what to do about it. */
function floorBlocks({ record, asked, people, to, site, at }: Situation): Block[] {
  const zone = timesFor({ to, site });
  const open = floorOf({ record, step: asked.step, people, at, zone }).filter(({ met }) => !met);
  if (open.length === 0) return [];
  return [{ heading: textsFor(site).details.beforeContact, list: open.map(({ title, says }) => `${title}: ${says}`) }];
}

/** When and where the meeting was planned for. */
function planned({ record, to, site, at }: Situation, meeting: string): Block[] {
  const stands = meetingIn(record, meeting);
  if (stands?.status !== 'planned') return [];
  return [
    {
      facts: [
        { label: textsFor(site).details.plannedFor, value: momentIn(timesFor({ to, site }), stands.at, at) },
        ...(stands.place === undefined ? [] : [{ label: textsFor(site).words.where, value: stands.place }]),
      ],
    },
  ];
}

/** Why a meeting has to be planned once more. */
function calledOffBlocks({ record, people, to, site, at }: Situation, meeting: string): Block[] {
  const off = meetingCalledOff(record, meeting);
  if (!off) return [];
  const { details, words } = textsFor(site);
  const when = momentIn(timesFor({ to, site }), off.at, at);
  return [
    { paragraph: details.calledOff(off.by === to.person.email ? undefined : calledOf(people, off.by), when) },
    ...(off.reason === undefined ? [] : [{ quote: off.reason, heading: words.why }]),
  ];
}

/** Longest text of an answer that stands before the button, in characters: a success plan doesn't. */
const longestBefore = 300;

/** What was answered the last time, where the same is asked once more. */
const answeredBefore = ({ rule, asked }: Situation): Decision | undefined =>
  rule.repeat === undefined || asked.round < 2 ? undefined : asked.earlier.at(-1)?.decision;

function repeatBlocks(situation: Situation): Block[] {
  const { rule, asked, to, site, at, forOwner } = situation;
  const last = answeredBefore(situation);
  if (rule.repeat === undefined || last === undefined) return [];
  const when = timeIn(timesFor({ to, site }), last.at, at);
  const label = rule.choices.find(({ id }) => id === last.choice)?.label ?? last.choice;
  const { details, sentences } = textsFor(site);
  const said = last.choice === 'unanswered' ? details.nobodyAnswered : details.answerWas(label);
  const isLast = asked.round >= rule.repeat.times;
  const { label: no = '', negative } = rule.choices.find(({ id }) => id === rule.repeat?.choice) ?? {};
  return [
    {
      paragraph: sentences(
        details.question(asked.round, rule.repeat.times, { when, said }),
        isLast ? (negative ? details.lastBeforeItem(no, forOwner) : details.lastQuestion) : '',
      ),
    },
    ...writtenTexts(rule, last).flatMap(({ text }) => (text.length <= longestBefore ? [{ quote: text }] : [])),
  ];
}

/** What was written at length in that answer. */
function answeredAtLength(situation: Situation): Block[] {
  const last = answeredBefore(situation);
  const texts = last === undefined ? [] : writtenTexts(situation.rule, last);
  return texts.flatMap(({ label, text }) => (text.length > longestBefore ? [{ quote: text, heading: label }] : []));
}

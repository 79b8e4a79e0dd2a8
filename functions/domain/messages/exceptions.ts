import { packageFields, packageFieldsOf } from '../deal/package.ts';
import { packageSections } from '../deal/package-fields.ts';
import type { ExceptionAnswer, FieldAnswer } from '../handoff/exception-request.ts';
import { lastAnswer } from '../handoff/exceptions.ts';
import { customerOf, type HandoffRecord } from '../handoff/handoff.ts';
import { type SiteFacts, timesIn } from '../handoff/site.ts';
import { spoken } from '../handoff/spoken.ts';
import { titleOf } from '../handoff/step-rule.ts';
import { calledOf, type People } from '../people/people.ts';
import { dateIn, momentIn, soonWith } from '../time/wording.ts';
import type { Urgency } from './ask-facts.ts';
import type { Situation } from './ask-situation.ts';
import { gapBlocks } from './gap-blocks.ts';
import type { Block } from './message.ts';
import type { Notice, NoticeInput, Telling } from './notice-input.ts';
import { textsFor, timesFor } from './wording.ts';

/** Who asks to go on without what, and why: to whoever decides. */
export function requestBlocks({ request, gaps, to, site, at }: Situation): Block[] {
  if (!request) return [];
  const missing = new Set(gaps.map(({ path }) => path)).size;
  const { count, exceptions: words, words: usual } = textsFor(site);
  const without = missing === 0 ? words.returnedAnswers : count.answers(missing);
  const since = momentIn(timesFor({ to, site }), request.at, at);
  return [
    { paragraph: words.asked(since, without) },
    { quote: request.reason, heading: usual.why },
    ...gapBlocks(gaps, site),
  ];
}

/** What the reviewer said, where the reader is asked for what is still needed. */
const answerFor = ({ asked, request, forOwner }: Situation): ExceptionAnswer | undefined =>
  forOwner && !request ? lastAnswer(asked) : undefined;

/** How the mail that asks for the rest is called; undefined when nobody has decided on an exception, or another mail is said. */
export function answeredSubject(situation: Situation): Urgency['subject'] | undefined {
  const { kind, asked, gaps, to, site, at } = situation;
  const missing = new Set(gaps.map(({ path }) => path)).size;
  const answer = kind === 'ask' ? answerFor(situation) : undefined;
  if (answer === undefined || missing === 0 || Date.parse(at) > Date.parse(asked.dueAt)) return undefined;
  const { count, exceptions: words } = textsFor(site);
  const zone = timesFor({ to, site });
  return (customer, withHour) =>
    words.subjectNeeded(customer, count.answers(missing), soonWith(withHour)(zone, asked.dueAt, at));
}

/** That all of it was declined, and why: before whoever asked is asked once more. */
export function declinedBlocks(situation: Situation): Block[] {
  const answer = answerFor(situation);
  if (answer === undefined || !isDeclined(answer)) return [];
  const { exceptions: words, words: usual, sentences } = textsFor(situation.site);
  // What is missing stands below, each with what is asked; only what was said of one alone stands here.
  const apart = answer.fields.filter(({ reason }) => reason !== undefined && reason !== answer.reason);
  return [
    { paragraph: sentences(words.declined(calledOf(situation.people, answer.by)), words.saved) },
    { quote: answer.reason, heading: usual.why },
    ...(apart.length > 0
      ? [{ list: apart.map((field) => because(nameOfField(field, situation), field, answer.reason)) }]
      : []),
  ];
}

/** What the reviewer said of each answer, to whoever is asked for the rest. */
export function answerBlocks(situation: Situation): Block[] {
  const answer = answerFor(situation);
  return answer && !isDeclined(answer) ? decisionBlocks(answer, situation) : [];
}

const isDeclined = ({ fields }: ExceptionAnswer): boolean => fields.every(({ granted }) => !granted);

function decisionBlocks({ by, reason, fields }: ExceptionAnswer, known: Known): Block[] {
  const { exceptions: words, words: usual } = textsFor(known.site);
  const granted = fields.filter((field) => field.granted);
  const declined = fields.filter((field) => !field.granted);
  return [
    { paragraph: (granted.length > 0 ? words.decided : words.declined)(calledOf(known.people, by)) },
    // Where some was granted, what was said of all is why that may wait, and not why the rest may not.
    ...(granted.length > 0
      ? [{ heading: words.granted, list: granted.map((field) => grantedText(field, { ...known, reason })) }]
      : []),
    { quote: reason, heading: usual.why },
    ...(declined.length > 0
      ? [
          {
            heading: words.stillNeeded,
            list: declined.map((field) => because(nameOfField(field, known), field, reason)),
          },
        ]
      : []),
  ];
}

interface Known {
  readonly record: HandoffRecord;
  readonly people: People;
  readonly at: string;
  readonly site: SiteFacts;
}

function grantedText(
  field: FieldAnswer,
  { record, people, at, site, reason }: Known & { readonly reason: string },
): string {
  const who = calledOf(people, field.owner ?? '');
  const until = dateIn(timesIn('UTC', site), `${field.due}T00:00:00Z`, at);
  return because(textsFor(site).exceptions.brings(nameOfField(field, { record, site }), who, until), field, reason);
}

/** With a reason of its own, where it has one. */
const because = (text: string, field: FieldAnswer, usual: string): string =>
  field.reason === undefined || field.reason === usual ? text : `${text}. ${field.reason}`;

function nameOfField({ path }: FieldAnswer, { record, site }: Pick<Known, 'record' | 'site'>): string {
  const { playbook } = record;
  const fields = playbook.language === undefined ? packageFields : packageFieldsOf(playbook);
  const field = fields.find((each) => each.path === path);
  const { items, sections } = textsFor(site);
  return field ? items.field(sections[field.section] ?? packageSections[field.section].title, field.label) : path;
}

/** To whoever asked, and to whoever works with what comes. */
export function exceptionAnswered(
  { record, people, at, site }: Omit<NoticeInput, 'notice'>,
  { answer }: Answered,
): Telling {
  const customer = customerOf(record);
  const { count, exceptions: words } = textsFor(site);
  const declined = answer.fields.filter(({ granted }) => !granted).length;
  const all = answer.fields.length;
  const subject =
    declined === 0
      ? words.subjectGranted(customer)
      : declined === all
        ? words.subjectDeclined(customer)
        : words.subjectBoth(customer, count.answers(all - declined), declined);
  return { subject, blocks: decisionBlocks(answer, { record, people, at, site }) };
}

/** The same, in a mail that asks them for something else. */
export const exceptionAnsweredBeside = (given: Omit<NoticeInput, 'notice'>, answered: Answered): Telling =>
  exceptionAnswered(spoken(given), answered);

type Answered = Pick<Extract<Notice, { readonly kind: 'exception-answered' }>, 'answer'>;

/** To the reviewer who need not decide any more. */
export function exceptionWithdrawn(
  { record, people, site }: NoticeInput,
  { step, by }: Extract<Notice, { readonly kind: 'exception-withdrawn' }>,
): Telling {
  const customer = customerOf(record);
  const { exceptions: words } = textsFor(site);
  return {
    subject: words.notNeeded(customer),
    blocks: [
      {
        paragraph: words.closed(calledOf(people, by), titleOf(record, step)),
      },
    ],
  };
}

import { packageFields } from '../deal/package.ts';
import { packageSections } from '../deal/package-fields.ts';
import type { ExceptionAnswer, FieldAnswer } from '../handoff/exception-request.ts';
import { lastAnswer } from '../handoff/exceptions.ts';
import { customerOf, titleOf } from '../handoff/handoff.ts';
import { type SiteFacts, timesIn } from '../handoff/site.ts';
import type { People } from '../people/people.ts';
import { dateIn, momentIn } from '../time/wording.ts';
import type { Situation } from './ask-situation.ts';
import { calledOf } from './ask-slots.ts';
import { gapBlocks } from './gap-blocks.ts';
import type { Block } from './message.ts';
import type { Notice, NoticeInput, Telling } from './notice-input.ts';
import { timesFor } from './wording.ts';

const answers = (count: number): string => (count === 1 ? '1 answer' : `${count} answers`);

/** Who asks to go on without what, and why: to whoever decides. */
export function requestBlocks({ request, gaps, to, site, at }: Situation): Block[] {
  if (!request) return [];
  const missing = new Set(gaps.map(({ path }) => path)).size;
  const count = missing === 0 ? 'answers to what was returned' : answers(missing);
  const since = momentIn(timesFor({ to, site }), request.at, at);
  return [
    {
      paragraph: `Asked ${since}: to go ahead without ${count}.`,
    },
    { quote: request.reason, heading: 'Why' },
    ...gapBlocks(gaps),
  ];
}

/** What the reviewer said of each answer, to whoever is asked for the rest. */
export function answerBlocks({ asked, people, at, site, request, forOwner }: Situation): Block[] {
  const answer = request ? undefined : lastAnswer(asked);
  return answer && forOwner ? decisionBlocks(answer, { people, at, site }) : [];
}

function decisionBlocks({ by, reason, fields }: ExceptionAnswer, known: Known): Block[] {
  const granted = fields.filter((field) => field.granted);
  const declined = fields.filter((field) => !field.granted);
  return [
    { paragraph: `${calledOf(known.people, by)} decided on the exception:` },
    { quote: reason, heading: 'Why' },
    ...(granted.length > 0
      ? [{ heading: 'Granted', list: granted.map((field) => grantedText(field, { ...known, reason })) }]
      : []),
    ...(declined.length > 0
      ? [{ heading: 'Still needed', list: declined.map((field) => because(nameOfField(field), field, reason)) }]
      : []),
  ];
}

interface Known {
  readonly people: People;
  readonly at: string;
  readonly site: SiteFacts;
}

function grantedText(field: FieldAnswer, { people, at, site, reason }: Known & { readonly reason: string }): string {
  const who = calledOf(people, field.owner ?? '');
  const until = dateIn(timesIn('UTC', site), `${field.due}T00:00:00Z`, at);
  return because(`${nameOfField(field)}: ${who} brings it by ${until}`, field, reason);
}

/** With a reason of its own, where it has one. */
const because = (text: string, field: FieldAnswer, usual: string): string =>
  field.reason === undefined || field.reason === usual ? text : `${text}. ${field.reason}`;

function nameOfField({ path }: FieldAnswer): string {
  const field = packageFields.find((each) => each.path === path);
  return field ? `${packageSections[field.section].title}: ${field.label}` : path;
}

/** To whoever asked, and to whoever works with what comes. */
export function exceptionAnswered(
  { record, people, at, site }: NoticeInput,
  { answer }: Extract<Notice, { readonly kind: 'exception-answered' }>,
): Telling {
  const customer = customerOf(record);
  const declined = answer.fields.filter(({ granted }) => !granted).length;
  const all = answer.fields.length;
  const subject =
    declined === 0
      ? `${customer}: exception granted`
      : declined === all
        ? `${customer}: exception declined`
        : `${customer}: exception granted for ${answers(all - declined)}, declined for ${declined}`;
  return { subject, blocks: decisionBlocks(answer, { people, at, site }) };
}

/** To the reviewer who need not decide any more. */
export function exceptionWithdrawn(
  { record, people }: NoticeInput,
  { step, by }: Extract<Notice, { readonly kind: 'exception-withdrawn' }>,
): Telling {
  const customer = customerOf(record);
  return {
    subject: `${customer}: no exception needed`,
    blocks: [
      {
        paragraph: `${calledOf(people, by)} closed "${titleOf(record, step)}" in the meantime. There is nothing left for you to decide.`,
      },
    ],
  };
}

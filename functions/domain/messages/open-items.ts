import { writtenTexts } from '../handoff/decisions.ts';
import { customerOf, holderOf, titleOf } from '../handoff/handoff.ts';
import { checkedPackage, gapNames } from '../handoff/handoff-package.ts';
import { answerBehind, settledWell } from '../handoff/negative-answers.ts';
import { itemIn } from '../handoff/open-items.ts';

import { askStep } from '../playbook/playbook.ts';
import type { Situation } from './ask-situation.ts';
import { calledOf } from './ask-slots.ts';
import type { Block } from './message.ts';
import type { Notice, NoticeInput, Telling } from './notice-input.ts';

/** What is owed, who let the handoff go on without it, and who works without it until then. */
export function itemBlocks({ record, step, people, to, forOwner }: Situation): Block[] {
  const asked = itemIn(record, step);
  if (!asked) return [];
  const { item } = asked;
  const answer = answerBehind(record, asked);
  if (answer) {
    const who = answer.decision.by === to.person.email ? 'You' : calledOf(people, answer.decision.by);
    return [
      { paragraph: `${who} answered "${titleOf(record, answer.step)}": ${answer.said}.` },
      ...(item.reason ? [{ quote: item.reason, heading: 'What was said about it' }] : []),
    ];
  }
  const paths: ReadonlySet<string> = new Set(item.paths ?? []);
  const missing = gapNames(checkedPackage(record).gaps.filter(({ path }) => paths.has(path)));
  const manager = holderOf(record, 'customerSuccessManager');
  const granted = item.by === to.person.email ? 'You' : calledOf(people, item.by);
  const works =
    manager && manager !== to.person.email ? ` ${calledOf(people, manager)} works without it until then.` : '';
  return [
    { paragraph: `${granted} let the handoff go ahead${forOwner ? ' and named you for this' : ''}.${works}` },
    ...(missing.length > 0 ? [{ list: missing, heading: 'Still to come' }] : []),
    ...(item.reason ? [{ quote: item.reason, heading: 'Why it could wait' }] : []),
  ];
}

/** What became of an open item, to whoever let the handoff go on without it and to whoever worked without it. */
export function itemSettled(
  { record, people }: NoticeInput,
  { step, decision }: Extract<Notice, { readonly kind: 'item-settled' }>,
): Telling {
  const customer = customerOf(record);
  const title = titleOf(record, step);
  const asked = itemIn(record, step);
  const paths = asked?.item.paths ?? [];
  const by = calledOf(people, decision.by);
  const left: Readonly<Record<string, string>> = {
    skipped: `${by} decided to do without it.`,
    unanswered: 'Nobody brought it, and it is not asked for any more.',
  };
  const came = decision.by === 'system' ? 'The answers are in.' : `${by} settled it.`;
  const isGivenUp =
    asked && !settledWell({ ...record, steps: { ...record.steps, [step]: { ...asked, decision } } }, asked);
  const dropped = left[decision.choice] ?? (isGivenUp ? `${by} found that it is not possible.` : undefined);
  return {
    subject: `${customer}: ${dropped === undefined ? 'settled' : 'closed'}: ${title}`,
    blocks: [
      {
        paragraph: `"${title}" of ${customer} is no longer open. ${dropped ?? came}${dropped === undefined && paths.length > 0 ? ' The brief has it.' : ''}`,
      },
      ...writtenTexts(askStep(record.playbook, step), decision).map(({ label, text }) => ({
        quote: text,
        heading: label,
      })),
    ],
  };
}

/** To whoever is concerned by what a handoff left open: the deal is over, and so is that. */
export function itemsEnded(
  { record, people }: NoticeInput,
  { steps, by, reason }: Extract<Notice, { readonly kind: 'items-ended' }>,
): Telling {
  const customer = customerOf(record);
  return {
    subject: `${customer}: open items closed`,
    blocks: [
      { paragraph: `The deal with ${customer} is over, says ${calledOf(people, by)}.` },
      { quote: reason, heading: 'Why' },
      { list: steps.map((step) => titleOf(record, step)), heading: 'Not asked for any more' },
      { paragraph: 'Nothing more is asked of you here.' },
    ],
  };
}

import { writtenTexts } from '../handoff/decisions.ts';
import { customerOf } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import { answerBehind, settledWell } from '../handoff/negative-answers.ts';
import { itemIn } from '../handoff/open-items.ts';
import { holderOf } from '../handoff/roles-held.ts';
import { ruleIn, titleOf } from '../handoff/step-rule.ts';
import { calledOf } from '../people/people.ts';
import type { Situation } from './ask-situation.ts';
import { calledIn } from './ask-slots.ts';
import { gapName } from './gap-blocks.ts';
import type { Block } from './message.ts';
import type { Notice, NoticeInput, Telling } from './notice-input.ts';
import { reasonOf, textsFor } from './wording.ts';

/** What is owed, who let the handoff go on without it, and who works without it until then. */
export function itemBlocks({ kind, record, step, people, to, forOwner, site }: Situation): Block[] {
  const asked = itemIn(record, step);
  if (!asked) return [];
  const { item } = asked;
  const texts = textsFor(site);
  const { items: words, owed } = texts;
  const answer = answerBehind(record, asked);
  if (answer) {
    const who = answer.decision.by === to.person.email ? undefined : calledOf(people, answer.decision.by);
    return [
      { paragraph: words.answered(who, titleOf(record, answer.step), answer.said) },
      ...(item.reason ? [{ quote: item.reason, heading: words.said }] : []),
    ];
  }
  const paths: ReadonlySet<string> = new Set(item.paths ?? []);
  const gaps = checkedPackage(record).gaps.filter(({ path }) => paths.has(path));
  const missing = [...new Set(gaps.map((gap) => gapName(texts, gap)))];
  const manager = holderOf(record, 'customerSuccessManager');
  const granted = item.by === to.person.email ? undefined : calledOf(people, item.by);
  // The request says itself who works without the answers.
  const isSaid = forOwner && kind === 'ask';
  const works =
    manager && manager !== to.person.email && !isSaid
      ? words.worksWithout(calledOf(people, manager), item.paths?.length ?? 1)
      : '';
  return [
    { paragraph: texts.sentences(words.goneAhead(granted, forOwner), works) },
    ...(missing.length > 0 ? [{ list: missing, heading: owed.toCome }] : []),
    ...(item.reason ? [{ quote: item.reason, heading: owed.whyWait }] : []),
  ];
}

/** What became of an open item, to whoever let the handoff go on without it and to whoever worked without it. */
export function itemSettled(
  { record, people, site }: NoticeInput,
  { step, decision }: Extract<Notice, { readonly kind: 'item-settled' }>,
): Telling {
  const customer = customerOf(record);
  const title = titleOf(record, step);
  const asked = itemIn(record, step);
  const paths = asked?.item.paths ?? [];
  const { items: words, count } = textsFor(site);
  const by = calledIn(site, people, decision.by);
  const left: Readonly<Record<string, string>> = {
    skipped: words.skipped(by),
    unanswered: words.unanswered,
  };
  const came = decision.by === 'system' ? words.answersIn : words.settledBy(by);
  const isGivenUp =
    asked && !settledWell({ ...record, steps: { ...record.steps, [step]: { ...asked, decision } } }, asked);
  const dropped = left[decision.choice] ?? (isGivenUp ? words.notPossible(by) : undefined);
  return {
    subject: words.subject(
      customer,
      asked?.item.paths ? count.answers(asked.item.paths.length) : title,
      dropped === undefined,
    ),
    blocks: [
      {
        paragraph: words.over({
          title,
          customer,
          how: dropped ?? came,
          inBrief: dropped === undefined && paths.length > 0,
        }),
      },
      ...writtenTexts(ruleIn(record, step), decision).map(({ label, text }) => ({
        quote: text,
        heading: label,
      })),
    ],
  };
}

/** To whoever is concerned by what a handoff left open: the deal is over, and so is that. */
export function itemsEnded(
  { record, people, site }: NoticeInput,
  { steps, ...over }: Extract<Notice, { readonly kind: 'items-ended' }>,
): Telling {
  const customer = customerOf(record);
  const { items: words, words: usual } = textsFor(site);
  return {
    subject: words.ended(customer),
    blocks: [
      { paragraph: words.dealOver(customer, calledIn(site, people, over.by)) },
      { quote: reasonOf(over, site), heading: usual.why },
      { list: steps.map((step) => titleOf(record, step)), heading: words.notAsked },
      { paragraph: words.nothingMore },
    ],
  };
}

import type { EvidenceProblem } from '../fields/evidence.ts';
import { kinds } from '../fields/kinds.ts';
import type { Evidence } from '../fields/values.ts';
import { askSteps, choiceOf, comesAgain } from '../playbook/capabilities.ts';
import type { Negative } from '../playbook/negative.ts';
import type { Anchor, AskStep, ChoiceRule, SuccessFact } from '../playbook/playbook.ts';
import { textsOf } from '../texts/texts.ts';
import { doneDecision } from './decisions.ts';
import type { HandoffRecord } from './handoff.ts';
import { type ItemRecord, itemsOf } from './open-items.ts';
import type { Decision } from './step-record.ts';
import { ruleIn } from './step-rule.ts';

/** An answer that says that something is not so, and that will not be asked for again. */
export interface NegativeAnswer {
  /** Of the follow-up that it calls for. */
  readonly key: string;
  readonly step: string;
  /** Who was asked: a mail address. */
  readonly owner: string;
  readonly decision: Decision;
  readonly negative: Negative;
  /** What was answered, as the page said it: 'Are all key contacts identified? No', 'Not yet'. */
  readonly said: string;
  /** What is not so. */
  readonly disproves: readonly SuccessFact[];
  /** The moment that was not reached. */
  readonly misses?: Anchor;
}

type Found = Pick<NegativeAnswer, 'negative' | 'said' | 'disproves' | 'misses'> & { readonly what: string };

/** Every negative answer of a handoff, as its rules know them. What was skipped or never answered is none. */
export const negativeAnswers = (record: HandoffRecord): readonly NegativeAnswer[] =>
  askSteps(record.playbook).flatMap(({ id, rule }) => {
    const { decision, round, owner } = record.steps[id] ?? {};
    if (!decision || round === undefined || owner === undefined) return [];
    return negativesIn(rule, { ...decision, round }, record.playbook.language).map(({ what, ...found }) => ({
      ...found,
      key: [id, round, what, decision.at].join('/'),
      step: id,
      owner,
      decision,
    }));
  });

/** Whether a decision is, or holds, an answer that calls for a follow-up. */
export const saysNo = (
  rule: AskStep,
  made: { readonly choice: string; readonly evidence: Evidence; readonly round: number },
): boolean => negativesIn(rule, made).length > 0;

function negativesIn(
  rule: AskStep,
  made: { readonly choice: string; readonly evidence: Evidence; readonly round: number },
  language?: string,
): readonly Found[] {
  const { open } = textsOf(language);
  const chosen = choiceOf(rule, made.choice);
  if (!chosen || comesAgain(rule, made)) return [];
  const others = rule.choices.flatMap(({ id, proves }) => (proves && id !== chosen.id ? [proves] : []));
  return [
    ...(chosen.negative
      ? [
          {
            what: chosen.id,
            negative: chosen.negative,
            said: chosen.label,
            disproves: others,
            ...(rule.marks && { misses: rule.marks }),
          },
        ]
      : []),
    ...chosen.evidence.flatMap(({ name, label, negative, proves }) =>
      negative && made.evidence[name] === false
        ? [{ what: name, negative, said: open.said(label, true), disproves: proves ? [proves] : [] }]
        : [],
    ),
  ];
}

/**
 * Whether an answer says that what its step is for has not come about: a choice that is negative, or after which the step is
 * asked again, or a no to a question that has to be answered. What is asked beside it, and may be left out, is about something else.
 */
export function saysNotYet(rule: AskStep, { choice, evidence }: Pick<Decision, 'choice' | 'evidence'>): boolean {
  const chosen = choiceOf(rule, choice);
  if (!chosen) return false;
  const isNo = chosen.evidence.some(({ name, required, negative }) => negative && required && evidence[name] === false);
  return isNo || chosen.negative !== undefined || rule.repeat?.choice === choice;
}

/** What a choice leaves unsaid about a no: who is missing, and how they will be found (S2). */
export const unexplained = (chosen: ChoiceRule, evidence: Evidence): readonly EvidenceProblem[] =>
  chosen.evidence.flatMap(({ name, negative }) => {
    const asked = chosen.evidence.find((field) => field.name === negative?.asks);
    const isMissing = asked && evidence[name] === false && evidence[asked.name] === undefined;
    return isMissing ? [{ field: asked.name, problem: kinds[asked.kind].missing(asked) }] : [];
  });

/** The follow-up that a negative answer called for; undefined while it is being opened. */
export const followUpOf = (record: HandoffRecord, { key }: NegativeAnswer): ItemRecord | undefined =>
  itemsOf(record).find(({ item }) => item.key === key);

/** The negative answer that an open item came from; undefined for one that came from something else. */
export const answerBehind = (record: HandoffRecord, { item: { key } }: ItemRecord): NegativeAnswer | undefined =>
  negativeAnswers(record).find((answer) => answer.key === key);

/** The decision that settled an open item with what it was for; undefined while it is open, and when it was given up. */
export function settledWell(record: HandoffRecord, { step }: ItemRecord): Decision | undefined {
  const decision = doneDecision(record, step);
  return decision && choiceOf(ruleIn(record, step), decision.choice)?.does !== 'give-up' ? decision : undefined;
}

/**
 * The yes that a step's negative answer became when its open item was settled, as if it had been given on the step; undefined
 * where there is none.
 */
export function yesAfterNo(record: HandoffRecord, step: string): Decision | undefined {
  const settled = itemsOf(record).findLast(
    (item) => item.item.from === step && item.item.settledAs !== undefined && settledWell(record, item),
  );
  const { item, decision } = settled ?? {};
  return item?.settledAs !== undefined && decision ? { ...decision, choice: item.settledAs } : undefined;
}

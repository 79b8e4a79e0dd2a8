import type { FieldPath } from '../deal/package.ts';
import type { AskStep, ChoiceRule, DueRule } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';

/** What somebody still owes a handoff that goes on without it: an ask like any other, outside the flow. */
export interface OpenItem {
  /** What makes it this item: opened once under it. */
  readonly key: string;
  /** A noun phrase, as a heading: 'Contract: Term length'. */
  readonly title: string;
  /** What must be done, to its owner, in one or two sentences. */
  readonly what: string;
  /** The step from which it came. */
  readonly from: string;
  /** The fields of the package it owes; without any, its owner says what came of it. */
  readonly paths?: readonly FieldPath[];
  /** Who let the handoff go on without it: a mail address. */
  readonly by: string;
  /** Why the handoff goes on without it. */
  readonly reason?: string;
  /** The choice of the step from which it came that it becomes once it is settled; of a negative answer alone. */
  readonly settledAs?: string;
  /** By when: a day (`YYYY-MM-DD`) in its owner's calendar, or a rule of the playbook. */
  readonly due: string | DueRule;
  readonly openedAt: Instant;
}

/** The rule by which open items are asked for, in the words of one of them. `yes`: the choice that settling it becomes. */
export function ruleOfItem(rule: AskStep, { title, what, paths = [] }: OpenItem, yes?: ChoiceRule): AskStep {
  const suits = ({ does }: ChoiceRule) => (does === 'supply-answers') === paths.length > 0;
  const choices = rule.choices.filter(suits).map((choice) => (choice.does || !yes ? choice : asYes(choice, yes)));
  return { ...rule, title, what, choices };
}

/** What came of it is asked where the yes has no fields of its own. */
const asYes = (settling: ChoiceRule, { label, done, evidence }: ChoiceRule): ChoiceRule => ({
  ...settling,
  label,
  ...(done && { done }),
  evidence: evidence.length > 0 ? evidence : settling.evidence,
});

import type { FieldPath } from '../deal/package.ts';
import type { AskStep, DueRule } from '../playbook/playbook.ts';
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
  /** By when: a day (`YYYY-MM-DD`) in its owner's calendar, or a rule of the playbook. */
  readonly due: string | DueRule;
  readonly openedAt: Instant;
}

/** The rule by which open items are asked for, in the words of one of them. */
export function ruleOfItem(rule: AskStep, { title, what, paths = [] }: OpenItem): AskStep {
  const suits = ({ does }: AskStep['choices'][number]) => (does === 'supply-answers') === paths.length > 0;
  return { ...rule, title, what, choices: rule.choices.filter(suits) };
}

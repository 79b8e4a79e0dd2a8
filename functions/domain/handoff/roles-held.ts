import { choiceOf, stepNaming } from '../playbook/capabilities.ts';
import type { AskStep } from '../playbook/playbook.ts';
import type { RoleId } from '../playbook/roles.ts';
import type { HandoffRecord } from './handoff.ts';
import type { Decision } from './step-record.ts';

/** Who answers for the handoff, by the playbook; until somebody holds that role, revenue operations. */
export const accountableOf = (record: HandoffRecord): string | undefined =>
  holderOf(record, record.playbook.accountable) ?? record.state.people.revenueOperations;

/** Who holds a role in this handoff: since its start, or named in a step since. */
export function holderOf(record: HandoffRecord, role: RoleId): string | undefined {
  const held = record.state.people[role];
  if (held !== undefined) return held;
  const naming = stepNaming(record.playbook, role);
  return naming && namedIn(naming.rule, record.steps[naming.id]?.decision);
}

/**
 * Who does what is a role's to do: its holder; revenue operations, where nobody holds it and nobody is to be named any more.
 * Undefined while somebody is.
 */
export function doerOf(record: HandoffRecord, role: RoleId): string | undefined {
  const held = holderOf(record, role);
  if (held !== undefined) return held;
  const naming = stepNaming(record.playbook, role);
  const isToBeNamed = naming !== undefined && record.steps[naming.id]?.decision === undefined;
  return isToBeNamed ? undefined : record.state.people.revenueOperations;
}

/** Who has a part in a handoff: whoever holds a role, or owns one of its steps. Mail addresses, some more than once. */
export const partiesOf = ({ state, steps }: Pick<HandoffRecord, 'state' | 'steps'>): readonly string[] => [
  ...Object.values(state.people),
  ...Object.values(steps).map(({ owner }) => owner),
];

/** Whom a decision names, by the field of kind `person` of the choice that was made. */
export function namedIn(
  rule: AskStep,
  decision: Pick<Decision, 'choice' | 'evidence'> | undefined,
): string | undefined {
  const field = choiceOf(rule, decision?.choice)?.evidence.find(({ kind }) => kind === 'person');
  const named = field && decision?.evidence[field.name];
  return typeof named === 'string' ? named : undefined;
}

/**
 * The person in whose calendar what the system tells is counted: whoever takes the customer, until then who hands them over, which is
 * somebody else than who sold the deal once that person has left.
 */
export const tellingHolderOf = (record: HandoffRecord): string =>
  holderOf(record, 'customerSuccessManager') ?? holderOf(record, 'accountExecutive') ?? record.deal.accountExecutive;

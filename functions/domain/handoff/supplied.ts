import { choiceOf, fieldsSupplying, type NamedStep, stepsSupplying } from '../playbook/capabilities.ts';
import type { Supply } from '../playbook/supplies.ts';
import type { Instant } from '../time/calendar.ts';
import { givenText } from './decisions.ts';
import type { HandoffRecord } from './handoff.ts';
import { type Decision, roundsOf } from './step-record.ts';

/** Something that somebody gave in one step for later ones. */
export interface Supplied {
  readonly value: string;
  readonly step: string;
  /** Mail address of whoever gave it. */
  readonly by: string;
  readonly at: Instant;
}

/** What was given last, in earlier rounds too; said again as it was, it is still of whoever said it first. */
export function lastSupplied(record: HandoffRecord, supply: Supply): Supplied | undefined {
  const given = stepsSupplying(record.playbook, supply).flatMap((step) =>
    decisionsOn(record, step.id).flatMap((decision) => valuesIn(step, decision, supply)),
  );
  const inOrder = given.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return inOrder.filter(({ value }, i) => value !== inOrder[i - 1]?.value).at(-1);
}

/** Those on the step, and those by which a no to it became a yes. */
function decisionsOn(record: HandoffRecord, step: string): readonly Decision[] {
  const asked = record.steps[step];
  if (asked === undefined) return [];
  const later = Object.values(record.steps).flatMap(({ item, decision }) =>
    item?.from === step && item.settledAs !== undefined && decision ? [{ ...decision, choice: item.settledAs }] : [],
  );
  return [...roundsOf(asked).flatMap(({ decision }) => decision ?? []), ...later];
}

function valuesIn({ id, rule }: NamedStep, decision: Decision, supply: Supply): Supplied[] {
  return fieldsSupplying(choiceOf(rule, decision.choice), supply)
    .map((field) => givenText(decision, field).trim())
    .filter((value) => value !== '')
    .map((value) => ({ value, step: id, by: decision.by, at: decision.at }));
}

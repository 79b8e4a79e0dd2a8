import { askSteps, type NamedStep, stepsSupplying } from '../../functions/domain/playbook/capabilities.ts';
import type { FloorFact } from '../../functions/domain/playbook/floor.ts';
import type { FrozenPlaybook } from '../../functions/domain/playbook/playbook.ts';
import type { Position } from './flow-order.ts';
import { twice } from './step-laws.ts';
import { when } from './when.ts';

interface Around {
  readonly frozen: FrozenPlaybook;
  readonly positions: ReadonlyMap<string, Position>;
}

/** Why a step's floor can never be reached, or asks for what nobody checks: one sentence each. */
export function floorProblems({ id, rule }: NamedStep, { frozen, positions }: Around): string[] {
  const { floor = [], choices } = rule;
  const fields = choices.flatMap(({ evidence }) => evidence);
  const before = positions.get(id)?.before ?? new Set<string>();
  const told: Readonly<Record<FloorFact, boolean>> = {
    // Whatever the steps, the package is there to be checked, and has a field for recordings.
    packageComplete: true,
    recordingsAttached: true,
    handoffReady: askSteps(frozen).some(
      (step) => before.has(step.id) && step.rule.choices.some(({ proves }) => proves === 'acknowledged'),
    ),
    planReviewed: stepsSupplying(frozen, 'planReviewer').some((step) => before.has(step.id)),
    followUpScheduled: askSteps(frozen).some(
      (step) => step.rule.opens?.after === 'kickoffHeld' || step.rule.opens?.after === 'introductionSent',
    ),
  };
  return [
    ...twice(floor).map((fact) => `"${id}" has "${fact}" in its floor twice.`),
    ...floor
      .filter((fact) => !told[fact] && fields.every(({ settles }) => settles !== fact))
      .map(
        (fact) => `"${id}" has "${fact}" in its floor, which no step before it says and none of its fields settles.`,
      ),
    ...fields.flatMap(({ name, settles, required }) => [
      ...when(
        settles && !floor.includes(settles),
        `"${id}", field "${name}", settles "${settles}", which is not in the floor of the step.`,
      ),
      ...when(settles && !required, `"${id}", field "${name}", settles "${settles}", but may be left empty.`),
    ]),
  ];
}

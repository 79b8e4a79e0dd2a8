import { askSteps } from '../../functions/domain/playbook/capabilities.ts';
import { freezePlaybook, type Variant, variantsOf } from '../../functions/domain/playbook/freeze.ts';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { capabilityProblems } from './capability-laws.ts';
import { markersOf, positionsOf } from './flow-order.ts';
import { orderProblems } from './order-laws.ts';
import { proofProblems } from './proof-laws.ts';
import { ruleProblems } from './rule-laws.ts';

/**
 * Why a playbook cannot work once its overlays are in place, for every variant there is. What is wrong in every variant, or
 * without any overlay already, is said once.
 */
export function variantProblems(playbook: Playbook): string[] {
  const variants = variantsOf(playbook);
  const everywhere = ruleProblems(playbook);
  const where = new Map<string, Variant[]>();
  for (const variant of variants)
    for (const problem of problemsIn(playbook, variant))
      if (!everywhere.includes(problem)) where.set(problem, [...(where.get(problem) ?? []), variant]);
  const special = [...where].map(([problem, found]) =>
    found.length === variants.length ? problem : `In ${variantNames(playbook, found)}: ${problem}`,
  );
  return [...everywhere, ...special, ...absenceProblems(playbook)];
}

/** 'the segment "a"', 'the segments "a" and "b"', 'the industry "x"': only as much as tells them apart. */
function variantNames(playbook: Playbook, found: readonly Variant[]): string {
  const quoted = (names: readonly (string | undefined)[]) =>
    [...new Set(names)].map((name) => `"${name}"`).join(' and ');
  const plain = found.filter(({ industry }) => industry === undefined).map(({ segment }) => segment);
  if (plain.length > 0) return `the segment${plain.length > 1 ? 's' : ''} ${quoted(plain)}`;
  const industries = [...new Set(found.map(({ industry }) => industry))];
  const inAll = found.length === industries.length * Object.keys(playbook.segments).length;
  const of = inAll ? '' : ` of the segment ${quoted(found.map(({ segment }) => segment))}`;
  return `the industr${industries.length > 1 ? 'ies' : 'y'} ${quoted(industries)}${of}`;
}

/** Steps that no variant has. That an overlay both adds and leaves one out is said of the overlay. */
function absenceProblems(playbook: Playbook): string[] {
  const variants = variantsOf(playbook).map((variant) => freezePlaybook(playbook, variant));
  const overlays = [...Object.values(playbook.segments), ...Object.values(playbook.industries)];
  const contradicted = overlays.flatMap(({ with: own = [], without = [] }) => own.filter((id) => without.includes(id)));
  return Object.keys(playbook.steps)
    .filter((id) => variants.length > 0 && !contradicted.includes(id) && variants.every(({ steps }) => !steps[id]))
    .map((id) => `"${id}" is left out of every variant: no handoff has it.`);
}

function problemsIn(playbook: Playbook, variant: Variant): string[] {
  const frozen = freezePlaybook(playbook, variant);
  const { steps } = frozen;
  const positions = positionsOf(playbook);
  const problems = [
    ...ruleProblems(frozen),
    ...capabilityProblems(frozen, { playbook, positions }),
    ...proofProblems(frozen),
  ];
  for (const anchor of new Set(askSteps(frozen).flatMap(({ rule }) => rule.marks ?? []))) {
    const markers = markersOf(steps, anchor);
    if (markers.length > 1) problems.push(`${markers.map((id) => `"${id}"`).join(' and ')} both mark "${anchor}".`);
  }
  for (const [id, rule] of Object.entries(steps)) {
    const position = positions.get(id);
    if (position) problems.push(...orderProblems({ playbook, frozen, steps, positions, id, position }, rule));
  }
  return problems;
}

import { askSteps } from '../../functions/domain/playbook/capabilities.ts';
import type { Playbook, SuccessFact } from '../../functions/domain/playbook/playbook.ts';

/**
 * Facts that one variant's steps prove in two places, of which only the later would count. Choices of a step may ask for the
 * same field: only one of them is made.
 */
export function proofProblems(rules: Pick<Playbook, 'steps'>): string[] {
  const places = new Map<SuccessFact, Set<string>>();
  const add = (fact: SuccessFact | undefined, place: string) => {
    if (fact !== undefined) places.set(fact, new Set(places.get(fact)).add(place));
  };
  for (const { id, rule } of askSteps(rules))
    for (const choice of rule.choices) {
      add(choice.proves, `choice "${choice.id}" of "${id}"`);
      for (const { name, proves } of choice.evidence) add(proves, `field "${name}" of "${id}"`);
    }
  return [...places].flatMap(([fact, found]) =>
    found.size > 1 ? [`"${fact}" is proven in ${found.size} places: ${[...found].join(' and ')}.`] : [],
  );
}

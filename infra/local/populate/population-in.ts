import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { findPlaybook } from '../../../statemachines/shipped-playbooks.ts';
import type { Population } from './population.ts';
import { populationFile, readPopulation } from './population-file.ts';

/** A population and the playbook it was played with; what is wrong with its file, and what to do, where it cannot be opened. */
export async function populationIn(
  file = populationFile,
): Promise<{ readonly population: Population; readonly playbook: Playbook } | { readonly problem: string }> {
  const population = await readPopulation(file).catch((error: Error) => error.message);
  if (population === undefined) return { problem: `There is no ${file} yet. Make it: npm run populate.` };
  if (typeof population === 'string') return { problem: population };
  const found = findPlaybook(population.playbook);
  return 'problem' in found ? found : { population, playbook: found.playbook };
}

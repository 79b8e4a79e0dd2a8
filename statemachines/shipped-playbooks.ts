import type { Playbook } from '../functions/domain/playbook/playbook.ts';
import { playbook as agencyPlaybook } from './playbooks/agency.ts';
import { playbook as defaultPlaybook } from './playbooks/default.ts';

const shipped = {
  default: defaultPlaybook,
  agency: agencyPlaybook,
} as const satisfies Readonly<Record<string, Playbook>>;

export type PlaybookName = keyof typeof shipped;

/** The playbooks that come with the project, by name; a stage chooses one. */
export const shippedPlaybooks: Readonly<Record<PlaybookName, Playbook>> = shipped;

/** The playbook where nobody chooses one. */
export const usualPlaybook: PlaybookName = 'default';

export const playbookNames = Object.keys(shipped) as readonly PlaybookName[];

const isShipped = (name: string): name is PlaybookName => playbookNames.some((known) => known === name);

/** The shipped playbook of that name, or what is wrong with the name, in a sentence that lists the known ones. */
export function findPlaybook(name: string): { readonly playbook: Playbook } | { readonly problem: string } {
  if (isShipped(name)) return { playbook: shippedPlaybooks[name] };
  return { problem: `No playbook is called "${name}". There are: ${playbookNames.join(', ')}.` };
}

/** The playbook that a function was told to follow. Throws while the function starts when it is none of the shipped ones. */
export function playbookOfSetting(name: string | undefined): Playbook {
  const found = findPlaybook(name ?? '');
  if ('problem' in found) throw new Error(`The setting PLAYBOOK cannot be used: ${found.problem}`);
  return found.playbook;
}

import { readFile } from 'node:fs/promises';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { findPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { definitionFileOf, type Placeholders } from '../wiring/state-machine.ts';

/** Systems are made one after the other, of the same few playbooks. */
const definitions = new WeakMap<Playbook, Promise<string>>();

/** A playbook's state machine in Amazon States Language, its placeholders open. */
export function definitionOf(playbook: Playbook): Promise<string> {
  const known = definitions.get(playbook) ?? readOrCompile(playbook);
  definitions.set(playbook, known);
  return known;
}

/** The committed file of a shipped playbook; any other, such as a test's, is compiled. */
async function readOrCompile(playbook: Playbook): Promise<string> {
  const shipped = findPlaybook(playbook.name);
  if ('playbook' in shipped && shipped.playbook === playbook) return readFile(definitionFileOf(playbook.name), 'utf8');
  const { compile } = await import('../../statemachines/compile.ts');
  return JSON.stringify(compile(playbook));
}

/** Fills the placeholders as CDK's DefinitionSubstitutions do. Throws for one that nobody fills. */
export function substitute(definition: string, placeholders: Placeholders): string {
  const values = new Map<string, string>(Object.entries(placeholders));
  return definition.replace(/\$\{([A-Za-z]+)\}/g, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`The state machine file has a placeholder \${${name}} that nobody fills.`);
    return value;
  });
}

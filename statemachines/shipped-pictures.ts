import { readFileSync } from 'node:fs';
import { findPlaybook } from './shipped-playbooks.ts';
import { askState } from './state-names.ts';

/** A playbook's state machine, drawn. */
interface Picture {
  /** The committed file. */
  readonly svg: string;
  /** The state in which each step is asked for. */
  readonly states: Readonly<Record<string, string>>;
}

const kept = new Map<string, Picture>();

/** The picture of a shipped playbook's state machine; undefined for any other. Bundles of functions carry the pictures in them. */
export function pictureOf(name: string): Picture | undefined {
  const found = findPlaybook(name);
  if (!('playbook' in found)) return undefined;
  const states = Object.entries(found.playbook.steps).map(([step, rule]) => [step, askState(rule)] as const);
  const picture = kept.get(name) ?? {
    svg: readFileSync(new URL(`${name}.svg`, import.meta.url), 'utf8'),
    states: Object.fromEntries(states),
  };
  kept.set(name, picture);
  return picture;
}

import type { State, States } from '../../statemachines/states.ts';

export interface Placed {
  readonly name: string;
  readonly state: State;
  /** The states beside it, its own included. */
  readonly among: States;
  /** The branches it is in, outermost first: `<name of the Parallel>/<index>`. */
  readonly path: readonly string[];
}

/** Every state, those in branches included. */
export function placedStates(machine: { readonly States: States }, path: readonly string[] = []): Placed[] {
  return Object.entries(machine.States).flatMap(([name, state]) => {
    const within = state['ItemProcessor'] ?? [];
    const branches = (state['Branches'] ?? [within].flat()) as { readonly States: States }[];
    return [
      { name, state, among: machine.States, path },
      ...branches.flatMap((branch, i) => placedStates(branch, [...path, `${name}/${i}`])),
    ];
  });
}

/** Every text and key in a value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...textsIn(member)]);
}

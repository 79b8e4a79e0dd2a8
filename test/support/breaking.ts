import type { Ports, World } from '../../functions/ports/world.ts';

/** One call of a port at which the process ends: before it takes effect, or right after. */
export interface Break {
  readonly port: keyof Ports;
  readonly method: string;
  readonly when: 'before' | 'after';
  /** Which of the calls, counted from 1; the first unless said. */
  readonly call?: number;
  /** Only that call fails, with this error, and the process lives on. */
  readonly error?: Error;
}

/** A world in which the process ends at one call: that one and all after it fail; or only that one. */
export function breaking(world: World, { port, method, when, call = 1, error }: Break): World {
  let calls = 0;
  let isDead = false;
  const through = (name: string, called: string, run: (...given: readonly unknown[]) => unknown) => {
    return async (...given: readonly unknown[]) => {
      if (isDead) throw new Error('The process has ended.');
      if (name !== port || called !== method || ++calls !== call) return run(...given);
      isDead = error === undefined;
      if (when === 'after') await run(...given);
      throw error ?? new Error('The process has ended.');
    };
  };
  const parts = Object.entries(world).map(([name, part]) => {
    if (typeof part !== 'object' || part === null || name === 'site') return [name, part];
    const methods = Object.entries(part as object).map(([called, run]) => [
      called,
      typeof run === 'function' ? through(name, called, run.bind(part)) : run,
    ]);
    return [name, Object.fromEntries(methods)];
  });
  return Object.fromEntries(parts) as World;
}

/** Every call of a port's methods that `act` makes in a world, in order. */
export async function callsIn(
  world: World,
  act: (world: World) => Promise<unknown>,
): Promise<readonly Omit<Break, 'when'>[]> {
  const calls: Omit<Break, 'when'>[] = [];
  const counted = new Map<string, number>();
  const parts = Object.entries(world).map(([name, part]) => {
    if (typeof part !== 'object' || part === null || name === 'site') return [name, part];
    const methods = Object.entries(part as object).map(([method, run]) => [
      method,
      typeof run === 'function'
        ? (...given: readonly unknown[]) => {
            const key = `${name}.${method}`;
            const call = (counted.get(key) ?? 0) + 1;
            counted.set(key, call);
            calls.push({ port: name as keyof Ports, method, call });
            return run.apply(part, given);
          }
        : run,
    ]);
    return [name, Object.fromEntries(methods)];
  });
  await act(Object.fromEntries(parts) as World);
  return calls;
}

import type { InCharge } from './exceptions.ts';
import type { Rung } from './ladder.ts';

/** The time of the ask tells rounds and reassignments apart; what is said of an exception is not said of its step. */
export const sayingKey = (
  { asked, request }: Pick<InCharge, 'asked' | 'request'>,
  rung: Pick<Rung, 'index' | 'kind'>,
  { email }: { readonly email: string },
): string => [asked.step, ...(request ? ['exception'] : []), asked.askedAt, rung.index, rung.kind, email].join('/');

/** That a step is late, as the key of a saying has it; undefined of a key that says something else. */
export function lateIn(key: string): { readonly step: string; readonly rung: string } | undefined {
  const [, step, rung] = /^([^/]+)(?:\/exception)?\/[^/]+\/\d+\/(breach|escalate|stall)\//.exec(key) ?? [];
  return step && rung ? { step, rung } : undefined;
}

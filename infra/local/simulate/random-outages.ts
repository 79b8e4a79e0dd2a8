import type { Fault } from '../../account/faults.ts';
import type { Draws } from './draws.ts';

/** A service that answers nobody for a while; Lambda's runs nothing then, whoever asks. */
export interface Outage {
  /** As its calls are signed. */
  readonly service: 'dynamodb' | 'lambda' | 'ses' | 'scheduler' | 'states';
  readonly fault: Fault;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
}

const minute = 60_000;

/** Outages that nobody has to do anything about: an hour of any service, and a day without mail. */
const kinds: readonly (Pick<Outage, 'service' | 'fault'> & { readonly longest: number })[] = [
  { service: 'dynamodb', fault: 'failed', longest: 60 },
  { service: 'dynamodb', fault: 'throttled', longest: 60 },
  { service: 'states', fault: 'failed', longest: 60 },
  { service: 'scheduler', fault: 'failed', longest: 60 },
  { service: 'lambda', fault: 'throttled', longest: 60 },
  { service: 'ses', fault: 'failed', longest: 24 * 60 },
  { service: 'ses', fault: 'over quota', longest: 24 * 60 },
  { service: 'ses', fault: 'sending paused', longest: 24 * 60 },
];

/** Up to so many outages in the first weeks after `start` (milliseconds since the epoch), the first hours more often than the rest. */
export function randomOutages({
  draws,
  start,
  most,
}: {
  draws: Draws;
  start: number;
  most: number;
}): readonly Outage[] {
  return Array.from({ length: draws.int(0, most) }, () => {
    const { longest, ...kind } = draws.oneOf(kinds);
    const from = start + draws.int(0, draws.oneOf([60, 24 * 60, 21 * 24 * 60])) * minute;
    return { ...kind, from, until: from + draws.int(1, longest) * minute };
  });
}

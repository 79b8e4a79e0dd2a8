import { createHash } from 'node:crypto';
import { jsonOrNothing } from '../../../functions/aws/json-or-nothing.ts';
import { partition } from '../../../functions/aws/table.ts';
import type { Fault, Faults, FaultyCall } from '../../account/faults.ts';
import { drawsOf } from './draws.ts';
import type { Outage } from './random-outages.ts';

/** How much goes wrong in a story. */
export type Weather = 'none' | 'light' | 'heavy';

/** How often a call goes wrong. */
const rates: Readonly<Record<Weather, number>> = { none: 0, light: 0.004, heavy: 0.03 };

/** How often a read that need not be consistent is answered from before. */
const staleRates: Readonly<Record<Weather, number>> = { none: 0, light: 0.02, heavy: 0.5 };

const ofFunctions: readonly Fault[] = [
  'throttled',
  'failed',
  'answer lost',
  'sent twice',
  'killed before',
  'killed before',
  'killed after',
  'killed after',
];
/** Whoever sends mail asks once: a second time might be a second mail. */
const ofMail = ofFunctions.filter((fault) => fault !== 'sent twice');
const ofMachines: readonly Fault[] = ['throttled', 'failed', 'answer lost'];
/** What arrives from outside. */
const ofArrivals: readonly Fault[] = ['twice at once'];
/** Before a function runs, whoever asks for it: as many run as may. */
const ofInvocations: readonly Fault[] = ['throttled'];
const ofQueries: readonly Fault[] = [...ofFunctions, 'partial page', 'partial page'];
/** An index follows its table a little later. */
const ofIndexes: readonly Fault[] = [...ofQueries, 'stale index', 'stale index'];

/** A fault that was drawn, for the story's readers. */
export interface FaultAt {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly fault: Fault;
  readonly call: string;
}

export interface FaultsDrawn {
  readonly seed: number;
  readonly weather: Weather;
  readonly outages: readonly Outage[];
  /** No more than so many. */
  readonly most?: number | undefined;
  /** The time: milliseconds since the epoch. */
  readonly now: () => number;
  readonly quietAfter: number;
}

/**
 * Draws what goes wrong, call by call, until `quietAfter`: every trouble ends one day. What happens to a call hangs on the call
 * and its moment, so that calls that are made side by side may come in any order.
 */
export function randomFaults({
  seed,
  weather,
  outages,
  most = Number.POSITIVE_INFINITY,
  now,
  quietAfter,
}: FaultsDrawn): Faults & {
  readonly drawn: readonly FaultAt[];
} {
  const drawn: FaultAt[] = [];
  const asked = new Map<string, number>();
  const rate = rates[weather];
  return {
    drawn,
    next: ({ service, action, parameters, functionName }) => {
      const at = now();
      const outage = outages.find(({ from, until, ...of }) => of.service === service && from <= at && at < until);
      if (outage) return outage.fault;
      if (rate === 0 || drawn.length >= most || at > quietAfter) return undefined;
      const arrives = isArrival(service, action);
      if (arrives && action === 'GET') return undefined;
      const invoked = functionName === undefined && action === 'Invoke' ? ` ${parameters['FunctionName']}` : '';
      const caller = functionName ?? (arrives ? 'somebody' : invoked === '' ? 'state machine' : 'whoever asks');
      const call = `${caller} → ${service}:${action}${invoked}`;
      const what = `${at} ${call} ${itemIn(parameters)}`;
      const before = asked.get(what) ?? 0;
      asked.set(what, before + 1);
      const draws = drawsOf(numberOf(`${seed} ${what} ${before}`));
      const fault = draws.chance(rate)
        ? draws.oneOf(faultsOf({ service, action, parameters, functionName }))
        : service === 'dynamodb' && mayBeStale(action, parameters) && draws.chance(staleRates[weather])
          ? 'stale answer'
          : undefined;
      if (fault) drawn.push({ at, fault, call });
      return fault;
    },
  };
}

const isArrival = (service: string, action: string): boolean => service === 'http' || action === 'InvokeAsync';

function faultsOf({ service, action, parameters, functionName }: FaultyCall): readonly Fault[] {
  if (isArrival(service, action)) return ofArrivals;
  if (functionName === undefined && service === 'lambda') return ofInvocations;
  if (functionName === undefined) return ofMachines;
  if (service === 'ses') return ofMail;
  if (parameters['IndexName'] !== undefined) return ofIndexes;
  return action === 'Query' || action === 'BatchGetItem' ? ofQueries : ofFunctions;
}

function mayBeStale(
  action: string,
  { ConsistentRead: consistent, RequestItems: asked }: FaultyCall['parameters'],
): boolean {
  const tables: readonly unknown[] = Object.values(Object(asked));
  if (action === 'BatchGetItem') return tables.every((each) => Object(each).ConsistentRead !== true);
  return (action === 'GetItem' || action === 'Query') && consistent !== true;
}

type Key = Readonly<Record<string, { readonly S?: string } | undefined>>;

/** Which item a call is about, or which step a function is called for; links go by names that are different in every run. */
function itemIn({ Key: key, Item: item, Payload: payload }: Readonly<Record<string, unknown>>): string {
  if (payload !== undefined) return stepIn(String(payload));
  const { pk, sk } = Object(key ?? item) as Key;
  return pk?.S?.startsWith(partition.link('')) ? '' : (sk?.S ?? '');
}

/** Executions that go side by side call the same function at the same moment, for different steps. */
function stepIn(payload: string): string {
  const { handoffId, step, say } = Object(jsonOrNothing(payload));
  return [handoffId, step, say].join(' ');
}

const numberOf = (text: string): number => createHash('sha256').update(text).digest().readInt32BE();

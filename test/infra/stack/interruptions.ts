import type { Fault, Faults, FaultyCall } from '../../../infra/account/faults.ts';

/** A call that goes wrong. */
export interface Interruption {
  /** Who calls: a function, or the state machine. */
  readonly by: string;
  /** E.g. `UpdateItem`. */
  readonly action: string;
  /** How the sort key of the item begins that it is about; any when left out. */
  readonly item?: string;
  /** None when left out: it is only the moment for something else. */
  readonly fault?: Fault;
  /** Which of these calls, counted from 1; the first when left out. */
  readonly call?: number;
  /** How many of them in a row, at most; one when left out. */
  readonly times?: number;
  /** Counted only while this is so. */
  readonly when?: () => boolean;
  /** What happens at the first of them. */
  readonly meanwhile?: () => void;
}

/** Lets each of these calls go wrong. `left`: those that never came. */
export function interrupted(interruptions: readonly Interruption[]): Faults & {
  readonly left: () => readonly Interruption[];
} {
  const counted = new Map<Interruption, number>();
  /** Which of the calls that go wrong this one is, counted from 0; negative before the first. */
  const nth = (each: Interruption): number => (counted.get(each) ?? 0) - (each.call ?? 1);
  return {
    next: (call) => {
      const met = interruptions.filter((each) => isOf(each, call) && (each.when?.() ?? true));
      for (const each of met) counted.set(each, (counted.get(each) ?? 0) + 1);
      const now = met.filter((each) => nth(each) >= 0 && nth(each) < (each.times ?? 1));
      for (const each of now) if (nth(each) === 0) each.meanwhile?.();
      return now.find(({ fault }) => fault !== undefined)?.fault;
    },
    left: () => interruptions.filter((each) => nth(each) < 0),
  };
}

const isOf = ({ by, action, item = '' }: Interruption, call: FaultyCall): boolean =>
  call.action === action &&
  by === (call.functionName?.replace('handoff-sample-', '') ?? 'state machine') &&
  sortKeyIn(call.parameters).startsWith(item);

function sortKeyIn({ Key, Item }: Readonly<Record<string, unknown>>): string {
  const { sk } = Object(Key ?? Item);
  return String(Object(sk).S ?? '');
}

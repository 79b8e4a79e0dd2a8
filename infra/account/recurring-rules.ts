import type { Clock } from './clock.ts';
import type { Queues } from './sqs/queues.ts';
import { notEmulated } from './wire/errors.ts';

/** A rule of the default bus that fires by the clock, with its one target, a function. */
export interface RecurringRule {
  readonly name: string;
  /** `cron(minute hour * * ? *)`, UTC: daily at a fixed time, or hourly at a fixed minute where the hour is `*`. */
  readonly expression: string;
  /** The function's name. */
  readonly target: string;
  /** How long it is tried to hand it over, in milliseconds, and how often. */
  readonly retry?: { readonly longest?: number; readonly attempts?: number };
  /** Fires only the next time after something came into this queue, by its name, and a run goes on for it; each time when left out. */
  readonly onceFor?: string;
  /** The queue for events that could not be delivered, by name; they are lost to the account's dead letters when left out. */
  readonly deadLetters?: string;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Calls `fire` with the time whenever virtual time passes over one of the rule's, from now on. Throws NotEmulated for an expression
 * that is neither daily nor hourly.
 */
export function fireRecurring(
  { name, expression, onceFor }: Pick<RecurringRule, 'name' | 'expression' | 'onceFor'>,
  { clock, queues }: { readonly clock: Clock; readonly queues: Pick<Queues, 'watch'> },
  fire: (at: number) => void,
): void {
  const { every, offset } = rhythmOf(expression);
  const next = (after: number): number => Math.floor((after - offset) / every) * every + every + offset;
  if (onceFor !== undefined) {
    let isArmed = false;
    queues.watch(onceFor, () => {
      if (isArmed) return;
      isArmed = true;
      const at = next(clock.now());
      clock.at(
        at,
        () => {
          isArmed = false;
          fire(at);
        },
        `Rule ${name}`,
      );
    });
    return;
  }
  const arm = (at: number): void => {
    clock.daemon(
      at,
      () => {
        arm(at + every);
        fire(at);
      },
      `Rule ${name}`,
    );
  };
  arm(next(clock.now()));
}

function rhythmOf(expression: string): { readonly every: number; readonly offset: number } {
  const [, minutes = '', hours = ''] =
    /^cron\((\d{1,2}) (\d{1,2}|\*) (?:\* \* \?|\? \* \*) \*\)$/.exec(expression) ?? [];
  if (minutes === '' || Number(minutes) > 59 || (hours !== '*' && Number(hours) > 23))
    throw notEmulated(`the schedule ${expression} of a rule, which is neither daily nor hourly`);
  return hours === '*'
    ? { every: hour, offset: Number(minutes) * minute }
    : { every: day, offset: Number(hours) * hour + Number(minutes) * minute };
}

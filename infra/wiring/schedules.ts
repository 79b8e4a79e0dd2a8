import type { FunctionName } from './function-names.ts';
import { deliveries } from './queues.ts';

/** A rule of the stage that calls a function by the clock, on AWS and on one machine. */
export interface StageSchedule {
  /** What the rule is called. */
  readonly name: string;
  readonly what: string;
  /** `cron(minute hour * * ? *)`, UTC; hourly where the hour is `*`. */
  readonly expression: string;
  /** The function that is called; where the stage has it not, there is no rule. */
  readonly target: FunctionName;
  /** The queue that it empties, by name: where nothing came into it, the call is for nothing. */
  readonly empties?: string;
}

/** Whatever recurs. What one of them misses, the next makes good. */
export const schedules: readonly StageSchedule[] = [
  {
    name: 'reconcile',
    what: 'Compares the CRM with the handoffs, once a day.',
    expression: 'cron(20 3 * * ? *)',
    target: 'reconcile',
  },
  {
    name: 'note-deliveries',
    what: 'Notes which mails arrived, once a day.',
    // Before handoffs are measured.
    expression: 'cron(40 0 * * ? *)',
    target: 'track-mail',
    empties: deliveries.name,
  },
  {
    name: 'measure',
    what: 'Measures handoffs for reports, once a day.',
    // The small hours in Europe, the evening before in America; readers in Asia see the numbers of their morning.
    expression: 'cron(10 1 * * ? *)',
    target: 'measure',
  },
  {
    name: 'send-reports',
    what: 'Mails reports to whoever has their morning, each hour.',
    // `digestMinute`: owners are told when an escalation will be in a digest.
    expression: 'cron(5 * * * ? *)',
    target: 'send-reports',
  },
];

/** How long, and how many times more, it is tried to hand over a call that Lambda does not take: later the next one is near. */
export const scheduleRetries = { hours: 2, attempts: 2 } as const;

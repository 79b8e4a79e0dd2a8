import { offsetAt } from '../../functions/domain/time/zone-offsets.ts';
import type { FunctionName } from './function-names.ts';
import { deliveries } from './queues.ts';

/** A rule of the stage that calls a function by the clock, on AWS and on one machine. */
export interface StageSchedule {
  /** What the rule is called. */
  readonly name: string;
  readonly what: string;
  /** `cron(minute hour * * ? *)`, UTC; hourly where the hour is `*`. */
  readonly expression: string;
  /** When it is, daily and in place of that, on the clocks of the stage's zone; in summer an hour later. */
  readonly inZone?: { readonly hour: number; readonly minute: number };
  /** The function that is called; where the stage has it not, there is no rule. */
  readonly target: FunctionName;
  /** The queue that it empties, by name: where nothing came into it, the call is for nothing. */
  readonly empties?: string;
}

/** Whatever recurs, in a stage of UTC. What one of them misses, the next makes good. */
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
    inZone: { hour: 0, minute: 40 },
    target: 'track-mail',
    empties: deliveries.name,
  },
  {
    name: 'measure',
    what: 'Measures handoffs for reports, once a day.',
    // In the small hours, when the day is over, and the week of which reports tell in the morning.
    expression: 'cron(10 1 * * ? *)',
    inZone: { hour: 1, minute: 10 },
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

/** Whatever recurs in a stage of a zone (IANA), by expressions in UTC: rules know no other. */
export const schedulesIn = (zone: string): readonly StageSchedule[] =>
  schedules.map((schedule) =>
    schedule.inZone ? { ...schedule, expression: expressionOf(schedule.inZone, zone) } : schedule,
  );

/** Counted without summer time, which a rule does not follow: so it is never before midnight. */
function expressionOf({ hour, minute }: NonNullable<StageSchedule['inZone']>, zone: string): string {
  const offset = Math.min(...seasons.map((at) => offsetAt(Date.parse(at), zone)));
  const minutes = hour * 60 + minute - Math.round(offset / 60_000);
  const inDay = ((minutes % 1440) + 1440) % 1440;
  return `cron(${inDay % 60} ${Math.floor(inDay / 60)} * * ? *)`;
}

/** Of the two the one or the other is summer. */
const seasons = ['2026-01-01T00:00:00Z', '2026-07-01T00:00:00Z'];

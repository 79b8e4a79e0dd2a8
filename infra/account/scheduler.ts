import { Temporal } from 'temporal-polyfill';
import type { Clock, Timer } from './clock.ts';
import type { Deliver } from './delivery.ts';
import type { Access } from './iam/access.ts';
import { functionCall } from './iam/calls.ts';
import { arn, type Identity } from './identity.ts';
import type { Meter } from './usage.ts';
import { AwsError, notEmulated, validationError } from './wire/errors.ts';
import { isObject, type Service } from './wire/message.ts';

type Parameters = Readonly<Record<string, unknown>>;

interface Schedule {
  readonly name: string;
  readonly group: string;
  readonly expression: string;
  readonly zone: string;
  /** Virtual milliseconds since the epoch. */
  readonly firesAt: number;
  readonly functionName: string;
  readonly target: Parameters;
  readonly deleteWhenDone: boolean;
  readonly description: string | undefined;
  readonly clientToken: unknown;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly timer: Timer;
}

export interface SchedulerWorld {
  readonly clock: Clock;
  readonly identity: Identity;
  readonly meter: Meter;
  readonly newId: () => string;
  readonly deliver: Deliver;
  /** Groups of schedules beside the default one. */
  readonly groups?: readonly string[] | undefined;
  /** Whether there is a queue of this ARN, and its name. */
  readonly queueOf: (queueArn: string) => string | undefined;
  /** Keeps each schedule to the role it acts in. */
  readonly access: Access;
}

/**
 * EventBridge Scheduler with one-time schedules (`at(…)`, in `ScheduleExpressionTimezone`) whose target is a function.
 * A time already past fires at once. Rates, cron expressions, windows and other targets are refused.
 */
export function createScheduler(world: SchedulerWorld): Service {
  const { clock, identity } = world;
  /** By group and name. */
  const schedules = new Map<string, Schedule>();
  const keyOf = ({ group, name }: Pick<Schedule, 'group' | 'name'>): string => `${group}/${name}`;
  const groups = ['default', ...(world.groups ?? [])];

  function groupName(parameters: Parameters): string {
    const group = String(parameters['GroupName'] ?? 'default');
    if (groups.includes(group)) return group;
    throw new AwsError('ResourceNotFoundException', `Schedule group ${group} does not exist.`, { httpStatus: 404 });
  }

  const scheduleArn = (group: string, name: string): string => arn(identity, 'scheduler', `schedule/${group}/${name}`);

  function create(parameters: Parameters): unknown {
    const name = scheduleName(parameters);
    const group = groupName(parameters);
    const existing = schedules.get(keyOf({ group, name }));
    if (existing !== undefined) {
      const repeated = parameters['ClientToken'] !== undefined && parameters['ClientToken'] === existing.clientToken;
      if (repeated) return { ScheduleArn: scheduleArn(group, name) };
      throw new AwsError('ConflictException', `Schedule ${name} already exists.`, { httpStatus: 409 });
    }
    return set(parameters, clock.now());
  }

  /** Replaces a schedule whole: what is left out is back at its default. */
  function update(parameters: Parameters): unknown {
    const existing = find(parameters);
    const changed = set(parameters, existing.createdAt);
    existing.timer.cancel();
    return changed;
  }

  function set(parameters: Parameters, createdAt: number): unknown {
    const name = scheduleName(parameters);
    const group = groupName(parameters);
    const window = parameters['FlexibleTimeWindow'];
    if (!isObject(window)) throw validationError('FlexibleTimeWindow must not be null');
    if (window['Mode'] !== 'OFF') throw notEmulated(`Scheduler FlexibleTimeWindow ${String(window['Mode'])}`);
    for (const unknown of ['StartDate', 'EndDate', 'KmsKeyArn']) {
      if (parameters[unknown] !== undefined) throw notEmulated(`Scheduler ${unknown}`);
    }
    if (parameters['State'] === 'DISABLED') throw notEmulated('Scheduler State DISABLED');
    const target = parameters['Target'];
    const functionName = targetFunction(target);
    const expression = String(parameters['ScheduleExpression']);
    const zone = String(parameters['ScheduleExpressionTimezone'] ?? 'UTC');
    const firesAt = atTime(expression, zone);
    const timer = clock.at(Math.max(firesAt, clock.now()), () => fire(keyOf({ group, name })), `Schedule ${name}`);
    schedules.set(keyOf({ group, name }), {
      name,
      group,
      expression,
      zone,
      firesAt,
      functionName,
      target: isObject(target) ? target : {},
      deleteWhenDone: parameters['ActionAfterCompletion'] === 'DELETE',
      description: typeof parameters['Description'] === 'string' ? parameters['Description'] : undefined,
      clientToken: parameters['ClientToken'],
      createdAt,
      modifiedAt: clock.now(),
      timer,
    });
    return { ScheduleArn: scheduleArn(group, name) };
  }

  function fire(key: string): void {
    const schedule = schedules.get(key);
    if (schedule === undefined) return;
    if (schedule.deleteWhenDone) schedules.delete(key);
    world.meter.schedulerInvocation();
    world.deliver({
      functionName: schedule.functionName,
      payload: payload(schedule),
      origin: `schedule ${schedule.name}`,
      check: () => mayInvoke(schedule),
      deadLetters: () => lettersOf(schedule),
    });
  }

  /** A queue that is not there, or that the schedule's role may not write to, gets nothing, as on AWS. */
  function lettersOf({ target, group, name }: Schedule) {
    const config = target['DeadLetterConfig'];
    const queueArn = isObject(config) ? String(config['Arn']) : '';
    const queue = world.queueOf(queueArn);
    if (queue === undefined) return undefined;
    const role = world.access.roleOf(String(target['RoleArn']));
    world.access.check(role, { action: 'sqs:SendMessage', resources: [queueArn], context: {} });
    return { queue, attributes: { SCHEDULE_ARN: scheduleArn(group, name) } };
  }

  function mayInvoke({ target, functionName }: Schedule): void {
    const role = world.access.roleOf(String(target['RoleArn']));
    world.access.check(role, functionCall(arn(identity, 'lambda', `function:${functionName}`)));
  }

  function payload(schedule: Schedule): string {
    const scheduledTime = `${new Date(schedule.firesAt).toISOString().slice(0, 19)}Z`;
    const executionId = world.newId();
    const input = schedule.target['Input'];
    if (typeof input === 'string') {
      return input
        .replaceAll('<aws.scheduler.schedule-arn>', scheduleArn(schedule.group, schedule.name))
        .replaceAll('<aws.scheduler.scheduled-time>', scheduledTime)
        .replaceAll('<aws.scheduler.execution-id>', executionId)
        .replaceAll('<aws.scheduler.attempt-number>', '1');
    }
    return JSON.stringify({
      version: '0',
      id: executionId,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: identity.accountId,
      time: scheduledTime,
      region: identity.region,
      resources: [scheduleArn(schedule.group, schedule.name)],
      detail: '{}',
    });
  }

  function find(parameters: Parameters): Schedule {
    const name = scheduleName(parameters);
    const schedule = schedules.get(keyOf({ group: groupName(parameters), name }));
    if (schedule === undefined) {
      throw new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, { httpStatus: 404 });
    }
    return schedule;
  }

  function describe(schedule: Schedule): Parameters {
    return {
      Arn: scheduleArn(schedule.group, schedule.name),
      Name: schedule.name,
      GroupName: schedule.group,
      ScheduleExpression: schedule.expression,
      ScheduleExpressionTimezone: schedule.zone,
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'ENABLED',
      ActionAfterCompletion: schedule.deleteWhenDone ? 'DELETE' : 'NONE',
      Target: schedule.target,
      CreationDate: schedule.createdAt / 1000,
      LastModificationDate: schedule.modifiedAt / 1000,
      ...(schedule.description === undefined ? {} : { Description: schedule.description }),
    };
  }

  function summarize(schedule: Schedule): Parameters {
    const { Arn, Name, GroupName, State, CreationDate, LastModificationDate } = describe(schedule);
    return { Arn, Name, GroupName, State, CreationDate, LastModificationDate, Target: { Arn: schedule.target['Arn'] } };
  }

  function remove(schedule: Schedule): unknown {
    schedule.timer.cancel();
    schedules.delete(keyOf(schedule));
    return {};
  }

  return {
    call: async (action, parameters) => {
      switch (action) {
        case 'CreateSchedule':
          return create(parameters);
        case 'UpdateSchedule':
          return update(parameters);
        case 'GetSchedule':
          return describe(find(parameters));
        case 'DeleteSchedule':
          return remove(find(parameters));
        case 'ListSchedules':
          return { Schedules: [...schedules.values()].map(summarize) };
        default:
          throw notEmulated(`Scheduler.${action}`);
      }
    },
  };
}

function scheduleName(parameters: Parameters): string {
  const name = String(parameters['Name'] ?? '');
  if (/^[0-9a-zA-Z-_.]{1,64}$/.test(name)) return name;
  throw validationError(
    `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$ and have a length of 1 to 64`,
  );
}

function targetFunction(target: unknown): string {
  if (!isObject(target) || typeof target['Arn'] !== 'string') throw validationError('Target must have an Arn');
  if (typeof target['RoleArn'] !== 'string') throw validationError('Target must have a RoleArn');
  const found = /^arn:aws[^:]*:lambda:[^:]*:\d*:function:(.+)$/.exec(target['Arn']);
  if (found?.[1] === undefined) throw notEmulated(`Scheduler target ${target['Arn']}`);
  const input = target['Input'];
  if (typeof input === 'string') checkInput(input);
  return found[1];
}

function checkInput(input: string): void {
  try {
    JSON.parse(input);
  } catch {
    throw validationError('Invalid Target Input: it is not JSON.');
  }
}

/** The moment of `at(yyyy-mm-ddThh:mm:ss)` in the zone, in milliseconds since the epoch; a local time that DST skips moves forward. */
function atTime(expression: string, zone: string): number {
  if (/^(rate|cron)\(/.test(expression)) throw notEmulated(`Scheduler expression ${expression}`);
  const local = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression)?.[1];
  if (local === undefined) throw validationError(`Invalid Schedule Expression ${expression}.`);
  try {
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' }).toZonedDateTime(zone).epochMilliseconds;
  } catch (error) {
    const wrong = error instanceof RangeError ? error.message : String(error);
    throw validationError(`Invalid Schedule Expression ${expression} in ${zone}: ${wrong}.`);
  }
}

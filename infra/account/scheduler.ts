import type { Timer } from './agenda.ts';
import type { Clock } from './clock.ts';
import type { Deliver } from './delivery.ts';
import type { Access } from './iam/access.ts';
import { functionCall } from './iam/calls.ts';
import { arn, type Identity, parseArn } from './identity.ts';
import { atTime, retryPolicy, targetFunction } from './schedule-parameters.ts';
import { scheduleShapes } from './schedule-shapes.ts';
import type { Meter } from './usage.ts';
import { AwsError, notEmulated, validationError } from './wire/errors.ts';
import { isObject, type Service } from './wire/message.ts';
import { pageOf } from './wire/pages.ts';
import { checkParameters, jsonComplaints } from './wire/parameters.ts';

type Parameters = Readonly<Record<string, unknown>>;

interface Schedule {
  readonly name: string;
  readonly group: string;
  readonly expression: string;
  readonly zone: string;
  /** Virtual milliseconds since the epoch. */
  readonly firesAt: number;
  /** The target: a function's name, and the version it is asked for. */
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
 * A time that has passed is refused. Rates, cron expressions, windows and other targets are refused.
 */
export function createScheduler(world: SchedulerWorld): Service {
  const { clock, identity } = world;
  /** By group and name. */
  const schedules = new Map<string, Schedule>();
  const keyOf = ({ group, name }: Pick<Schedule, 'group' | 'name'>): string => `${group}/${name}`;
  const groups = ['default', ...(world.groups ?? [])];
  /** The tokens of deletions, so that one which is sent again ends as it did before. */
  const deletions = new Set<string>();

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
    if (!isObject(window) || window['Mode'] !== 'OFF') throw notEmulated('Scheduler FlexibleTimeWindow FLEXIBLE');
    if (window['MaximumWindowInMinutes'] !== undefined)
      throw validationError('MaximumWindowInMinutes must not be set where the FlexibleTimeWindow is OFF.');
    if (parameters['State'] === 'DISABLED') throw notEmulated('Scheduler State DISABLED');
    const { Target: target = {} } = parameters as { readonly Target?: Parameters };
    const functionName = targetFunction(identity, target);
    checkRole(String(target['RoleArn']));
    const expression = String(parameters['ScheduleExpression']);
    const zone = String(parameters['ScheduleExpressionTimezone'] ?? 'UTC');
    const firesAt = atTime(expression, zone);
    // AWS's reference is silent on it; whoever met it tells of a ValidationException, and nobody of its words.
    if (firesAt < clock.now()) throw validationError(`Invalid Schedule Expression ${expression}.`);
    const timer = clock.at(firesAt, () => fire(keyOf({ group, name })), `Schedule ${name}`);
    schedules.set(keyOf({ group, name }), {
      name,
      group,
      expression,
      zone,
      firesAt,
      functionName,
      target,
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
      retry: retryPolicy(schedule.target),
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

  /** A role that the scheduler may act in: one of this account, and one that is there. */
  function checkRole(roleArn: string): void {
    if (parseArn(roleArn)?.accountId !== identity.accountId)
      throw new AwsError('AccessDeniedException', 'Cross-account pass role is not allowed.', { httpStatus: 403 });
    const role = world.access?.roleOf(roleArn);
    if (role === undefined || world.access?.has(role)) return;
    throw validationError('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
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

  function remove(parameters: Parameters): unknown {
    const name = scheduleName(parameters);
    const key = keyOf({ group: groupName(parameters), name });
    const { ClientToken: token } = parameters;
    const deletion = `${key} ${String(token)}`;
    if (token !== undefined && deletions.has(deletion) && !schedules.has(key)) return {};
    find(parameters).timer.cancel();
    schedules.delete(key);
    if (token !== undefined) deletions.add(deletion);
    return {};
  }

  /** Of all groups, or of one, by their names. */
  function list(parameters: Parameters): Parameters {
    const group = parameters['GroupName'] === undefined ? undefined : groupName(parameters);
    const prefix = String(parameters['NamePrefix'] ?? '');
    const found = [...schedules.values()]
      .filter((schedule) => (group === undefined || schedule.group === group) && schedule.name.startsWith(prefix))
      // Those that are disabled are refused when they are made.
      .filter(() => parameters['State'] !== 'DISABLED')
      .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const { page, next } = pageOf(found, {
      limit: parameters['MaxResults'],
      token: parameters['NextToken'],
      usual: 100,
      wrongToken: () => validationError('Invalid pagination token.'),
    });
    return { Schedules: page.map(summarize), ...(next === undefined ? {} : { NextToken: next }) };
  }

  return {
    call: async (action, parameters) => {
      const members = Object.hasOwn(scheduleShapes, action) ? scheduleShapes[action] : undefined;
      if (members === undefined) throw notEmulated(`Scheduler.${action}`);
      const complaints = { ...jsonComplaints, asText: action === 'ListSchedules' };
      checkParameters(`Scheduler.${action}`, { members, complaints }, parameters);
      switch (action) {
        case 'CreateSchedule':
          return create(parameters);
        case 'UpdateSchedule':
          return update(parameters);
        case 'GetSchedule':
          return describe(find(parameters));
        case 'DeleteSchedule':
          return remove(parameters);
        default:
          return list(parameters);
      }
    },
  };
}

const scheduleName = (parameters: Parameters): string => String(parameters['Name']);

import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { failure, type Opened, openAccount } from './open-account.ts';

interface Received {
  readonly event: unknown;
  readonly at: string;
}

async function withReminder(): Promise<Opened & { readonly received: Received[] }> {
  const received: Received[] = [];
  const opened = await openAccount({
    functions: {
      remind: (event: unknown) => {
        received.push({ event, at: new Date(opened.clock.now()).toISOString() });
      },
    },
  });
  return { ...opened, received };
}

const schedule = {
  Name: 'reminder',
  ScheduleExpression: 'at(2027-03-28T02:30:00)',
  ScheduleExpressionTimezone: 'Europe/Berlin',
  FlexibleTimeWindow: { Mode: 'OFF' as const },
  ActionAfterCompletion: 'DELETE' as const,
  Target: {
    Arn: 'arn:aws:lambda:us-east-1:111111111111:function:remind',
    RoleArn: 'arn:aws:iam::111111111111:role/scheduler',
    Input: '{"due":"<aws.scheduler.scheduled-time>"}',
  },
};

describe('the local Scheduler', () => {
  it('fires once at the local time, moved on where clocks skip it, and is gone', async () => {
    const { account, clients, clock, received } = await withReminder();
    const { ScheduleArn } = await clients.scheduler.send(new CreateScheduleCommand(schedule));
    expect(ScheduleArn).toBe('arn:aws:scheduler:us-east-1:111111111111:schedule/default/reminder');
    await clock.runToEnd();
    expect(received).toEqual([{ event: { due: '2027-03-28T01:30:00Z' }, at: '2027-03-28T01:30:00.000Z' }]);
    expect((await failure(clients.scheduler.send(new GetScheduleCommand({ Name: 'reminder' })))).name).toBe(
      'ResourceNotFoundException',
    );
    expect(account.usage().schedulerInvocations).toBe(1);
  });

  it('shows what is planned, and never fires what was deleted', async () => {
    const { clients, clock, received } = await withReminder();
    await clients.scheduler.send(new CreateScheduleCommand(schedule));
    const shown = await clients.scheduler.send(new GetScheduleCommand({ Name: 'reminder' }));
    expect(shown).toMatchObject({
      ScheduleExpression: schedule.ScheduleExpression,
      State: 'ENABLED',
      CreationDate: new Date(clock.now()),
    });
    const { Schedules } = await clients.scheduler.send(new ListSchedulesCommand({}));
    expect(Schedules?.map((each) => each.Name)).toEqual(['reminder']);
    await clients.scheduler.send(new DeleteScheduleCommand({ Name: 'reminder' }));
    await clock.runToEnd();
    expect(received).toEqual([]);
    expect(clock.next()).toBeUndefined();
  });

  it('moves what is planned, and fires once, at the new time', async () => {
    const { clients, clock, received } = await withReminder();
    await clients.scheduler.send(new CreateScheduleCommand(schedule));
    const later = { ...schedule, ScheduleExpression: 'at(2027-05-03T09:00:00)', ScheduleExpressionTimezone: 'UTC' };
    await clients.scheduler.send(new UpdateScheduleCommand(later));
    await clock.runToEnd();
    expect(received.map(({ at }) => at)).toEqual(['2027-05-03T09:00:00.000Z']);
    const gone = await failure(clients.scheduler.send(new UpdateScheduleCommand(later)));
    expect(gone.name).toBe('ResourceNotFoundException');
  });

  it('refuses a name that is taken', async () => {
    const { clients } = await withReminder();
    await clients.scheduler.send(new CreateScheduleCommand(schedule));
    const conflict = await failure(clients.scheduler.send(new CreateScheduleCommand(schedule)));
    expect(conflict).toMatchObject({ name: 'ConflictException', message: 'Schedule reminder already exists.' });
  });

  it.each([
    ['a rate', { ScheduleExpression: 'rate(1 hour)' }, /NotEmulated: Scheduler expression rate/],
    ['a cron expression', { ScheduleExpression: 'cron(0 9 * * ? *)' }, /NotEmulated/],
    ['a day that does not exist', { ScheduleExpression: 'at(2026-02-30T09:00:00)' }, /Invalid Schedule Expression/],
    ['a moment that has passed', { ScheduleExpression: 'at(2020-03-28T09:00:00)' }, /Invalid Schedule Expression/],
    ['an unknown zone', { ScheduleExpressionTimezone: 'Mars/Olympus' }, /Invalid Schedule Expression/],
    [
      'a flexible window',
      { FlexibleTimeWindow: { Mode: 'FLEXIBLE' as const, MaximumWindowInMinutes: 5 } },
      /NotEmulated/,
    ],
    [
      'a target that is no function',
      { Target: { ...schedule.Target, Arn: 'arn:aws:sqs:us-east-1:111111111111:q' } },
      /NotEmulated: Scheduler target/,
    ],
    ['input that is no JSON', { Target: { ...schedule.Target, Input: 'hello' } }, /not JSON/],
    ['another group', { GroupName: 'other' }, /Schedule group other does not exist/],
  ])('refuses %s', async (_, changes, message) => {
    const { clients } = await withReminder();
    const refused = await failure(clients.scheduler.send(new CreateScheduleCommand({ ...schedule, ...changes })));
    expect(refused.message).toMatch(message);
  });
});

import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { onceAt, type ReminderSchedule } from '../domain/handoff/reminder-schedules.ts';
import { ServiceUnavailable } from '../ports/errors.ts';
import type { Schedules } from '../ports/schedules.ts';
import { orUnavailable } from './passing-errors.ts';

/** Where reminders are kept, and who is called when one is due: names and ARNs. */
export interface ReminderSettings {
  readonly group: string;
  readonly target: string;
  /** What the scheduler acts as. */
  readonly role: string;
  readonly deadLetters: string;
}

export const schedulerOfEnvironment = (): SchedulerClient => new SchedulerClient({});

/** Reminders as one-time schedules of EventBridge Scheduler. */
export function schedules(client: SchedulerClient, settings: ReminderSettings): Schedules {
  const schedule = ({ name, at, input }: ReminderSchedule) => ({
    Name: name,
    GroupName: settings.group,
    ScheduleExpression: onceAt(at),
    ActionAfterCompletion: 'DELETE' as const,
    FlexibleTimeWindow: { Mode: 'OFF' as const },
    Target: {
      Arn: settings.target,
      RoleArn: settings.role,
      DeadLetterConfig: { Arn: settings.deadLetters },
      Input: JSON.stringify(input),
    },
  });
  const asked = <T>(call: () => Promise<T>): Promise<T> => orUnavailable('EventBridge Scheduler', call);
  /** Changes what is set. Of two who do so at once, Scheduler refuses one: it has to try again. */
  const changed = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await asked(call);
    } catch (error) {
      if (!(error instanceof ConflictException)) throw error;
      throw new ServiceUnavailable('Somebody else changes this reminder at the same time: try again.', {
        cause: error,
      });
    }
  };
  const move = (to: ReminderSchedule) => changed(() => client.send(new UpdateScheduleCommand(schedule(to))));
  return {
    async put(wanted) {
      try {
        await move(wanted);
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
        try {
          await asked(() => client.send(new CreateScheduleCommand(schedule(wanted))));
        } catch (conflict) {
          if (!(conflict instanceof ConflictException)) throw conflict;
          // Somebody set it in the meantime.
          await move(wanted);
        }
      }
    },
    async remove(name) {
      try {
        await changed(() => client.send(new DeleteScheduleCommand({ Name: name, GroupName: settings.group })));
        return true;
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
        return false;
      }
    },
  };
}

import type { Announcement } from '../functions/domain/playbook/announcements.ts';
import { anchorNames, type DueRule, type StepRule, type Tell } from '../functions/domain/playbook/playbook.ts';
import * as say from './expressions.ts';
import { type Block, lambdaTask, onlyIf, type State, sdkRetry, throughTarget } from './states.ts';

/** The variable with the opening times that the nearest announcement returns; it does so only if somebody uses them. */
export interface Scope {
  opens?: { readonly variable: string; used: boolean };
}

interface Opening {
  readonly step: string;
  readonly opens: DueRule;
  /** Under which the announcement says when. */
  readonly key: string;
  /** In the name of the state. */
  readonly called: string;
  readonly assign?: State;
}

/** Waits until a step opens: an announcement before it found out when. */
export function waitFor({ step, opens, key, called, assign }: Opening, scope: Scope): Block {
  if (!scope.opens)
    throw new Error(`"${step}" opens ${opens.within} after "${opens.after}", but no mail before it finds out when.`);
  scope.opens.used = true;
  const times = scope.opens.variable;
  const name = `Wait ${opens.within} after ${anchorNames[opens.after]} (${called})`;
  return {
    start: name,
    states: (next) => ({
      [name]: {
        Type: 'Wait',
        Timestamp: say.jsonata(say.opensAt(times, key)),
        ...(assign && { Assign: assign }),
        ...next,
      },
    }),
  };
}

/** Sends a mail that nobody has to answer. */
export function tellTask(step: string, tell: { say: Announcement; state: string }, opens?: Scope['opens']): Block {
  return {
    start: tell.state,
    states: (next) => ({
      [tell.state]: {
        ...lambdaTask({
          comment: `Sends the mail "${tell.say}".`,
          functionArn: '${NotifyFunctionArn}',
          payload: { step, say: tell.say },
        }),
        ...(opens?.used && { Assign: { [opens.variable]: say.jsonata(say.payloadMember('opens')) } }),
        Output: {},
        ...next,
      },
    }),
  };
}

/** Something told far ahead, whatever becomes of the execution: EventBridge Scheduler keeps the date of each. */
export const schedule = (step: string, rule: StepRule): Block[] =>
  rule.kind === 'tell' ? rule.tells.map((tell) => scheduleOne(step, tell)) : [];

function scheduleOne(step: string, tell: Tell): Block {
  const reminder = say.reminder(step, tell.say);
  return onlyIf(
    { name: `Whether to ${uncapitalized(tell.state)}`, condition: say.isAhead(reminder) },
    {
      start: tell.state,
      states: (next) =>
        throughTarget(next, `Done - ${tell.state}`, (target) => ({
          [tell.state]: {
            Type: 'Task',
            Resource: 'arn:aws:states:::aws-sdk:scheduler:createSchedule',
            Arguments: {
              Name: say.jsonata(say.reminderName(reminder)),
              GroupName: '${ReminderGroup}',
              ScheduleExpression: say.jsonata(say.reminderAt(reminder)),
              ActionAfterCompletion: 'DELETE',
              FlexibleTimeWindow: { Mode: 'OFF' },
              Target: {
                Arn: '${NotifyFunctionArn}',
                RoleArn: '${SchedulerRoleArn}',
                DeadLetterConfig: { Arn: '${ReminderDeadLettersArn}' },
                Input: say.jsonata(say.reminderInput(reminder)),
              },
            },
            Retry: sdkRetry('Scheduler', ['InternalServerException', 'ThrottlingException']),
            // Created by an attempt before this one.
            Catch: [{ ErrorEquals: ['Scheduler.ConflictException'], Next: target }],
            Output: {},
            Next: target,
          },
        })),
    },
  );
}

const uncapitalized = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

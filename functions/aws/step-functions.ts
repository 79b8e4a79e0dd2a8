import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { waitingToken } from '../domain/handoff/waiting-token.ts';
import type { Executions, Tokens } from '../ports/executions.ts';
import { executionArnOf, itemExecutionName } from './execution-names.ts';
import { orUnavailable } from './passing-errors.ts';

const stepFunctions = 'Step Functions';

export const sfnOfEnvironment = (): SFNClient => new SFNClient({});

/** A token that was answered, has timed out or belongs to a stopped execution does no harm: it is `gone`. */
export function taskTokens(client: SFNClient): Tokens {
  const unlessGone = async (send: () => Promise<unknown>): Promise<'woken' | 'gone'> => {
    try {
      await orUnavailable(stepFunctions, send);
      return 'woken';
    } catch (error) {
      if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken)
        return 'gone';
      throw error;
    }
  };
  const fail = (taskToken: string, error: string, cause: string) =>
    unlessGone(() => client.send(new SendTaskFailureCommand({ taskToken, error, cause })));
  return {
    wake: (stored, { goesOn }) => {
      const { token: taskToken, told } = waitingToken(stored);
      const isRead = told === 'isRead' || (told === 'goesOn' && !goesOn);
      if (isRead) return fail(taskToken, 'Handoff.ReadAnswer', 'What comes next hangs on the answer.');
      return unlessGone(() => client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' })));
    },
    askAgain: (stored) =>
      fail(waitingToken(stored).token, 'Handoff.AskAgain', 'Who is asked, or by when, has changed.'),
  };
}

/** One execution per handoff, named after it, and one per open item. */
export function executions(client: SFNClient, stateMachineArn: string): Executions {
  const start = async (name: string, input: object): Promise<'started' | 'exists'> => {
    try {
      await orUnavailable(stepFunctions, () =>
        client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })),
      );
      return 'started';
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return 'exists';
      throw error;
    }
  };
  return {
    start: (handoffId) => start(handoffId, { handoffId }),
    startItem: (handoffId, step) => start(itemExecutionName(handoffId, step), { handoffId, step }),
    async stop(handoffId, reason, step) {
      const name = step === undefined ? handoffId : itemExecutionName(handoffId, step);
      try {
        await orUnavailable(stepFunctions, () =>
          client.send(
            new StopExecutionCommand({
              executionArn: executionArnOf(stateMachineArn, name),
              error: 'Handoff.Cancelled',
              cause: reason.slice(0, 1000),
            }),
          ),
        );
      } catch (error) {
        if (!(error instanceof ExecutionDoesNotExist)) throw error;
      }
    },
  };
}

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
import type { Executions, Tokens } from '../ports/executions.ts';

export const sfnOfEnvironment = (): SFNClient => new SFNClient({});

/** A token that was answered, has timed out or belongs to a stopped execution does no harm: it is `gone`. */
export function taskTokens(client: SFNClient): Tokens {
  const unlessGone = async (send: () => Promise<unknown>): Promise<'woken' | 'gone'> => {
    try {
      await send();
      return 'woken';
    } catch (error) {
      if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken)
        return 'gone';
      throw error;
    }
  };
  return {
    wake: (taskToken) => unlessGone(() => client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }))),
    askAgain: (taskToken) =>
      unlessGone(() =>
        client.send(
          new SendTaskFailureCommand({
            taskToken,
            error: 'Handoff.AskAgain',
            cause: 'Who is asked, or by when, has changed.',
          }),
        ),
      ),
  };
}

/** The ARN of an execution. The machine may be named with an alias or a version: executions are not. */
export function executionArnOf(stateMachineArn: string, name: string): string {
  const [unqualified = stateMachineArn] = /^(?:[^:]*:){6}[^:]*/.exec(stateMachineArn) ?? [];
  return `${unqualified.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** One execution per handoff, named after it. */
export function executions(client: SFNClient, stateMachineArn: string): Executions {
  return {
    async start(handoffId) {
      try {
        await client.send(
          new StartExecutionCommand({ stateMachineArn, name: handoffId, input: JSON.stringify({ handoffId }) }),
        );
        return 'started';
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return 'exists';
        throw error;
      }
    },
    async stop(handoffId, reason) {
      try {
        await client.send(
          new StopExecutionCommand({
            executionArn: executionArnOf(stateMachineArn, handoffId),
            error: 'Handoff.Cancelled',
            cause: reason.slice(0, 1000),
          }),
        );
      } catch (error) {
        if (!(error instanceof ExecutionDoesNotExist)) throw error;
      }
    },
  };
}

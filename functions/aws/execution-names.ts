import { digest } from './item-keys.ts';

/** The ARN of an execution. The machine may be named with an alias or a version: executions are not. */
export function executionArnOf(stateMachineArn: string, name: string): string {
  const [unqualified = stateMachineArn] = /^(?:[^:]*:){6}[^:]*/.exec(stateMachineArn) ?? [];
  return `${unqualified.replace(':stateMachine:', ':execution:')}:${name}`;
}

/**
 * The name of the execution that asks for an open item: the handoff's id and the item's number, at most 80 characters. An id
 * ends in `-` and the won episode, so that no handoff is called like an item of another one.
 */
export function itemExecutionName(handoffId: string, step: string): string {
  const number = `_${/\d+$/.exec(step)?.[0] ?? step}`;
  if (handoffId.length + number.length <= 80) return handoffId + number;
  const hash = `_${digest(handoffId)}`;
  return handoffId.slice(0, 80 - hash.length - number.length) + hash + number;
}

import { Aws, type CfnResource, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { factStreamName } from '../wiring/fact-columns.ts';
import type { FunctionName } from '../wiring/function-names.ts';
import { dealBusName, stageName } from '../wiring/names.ts';

/** The alias that executions are started through; ops point it at an older version to roll back. */
export const liveAlias = 'live';

/**
 * ARNs by name. Functions start and stop executions of a machine that itself calls functions: by reference that would be a
 * circle.
 */
export function workflowArns(stage: string): { machine: string; alias: string; executions: string } {
  const arn = (kind: string) =>
    `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:${kind}:${stageName(stage)}`;
  return {
    machine: arn('stateMachine'),
    alias: `${arn('stateMachine')}:${liveAlias}`,
    executions: `${arn('execution')}:*`,
  };
}

/** How somebody opens the pages for operations. */
export const operationsCommand = (stage: string): string => `npm run operations -- ${stage}`;

/** The ARN of a function by name, for what the function itself refers to. */
export const functionArnOf = (stage: string, name: FunctionName): string =>
  `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:function:${stageName(stage, name)}`;

/** The ARN of the bus, which is made after the functions that put events on it. */
export const dealBusArn = (stage: string): string =>
  `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-bus/${dealBusName(stage)}`;

/** The ARN of the delivery stream of facts, by name: whoever sends them is made without it. */
export const factStreamArn = (stage: string): string =>
  `arn:${Aws.PARTITION}:firehose:${Aws.REGION}:${Aws.ACCOUNT_ID}:deliverystream/${factStreamName(stage)}`;

/** The ARN of a parameter of Systems Manager, whose name begins with a slash. */
export const parameterArn = (name: string): string =>
  `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter${name}`;

/** Says why a rule of cdk-nag does not hold here. The reason is a sentence a reviewer would accept. */
export function acknowledge(on: IConstruct | CfnResource, id: string, reason: string): void {
  Validations.of(on).acknowledge({ id, reason });
}

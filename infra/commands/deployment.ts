import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { SESClient } from '@aws-sdk/client-ses';
import { SFNClient } from '@aws-sdk/client-sfn';
import { isUsageError, usageProblem } from '../local/command-line.ts';
import { busName, stateMachineArn, tableName } from '../local/local-names.ts';
import type { FunctionName } from '../wiring/function-names.ts';
import { dealBusName, stageName } from '../wiring/names.ts';
import { connectionFailure, isFromAws } from './aws-failure.ts';
import { unsetStage } from './stages.ts';

/** What commands need to know of a deployment to work with it. */
export interface Deployment {
  readonly table: string;
  readonly bus: string;
  /** With or without an alias. */
  readonly stateMachineArn: string;
}

export interface DeploymentClients {
  readonly dynamodb: DynamoDBClient;
  readonly events: EventBridgeClient;
  readonly lambda: LambdaClient;
  readonly ses: SESClient;
  readonly sfn: SFNClient;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Something that the person at the keyboard has to give or to change. */
export class UnusableOptions extends Error {
  override name = 'UnusableOptions';
}

/** What `npm start` serves. */
const local: Deployment = { table: tableName, bus: busName, stateMachineArn };

/**
 * Settings that every AWS SDK client takes: the environment's, and where it names an endpoint on this machine, the
 * credentials and the region that such an account does not look at.
 */
export function clientSettings(environment: Environment): {
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
} {
  const endpoint = environment['AWS_ENDPOINT_URL'];
  if (!endpoint || !isLocal(environment)) return {};
  return {
    endpoint,
    region: environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? 'us-east-1',
    credentials: {
      accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? 'local',
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? 'local',
    },
  };
}

export const isLocal = (environment: Environment): boolean =>
  /^https?:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(environment['AWS_ENDPOINT_URL'] ?? '');

export function clientsOf(environment: Environment): DeploymentClients {
  const settings = clientSettings(environment);
  return {
    dynamodb: new DynamoDBClient(settings),
    events: new EventBridgeClient(settings),
    lambda: new LambdaClient(settings),
    ses: new SESClient(settings),
    sfn: new SFNClient(settings),
  };
}

/** The variables that a deployed function is told; undefined when there is no such function. */
export type VariablesOf = (functionName: string) => Promise<Environment | undefined>;

const settingNames = ['HANDOFF_TABLE', 'HANDOFF_BUS', 'STATE_MACHINE_ARN'] as const;

/**
 * Where the deployment is: what the deployed functions of `stage` are told. Without a stage, what HANDOFF_TABLE, HANDOFF_BUS
 * and STATE_MACHINE_ARN say, and for the rest what `npm start` serves when AWS_ENDPOINT_URL is on this machine. Throws
 * UnusableOptions when that is not enough, when a stage and one of those settings both name a deployment, and when the stage
 * is not there: a stage that somebody named is never passed over.
 */
export async function findDeployment(
  environment: Environment,
  stage: string | undefined,
  variablesOf: VariablesOf = deployedVariables(environment),
): Promise<Deployment> {
  if (stage !== undefined) return deployedAs(environment, stage, variablesOf);
  const found = isLocal(environment) ? local : undefined;
  const table = environment['HANDOFF_TABLE'] ?? found?.table;
  const bus = environment['HANDOFF_BUS'] ?? found?.bus;
  const stateMachineArn = environment['STATE_MACHINE_ARN'] ?? found?.stateMachineArn;
  if (table && bus && stateMachineArn) return { table, bus, stateMachineArn };
  throw new UnusableOptions(
    'Which deployment? Name its stage, or set HANDOFF_TABLE, HANDOFF_BUS and STATE_MACHINE_ARN, or AWS_ENDPOINT_URL for an account on this machine.',
  );
}

/** As `findDeployment`, for who needs the table alone: HANDOFF_TABLE is then enough. */
export async function findTable(environment: Environment, stage: string | undefined): Promise<string> {
  const { HANDOFF_TABLE: table } = environment;
  return stage === undefined && table ? table : (await findDeployment(environment, stage)).table;
}

async function deployedAs(environment: Environment, stage: string, variablesOf: VariablesOf): Promise<Deployment> {
  const both = settingNames.filter((name) => environment[name]);
  if (both.length > 0)
    throw new UnusableOptions(
      `The stage ${stage} and ${both.join(', ')} both name a deployment. Leave out the stage, or unset ${both.join(', ')}.`,
    );
  // The one function that knows both the table and the state machine; CloudFormation chooses the table's name.
  const name = stageName(stage, 'start-handoff' satisfies FunctionName);
  const variables = await variablesOf(name).catch((error: unknown) => {
    const failure = connectionFailure(error);
    if (failure === undefined) throw error;
    throw new UnusableOptions(sentences(unsetStage(stage), failure));
  });
  if (!variables)
    throw new UnusableOptions(
      isLocal(environment)
        ? `AWS_ENDPOINT_URL (${environment['AWS_ENDPOINT_URL']}) is an account on this machine, and it has no stage ${stage}. Leave out the stage for what npm start serves, or unset AWS_ENDPOINT_URL to reach the stage on AWS.`
        : sentences(
            `There is no stage ${stage} in this account and region: it has no function ${name}.`,
            unsetStage(stage),
          ),
    );
  const { HANDOFF_TABLE, STATE_MACHINE_ARN } = variables;
  if (!HANDOFF_TABLE || !STATE_MACHINE_ARN)
    throw new UnusableOptions(`The function ${name} does not say which table and state machine it works with.`);
  return { table: HANDOFF_TABLE, bus: dealBusName(stage), stateMachineArn: STATE_MACHINE_ARN };
}

const sentences = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' ');

/** As AWS has them. */
export const deployedVariables =
  (environment: Environment): VariablesOf =>
  async (FunctionName) => {
    const client = new LambdaClient(clientSettings(environment));
    try {
      const found = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
      return found.Environment?.Variables ?? {};
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  };

/** Runs a command on a deployment: exit code 2 for what the person at the keyboard has to fix, 1 for what else went wrong. */
export async function runOnDeployment(main: () => Promise<number>, usage: string): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    const { said, exitCode } = failureSaid(error);
    console.error(said);
    if (isUsageError(error)) console.error(`\n${usage}`);
    process.exitCode = exitCode;
  }
}

/** What the person at the keyboard is told of an error. AWS is named only where it was asked. */
export function failureSaid(error: unknown): { readonly said: string; readonly exitCode: 1 | 2 } {
  if (isUsageError(error)) return { said: usageProblem(error), exitCode: 2 };
  if (error instanceof UnusableOptions) return { said: error.message, exitCode: 2 };
  const failure = connectionFailure(error);
  if (failure !== undefined) return { said: failure, exitCode: 2 };
  const told = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { said: `${isFromAws(error) ? 'AWS did not do what was asked' : 'That failed'}: ${told}`, exitCode: 1 };
}

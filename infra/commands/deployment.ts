import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { isUsageError } from '../local/command-line.ts';
import type { FunctionName } from '../wiring/function-names.ts';
import { dealBusName, stageName } from '../wiring/names.ts';

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
  readonly sfn: SFNClient;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Something that the person at the keyboard has to give or to change. */
export class UnusableOptions extends Error {
  override name = 'UnusableOptions';
}

/** What `npm start` serves. */
const local: Deployment = {
  table: 'handoff',
  bus: 'default',
  stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:handoff',
};

/**
 * Settings that every AWS SDK client takes: the environment's, and where it names an endpoint on this machine, the
 * credentials and the region that such an account does not look at.
 */
function clientSettings(environment: Environment): {
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
} {
  if (!isLocal(environment)) return {};
  return {
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
    sfn: new SFNClient(settings),
  };
}

/**
 * Where the deployment is: what HANDOFF_TABLE, HANDOFF_BUS and STATE_MACHINE_ARN say; for the rest what `npm start` serves
 * when AWS_ENDPOINT_URL is on this machine, else what the deployed functions of `stage` are told. Throws UnusableOptions when
 * that is not enough.
 */
export async function findDeployment(environment: Environment, stage: string | undefined): Promise<Deployment> {
  const { HANDOFF_TABLE: table, HANDOFF_BUS: bus, STATE_MACHINE_ARN: stateMachineArn } = environment;
  if (table && bus && stateMachineArn) return { table, bus, stateMachineArn };
  const found = isLocal(environment) ? local : await deployedAs(environment, stage);
  return {
    table: table ?? found.table,
    bus: bus ?? found.bus,
    stateMachineArn: stateMachineArn ?? found.stateMachineArn,
  };
}

async function deployedAs(environment: Environment, stage: string | undefined): Promise<Deployment> {
  if (!stage)
    throw new UnusableOptions(
      'Which deployment? Name its stage, or set HANDOFF_TABLE, HANDOFF_BUS and STATE_MACHINE_ARN, or AWS_ENDPOINT_URL for an account on this machine.',
    );
  const client = new LambdaClient(clientSettings(environment));
  // The one function that knows both the table and the state machine; CloudFormation chooses the table's name.
  const name = stageName(stage, 'start-handoff' satisfies FunctionName);
  const { Environment } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  const { HANDOFF_TABLE, STATE_MACHINE_ARN } = Environment?.Variables ?? {};
  if (!HANDOFF_TABLE || !STATE_MACHINE_ARN)
    throw new UnusableOptions(`The function ${name} does not say which table and state machine it works with.`);
  return { table: HANDOFF_TABLE, bus: dealBusName(stage), stateMachineArn: STATE_MACHINE_ARN };
}

/** Runs a command on a deployment: exit code 2 for what the person at the keyboard has to fix, 1 for what AWS would not do. */
export async function runOnDeployment(main: () => Promise<number>, usage: string): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    const isUsage = isUsageError(error);
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    console.error(
      error instanceof UnusableOptions || isUsage ? error.message : `AWS did not do what was asked: ${said}`,
    );
    if (isUsage) console.error(`\n${usage}`);
    process.exitCode = isUsage || error instanceof UnusableOptions ? 2 : 1;
  }
}

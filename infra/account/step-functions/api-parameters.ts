import type { ParameterTypes } from './api-checks.ts';

const text = 'text';
const machine: ParameterTypes = {
  definition: text,
  roleArn: text,
  loggingConfiguration: 'object',
  tracingConfiguration: 'object',
  encryptionConfiguration: 'object',
  publish: 'flag',
  versionDescription: text,
};
const pages: ParameterTypes = { maxResults: 'number', nextToken: text };
const start: ParameterTypes = { stateMachineArn: text, name: text, input: text, traceHeader: text };

/** The parameters of each action with their types, as AWS's API has them. */
export const actionParameters: Readonly<Record<string, ParameterTypes>> = {
  CreateStateMachine: { ...machine, name: text, type: text, tags: 'list' },
  UpdateStateMachine: { ...machine, stateMachineArn: text },
  DeleteStateMachine: { stateMachineArn: text },
  DescribeStateMachine: { stateMachineArn: text, includedData: text },
  DescribeStateMachineForExecution: { executionArn: text, includedData: text },
  ListStateMachines: pages,
  ValidateStateMachineDefinition: { definition: text, type: text, severity: text, maxResults: 'number' },
  PublishStateMachineVersion: { stateMachineArn: text, revisionId: text, description: text },
  DeleteStateMachineVersion: { stateMachineVersionArn: text },
  ListStateMachineVersions: { ...pages, stateMachineArn: text },
  TagResource: { resourceArn: text, tags: 'list' },
  UntagResource: { resourceArn: text, tagKeys: 'list' },
  ListTagsForResource: { resourceArn: text },
  StartExecution: start,
  StartSyncExecution: { ...start, includedData: text },
  StopExecution: { executionArn: text, error: text, cause: text },
  DescribeExecution: { executionArn: text, includedData: text },
  ListExecutions: { ...pages, stateMachineArn: text, statusFilter: text, mapRunArn: text, redriveFilter: text },
  GetExecutionHistory: { ...pages, executionArn: text, reverseOrder: 'flag', includeExecutionData: 'flag' },
  RedriveExecution: { executionArn: text, clientToken: text },
  SendTaskSuccess: { taskToken: text, output: text },
  SendTaskFailure: { taskToken: text, error: text, cause: text },
  SendTaskHeartbeat: { taskToken: text },
  TestState: {
    definition: text,
    roleArn: text,
    input: text,
    inspectionLevel: text,
    revealSecrets: 'flag',
    variables: text,
    stateName: text,
    mock: 'object',
    context: text,
    stateConfiguration: 'object',
  },
};

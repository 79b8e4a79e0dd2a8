import type { QueryCall } from '../../calls/query-calls.ts';
import { textsIn } from '../../calls/query-calls.ts';
import { stageName } from '../../wiring/names.ts';
import type { Patience } from '../patience.ts';
import type { Template } from './replaced-resources.ts';

/** The ARN of a stage's state machine, there or not, by STS. Only its name, the region and the account are in it. */
export async function machineArnOf(stage: string, sts: QueryCall, region: string): Promise<string> {
  const xml = await sts('GetCallerIdentity', {});
  const [account = ''] = textsIn(xml, 'Account');
  const [, partition = 'aws'] = (textsIn(xml, 'Arn')[0] ?? '').split(':');
  return `arn:${partition}:states:${region}:${account}:stateMachine:${stageName(stage)}`;
}

/** The template that a stage is deployed with; undefined when it is not deployed. Rejects with CloudFormation's other errors. */
export async function deployedTemplate(
  stage: string,
  cloudFormation: QueryCall,
  again: Patience,
): Promise<Template | undefined> {
  try {
    const xml = await again(() => cloudFormation('GetTemplate', { StackName: stageName(stage) }));
    const [body = '{}'] = textsIn(xml, 'TemplateBody');
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message))
      return undefined;
    throw error;
  }
}

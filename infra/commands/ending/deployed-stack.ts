import type { QueryCall } from '../../calls/query-calls.ts';
import { textsIn } from '../../calls/query-calls.ts';
import { stageName } from '../../wiring/names.ts';
import type { Patience } from '../patience.ts';
import type { Template } from './replaced-resources.ts';
import type { Keeping } from './what-stays.ts';

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
    if (isNotThere(error)) return undefined;
    throw error;
  }
}

const isNotThere = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message);

/** What a stage keeps things in; nothing when it is not deployed. Rejects with CloudFormation's other errors. */
export async function keepingOf(stage: string, cloudFormation: QueryCall, again: Patience): Promise<Keeping> {
  const ids = new Map<string, string>();
  let token: string | undefined;
  try {
    do {
      const asked = { StackName: stageName(stage), ...(token !== undefined && { NextToken: token }) };
      const xml = await again(() => cloudFormation('ListStackResources', asked));
      for (const resource of xml.split('<member>').slice(1)) {
        const [[type = ''], [id]] = [textsIn(resource, 'ResourceType'), textsIn(resource, 'PhysicalResourceId')];
        if (id) ids.set(type, id);
      }
      [token] = textsIn(xml, 'NextToken');
    } while (token);
  } catch (error) {
    if (!isNotThere(error)) throw error;
  }
  return { table: ids.get('AWS::DynamoDB::Table'), bucket: ids.get('AWS::S3::Bucket'), key: ids.get('AWS::KMS::Key') };
}

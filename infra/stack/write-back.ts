import { Aws } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { changesPipe } from '../wiring/changes-pipe.ts';
import { stageName } from '../wiring/names.ts';
import { usesKey } from './functions.ts';
import type { Queues } from './queues.ts';

export interface WriteBackProps {
  readonly stage: string;
  readonly table: Table;
  readonly key: IKey | undefined;
  readonly queues: Queues;
  /** Where handoffs wait that are to be written back. */
  readonly queue: IQueue;
}

/** What changes in the table goes on to whoever writes it back into the CRM. Nobody who changes something waits for that. */
export class WriteBack extends Construct {
  constructor(scope: Construct, id: string, { stage, table, key, queues, queue }: WriteBackProps) {
    super(scope, id);
    const { tableStreamArn } = table;
    if (!tableStreamArn) throw new Error('The table has no stream: nobody would hear of what changes.');
    const name = stageName(stage, changesPipe.name);
    const reads = [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ];
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('pipes.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      description: `What the pipe ${name} may do`,
      inlinePolicies: {
        needs: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: reads, resources: [tableStreamArn] }),
            new PolicyStatement({
              actions: ['sqs:SendMessage'],
              resources: [queue.queueArn, queues.undelivered.queueArn],
            }),
            ...(key ? [usesKey(key, ['dynamodb', 'sqs'])] : []),
          ],
        }),
      },
    });
    new CfnPipe(this, 'Pipe', {
      name,
      description: 'Handoffs in which something changed that the CRM should say.',
      roleArn: role.roleArn,
      source: tableStreamArn,
      sourceParameters: {
        dynamoDbStreamParameters: {
          startingPosition: 'LATEST',
          batchSize: 10,
          maximumRecordAgeInSeconds: 86_400,
          deadLetterConfig: { arn: queues.undelivered.queueArn },
        },
        filterCriteria: { filters: changesPipe.patterns.map((pattern) => ({ pattern: JSON.stringify(pattern) })) },
      },
      target: queue.queueArn,
      targetParameters: { inputTemplate: changesPipe.template },
    });
  }
}

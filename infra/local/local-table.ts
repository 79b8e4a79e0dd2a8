import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { openWork } from '../../functions/aws/table.ts';
import type { Clients } from '../account/clients.ts';
import { tableName } from './local-names.ts';

/** Makes the table and its index, as the stack does. */
export async function createTable({ dynamodb }: Clients): Promise<void> {
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  const index = ({ name, partitionKey, sortKey, projection }: typeof openWork) => ({
    IndexName: name,
    KeySchema: [key(partitionKey, 'HASH'), key(sortKey, 'RANGE')],
    Projection: { ProjectionType: projection },
  });
  const attributes = ['pk', 'sk', openWork.partitionKey, openWork.sortKey];
  await dynamodb.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      GlobalSecondaryIndexes: [index(openWork)],
    }),
  );
}

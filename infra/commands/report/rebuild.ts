import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { partition, sort } from '../../../functions/aws/table.ts';

const ofHandoffs = partition.handoff('');

/** The ids of all handoffs that have begun: there is no index of those that have ended. */
export async function allHandoffs(client: DynamoDBClient, table: string): Promise<readonly string[]> {
  const ids: string[] = [];
  const pages = paginateScan(
    { client },
    {
      ...{
        TableName: table,
        ProjectionExpression: 'pk',
        FilterExpression: 'begins_with(pk, :handoff) AND sk = :state',
      },
      ExpressionAttributeValues: { ':handoff': { S: ofHandoffs }, ':state': { S: sort.handoff } },
    },
  );
  for await (const { Items = [] } of pages) ids.push(...Items.map(({ pk }) => pk?.S?.slice(ofHandoffs.length) ?? ''));
  return ids.sort();
}

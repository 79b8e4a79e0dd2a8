import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

/** Reads one item of the table, which is not there, and answers with a page that says so: the least that a page can do. */
export async function bareAnswer(dynamodb: DynamoDBClient): Promise<object> {
  const key = { pk: { S: 'HANDOFF#none' }, sk: { S: 'HANDOFF' } };
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: process.env['HANDOFF_TABLE'], Key: key }));
  return { statusCode: 200, body: `<!doctype html><title>Bare</title><p>${Item ? 'There' : 'Not there'}` };
}

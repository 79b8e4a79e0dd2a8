import { CreateTableCommand, DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { StreamSource } from '../../../infra/account/dynamodb/stream-source.ts';
import type { Faults } from '../../../infra/account/faults.ts';
import { friday, openAccount } from './open-account.ts';

const [second, hour] = [1000, 3_600_000];
const streamArn = 'arn:aws:dynamodb:us-east-1:111111111111:table/orders/stream/1';

const source: StreamSource = {
  ...{ streamArn, functionName: 'look', label: 'Look at orders' },
  patterns: [{ dynamodb: { NewImage: { state: { S: ['paid'] } } } }],
  ...{ batchSize: 3, batchingSeconds: 5, longestSeconds: 3600, onFailure: 'lost' },
};

interface Seen {
  readonly Records: readonly { readonly dynamodb: { readonly NewImage: { readonly pk: { readonly S: string } } } }[];
}

/** A table of orders, and what a function sees of it; `fails`: whether it fails at these. */
async function open(
  options: { fails?: (ids: readonly string[]) => boolean; faults?: Faults; may?: readonly string[] } = {},
) {
  const seen: string[] = [];
  const { may } = options;
  const role = may && 'looker';
  const opened = await openAccount({
    queues: [{ name: 'lost' }],
    deadLetterQueues: ['lost'],
    streamSources: [{ ...source, ...(role && { role }) }],
    ...(options.faults && { faults: options.faults }),
    ...(may && { roles: { looker: [{ Effect: 'Allow', Action: may, Resource: ['*'] }] } }),
    functions: {
      look: ({ Records }: Seen) => {
        const ids = Records.map(({ dynamodb }) => dynamodb.NewImage.pk.S);
        seen.push(`${(opened.clock.now() - friday) / second}: ${ids.join(' ')}`);
        if (options.fails?.(ids)) throw new Error('no');
      },
    },
  });
  const { dynamodb } = opened.clients;
  const [TableName, AttributeName] = ['orders', 'pk'];
  await dynamodb.send(
    new CreateTableCommand({
      ...{ TableName, BillingMode: 'PAY_PER_REQUEST' },
      KeySchema: [{ AttributeName, KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName, AttributeType: 'S' }],
    }),
  );
  const put = async (ids: string, state = 'paid') => {
    for (const id of ids.split(' '))
      await dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: id }, state: { S: state } } }));
  };
  const remove = (id: string) => dynamodb.send(new DeleteItemCommand({ TableName, Key: { pk: { S: id } } }));
  return { ...opened, seen, put, remove };
}

describe('A function that reads a stream', () => {
  it('gets what matches, in its order, gathered for some seconds', async () => {
    const { clock, seen, put, remove } = await open();
    await put('a b');
    await put('open', 'open');
    await remove('a');
    await clock.advanceTo(friday + 4 * second);
    expect(seen).toEqual([]);
    await put('c a');
    await clock.advanceTo(friday + 60 * second);
    await put('d');
    await clock.runToEnd();
    expect(seen).toEqual(['5: a b c', '5: a', '65: d']);
  });

  it('gets what it failed at in halves, ever later, and what comes behind it after it', async () => {
    let left = 3;
    const { clock, account, seen, put } = await open({ fails: () => left-- > 0 });
    await put('a b c d');
    await clock.runToEnd();
    expect(seen).toEqual(['5: a b c', '6: a b', '8: a', '12: a', '12: b c d']);
    expect(account.deadLetters).toEqual([]);
  });

  it('loses what it fails at to the end: the queue is told where that stood, and not what it was', async () => {
    const { clock, account, seen, put } = await open({ fails: (ids) => ids.includes('b') });
    await put('a b c');
    await clock.runToEnd();
    expect(seen[0]).toBe('5: a b c');
    expect(seen.at(-1)).toMatch(/: b$|: c$/);
    const [lost] = account.queues.messages('lost');
    const { DDBStreamBatchInfo: batch, requestContext } = JSON.parse(lost?.body ?? '{}');
    expect(requestContext.functionArn).toMatch(/:function:look$/);
    expect(batch).toMatchObject({ streamArn, approximateArrivalOfFirstRecord: new Date(friday).toISOString() });
    expect(lost?.body).not.toContain('NewImage');
    expect(clock.now()).toBeLessThan(friday + 2 * hour);
    await put('d');
    await clock.runToEnd();
    expect(seen.at(-1)).toMatch(/: d$/);
  });

  it('gets the same once more where Lambda forgets how far it has read, or has no place for it', async () => {
    const faults = ['throttled', undefined, 'twice at once'] as const;
    let asked = 0;
    const next: Faults['next'] = ({ service }) => (service === 'lambda' ? faults[asked++] : undefined);
    const { clock, seen, put } = await open({ faults: { next } });
    await put('a');
    await clock.runToEnd();
    expect(seen).toEqual(['6: a', '8: a']);
  });

  it('needs a role that may read the stream', async () => {
    const { clock, seen, put } = await open({ may: ['dynamodb:ListStreams', 'dynamodb:DescribeStream'] });
    await put('a');
    await expect(clock.runToEnd()).rejects.toThrow('dynamodb:GetShardIterator');
    expect(seen).toEqual([]);
  });
});

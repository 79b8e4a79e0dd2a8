import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStandingAnswers } from '../../../../infra/account/dynamodb/standing-answers.ts';
import { failure, openAccount } from '../open-account.ts';

const TableName = 'seats';

async function createTable(dynamodb: DynamoDBClient): Promise<void> {
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [key('room', 'HASH'), key('seat', 'RANGE')],
      AttributeDefinitions: ['room', 'seat', 'guest'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'guest',
          KeySchema: [key('guest', 'HASH'), key('seat', 'RANGE')],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
}

const keyOf = (room: string, seat: string) => ({ room: { S: room }, seat: { S: seat } });
const itemOf = ({ room, seat, guest }: Write): Record<string, AttributeValue> => ({
  ...keyOf(room, seat),
  ...(guest !== '' && { guest: { S: guest } }),
});

interface Write {
  readonly how: 'put' | 'batch' | 'update' | 'delete' | 'refused';
  readonly room: string;
  readonly seat: string;
  /** Nobody when empty. */
  readonly guest: string;
}

async function write(dynamodb: DynamoDBClient, each: Write): Promise<void> {
  const Key = keyOf(each.room, each.seat);
  const nobody = each.guest === '';
  switch (each.how) {
    case 'put':
      await dynamodb.send(new PutItemCommand({ TableName, Item: itemOf(each) }));
      return;
    case 'batch': {
      const request = nobody ? { DeleteRequest: { Key } } : { PutRequest: { Item: itemOf(each) } };
      await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [request] } }));
      return;
    }
    case 'update':
      await dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: nobody ? 'REMOVE guest' : 'SET guest = :guest',
          ...(!nobody && { ExpressionAttributeValues: { ':guest': { S: each.guest } } }),
        }),
      );
      return;
    case 'delete':
      await dynamodb.send(new DeleteItemCommand({ TableName, Key }));
      return;
    case 'refused':
      await failure(
        dynamodb.send(
          new PutItemCommand({ TableName, Item: itemOf(each), ConditionExpression: 'attribute_exists(nothing)' }),
        ),
      );
  }
}

/** What a table holds after the writes: guests by room and seat. */
function held(writes: readonly Write[]): Map<string, Write> {
  const seats = new Map<string, Write>();
  for (const each of writes) {
    const key = `${each.room} ${each.seat}`;
    if (each.how === 'delete' || (each.how === 'batch' && each.guest === '')) seats.delete(key);
    else if (each.how !== 'refused') seats.set(key, each);
  }
  return seats;
}

const ask = (dynamodb: DynamoDBClient, by: 'room' | 'guest', value: string) =>
  dynamodb.send(
    new QueryCommand({
      TableName,
      ...(by === 'guest' && { IndexName: 'guest' }),
      KeyConditionExpression: `${by} = :value AND seat BETWEEN :a AND :z`,
      ExpressionAttributeValues: { ':value': { S: value }, ':a': { S: '1' }, ':z': { S: '3' } },
      ReturnConsumedCapacity: 'TOTAL',
    }),
  );

const writes = fc.array(
  fc.record({
    how: fc.constantFrom('put' as const, 'batch' as const, 'update' as const, 'delete' as const, 'refused' as const),
    room: fc.constantFrom('A', 'B'),
    seat: fc.constantFrom('1', '2', '3'),
    guest: fc.constantFrom('', 'Ana', 'Bo'),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('searches that come again', () => {
  it('find what has been written by then, whatever was written how', () =>
    fc.assert(
      fc.asyncProperty(writes, fc.boolean(), async (list, atOnce) => {
        const { account, clients } = await openAccount();
        const { dynamodb } = clients;
        await createTable(dynamodb);
        const units = () => account.usage().dynamodb.readUnits;
        for (const [i, each] of list.entries()) {
          const writing = write(dynamodb, each);
          // What is asked meanwhile may be told either; what is asked after that may not.
          const meanwhile = atOnce ? [ask(dynamodb, 'room', each.room), ask(dynamodb, 'guest', 'Ana')] : [];
          await Promise.all([writing, ...meanwhile]);
          const seats = [...held(list.slice(0, i + 1)).values()];
          for (const by of ['room', 'guest'] as const)
            for (const value of by === 'room' ? ['A', 'B'] : ['Ana', 'Bo']) {
              const wanted = seats.filter((seat) => seat[by] === value).map(({ room, seat }) => `${seat} ${room}`);
              for (let time = 0; time < 2; time += 1) {
                const before = units();
                const { Items = [], ConsumedCapacity } = await ask(dynamodb, by, value);
                expect(Items.map(({ seat, room }) => `${seat?.S} ${room?.S}`).sort()).toEqual(wanted.sort());
                expect(units() - before).toBe(ConsumedCapacity?.CapacityUnits);
              }
            }
        }
      }),
      { numRuns: 30 },
    ));

  it('find nothing in a table that was made anew', async () => {
    const { clients } = await openAccount();
    const { dynamodb } = clients;
    await createTable(dynamodb);
    await write(dynamodb, { how: 'put', room: 'A', seat: '1', guest: 'Ana' });
    expect((await ask(dynamodb, 'room', 'A')).Count).toBe(1);
    await dynamodb.send(new DeleteTableCommand({ TableName }));
    expect(await failure(ask(dynamodb, 'room', 'A'))).toMatchObject({ name: 'ResourceNotFoundException' });
    await createTable(dynamodb);
    expect((await ask(dynamodb, 'room', 'A')).Count).toBe(0);
  });

  it('are many, and still each is told its own', async () => {
    const { clients } = await openAccount();
    const { dynamodb } = clients;
    await createTable(dynamodb);
    const rooms = Array.from({ length: 150 }, (_, i) => `room-${i}`);
    for (const room of rooms) await write(dynamodb, { how: 'put', room, seat: '2', guest: room });
    for (const room of [...rooms, ...rooms.toReversed()])
      expect((await ask(dynamodb, 'guest', room)).Items?.map((item) => item['room']?.S)).toEqual([room]);
  });

  it('are told nothing that was written since, however much else was, and what stands while it is asked for', () => {
    const rooms = ['A', 'B', 'C'] as const;
    const act = fc.oneof(
      fc.record({ ask: fc.subarray([...rooms], { minLength: 1 }) }),
      fc.record({ wrote: fc.constantFrom(...rooms) }),
      fc.record({ others: fc.integer({ min: 1, max: 1500 }) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const standing = createStandingAnswers();
        const isWritten = new Map<string, boolean>();
        let wroteOthers = 0;
        for (const each of acts) {
          if ('wrote' in each) {
            standing.wrote(each.wrote);
            for (const key of isWritten.keys()) if (key.includes(each.wrote)) isWritten.set(key, true);
          } else if ('others' in each)
            for (let i = 0; i < each.others; i += 1) {
              wroteOthers += 1;
              standing.wrote(`other ${wroteOthers}`);
            }
          else {
            const key = each.ask.join();
            const { known, keep } = standing.ask({ key });
            if (isWritten.get(key) !== false) expect(known).toBeUndefined();
            keep({ answer: { key }, units: 1 }, new Set(each.ask));
            isWritten.set(key, false);
            expect(standing.ask({ key }).known).toEqual(expect.objectContaining({ answer: { key } }));
          }
        }
      }),
    );
    const standing = createStandingAnswers();
    standing.ask({ room: 'A' }).keep({ answer: {}, units: 1 }, new Set(['A']));
    for (let i = 0; i < 5000; i += 1) {
      standing.wrote(`other ${i}`);
      if (i % 900 === 0) expect(standing.ask({ room: 'A' }).known).toBeDefined();
    }
  });

  it('are not changed for the next by whoever was told first', () => {
    const standing = createStandingAnswers();
    const told = { Count: 1, Items: [{ room: { S: 'A' } }] };
    standing.ask({ TableName }).keep({ answer: told, units: 0.5 }, new Set());
    expect(() => told.Items.push({ room: { S: 'B' } })).toThrow(TypeError);
    expect(() => Object.assign(told.Items[0]?.room ?? {}, { S: 'B' })).toThrow(TypeError);
    expect(standing.ask({ TableName }).known?.answer).toEqual({ Count: 1, Items: [{ room: { S: 'A' } }] });
  });
});

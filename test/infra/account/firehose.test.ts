import { PutRecordBatchCommand, PutRecordCommand } from '@aws-sdk/client-firehose';
import { describe, expect, it } from 'vitest';
import { createAccount } from '../../../infra/account/account.ts';
import { inProcessClients } from '../../../infra/account/clients.ts';
import { createClock } from '../../../infra/account/clock.ts';

const DeliveryStreamName = 'orders';

async function open() {
  const account = await createAccount({
    clock: createClock({ start: Date.parse('2026-11-22T09:00:00Z') }),
    functions: {},
    deliveryStreams: [DeliveryStreamName],
  });
  const { firehose } = inProcessClients(account);
  const put = (records: readonly (string | Buffer)[], name = DeliveryStreamName) =>
    firehose.send(
      new PutRecordBatchCommand({
        DeliveryStreamName: name,
        Records: records.map((record) => ({ Data: Buffer.from(record) })),
      }),
    );
  return { account, firehose, put };
}

describe('a delivery stream of Firehose', () => {
  it('keeps what it is given, byte for byte and in order', async () => {
    const { account, put } = await open();
    const { FailedPutCount, RequestResponses } = await put(['{"a":"ü"}\n', '{"b":2}\n']);
    expect([FailedPutCount, RequestResponses?.length]).toEqual([0, 2]);
    await put(['{"c":3}\n']);
    expect(account.delivered(DeliveryStreamName)).toBe('{"a":"ü"}\n{"b":2}\n{"c":3}\n');
  });

  it('takes no more than Firehose: records, bytes of one, bytes of all', async () => {
    const { account, put } = await open();
    await expect(put([])).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(put(Array.from({ length: 501 }, () => 'x'))).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(put([Buffer.alloc(1_024_001)])).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(put(Array.from({ length: 5 }, () => Buffer.alloc(1_000_000)))).rejects.toMatchObject({
      name: 'InvalidArgumentException',
    });
    expect(account.delivered(DeliveryStreamName)).toBe('');
  });

  it('is there by its name alone', async () => {
    const { account, put } = await open();
    await expect(put(['x'], 'invoices')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(() => account.delivered('invoices')).toThrow('invoices');
  });

  it('is told in batches; nothing else is emulated', async () => {
    const { firehose } = await open();
    const one = new PutRecordCommand({ DeliveryStreamName, Record: { Data: Buffer.from('x') } });
    await expect(firehose.send(one)).rejects.toThrow('Firehose.PutRecord');
  });
});

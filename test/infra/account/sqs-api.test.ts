import { describe, expect, it } from 'vitest';
import { openAccount } from './open-account.ts';
import { callJson } from './raw-call.ts';

const urlOf = (queue: string) => `https://sqs.us-east-1.amazonaws.com/111111111111/${queue}`;
const QueueUrl = urlOf('orders');
const text = (StringValue: unknown) => ({ DataType: 'String', StringValue });
const most = 1024 * 1024;

async function open() {
  const { account } = await openAccount({ queues: ['orders', 'other', 'others'].map((name) => ({ name })) });
  const call = (action: string, parameters: object) => callJson(account, 'sqs', `AmazonSQS.${action}`)(parameters);
  return { account, call };
}

describe('the list of queues', () => {
  it('has those with a prefix, in pages for who wants them', async () => {
    const { call } = await open();
    const list = async (asked: object) => (await call('ListQueues', asked)).body;
    expect(await list({ QueueNamePrefix: 'other' })).toEqual({ QueueUrls: ['other', 'others'].map(urlOf) });
    const first = await list({ MaxResults: 2 });
    expect(first).toEqual({ QueueUrls: ['orders', 'other'].map(urlOf), NextToken: expect.any(String) });
    expect(await list({ MaxResults: 2, NextToken: first['NextToken'] })).toEqual({ QueueUrls: [urlOf('others')] });
  });
});

describe('the local SQS', () => {
  it('knows its own account, and takes what it may', async () => {
    const { account, call } = await open();
    const own = { QueueName: 'orders', QueueOwnerAWSAccountId: '111111111111' };
    expect((await call('GetQueueUrl', own)).body).toEqual({ QueueUrl });
    const attributes = { a: text('x'), 'b.c_d-e': text('y') };
    expect((await call('SendMessage', { QueueUrl, MessageBody: 'x\t🚀', MessageAttributes: attributes })).status).toBe(
      200,
    );
    expect((await call('SendMessage', { QueueUrl, MessageBody: 'x'.repeat(most) })).status).toBe(200);
    expect(account.queues.depth('orders').visible).toBe(2);
  });

  it('takes ten messages at once, and says of each whether it did', async () => {
    const { account, call } = await open();
    const Entries = ['x', '', 'y'].map((MessageBody, i) => ({ Id: `${i}`, MessageBody }));
    expect((await call('SendMessageBatch', { QueueUrl, Entries })).body).toMatchObject({
      Successful: [{ Id: '0', MD5OfMessageBody: '9dd4e461268c8034f5c8564e155c67a6' }, { Id: '2' }],
      Failed: [{ Id: '1', SenderFault: true, Code: 'InvalidMessageContents' }],
    });
    expect(account.queues.messages('orders').map(({ body }) => body)).toEqual(['x', 'y']);
    const many = Array.from({ length: 11 }, (_, i) => ({ Id: `${i}`, MessageBody: 'x' }));
    expect((await call('SendMessageBatch', { QueueUrl, Entries: many })).body).toMatchObject({
      __type: 'TooManyEntriesInBatchRequest',
    });
  });

  it('deletes ten messages at once, and what is gone already as well', async () => {
    const { account, call } = await open();
    for (const MessageBody of ['x', 'y']) await call('SendMessage', { QueueUrl, MessageBody });
    const { body } = await call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
    const receipts = (body['Messages'] as { ReceiptHandle: string }[]).map(({ ReceiptHandle }) => ReceiptHandle);
    const Entries = [...receipts, 'gone'].map((ReceiptHandle, i) => ({ Id: `${i}`, ReceiptHandle }));
    expect((await call('DeleteMessageBatch', { QueueUrl, Entries })).body).toEqual({
      Successful: [{ Id: '0' }, { Id: '1' }, { Id: '2' }],
    });
    expect(account.queues.messages('orders')).toEqual([]);
  });

  it.each([
    [
      "another account's queue",
      'GetQueueUrl',
      { QueueName: 'orders', QueueOwnerAWSAccountId: '222222222222' },
      'QueueDoesNotExist',
      'does not exist',
    ],
    ['a queue left out', 'ReceiveMessage', {}, 'MissingParameter', 'The request must contain the parameter QueueUrl.'],
    ['a body left out', 'SendMessage', { QueueUrl }, 'MissingParameter', 'parameter MessageBody.'],
    [
      'a body that is no text',
      'SendMessage',
      { QueueUrl, MessageBody: 7 },
      'SerializationException',
      'messageBody is no string',
    ],
    [
      'a body of odd characters',
      'SendMessage',
      { QueueUrl, MessageBody: 'a\u0000b' },
      'InvalidMessageContents',
      'Invalid characters found',
    ],
    [
      'a message that is too large with its attributes',
      'SendMessage',
      { QueueUrl, MessageBody: 'x'.repeat(most), MessageAttributes: { a: text('x') } },
      'InvalidParameterValue',
      'shorter than 1048576 bytes',
    ],
    [
      'eleven attributes',
      'SendMessage',
      {
        QueueUrl,
        MessageBody: 'x',
        MessageAttributes: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a${index}`, text('x')])),
      },
      'InvalidParameterValue',
      '[11] exceeds the allowed maximum [10]',
    ],
    [
      'an attribute with an odd name',
      'SendMessage',
      { QueueUrl, MessageBody: 'x', MessageAttributes: { 'a b': text('x') } },
      'InvalidParameterValue',
      "'a b' is not valid",
    ],
    [
      "an attribute with a name of AWS's",
      'SendMessage',
      { QueueUrl, MessageBody: 'x', MessageAttributes: { 'aws.x': text('x') } },
      'InvalidParameterValue',
      "'aws.x' is not valid",
    ],
    [
      'an empty attribute',
      'SendMessage',
      { QueueUrl, MessageBody: 'x', MessageAttributes: { a: text('') } },
      'InvalidParameterValue',
      'non-empty value',
    ],
    [
      'an attribute that is a number',
      'SendMessage',
      { QueueUrl, MessageBody: 'x', MessageAttributes: { a: { DataType: 'Number', StringValue: '1' } } },
      'UnknownOperationException',
      'another type than String',
    ],
    [
      'an attribute in binary',
      'SendMessage',
      { QueueUrl, MessageBody: 'x', MessageAttributes: { a: { DataType: 'Binary', BinaryValue: 'AQ==' } } },
      'UnknownOperationException',
      'parameter messageAttributes.a.member.BinaryValue',
    ],
    [
      'a delay',
      'SendMessage',
      { QueueUrl, MessageBody: 'x', DelaySeconds: 5 },
      'UnknownOperationException',
      'SQS.SendMessage parameter DelaySeconds',
    ],
    [
      'eleven messages',
      'ReceiveMessage',
      { QueueUrl, MaxNumberOfMessages: 11 },
      'InvalidParameterValue',
      'Must be between 1 and 10',
    ],
    [
      'a number that is a text',
      'ReceiveMessage',
      { QueueUrl, MaxNumberOfMessages: '5' },
      'SerializationException',
      'maxNumberOfMessages is no integer',
    ],
    [
      'an attribute that there is not',
      'GetQueueAttributes',
      { QueueUrl, AttributeNames: ['Colour'] },
      'InvalidAttributeName',
      'Unknown Attribute Colour.',
    ],
    [
      'an attribute that is not emulated',
      'GetQueueAttributes',
      { QueueUrl, AttributeNames: ['Policy'] },
      'UnknownOperationException',
      'SQS attribute Policy',
    ],
    [
      'a system attribute that there is not',
      'ReceiveMessage',
      { QueueUrl, MessageSystemAttributeNames: ['Colour'] },
      'InvalidAttributeName',
      'Unknown Attribute Colour.',
    ],
    [
      'a system attribute that is not emulated',
      'ReceiveMessage',
      { QueueUrl, MessageSystemAttributeNames: ['SenderId'] },
      'UnknownOperationException',
      'SQS message system attribute SenderId',
    ],
    [
      'a time left out',
      'ChangeMessageVisibility',
      { QueueUrl, ReceiptHandle: 'a' },
      'MissingParameter',
      'parameter VisibilityTimeout.',
    ],
    ['a receipt left out', 'DeleteMessage', { QueueUrl }, 'MissingParameter', 'parameter ReceiptHandle.'],
    ['a page of nothing', 'ListQueues', { MaxResults: 0 }, 'InvalidParameterValue', 'Must be between 1 and 1000'],
    [
      'a token of its own making',
      'ListQueues',
      { MaxResults: 1, NextToken: 'abc' },
      'InvalidParameterValue',
      'next token',
    ],
  ])('refuses %s', async (_, action, parameters, error, message) => {
    const { account, call } = await open();
    expect(await call(action, parameters)).toMatchObject({ error, message: expect.stringContaining(message) });
    expect(account.queues.messages('orders')).toEqual([]);
  });
});

import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import type { AccountOptions } from '../../../infra/account/account.ts';
import { arn, localIdentity } from '../../../infra/account/identity.ts';
import type { QueueSettings } from '../../../infra/account/sqs/queues.ts';
import { friday, type Opened, openAccount } from './open-account.ts';

const minute = 60_000;
const orders: QueueSettings = { name: 'orders', visibilitySeconds: 600, redrive: { to: 'lost', maxReceiveCount: 3 } };
const queues = [orders, { name: 'lost' }];
const urlOf = (queue: string) => `https://sqs.us-east-1.amazonaws.com/111111111111/${queue}`;
const QueueUrl = urlOf('orders');

/** A call as a client of SQS makes it. */
async function call({ account }: Opened, action: string, parameters: object) {
  const { status, body } = await account.handle({
    method: 'POST',
    path: '/',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20261120/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0',
      'x-amz-target': `AmazonSQS.${action}`,
    },
    body: Buffer.from(JSON.stringify(parameters)),
  });
  return { status, ...JSON.parse(Buffer.from(body).toString()) };
}

describe('A queue', () => {
  it('hands a message out, hides it for a while, and lets go of it when it is deleted', async () => {
    const opened = await openAccount({ queues });
    const MessageAttributes = { why: { DataType: 'String', StringValue: 'because' } };
    const sent = await call(opened, 'SendMessage', { QueueUrl, MessageBody: 'one', MessageAttributes });
    expect(sent).toMatchObject({ status: 200, MD5OfMessageBody: 'f97c5d29941bfb1b2fdab0874906ab82' });
    const receive = {
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    };
    const first = await call(opened, 'ReceiveMessage', receive);
    expect(first.Messages).toEqual([
      {
        MessageId: sent.MessageId,
        ReceiptHandle: expect.any(String),
        MD5OfBody: 'f97c5d29941bfb1b2fdab0874906ab82',
        Body: 'one',
        Attributes: {
          SentTimestamp: String(friday),
          ApproximateFirstReceiveTimestamp: String(friday),
          ApproximateReceiveCount: '1',
        },
        MessageAttributes,
      },
    ]);
    expect((await call(opened, 'ReceiveMessage', receive)).Messages).toBeUndefined();
    const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
    expect((await call(opened, 'GetQueueAttributes', { QueueUrl, AttributeNames })).Attributes).toEqual({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '1',
    });
    await opened.clock.advanceTo(friday + 10 * minute);
    const [again] = (await call(opened, 'ReceiveMessage', receive)).Messages;
    expect(again.Attributes.ApproximateReceiveCount).toBe('2');
    // A receipt is good until the message is received again.
    await call(opened, 'DeleteMessage', { QueueUrl, ReceiptHandle: first.Messages[0].ReceiptHandle });
    expect(opened.account.queues.depth('orders')).toEqual({ visible: 0, hidden: 1 });
    const back = { QueueUrl, ReceiptHandle: again.ReceiptHandle, VisibilityTimeout: 0 };
    expect((await call(opened, 'ChangeMessageVisibility', back)).status).toBe(200);
    expect(opened.account.queues.depth('orders')).toEqual({ visible: 1, hidden: 0 });
    expect(await call(opened, 'ChangeMessageVisibility', back)).toMatchObject({ __type: 'MessageNotInflight' });
    await call(opened, 'DeleteMessage', back).then(({ status }) => expect(status).toBe(501));
    await call(opened, 'DeleteMessage', { QueueUrl, ReceiptHandle: again.ReceiptHandle });
    expect(opened.account.queues.messages('orders')).toEqual([]);
  });

  it('gives a message up that was received too often, and keeps nothing longer than 14 days', async () => {
    const opened = await openAccount({ queues });
    await call(opened, 'SendMessage', { QueueUrl, MessageBody: 'poison' });
    const receive = () => call(opened, 'ReceiveMessage', { QueueUrl, VisibilityTimeout: 0 });
    for (let i = 0; i < 3; i++) expect((await receive()).Messages).toHaveLength(1);
    expect((await receive()).Messages).toBeUndefined();
    const [lost] = (
      await call(opened, 'ReceiveMessage', {
        QueueUrl: urlOf('lost'),
        MessageSystemAttributeNames: ['DeadLetterQueueSourceArn'],
      })
    ).Messages;
    expect(lost).toMatchObject({
      Body: 'poison',
      Attributes: { DeadLetterQueueSourceArn: arn(localIdentity, 'sqs', 'orders') },
    });
    await opened.clock.advanceTo(friday + 14 * 24 * 60 * minute);
    expect(opened.account.queues.messages('lost')).toHaveLength(1);
    await opened.clock.advanceTo(friday + 14 * 24 * 60 * minute + 1);
    expect(opened.account.queues.messages('lost')).toEqual([]);
  });

  it('is described, and refuses by name what it does not know', async () => {
    const opened = await openAccount({ queues });
    expect((await call(opened, 'GetQueueUrl', { QueueName: 'orders' })).QueueUrl).toBe(QueueUrl);
    expect((await call(opened, 'ListQueues', { QueueNamePrefix: 'o' })).QueueUrls).toEqual([QueueUrl]);
    expect((await call(opened, 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).Attributes).toMatchObject({
      QueueArn: arn(localIdentity, 'sqs', 'orders'),
      VisibilityTimeout: '600',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(localIdentity, 'sqs', 'lost'), maxReceiveCount: 3 }),
    });
    const elsewhere = QueueUrl.replace('111111111111', '222222222222');
    for (const url of [urlOf('none'), elsewhere, QueueUrl.replace('us-east-1', 'eu-west-1')])
      expect(await call(opened, 'ReceiveMessage', { QueueUrl: url })).toMatchObject({ __type: 'QueueDoesNotExist' });
    for (const [action, parameters] of [
      ['CreateQueue', { QueueName: 'more' }],
      ['SendMessage', { QueueUrl, MessageBody: 'x', DelaySeconds: 5 }],
      [
        'SendMessage',
        { QueueUrl, MessageBody: 'x', MessageAttributes: { n: { DataType: 'Number', StringValue: '1' } } },
      ],
      ['GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy'] }],
    ] as const)
      expect(await call(opened, action, parameters)).toMatchObject({ status: 501, message: /NotEmulated/ });
    for (const parameters of [{ MaxNumberOfMessages: 11 }, { VisibilityTimeout: -1 }, { WaitTimeSeconds: 21 }])
      expect(await call(opened, 'ReceiveMessage', { QueueUrl, ...parameters })).toMatchObject({
        __type: 'InvalidParameterValue',
      });
    expect(await call(opened, 'SendMessage', { QueueUrl, MessageBody: '' })).toMatchObject({
      __type: 'InvalidMessageContents',
    });
    expect(await call(opened, 'SendMessage', { QueueUrl, MessageBody: 'x'.repeat(1024 * 1024 + 1) })).toMatchObject({
      __type: 'InvalidParameterValue',
    });
  });
});

/** A function that fails so often, and what it was called with. */
function failing(times: number) {
  const calls: { at: number; event: unknown }[] = [];
  const open = (more: Partial<AccountOptions> = {}) =>
    openAccount({
      queues,
      functions: ({ clock }) => ({
        note: async (event: unknown) => {
          calls.push({ at: (clock.now() - friday) / minute, event });
          if (calls.length <= times) throw new RangeError('not yet');
        },
      }),
      ...more,
    });
  return { calls, open };
}

describe('A function that takes from a queue', () => {
  const eventSources = [{ queue: 'orders', functionName: 'note' }];

  it('gets a message until it goes well', async () => {
    const { calls, open } = failing(2);
    const { account, clock } = await open({ eventSources });
    account.queues.send('orders', 'one');
    await clock.runToEnd();
    expect(calls.map(({ at }) => at)).toEqual([0, 10, 20]);
    expect(calls[0]?.event).toEqual({
      Records: [
        {
          messageId: expect.any(String),
          receiptHandle: expect.any(String),
          body: 'one',
          attributes: expect.objectContaining({ ApproximateReceiveCount: '1' }),
          messageAttributes: {},
          md5OfBody: 'f97c5d29941bfb1b2fdab0874906ab82',
          eventSource: 'aws:sqs',
          eventSourceARN: arn(localIdentity, 'sqs', 'orders'),
          awsRegion: 'us-east-1',
        },
      ],
    });
    expect(account.queues.messages('orders')).toEqual([]);
    expect(account.deadLetters).toEqual([]);
  });

  it('gets it no more when the queue gives it up, and others all the same', async () => {
    const { calls, open } = failing(3);
    const { account, clock } = await open({ eventSources });
    account.queues.send('orders', 'one');
    clock.at(friday + 25 * minute, () => account.queues.send('orders', 'two'));
    await clock.runToEnd();
    expect(calls.map(({ at }) => at)).toEqual([0, 10, 20, 25]);
    expect(account.queues.messages('lost').map(({ body, from }) => [body, from])).toEqual([['one', 'orders']]);
  });

  it('gets it again when it was throttled', async () => {
    const { calls, open } = failing(0);
    const { account, clock } = await open({ eventSources });
    account.lambda.throttleNext('note', 1);
    account.queues.send('orders', 'one');
    await clock.runToEnd();
    expect(calls.map(({ at }) => at)).toEqual([10]);
  });

  it('reads the queue in its role', async () => {
    const { open } = failing(0);
    const { account, clock } = await open({
      eventSources: [{ ...eventSources[0], role: 'noter' } as never],
      roles: { noter: [] },
    });
    account.queues.send('orders', 'one');
    await expect(clock.runToEnd()).rejects.toThrow('not authorized to perform: sqs:GetQueueAttributes');
  });
});

describe('An event that a function fails at', () => {
  const rule = { name: 'placed', pattern: { source: ['shop'] }, target: 'note' };
  const placed = new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'placed', Detail: '{"n":1}' }] });

  it('is told to a queue, with what it threw', async () => {
    const { open } = failing(9);
    const { account, clients, clock } = await open({
      rules: [rule],
      onFailure: { note: { queue: 'lost' } },
      deadLetterQueues: ['lost'],
    });
    await clients.events.send(placed);
    await clock.runToEnd();
    const [message] = account.queues.messages('lost');
    expect(JSON.parse(message?.body ?? '')).toMatchObject({
      requestContext: {
        functionArn: `${arn(localIdentity, 'lambda', 'function:note')}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { source: 'shop', detail: { n: 1 } },
      responsePayload: { errorType: 'RangeError', errorMessage: 'not yet' },
    });
    expect(account.deadLetters).toMatchObject([
      { functionName: 'note', errorType: 'RangeError', errorMessage: 'not yet', attempts: 3 },
    ]);
  });

  it('is lost, and seen to be, when its role may not write there', async () => {
    const { open } = failing(9);
    const onFailure = { note: { queue: 'lost', role: 'noter' } };
    const { account, clients, clock } = await open({ rules: [rule], onFailure, roles: { noter: [] } });
    await clients.events.send(placed);
    await clock.runToEnd();
    expect(account.queues.messages('lost')).toEqual([]);
    expect(account.deadLetters).toMatchObject([{ errorType: 'AccessDeniedException', attempts: 3 }]);
  });

  it('goes to the queue of its rule or its schedule when it cannot be delivered', async () => {
    const opened = await openAccount({ queues, rules: [{ ...rule, target: 'nobody', deadLetters: 'lost' }] });
    const { account, clients, clock } = opened;
    await clients.events.send(placed);
    await clients.scheduler.send(
      new CreateScheduleCommand({
        Name: 'remind',
        ScheduleExpression: 'at(2026-11-21T09:00:00)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: arn(localIdentity, 'lambda', 'function:nobody'),
          RoleArn: 'arn:aws:iam::111111111111:role/any',
          DeadLetterConfig: { Arn: arn(localIdentity, 'sqs', 'lost') },
          Input: '{"n":2}',
        },
      }),
    );
    await clock.runToEnd();
    const missing = {
      TARGET_ARN: arn(localIdentity, 'lambda', 'function:nobody'),
      ERROR_CODE: 'ResourceNotFoundException',
    };
    expect(account.queues.messages('lost').map(({ attributes }) => attributes)).toMatchObject([
      { ...missing, RULE_ARN: arn(localIdentity, 'events', 'rule/placed') },
      { ...missing, SCHEDULE_ARN: arn(localIdentity, 'scheduler', 'schedule/default/remind') },
    ]);
    expect(account.deadLetters.map(({ origin, functionName }) => `${origin}: ${functionName}`)).toEqual([
      'rule placed: nobody',
      'schedule remind: nobody',
    ]);
  });
});

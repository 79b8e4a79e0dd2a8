import { AwsError } from '../wire/errors.ts';
import { type Complaints, jsonComplaints, type Members } from '../wire/parameters.ts';

const url: Members = { QueueUrl: { type: 'string', required: true } };
const texts = { type: 'list', of: { type: 'string' } } as const;

/** Entries of a batch, each with its id and one thing more. */
const entriesWith = (name: string) =>
  ({
    type: 'list',
    required: true,
    of: {
      type: 'structure',
      members: { Id: { type: 'string', required: true }, [name]: { type: 'string', required: true } },
    },
  }) as const;

/** What each action of SQS takes here; anything else is refused by name. */
export const queueShapes: Readonly<Record<string, Members>> = {
  ListQueues: {
    QueueNamePrefix: { type: 'string' },
    MaxResults: { type: 'integer' },
    NextToken: { type: 'string' },
  },
  GetQueueUrl: { QueueName: { type: 'string', required: true }, QueueOwnerAWSAccountId: { type: 'string' } },
  GetQueueAttributes: { ...url, AttributeNames: texts },
  SendMessage: {
    ...url,
    MessageBody: { type: 'string', required: true },
    MessageAttributes: {
      type: 'map',
      of: {
        type: 'structure',
        members: { DataType: { type: 'string', required: true }, StringValue: { type: 'string' } },
      },
    },
  },
  SendMessageBatch: { ...url, Entries: entriesWith('MessageBody') },
  ReceiveMessage: {
    ...url,
    MaxNumberOfMessages: { type: 'integer' },
    VisibilityTimeout: { type: 'integer' },
    WaitTimeSeconds: { type: 'integer' },
    MessageAttributeNames: texts,
    MessageSystemAttributeNames: texts,
  },
  DeleteMessage: { ...url, ReceiptHandle: { type: 'string', required: true } },
  DeleteMessageBatch: { ...url, Entries: entriesWith('ReceiptHandle') },
  ChangeMessageVisibility: {
    ...url,
    ReceiptHandle: { type: 'string', required: true },
    VisibilityTimeout: { type: 'integer', required: true },
  },
};

/** How SQS complains: of what the shapes say, it knows types, and that a parameter is there. */
export const queueComplaints: Complaints = {
  ...jsonComplaints,
  ofConstraints: ([sentence = '']) => {
    const name = /'(?:.*\.)?(\w+)'/.exec(sentence)?.[1] ?? '';
    const spelled = name.charAt(0).toUpperCase() + name.slice(1);
    return new AwsError('MissingParameter', `The request must contain the parameter ${spelled}.`);
  },
};

/** Attributes of queues and of messages that AWS has and the account has not. */
export const otherAttributes = {
  ofQueues: [
    'ApproximateNumberOfMessagesDelayed',
    'ContentBasedDeduplication',
    'CreatedTimestamp',
    'DeduplicationScope',
    'DelaySeconds',
    'FifoQueue',
    'FifoThroughputLimit',
    'KmsDataKeyReusePeriodSeconds',
    'KmsMasterKeyId',
    'LastModifiedTimestamp',
    'MaximumMessageSize',
    'Policy',
    'ReceiveMessageWaitTimeSeconds',
    'RedriveAllowPolicy',
    'SqsManagedSseEnabled',
  ],
  ofMessages: ['AWSTraceHeader', 'MessageDeduplicationId', 'MessageGroupId', 'SenderId', 'SequenceNumber'],
};
/** What SQS itself says of messages. */
export const systemAttributeNames = [
  'SentTimestamp',
  'ApproximateReceiveCount',
  'ApproximateFirstReceiveTimestamp',
  'DeadLetterQueueSourceArn',
];

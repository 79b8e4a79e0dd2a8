import { createHash } from 'node:crypto';
import type { Identity } from '../identity.ts';
import type { Meter } from '../usage.ts';
import { AwsError, notEmulated } from '../wire/errors.ts';
import { isObject, type Service } from '../wire/message.ts';
import { pageOf } from '../wire/pages.ts';
import { checkParameters } from '../wire/parameters.ts';
import { type Message, type MessageAttributes, type Queues, retentionSeconds } from './queues.ts';
import { otherAttributes, queueComplaints, queueShapes, systemAttributeNames } from './sqs-shapes.ts';

type Parameters = Readonly<Record<string, unknown>>;

const mostAttributes = 10;
const mostInBatch = 10;

/** SQS's API over standard queues. Queues are made with the account: those that make or change some are refused. */
export function createSqs({
  identity,
  queues,
  meter,
}: {
  readonly identity: Identity;
  readonly queues: Queues;
  readonly meter: Pick<Meter, 'queueRequest'>;
}): Service {
  const urlOf = (queue: string): string =>
    `https://sqs.${identity.region}.amazonaws.com/${identity.accountId}/${queue}`;

  /** A queue's name by its address, which has to be one of this account and region. */
  function queueAt(url: unknown): string {
    const queue = String(url).split('/').at(-1) ?? '';
    if (String(url) === urlOf(queue)) return queues.settings(queue).name;
    throw noQueue();
  }

  function listQueues(parameters: Parameters): Parameters {
    const prefix = String(parameters['QueueNamePrefix'] ?? '');
    const most = within(parameters, 'MaxResults', [1, 1000]);
    const { page, next } = pageOf(
      queues.all.map(({ name }) => name).filter((name) => name.startsWith(prefix)),
      {
        limit: most,
        token: parameters['NextToken'],
        usual: 1000,
        wrongToken: () => new AwsError('InvalidParameterValue', 'Invalid or expired next token.'),
      },
    );
    return {
      ...(page.length > 0 && { QueueUrls: page.map(urlOf) }),
      // Who says no page size gets no token.
      ...(most !== undefined && next !== undefined && { NextToken: next }),
    };
  }

  function attributesOf(queue: string, asked: unknown): Parameters {
    const { visible, hidden } = queues.depth(queue);
    const { visibilitySeconds = 30, redrive } = queues.settings(queue);
    const all: Readonly<Record<string, string>> = {
      QueueArn: queues.arnOf(queue),
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(hidden),
      VisibilityTimeout: String(visibilitySeconds),
      MessageRetentionPeriod: String(retentionSeconds),
      ...(redrive && {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: queues.arnOf(redrive.to),
          maxReceiveCount: redrive.maxReceiveCount,
        }),
      }),
    };
    const names = list(asked).map(String);
    for (const name of names) {
      if (name === 'All' || Object.hasOwn(all, name) || name === 'RedrivePolicy') continue;
      if (otherAttributes.ofQueues.includes(name)) throw notEmulated(`SQS attribute ${name}`);
      throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
    return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name)));
  }

  function receive(parameters: Parameters): Parameters {
    const queue = queueAt(parameters['QueueUrl']);
    const most = within(parameters, 'MaxNumberOfMessages', [1, 10]) ?? 1;
    const visibilitySeconds = within(parameters, 'VisibilityTimeout', [0, 43_200]);
    // Checked, and not waited: in virtual time nothing would come while somebody waits.
    within(parameters, 'WaitTimeSeconds', [0, 20]);
    const asked = {
      system: list(parameters['MessageSystemAttributeNames']).map(String),
      own: list(parameters['MessageAttributeNames']).map(String),
    };
    for (const name of asked.system) {
      if (name === 'All' || systemAttributeNames.includes(name)) continue;
      if (otherAttributes.ofMessages.includes(name)) throw notEmulated(`SQS message system attribute ${name}`);
      throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
    const messages = queues.receive(queue, { most, visibilitySeconds }).map((message) => ({
      MessageId: message.id,
      ReceiptHandle: message.receipt,
      MD5OfBody: md5(message.body),
      Body: message.body,
      Attributes: chosen(systemAttributes(message, queues), asked.system),
      MessageAttributes: typed(chosen(message.attributes, asked.own)),
    }));
    return messages.length > 0 ? { Messages: messages } : {};
  }

  /** Some go in, others may not. Throws for a batch that SQS takes none of. */
  function sendAll(queue: string, entries: readonly unknown[]): Parameters {
    const all = inBatch<{ readonly Id: string; readonly MessageBody: string }>('SendMessageBatch', entries);
    const Successful: Parameters[] = [];
    const Failed: Parameters[] = [];
    for (const { Id, MessageBody: body } of all) {
      try {
        Successful.push({ Id, MessageId: queues.send(queue, body), MD5OfMessageBody: md5(body) });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        Failed.push({ Id, SenderFault: true, Code: error.name, Message: error.message });
      }
    }
    return { ...(Successful.length > 0 && { Successful }), ...(Failed.length > 0 && { Failed }) };
  }

  /** Throws for a batch that SQS takes none of. */
  function removeAll(queue: string, entries: readonly unknown[]): Parameters {
    const all = inBatch<{ readonly Id: string; readonly ReceiptHandle: string }>('DeleteMessageBatch', entries);
    for (const { ReceiptHandle } of all) queues.remove(queue, ReceiptHandle);
    return { Successful: all.map(({ Id }) => ({ Id })) };
  }

  return {
    call: async (action, parameters) => {
      const members = Object.hasOwn(queueShapes, action) ? queueShapes[action] : undefined;
      if (!members) throw notEmulated(`SQS.${action}`);
      checkParameters(`SQS.${action}`, { members, complaints: queueComplaints }, parameters);
      meter.queueRequest();
      switch (action) {
        case 'ListQueues':
          return listQueues(parameters);
        case 'GetQueueUrl':
          if ((parameters['QueueOwnerAWSAccountId'] ?? identity.accountId) !== identity.accountId) throw noQueue();
          return { QueueUrl: urlOf(queues.settings(String(parameters['QueueName'])).name) };
        case 'GetQueueAttributes':
          return { Attributes: attributesOf(queueAt(parameters['QueueUrl']), parameters['AttributeNames']) };
        case 'SendMessage': {
          const body = String(parameters['MessageBody'] ?? '');
          const queue = queueAt(parameters['QueueUrl']);
          return {
            MessageId: queues.send(queue, body, attributeTexts(parameters['MessageAttributes'])),
            MD5OfMessageBody: md5(body),
          };
        }
        case 'SendMessageBatch':
          return sendAll(queueAt(parameters['QueueUrl']), list(parameters['Entries']));
        case 'ReceiveMessage':
          return receive(parameters);
        case 'DeleteMessage':
          queues.remove(queueAt(parameters['QueueUrl']), String(parameters['ReceiptHandle']));
          return {};
        case 'DeleteMessageBatch':
          return removeAll(queueAt(parameters['QueueUrl']), list(parameters['Entries']));
        default: {
          const seconds = within(parameters, 'VisibilityTimeout', [0, 43_200]) ?? 0;
          queues.hide(queueAt(parameters['QueueUrl']), String(parameters['ReceiptHandle']), seconds);
          return {};
        }
      }
    },
  };
}

/** The entries of a batch. Throws for a batch that SQS takes none of. */
function inBatch<Entry extends { readonly Id: string }>(action: string, entries: readonly unknown[]): Entry[] {
  const all = entries.map((entry): Entry => Object(entry));
  if (all.length === 0)
    throw new AwsError('EmptyBatchRequest', `There should be at least one ${action}RequestEntry in the request.`);
  if (all.length > mostInBatch)
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${mostInBatch}. You have sent ${all.length}.`,
    );
  const twice = all.find(({ Id }, i) => all.findIndex((each) => each.Id === Id) < i);
  if (twice) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${twice.Id} repeated.`);
  return all;
}

/** What SQS itself says of a message. */
export function systemAttributes(message: Message, queues: Pick<Queues, 'arnOf'>): MessageAttributes {
  const { sentAt, firstReceivedAt, receives, from } = message;
  return {
    SentTimestamp: String(sentAt),
    ApproximateReceiveCount: String(receives),
    ...(firstReceivedAt !== undefined && { ApproximateFirstReceiveTimestamp: String(firstReceivedAt) }),
    ...(from !== undefined && { DeadLetterQueueSourceArn: queues.arnOf(from) }),
  };
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const chosen = (all: MessageAttributes, names: readonly string[]): MessageAttributes =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name)));

/** Attributes as they are on the wire. */
export const typed = (attributes: MessageAttributes): Parameters =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]),
  );

const noQueue = (): AwsError => new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');

/** A message's own attributes as texts, checked. */
function attributeTexts(attributes: unknown): MessageAttributes {
  const all = Object.entries(Object(attributes) as Parameters);
  if (all.length > mostAttributes)
    throw new AwsError(
      'InvalidParameterValue',
      `Number of message attributes [${all.length}] exceeds the allowed maximum [${mostAttributes}].`,
    );
  return Object.fromEntries(
    all.map(([name, value]) => {
      if (!/^(?!\.)(?!.*\.\.)(?!(?:aws|amazon)\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/i.test(name))
        throw new AwsError('InvalidParameterValue', `Message (user) attribute name '${name}' is not valid.`);
      const { DataType, StringValue } = isObject(value) ? value : {};
      if (DataType !== 'String' || typeof StringValue !== 'string')
        throw notEmulated(`SQS message attribute ${name} of another type than String`);
      if (StringValue === '')
        throw new AwsError(
          'InvalidParameterValue',
          `Message (user) attribute '${name}' must contain a non-empty value of type 'String'.`,
        );
      return [name, StringValue];
    }),
  );
}

/** A number within its bounds; undefined when it is left out. */
function within(parameters: Parameters, name: string, [least, most]: readonly [number, number]): number | undefined {
  const value = parameters[name];
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new AwsError(
    'InvalidParameterValue',
    `Value ${String(value)} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}

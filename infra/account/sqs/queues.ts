import type { Clock } from '../clock.ts';
import { arn, type Identity } from '../identity.ts';
import { AwsError } from '../wire/errors.ts';

/** A standard queue. */
export interface QueueSettings {
  readonly name: string;
  /** How long a message that was received stays out of sight; 30 when left out. */
  readonly visibilitySeconds?: number;
  /** How long a message that was sent stays out of sight; 0 when left out. */
  readonly delaySeconds?: number;
  /** Where a message goes that was received so often in vain, by the queue's name. */
  readonly redrive?: { readonly to: string; readonly maxReceiveCount: number };
}

/** What a message carries beside its body, by name: texts. */
export type MessageAttributes = Readonly<Record<string, string>>;

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** Virtual milliseconds since the epoch. */
  readonly sentAt: number;
  readonly firstReceivedAt: number | undefined;
  readonly receives: number;
  /** The queue that a redrive took it from, by name. */
  readonly from: string | undefined;
  /** Good until the message is received again. */
  readonly receipt: string;
}

interface Kept {
  message: Message;
  visibleAt: number;
}

/** The queues of an account. Each throws QueueDoesNotExist for a name that is none. */
export interface Queues {
  readonly all: readonly QueueSettings[];
  settings(queue: string): QueueSettings;
  arnOf(queue: string): string;
  /** Returns the message's id. */
  send(queue: string, body: string, attributes?: MessageAttributes): string;
  /** Takes the oldest messages in sight out of sight; those that were received too often move to where they are given up. */
  receive(
    queue: string,
    options: { readonly most: number; readonly visibilitySeconds?: number | undefined },
  ): Message[];
  /** Deleting what is gone already is all right. */
  remove(queue: string, receipt: string): void;
  /** Puts a message back in sight after so many seconds from now. */
  hide(queue: string, receipt: string, seconds: number): void;
  /** Everything in the queue, oldest first. */
  messages(queue: string): readonly Message[];
  /** How many are in sight, and how many are not. */
  depth(queue: string): { readonly visible: number; readonly hidden: number };
  /** Calls `onArrival` for each message that is sent from now on. */
  watch(queue: string, onArrival: () => void): void;
}

/** Days that a message is kept: the most that SQS allows. */
export const retentionSeconds = 14 * 86_400;
/** What SQS takes in one message. */
const sizeLimit = 1024 * 1024;

/** The characters that SQS takes. */
const allowed = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

/** Standard queues in virtual time. Nothing waits on the clock's agenda for them: who is out of sight is told by the time. */
export function createQueues(world: {
  readonly clock: Clock;
  readonly identity: Identity;
  readonly newId: () => string;
  readonly queues: readonly QueueSettings[];
}): Queues {
  const { clock, identity, newId } = world;
  const kept = new Map(world.queues.map((queue) => [queue.name, [] as Kept[]]));
  const watchers = new Map<string, (() => void)[]>();

  function settings(queue: string): QueueSettings {
    const found = world.queues.find(({ name }) => name === queue);
    if (found) return found;
    throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  }

  /** What is in a queue, without what SQS no longer keeps. */
  function inside(queue: string): Kept[] {
    settings(queue);
    const oldest = clock.now() - retentionSeconds * 1000;
    const left = (kept.get(queue) ?? []).filter(({ message }) => message.sentAt >= oldest);
    kept.set(queue, left);
    return left;
  }

  function put(queue: string, message: Message): void {
    // What another queue gives up comes without delay.
    const delay = message.from === undefined ? (settings(queue).delaySeconds ?? 0) : 0;
    inside(queue).push({ message, visibleAt: clock.now() + delay * 1000 });
    for (const onArrival of watchers.get(queue) ?? []) onArrival();
  }

  const holder = (queue: string, receipt: string): Kept | undefined =>
    inside(queue).find(({ message }) => message.receipt === receipt);

  function take(queue: string, holding: Kept): void {
    kept.set(
      queue,
      inside(queue).filter((each) => each !== holding),
    );
  }

  return {
    all: world.queues,
    settings,
    arnOf: (queue) => arn(identity, 'sqs', settings(queue).name),
    send: (queue, body, attributes = {}) => {
      settings(queue);
      if (body === '') throw new AwsError('InvalidMessageContents', 'The message body must not be empty.');
      if (!allowed.test(body))
        throw new AwsError(
          'InvalidMessageContents',
          'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
        );
      const size = [body, ...Object.entries(attributes).flat()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      if (size > sizeLimit)
        throw new AwsError(
          'InvalidParameterValue',
          `One or more parameters are invalid. Reason: Message must be shorter than ${sizeLimit} bytes.`,
        );
      const id = newId();
      const message = { id, body, attributes, sentAt: clock.now(), firstReceivedAt: undefined, receives: 0 };
      put(queue, { ...message, from: undefined, receipt: '' });
      return id;
    },
    receive: (queue, { most, visibilitySeconds }) => {
      const { redrive, visibilitySeconds: usual = 30 } = settings(queue);
      const received: Message[] = [];
      for (const holding of inside(queue).filter(({ visibleAt }) => visibleAt <= clock.now())) {
        if (received.length >= most) break;
        const { message } = holding;
        if (redrive && message.receives >= redrive.maxReceiveCount) {
          take(queue, holding);
          put(redrive.to, { ...message, from: queue });
          continue;
        }
        const { firstReceivedAt = clock.now(), receives } = message;
        holding.message = { ...message, firstReceivedAt, receives: receives + 1, receipt: newId() };
        holding.visibleAt = clock.now() + (visibilitySeconds ?? usual) * 1000;
        received.push(holding.message);
      }
      return received;
    },
    remove: (queue, receipt) => {
      const holding = holder(queue, receipt);
      if (holding) take(queue, holding);
    },
    hide: (queue, receipt, seconds) => {
      const holding = holder(queue, receipt);
      if (!holding)
        throw new AwsError('InvalidParameterValue', `Value ${receipt} for parameter ReceiptHandle is invalid.`);
      if (holding.visibleAt <= clock.now())
        throw new AwsError('MessageNotInflight', 'The message referred to is not in flight.');
      holding.visibleAt = clock.now() + seconds * 1000;
    },
    messages: (queue) => inside(queue).map(({ message }) => message),
    depth: (queue) => {
      const all = inside(queue);
      const visible = all.filter(({ visibleAt }) => visibleAt <= clock.now()).length;
      return { visible, hidden: all.length - visible };
    },
    watch: (queue, onArrival) => {
      settings(queue);
      watchers.set(queue, [...(watchers.get(queue) ?? []), onArrival]);
    },
  };
}

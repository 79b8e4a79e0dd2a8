import type { Clock } from '../../account/clock.ts';
import type { LimitedCall, Limits, Place } from '../../account/limits.ts';
import type { Usage } from '../../account/usage.ts';
import { AwsError } from '../../account/wire/errors.ts';
import { isObject } from '../../account/wire/message.ts';
import { type BucketSize, createDailyQuota, createTokenBucket } from './token-bucket.ts';

/** What an account may do. */
export interface Quotas {
  readonly startExecution: BucketSize;
  readonly transitions: BucketSize;
  /** SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat together. */
  readonly sendTask: BucketSize;
  /** Recipients, copies included. */
  readonly mail: BucketSize;
  /** Recipients in 24 hours. */
  readonly mailPerDay: number;
  /** Of these, how many others have used when it begins; free again a day later. */
  readonly mailSentBefore?: number;
  /** Invocations of all functions at the same time. */
  readonly concurrency: number;
  /** Units of the table. */
  readonly writes: BucketSize;
  readonly reads: BucketSize;
  readonly putEvents: BucketSize;
}

/**
 * us-east-1, as AWS documents them in 2026: the defaults of an account in good standing. A new account has less of Lambda
 * (10), and of SES (200 a day, one a second) until it has left the sandbox. The table is one that has just been created:
 * what DynamoDB keeps for peaks, and its growing with them, is left out, which is on the safe side.
 */
export const documentedQuotas: Quotas = {
  startExecution: { burst: 1300, perSecond: 300 },
  transitions: { burst: 5000, perSecond: 5000 },
  sendTask: { burst: 3000, perSecond: 500 },
  mail: { burst: 14, perSecond: 14 },
  mailPerDay: 50_000,
  concurrency: 1000,
  writes: { burst: 4000, perSecond: 4000 },
  reads: { burst: 12_000, perSecond: 12_000 },
  putEvents: { burst: 10_000, perSecond: 10_000 },
};

export type QuotaName = Exclude<keyof Quotas, 'mailSentBefore'>;

/** How a quota fared. */
export interface Tally {
  /** What was asked of it, refused or not. */
  asked: number;
  /** Asked and granted. */
  granted: number;
  /** Calls refused, or made to wait. */
  refused: number;
  /** The most that was granted within one second; for `concurrency`, that ran at the same time. */
  peak: number;
}

export interface QuotaWatch {
  readonly limits: Limits;
  readonly tallies: Readonly<Record<QuotaName, Tally>>;
  /** How often SES was asked to send each mail, by the mail's tags and recipients. */
  readonly mailCalls: ReadonlyMap<string, number>;
  /** How many recipients all mails together had that SES was asked to send so far, each mail counted once. */
  readonly recipientsAsked: () => number;
}

/** Milliseconds that an invocation takes beside what it waits for. */
export const invocationTakes = 150;

const readActions = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);
const sendTasks = new Set(['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat']);

/**
 * The quotas as limits of an account, in virtual time: who is over one gets the error that AWS answers, or waits where AWS
 * lets wait. `usage` is the account's meter: a table's units are known only once a call was made, so that what was used too
 * much holds up the calls that follow.
 */
export function watchQuotas(quotas: Quotas, options: { clock: Clock; usage: () => Usage['dynamodb'] }): QuotaWatch {
  const now = () => options.clock.now();
  const tallies = Object.fromEntries(
    Object.keys(documentedQuotas).map((name) => [name, { asked: 0, granted: 0, refused: 0, peak: 0 }]),
  ) as Record<QuotaName, Tally>;
  const seconds = new Map<QuotaName, { second: number; granted: number }>();
  const buckets = {
    startExecution: createTokenBucket(quotas.startExecution),
    transitions: createTokenBucket(quotas.transitions),
    sendTask: createTokenBucket(quotas.sendTask),
    mail: createTokenBucket(quotas.mail),
    mailPerDay: createDailyQuota(quotas.mailPerDay),
    putEvents: createTokenBucket(quotas.putEvents),
    writes: createTokenBucket(quotas.writes),
    reads: createTokenBucket(quotas.reads),
  };
  buckets.mailPerDay.take(quotas.mailSentBefore ?? 0, now());
  const mailCalls = new Map<string, number>();
  const seen = { writes: 0, reads: 0 };
  let running = 0;
  let recipientsAsked = 0;

  function note(name: QuotaName, amount: number, granted: boolean): boolean {
    const tally = tallies[name];
    tally.asked += amount;
    if (!granted) {
      tally.refused += 1;
      return false;
    }
    tally.granted += amount;
    const second = Math.floor(now() / 1000);
    const before = seconds.get(name);
    const sum = (before?.second === second ? before.granted : 0) + amount;
    seconds.set(name, { second, granted: sum });
    tally.peak = Math.max(tally.peak, sum);
    return true;
  }

  function take(name: 'startExecution' | 'sendTask' | 'mail' | 'mailPerDay' | 'putEvents', amount: number): boolean {
    return note(name, amount, buckets[name].take(amount, now()));
  }

  /** Charges what was used since the last call, and tells whether there is anything left. */
  function unitsLeft(name: 'writes' | 'reads', used: number): boolean {
    const owed = buckets[name].reserve(used - seen[name], now());
    note(name, used - seen[name], true);
    seen[name] = used;
    if (owed > 0) tallies[name].refused += 1;
    return owed === 0;
  }

  function admitMail({ action, parameters }: LimitedCall): void {
    if (!action.startsWith('Send')) return;
    const recipients = countRecipients(parameters);
    const mail = JSON.stringify([parameters['Tags'], parameters['Destinations']]);
    if (!mailCalls.has(mail)) recipientsAsked += recipients;
    mailCalls.set(mail, (mailCalls.get(mail) ?? 0) + 1);
    if (!buckets.mailPerDay.has(recipients, now())) {
      note('mailPerDay', recipients, false);
      throw new AwsError('Throttling', 'Daily message quota exceeded.');
    }
    if (!take('mail', recipients)) throw new AwsError('Throttling', 'Maximum sending rate exceeded.');
    take('mailPerDay', recipients);
  }

  function admitExecution({ action }: LimitedCall): void {
    if (action === 'StartExecution' && !take('startExecution', 1)) throw rateExceeded();
    if (sendTasks.has(action) && !take('sendTask', 1)) throw rateExceeded();
  }

  /** Capacity for writes and for reads are apart: a table that is written to too much can be read. */
  function admitUnits({ action }: LimitedCall): void {
    const { writeUnits, readUnits } = options.usage();
    if (readActions.has(action) ? unitsLeft('reads', readUnits) : unitsLeft('writes', writeUnits)) return;
    throw new AwsError('ThrottlingException', 'Throughput exceeds the current capacity of your table or index.');
  }

  const limits: Limits = {
    admit: (call) => {
      if (call.service === 'ses') admitMail(call);
      else if (call.service === 'states') admitExecution(call);
      else if (call.service === 'dynamodb') admitUnits(call);
      else if (call.service === 'events' && call.action === 'PutEvents' && !take('putEvents', 1)) throw rateExceeded();
    },
    occupy: (): Place | undefined => {
      const tally = tallies.concurrency;
      tally.asked += 1;
      if (running >= quotas.concurrency) {
        tally.refused += 1;
        return undefined;
      }
      running += 1;
      tally.granted += 1;
      tally.peak = Math.max(tally.peak, running);
      return {
        milliseconds: invocationTakes,
        free: () => {
          running -= 1;
        },
      };
    },
    pace: () => {
      const wait = buckets.transitions.reserve(1, now());
      note('transitions', 1, true);
      if (wait > 0) tallies.transitions.refused += 1;
      return wait;
    },
  };
  return { limits, tallies, mailCalls, recipientsAsked: () => recipientsAsked };
}

const rateExceeded = (): AwsError => new AwsError('ThrottlingException', 'Rate exceeded');

function countRecipients(parameters: LimitedCall['parameters']): number {
  if (Array.isArray(parameters['Destinations'])) return parameters['Destinations'].length;
  const destination = isObject(parameters['Destination']) ? parameters['Destination'] : {};
  const lists = Object.values(destination).filter((list) => Array.isArray(list));
  return Math.max(1, lists.flat().length);
}

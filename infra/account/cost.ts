import type { Usage } from './usage.ts';

/** us-east-1 list prices in USD, without the free tier. */
export const prices = {
  stateTransition: 0.000025,
  mailRecipient: 0.0001,
  lambdaGbSecond: 0.0000133334,
  lambdaRequest: 0.0000002,
  dynamodbWriteUnit: 0.625 / 1e6,
  dynamodbReadUnit: 0.125 / 1e6,
  event: 1 / 1e6,
  httpCall: 1 / 1e6,
  schedulerInvocation: 1 / 1e6,
  queueRequest: 0.4 / 1e6,
} as const;

/** What each kind of use costs, in USD. */
interface CostItems {
  readonly stateTransitions: number;
  readonly mail: number;
  readonly lambdaCompute: number;
  readonly lambdaRequests: number;
  readonly dynamodbWrites: number;
  readonly dynamodbReads: number;
  readonly events: number;
  readonly httpCalls: number;
  readonly schedulerInvocations: number;
  readonly queueRequests: number;
}

export interface Cost {
  readonly items: CostItems;
  readonly total: number;
}

/** What an average invocation takes; the account cannot know it, as its functions run elsewhere than on Lambda. */
export interface LambdaShape {
  /** Billed milliseconds per invocation. */
  readonly milliseconds: number;
  readonly memoryMb: number;
}

/** The bill of `usage` at list prices, in USD. Standing costs (alarms, keys, logs) are not part of it. */
export function costUsd(usage: Usage, lambda: LambdaShape = { milliseconds: 100, memoryMb: 256 }): Cost {
  const invocations = Object.values(usage.lambdaInvocations).reduce((sum, count) => sum + count, 0);
  const gbSeconds = (invocations * lambda.milliseconds * lambda.memoryMb) / (1000 * 1024);
  const items: CostItems = {
    stateTransitions: usage.stateTransitions * prices.stateTransition,
    mail: usage.mail.recipients * prices.mailRecipient,
    lambdaCompute: gbSeconds * prices.lambdaGbSecond,
    lambdaRequests: invocations * prices.lambdaRequest,
    dynamodbWrites: usage.dynamodb.writeUnits * prices.dynamodbWriteUnit,
    dynamodbReads: usage.dynamodb.readUnits * prices.dynamodbReadUnit,
    events: usage.eventsPut * prices.event,
    httpCalls: usage.httpCalls * prices.httpCall,
    schedulerInvocations: usage.schedulerInvocations * prices.schedulerInvocation,
    queueRequests: usage.queueRequests * prices.queueRequest,
  };
  return { items, total: Object.values(items).reduce((sum: number, cost: number) => sum + cost, 0) };
}

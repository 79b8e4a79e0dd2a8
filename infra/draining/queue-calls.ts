import { type CallSettings, type JsonCall, jsonCalls } from '../../functions/aws/signed-calls.ts';

/** A call of SQS. */
export type QueueCall = JsonCall;

/** SQS, with the settings of a client that is there anyway. One attempt each. */
export const queueCalls = (settings: CallSettings, endpoint?: string): QueueCall =>
  jsonCalls(settings, { service: 'sqs', target: 'AmazonSQS' }, endpoint);

import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { ServiceUnavailable } from '../ports/errors.ts';
import type { FactStream } from '../ports/measured.ts';
import { orUnavailable } from './passing-errors.ts';

export const firehoseOfEnvironment = (): FirehoseClient => new FirehoseClient({});

/**
 * Facts to S3 by a delivery stream of Firehose: JSON lines, those of one call in one record, as Firehose bills each record by 5 KB.
 * Rejects with `ServiceUnavailable` where it takes them later: it may have taken them all the same.
 */
export function factStream(client: FirehoseClient, name: string): FactStream {
  return {
    async send(facts) {
      if (facts.length === 0) return;
      const lines = facts.map((fact) => `${JSON.stringify(fact)}\n`).join('');
      const put = new PutRecordBatchCommand({ DeliveryStreamName: name, Records: [{ Data: Buffer.from(lines) }] });
      const { FailedPutCount, RequestResponses = [] } = await orUnavailable('Firehose', () => client.send(put));
      if (FailedPutCount === 0) return;
      throw new ServiceUnavailable(`Firehose says ${RequestResponses[0]?.ErrorCode ?? 'nothing'}: try again.`);
    },
  };
}

import { crmOfEnvironment } from '../aws/crm-world.ts';
import type { ReceivedEvent } from '../aws/failed-event.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { connect } from '../crm/connect.ts';
import { readDeals, readDealUses } from '../verbs/read-deal.ts';

/** What CRMs said of deals, from the queue, a message at a time: a failure brings it back. */
export const readDealHandler = stack('read-deal', [...readDealUses, 'crmAccess'], (world) => {
  let now = 0;
  const read = readDeals({ ...world, ...connect(world.crmAccess(), () => now) });
  return async ({ Records }: ReceivedEvent): Promise<void> => {
    for (const { body, attributes } of Records) {
      now = Number(attributes.SentTimestamp);
      await read(JSON.parse(body));
    }
  };
});

export const handler = onLambda(readDealHandler, crmOfEnvironment);

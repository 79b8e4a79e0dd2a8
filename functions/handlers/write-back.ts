import { crmOfEnvironment } from '../aws/crm-world.ts';
import type { ReceivedEvent } from '../aws/failed-event.ts';
import { changedHandoffIn } from '../aws/item-keys.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { connect } from '../crm/connect.ts';
import { writeBack, writeBackUses } from '../verbs/write-back.ts';

/** Handoffs in which something has changed, from the queue, a message at a time: a failure brings it back. */
export const writeBackHandler = stack('write-back', [...writeBackUses, 'crmAccess'], (world) => {
  let now = 0;
  const access = world.crmAccess();
  const { crm } = connect(access, () => now);
  const write = writeBack({ ...world, crm, asked: access.writesBack });
  return async ({ Records }: ReceivedEvent): Promise<void> => {
    for (const { messageId = 'drained', body, attributes } of Records) {
      now = Number(attributes.SentTimestamp);
      await write({ handoffId: changedHandoffIn(body), by: messageId, at: new Date(now).toISOString() });
    }
  };
});

export const handler = onLambda(writeBackHandler, crmOfEnvironment);

import type { BusEvent } from '../aws/bus-event.ts';
import type { QueueEvent } from '../aws/failed-event.ts';
import { jsonOrNothing } from '../aws/json-or-nothing.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { noteDeliveries, noteDeliveriesUses } from '../verbs/note-deliveries.ts';
import { trackMail, trackMailUses } from '../verbs/track-mail.ts';

/**
 * EventBridge rule for what SES tells about our mails; and, by the clock, for what it told of those that arrived. A delivery that was
 * given up comes as it was in the queue.
 */
export const trackMailHandler = stack('track-mail', [...trackMailUses, ...noteDeliveriesUses], (world) => {
  const track = trackMail(world);
  const note = noteDeliveries(world);
  return async (event: BusEvent | QueueEvent) => {
    if (isOfQueue(event)) {
      for (const { body } of event.Records) await track({ event: jsonOrNothing(body) });
      return undefined;
    }
    return event?.['detail-type'] === 'Scheduled Event' ? note() : track({ event });
  };
});

const isOfQueue = (event: BusEvent | QueueEvent): event is QueueEvent => Array.isArray(Object(event).Records);

export const handler = onLambda(trackMailHandler);

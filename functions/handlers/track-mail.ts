import type { BusEvent } from '../aws/bus-event.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { trackMail, trackMailUses } from '../verbs/track-mail.ts';

/** EventBridge rule for what SES tells about our mails. */
export const trackMailHandler = stack('track-mail', trackMailUses, (world) => {
  const track = trackMail(world);
  return (event: BusEvent) => track({ event });
});

export const handler = onLambda(trackMailHandler);

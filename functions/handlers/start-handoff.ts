import { type BusEvent, busEventTime } from '../aws/bus-event.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { startHandoff, startHandoffUses } from '../verbs/start-handoff.ts';

/** EventBridge rule for `Deal Closed Won`. */
export const startHandoffHandler = stack('start-handoff', startHandoffUses, (world) => {
  const start = startHandoff(world);
  return (event: BusEvent) => start({ event, at: busEventTime(event) });
});

export const handler = onLambda(startHandoffHandler);

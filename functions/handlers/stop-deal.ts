import { type BusEvent, busEventTime } from '../aws/bus-event.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { stopDeal, stopDealUses } from '../verbs/stop-deal.ts';

/** EventBridge rule for `Deal Reopened`, `Deal Lost` and `Deal Cancelled`. */
export const stopDealHandler = stack('stop-deal', stopDealUses, (world) => {
  const stop = stopDeal(world);
  return (event: BusEvent) => stop({ event, at: busEventTime(event) });
});

export const handler = onLambda(stopDealHandler);

import { type BusEvent, busEventTime } from '../aws/bus-event.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { changeDeal, changeDealUses } from '../verbs/change-deal.ts';

/** EventBridge rule for `Deal Changed`. */
export const followDealHandler = stack('follow-deal', changeDealUses, (world) => {
  const change = changeDeal(world);
  return (event: BusEvent) => change({ event, at: busEventTime(event) });
});

export const handler = onLambda(followDealHandler);

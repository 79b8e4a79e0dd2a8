import { ListRulesCommand, TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import type { EventToPut } from './put-event.ts';
import type { System } from './system.ts';

/** Whether a rule of the bus matches the event: nothing would ever come of one that none does. */
export async function isHeard({ clients }: Pick<System, 'clients'>, event: EventToPut): Promise<boolean> {
  const { Rules = [] } = await clients.events.send(new ListRulesCommand({}));
  const text = JSON.stringify({
    source: event.source,
    'detail-type': event.detailType,
    detail: JSON.parse(event.detail),
  });
  for (const { EventPattern } of Rules) {
    const { Result } = await clients.events.send(new TestEventPatternCommand({ EventPattern, Event: text }));
    if (Result === true) return true;
  }
  return false;
}

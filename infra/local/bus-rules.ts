import { ListRulesCommand, TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import type { EventToPut } from './put-event.ts';
import type { System } from './system.ts';

/** Whether a rule of the bus matches the event: nothing would ever come of one that none does. */
export async function isHeard(
  { account, clock, clients }: Pick<System, 'account' | 'clock' | 'clients'>,
  event: EventToPut,
): Promise<boolean> {
  const { Rules = [] } = await clients.events.send(new ListRulesCommand({}));
  // EventBridge compares whole events only.
  const text = JSON.stringify({
    version: '0',
    id: 'to-be-put',
    account: account.identity.accountId,
    region: account.identity.region,
    time: new Date(clock.now()).toISOString(),
    resources: [],
    source: event.source,
    'detail-type': event.detailType,
    detail: JSON.parse(event.detail),
  });
  for (const { EventPattern } of Rules) {
    // A recurring rule waits for no event.
    if (EventPattern === undefined) continue;
    const { Result } = await clients.events.send(new TestEventPatternCommand({ EventPattern, Event: text }));
    if (Result === true) return true;
  }
  return false;
}

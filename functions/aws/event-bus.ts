import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { DealBus } from '../ports/deal-bus.ts';
import { ServiceUnavailable } from '../ports/errors.ts';
import { orUnavailable } from './passing-errors.ts';

export const eventsOfEnvironment = (): EventBridgeClient => new EventBridgeClient({});

/** The bus of that name. Messages go one by one: of several that go together, some may get through and others not. */
export const dealBus = (client: EventBridgeClient, name: string): DealBus => ({
  async put(messages) {
    for (const { source, detailType, detail, at } of messages) {
      const entry = {
        EventBusName: name,
        Source: source,
        DetailType: detailType,
        Detail: JSON.stringify(detail),
        Time: new Date(at),
      };
      const { Entries = [] } = await orUnavailable('EventBridge', () =>
        client.send(new PutEventsCommand({ Entries: [entry] })),
      );
      const { ErrorCode: refused } = Entries[0] ?? { ErrorCode: 'nothing' };
      if (refused) throw new ServiceUnavailable(`EventBridge says ${refused}: try again.`);
    }
  },
});

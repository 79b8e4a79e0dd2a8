import { hmacSha256 } from '../../../../functions/crm/signature.ts';
import type { CrmRequest } from '../../../../functions/ports/crm-access.ts';
import type { Clock } from '../../../account/clock.ts';
import type { FakeCrmOptions } from '../fake-crm.ts';

/** What happened to a record, as a webhook's array names it; what all have in common is added when it is sent. */
export type HubspotEvent = Readonly<Record<string, unknown>> & { readonly subscriptionType: string };

const mostInBatch = 100;
/** How long after something happened HubSpot tells of it. */
const delay = 1000;

const minutes = 60_000;
/** When it tries again after a failure: ten times within a day. */
const retries = [1, 5, 15, 30, 60, 120, 180, 240, 300, 360].map((each) => each * minutes);

export interface WebhookSender {
  readonly happened: (event: HubspotEvent) => void;
  /** While it is held, nothing is sent; then all that waited is. */
  readonly hold: (isHeld: boolean) => void;
}

/**
 * Sends webhooks as HubSpot does: arrays of up to 100 events, in no order that anybody could rely on, signed by version 3, tried
 * again ten times within a day where they aren't answered by 2xx.
 */
export function webhookSender({ clock, webhookUrl, tell, secrets }: FakeCrmOptions, portalId: string): WebhookSender {
  let waiting: Readonly<Record<string, unknown>>[] = [];
  let isDue = false;
  let isHeld = false;
  let count = 0;

  function sendSoon(): void {
    if (isDue || isHeld || waiting.length === 0) return;
    isDue = true;
    clock.at(clock.now() + delay, () => void sendAll(), 'HubSpot tells of what happened');
  }

  async function sendAll(): Promise<void> {
    isDue = false;
    if (isHeld) return;
    const events = waiting;
    waiting = [];
    // The newest first: HubSpot promises no order.
    for (let end = events.length; end > 0; end -= mostInBatch)
      await send(events.slice(Math.max(0, end - mostInBatch), end).toReversed(), 0);
  }

  async function send(events: readonly Readonly<Record<string, unknown>>[], attempt: number): Promise<void> {
    if (isHeld) {
      waiting = [...events, ...waiting];
      return;
    }
    const body = JSON.stringify(events.map((event) => ({ ...event, attemptNumber: attempt })));
    const status = await tell({ webhook: signed(body, clock) }).catch(() => 0);
    const wait = retries[attempt];
    if ((status >= 200 && status < 300) || wait === undefined) return;
    clock.at(clock.now() + wait, () => void send(events, attempt + 1), 'HubSpot tells again');
  }

  function signed(body: string, { now }: Clock): CrmRequest {
    const timestamp = String(now());
    const url = webhookUrl ?? '';
    const key = secrets['clientSecret'] ?? '';
    const signature = hmacSha256(key, 'POST', url, body, timestamp).toString('base64');
    return {
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'HubSpot Connect 2.0 (http://dev.hubspot.com/) - Webhooks',
        'x-hubspot-signature-v3': signature,
        'x-hubspot-request-timestamp': timestamp,
      },
      body,
    };
  }

  return {
    happened(event) {
      if (webhookUrl === undefined) return;
      count += 1;
      // Ids of events come again, as HubSpot's do.
      const common = { eventId: 100 + (count % 7), subscriptionId: 2001, portalId: Number(portalId), appId: 3001 };
      const isOfObject = event.subscriptionType !== 'object.associationChange';
      const ofDeal = isOfObject ? { objectTypeId: '0-3' } : {};
      waiting.push({ ...common, occurredAt: clock.now(), ...ofDeal, ...event });
      sendSoon();
    },
    hold(held) {
      isHeld = held;
      sendSoon();
    },
  };
}

import { randomUUID } from 'node:crypto';
import type { FakeCrmOptions } from '../fake-crm.ts';

/** A webhook as a user registered it. */
export interface RegisteredWebhook {
  readonly id: number;
  readonly subscription_url: string;
  readonly event_action: string;
  readonly event_object: string;
  readonly name: string;
  readonly http_auth_user: string;
  readonly http_auth_password: string;
  /** When it was taken last, in milliseconds; when it was registered, until then. */
  succeededAt: number;
  failed: number;
  bannedUntil: number;
}

/** Something that happened to a deal. */
export interface DealEvent {
  readonly action: 'create' | 'change' | 'delete';
  readonly dealId: number;
  readonly data: unknown;
  readonly previous: unknown;
  readonly userId: number;
  readonly more?: Readonly<Record<string, unknown>>;
}

export interface WebhookSender {
  readonly webhooks: readonly RegisteredWebhook[];
  register(
    webhook: Pick<
      RegisteredWebhook,
      'subscription_url' | 'event_action' | 'event_object' | 'name' | 'http_auth_user' | 'http_auth_password'
    >,
  ): RegisteredWebhook;
  /** False where there is none. */
  remove(id: number): boolean;
  happened(event: DealEvent): void;
  /** While it is held, nothing is sent; then all that waited is. */
  hold(isHeld: boolean): void;
}

/** How long after something happened Pipedrive tells of it, and when it tries again. */
const delay = 1000;
const retries = [3, 30, 150].map((each) => each * 1000);
/** Ten first tries that fail make a ban, in which events are lost. */
const [mostFailed, ban] = [10, 30 * 60_000];
/** Without a success for so long a webhook is deleted. */
const longestFailing = 3 * 24 * 60 * 60_000;

/** Sends webhooks of version 2 as Pipedrive does: each on its own, with HTTP Basic, tried four times, banned and deleted for failing. */
export function webhookSender({ clock, tell }: FakeCrmOptions, companyId: number): WebhookSender {
  const webhooks: RegisteredWebhook[] = [];
  let waiting: (() => Promise<void>)[] = [];
  let isHeld = false;
  let registered = 0;

  function send(webhook: RegisteredWebhook, body: Readonly<Record<string, unknown>>, attempt: number): void {
    const wait = attempt === 1 ? delay : (retries[attempt - 2] ?? 0);
    clock.at(clock.now() + wait, () => void deliver(webhook, body, attempt), 'Pipedrive tells of what happened');
  }

  async function deliver(
    webhook: RegisteredWebhook,
    body: Readonly<Record<string, unknown>>,
    attempt: number,
  ): Promise<void> {
    if (isHeld) {
      waiting.push(() => deliver(webhook, body, attempt));
      return;
    }
    if (!webhooks.includes(webhook) || clock.now() < webhook.bannedUntil) return;
    const { http_auth_user: user, http_auth_password: password } = webhook;
    const status = await tell({
      webhook: {
        method: 'POST',
        url: webhook.subscription_url,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Pipedrive Webhooks',
          authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        },
        body: JSON.stringify({ ...body, meta: { ...(body['meta'] as object), attempt } }),
      },
    }).catch(() => 0);
    if (status >= 200 && status < 300) {
      Object.assign(webhook, { failed: 0, succeededAt: clock.now() });
      return;
    }
    if (clock.now() - webhook.succeededAt > longestFailing) {
      webhooks.splice(webhooks.indexOf(webhook), 1);
      return;
    }
    if (attempt === 1) webhook.failed += 1;
    if (webhook.failed >= mostFailed) Object.assign(webhook, { failed: 0, bannedUntil: clock.now() + ban });
    else if (attempt <= retries.length) send(webhook, body, attempt + 1);
  }

  return {
    webhooks,
    register(asked) {
      registered += 1;
      const webhook = { ...asked, id: registered, succeededAt: clock.now(), failed: 0, bannedUntil: 0 };
      webhooks.push(webhook);
      return webhook;
    },
    remove(id) {
      const place = webhooks.findIndex((webhook) => webhook.id === id);
      return place >= 0 && webhooks.splice(place, 1).length === 1;
    },
    happened({ action, dealId, data, previous, userId, more = {} }) {
      for (const webhook of webhooks) {
        const isAsked = (given: string, happening: string) => given === '*' || given === happening;
        if (!isAsked(webhook.event_action, action) || !isAsked(webhook.event_object, 'deal')) continue;
        const meta = {
          ...{ action, entity: 'deal', entity_id: String(dealId), company_id: String(companyId) },
          ...{ user_id: String(userId), id: randomUUID(), correlation_id: randomUUID(), version: '2.0' },
          ...{ webhook_id: String(webhook.id), timestamp: new Date(clock.now()).toISOString(), ...more },
        };
        send(webhook, { meta, data, previous }, 1);
      }
    },
    hold(held) {
      isHeld = held;
      if (isHeld) return;
      const late = waiting;
      waiting = [];
      for (const deliverLate of late)
        clock.at(clock.now() + delay, () => void deliverLate(), 'Pipedrive tells what waited');
    },
  };
}

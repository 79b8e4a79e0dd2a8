import type { Instant } from '../domain/time/calendar.ts';
import type { Heard, SignedRequest, WebhookOutcome, Webhooks } from '../ports/webhooks.ts';
import type { WorldOf } from '../ports/world.ts';

/** What CRMs say, before the deal is read: the source of these messages on the bus. */
export const heardSource = 'handoff.heard';
export const heardType = 'Deal Heard';

/** Bytes of a body that anybody has a reason to send. */
const largestBody = 1024 * 1024;
/** Bytes of a message that goes on the bus as it is: it takes 256 KB with everything around it. */
const largestMessage = 200_000;

export const hearWebhookUses = ['dealBus.put', 'claims.store', 'seenDeals.isHeard', 'seenDeals.noteHeard'] as const;

/**
 * A webhook came in: looks whether it is the CRM's, and passes on what it says. Nothing else: CRMs want an answer within seconds, and the
 * deal is read later, by somebody who can wait. What is signed and sent once more, by whoever overheard it, is heard once. `at`:
 * when it came, UTC. Rejects with ServiceUnavailable or RecordsUnavailable while nothing can be passed on: the CRM sends it again.
 */
export const hearWebhook =
  (world: WorldOf<typeof hearWebhookUses> & { readonly crm: string; readonly webhooks: Webhooks }) =>
  async (request: SignedRequest, at: Instant): Promise<WebhookOutcome> => {
    const { crm, webhooks } = world;
    // Nobody signs that much; and who only tries has no right to our time.
    if (request.rawBody.byteLength > largestBody) return { outcome: 'too large' };
    const why = await webhooks.problem(request, at);
    if (why) return { outcome: 'refused', why };
    const key = webhooks.replayKey(request);
    if (key !== undefined && (await world.seenDeals.isHeard(key))) return { outcome: 'heard before' };
    const body = Buffer.from(request.rawBody).toString('utf8');
    const said = webhooks.hear(jsonIn(body));
    if ('unreadable' in said) return { outcome: 'unreadable', why: said.unreadable };
    const detail = detailOf(said, webhooks);
    if (detail) {
      const isLarge = Buffer.byteLength(JSON.stringify(detail)) > largestMessage;
      const passed = isLarge ? { claim: await world.claims.store(JSON.stringify(detail), at) } : detail;
      await world.dealBus.put([{ source: heardSource, detailType: heardType, detail: { crm, ...passed }, at }]);
    }
    // Only now: had it not come on the bus, it would have to be heard again.
    if (key !== undefined) await world.seenDeals.noteHeard(key, at);
    return { outcome: detail ? 'heard' : 'nothing of ours' };
  };

/** What is passed on; undefined for what is not about deals of ours. */
export function detailOf(
  said: Exclude<Heard, { readonly unreadable: string }>,
  { isOurs }: Pick<Webhooks, 'isOurs'>,
): Readonly<Record<string, unknown>> | undefined {
  if ('lost' in said) return undefined;
  if ('event' in said) return { event: said.event };
  const signals = said.signals.filter(({ account }) => isOurs(account));
  return signals.length > 0 ? { signals } : undefined;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

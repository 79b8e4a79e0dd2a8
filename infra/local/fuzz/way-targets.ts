import fc from 'fast-check';
import { connectorOf } from '../../../functions/crm/connectors.ts';
import { parseDealEvent, parseDealStopped } from '../../../functions/domain/deal/deal.ts';
import { parseSaidDeal } from '../../../functions/domain/deal/said-deal.ts';
import type { DealRead } from '../../../functions/ports/crm.ts';
import type { BusMessage } from '../../../functions/ports/deal-bus.ts';
import type { SeenVersion } from '../../../functions/ports/seen-deals.ts';
import { hearWebhook } from '../../../functions/verbs/hear-webhook.ts';
import { readDeals } from '../../../functions/verbs/read-deal.ts';
import { namedIn } from './crm-targets.ts';
import { mutated, mutatedText } from './mutations.ts';
import { soldAt as at } from './recorded.ts';
import { signers } from './signature-targets.ts';
import { type FuzzTarget, targetOf } from './target.ts';

/** Where deals are kept, and what came on the bus, of one run. */
function playedWorld(read: DealRead) {
  const seen = new Map<string, SeenVersion>();
  const claims = new Map<string, string>();
  const bus: BusMessage[] = [];
  return {
    bus,
    world: {
      dealBus: { put: async (messages: readonly BusMessage[]) => void bus.push(...messages) },
      claims: {
        store: async (text: string) => {
          claims.set('claim', text);
          return 'claim';
        },
        read: async (claim: string) => claims.get(claim),
      },
      deals: { episodes: async () => [], join: async () => undefined, read: async () => undefined },
      handoffs: { load: async () => undefined },
      audit: { write: async () => undefined },
      refusals: { store: async () => undefined },
      hash: (text: string) => String(text.length),
      crm: { readDeal: async () => read },
      seenDeals: {
        load: async (id: string) => seen.get(id),
        save: async (id: string, kept: SeenVersion['seen'], over: number) => {
          seen.set(id, { seen: kept, version: over + 1 });
          return over + 1;
        },
        isHeard: async () => false,
        noteHeard: async () => undefined,
      },
    },
  };
}

const gone: DealRead = { gone: 'It is gone.' };

/** Bytes of an event that EventBridge takes. */
const largestEntry = 256 * 1024;

function busProblem(bus: readonly BusMessage[]): string | undefined {
  const large = bus.find(({ detail }) => Buffer.byteLength(JSON.stringify(detail)) > largestEntry);
  if (large) return `An event "${large.detailType}" is larger than the bus takes.`;
  const odd = bus.find(({ at: time, detailType }) => Number.isNaN(Date.parse(time)) || detailType === '');
  return odd && `An event without a type or a time is put on the bus: ${JSON.stringify(odd).slice(0, 200)}`;
}

const webhooksOf = (crm: string, account: string) => {
  const { hear, replayKey, tellsEvents = false } = connectorOf(crm);
  return {
    hear,
    replayKey: replayKey ?? (() => undefined),
    tellsEvents,
    isOurs: (other: string) => other === account,
    problem: async () => undefined,
  };
};

/** How a webhook that is really signed goes on to the bus and to whoever reads the deal, whatever it says. */
export function webhookTarget(crm: string, said: readonly unknown[]): FuzzTarget {
  const { settings, sign } = signers[crm] ?? {};
  const webhooks = webhooksOf(crm, settings?.account ?? '');
  const texts = said.map((body) => JSON.stringify(body));
  const inputs = fc.oneof(
    { weight: 4, arbitrary: mutated(said).map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: mutatedText(texts) },
  );
  return targetOf(inputs, async (body) => {
    const { world, bus } = playedWorld(gone);
    const request = { method: 'POST', headers: sign?.(body) ?? {}, rawBody: Buffer.from(body) };
    const { outcome } = await hearWebhook({ ...world, crm, webhooks })(request, at);
    if ((outcome === 'heard') !== bus.length > 0) return `It is "${outcome}", and ${bus.length} events are on the bus.`;
    return onwards({ world: { ...world, webhooks }, bus });
  });
}

/** The same for what comes on the CRM's own bus. */
export function partnerBusTarget(crm: string, account: string, said: readonly unknown[]): FuzzTarget {
  const webhooks = webhooksOf(crm, account);
  return targetOf(mutated(said), async (event) => {
    const { world, bus } = playedWorld(gone);
    // EventBridge sets the time itself.
    await readDeals({ ...world, webhooks })({ ...Object(event), time: at });
    return onwards({ world: { ...world, webhooks }, bus });
  });
}

/** What was heard is read, until nothing more is heard of it. */
async function onwards({
  world,
  bus,
}: Pick<ReturnType<typeof playedWorld>, 'bus'> & {
  readonly world: Parameters<typeof readDeals>[0];
}): Promise<string | undefined> {
  for (let next = 0; next < bus.length; next += 1) {
    const message = bus[next];
    if (message === undefined || bus.length > 2000) return 'One webhook brings thousands of events.';
    const { source, detailType, detail, at: time } = message;
    const event: unknown = JSON.parse(JSON.stringify({ source, 'detail-type': detailType, detail, time }));
    if (source === 'handoff.heard') await readDeals(world)(event);
    else for (const parse of [parseDealEvent, parseSaidDeal, parseDealStopped]) parse(event);
  }
  const told = bus.find(({ detail }) => namedIn(String(detail['reason'] ?? '')));
  return busProblem(bus) ?? (told && `An event says somebody's data in its reason: ${told.detail['reason']}`);
}

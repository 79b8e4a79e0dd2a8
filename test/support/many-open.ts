import { reconcileHandler } from '../../functions/handlers/reconcile.ts';
import type { CrmAnswer, CrmRequest, CrmSecrets } from '../../functions/ports/crm-access.ts';
import type { BusMessage } from '../../functions/ports/deal-bus.ts';
import type { World } from '../../functions/ports/world.ts';
import { createClock } from '../../infra/account/clock.ts';
import type { FakeCrm, FakeCrmOptions } from '../../infra/local/crm/fake-crm.ts';
import { createFakeHubspot, fakePortal } from '../../infra/local/crm/hubspot/fake-hubspot.ts';
import { createFakePipedrive, fakeCompany } from '../../infra/local/crm/pipedrive/fake-pipedrive.ts';
import type { PlayedName } from '../../infra/local/crm/played-names.ts';
import { createFakeSalesforce, fakeOrganization } from '../../infra/local/crm/salesforce/fake-salesforce.ts';
import { silent } from '../../infra/local/system.ts';
import { roster, sampleEvent } from './deals.ts';
import { openSystem } from './world.ts';

const start = Date.parse('2026-11-20T03:00:00Z');
const hour = 3_600_000;
const apiUrl = 'https://crm.example.com';

/** Each with the limits of its smallest subscription. */
const plays: Readonly<
  Record<PlayedName, { readonly account: string; readonly create: (options: FakeCrmOptions) => FakeCrm }>
> = {
  hubspot: { account: fakePortal, create: (options) => createFakeHubspot({ ...options, limit: 100 }) },
  salesforce: { account: fakeOrganization, create: createFakeSalesforce },
  pipedrive: {
    account: String(fakeCompany),
    create: (options) => createFakePipedrive({ ...options, limit: 20, dailyTokens: 30_000 }),
  },
};

const secrets = { accessToken: 'is', apiToken: 'is', clientId: 'is', clientSecret: 'is' };

/** How long a CRM takes to answer, milliseconds. */
const answersAfter = 130;

/**
 * A night in which so many handoffs are open, of deals that a played CRM has, and time that goes by as the CRM is asked and waited
 * for. `between` may answer in its place, and do something meanwhile; `secondsLeft`: what Lambda gives each run.
 */
export async function openNight(
  name: PlayedName,
  count: number,
  {
    between = (_, answer) => answer(),
    held = () => [secrets],
    secondsLeft = 900,
  }: {
    readonly between?: (request: CrmRequest, answer: () => CrmAnswer) => CrmAnswer;
    readonly held?: (fresh: boolean) => readonly CrmSecrets[];
    readonly secondsLeft?: number;
  } = {},
) {
  let time = start;
  const clock = { ...createClock({ start }), now: () => time };
  const waiting: { readonly until: number; readonly go: () => void }[] = [];
  /** Time goes on to whoever waits for the next moment, once nobody has anything else to do. */
  const goOn = (): void => {
    const [next] = waiting.toSorted((one, other) => one.until - other.until);
    if (!next) return;
    waiting.splice(waiting.indexOf(next), 1);
    time = Math.max(time, next.until);
    next.go();
  };
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((go) => {
      waiting.push({ until: time + milliseconds, go });
      setImmediate(goOn);
    });
  const system = await openSystem({ at: '2026-11-20T03:00:00Z' });
  const fake = plays[name].create({ clock, apiUrl, secrets, tell: async () => 200 });
  const sellers = roster().slice(0, 10);
  const sellerOf = (i: number) => sellers[i % sellers.length]?.email ?? '';
  const { detail } = sampleEvent('complete-standard');
  const won = fake.stages.find(({ phase }) => phase === 'won')?.id ?? '';
  const ids = Array.from({ length: count }, (_, i) => {
    const dealId = fake.put({ ...detail, name: `Deal ${i}`, accountExecutive: sellerOf(i) });
    fake.move(dealId, won);
    return dealId;
  });
  time += hour;

  // What a handoff is beside its deal doesn't matter: one stands for all.
  const id = await system.win(sampleEvent('complete-standard'));
  const [stored, record] = [await system.world.deals.read(id), await system.load(id)];
  const placeOf = (handoffId: string) => ids.indexOf(handoffId.slice(0, -2));
  const said: BusMessage[] = [];
  const asked: { readonly at: number; readonly request: CrmRequest; readonly status: number }[] = [];
  const world: World = {
    ...system.world,
    roster: { ...system.world.roster, everybody: async () => sellers.slice(0, 1) },
    steps: {
      ...system.world.steps,
      openOf: async () => ids.map((dealId) => ({ id: `${dealId}-1`, step: 'review-brief' })),
    },
    deals: {
      ...system.world.deals,
      episodes: async (dealId) => (ids.includes(dealId) ? [`${dealId}-1`] : []),
      read: async (handoffId) => {
        const place = placeOf(handoffId);
        const [dealId = '', accountExecutive] = [ids[place], sellerOf(place)];
        return stored && { ...stored, deal: { ...stored.deal, dealId, accountExecutive } };
      },
    },
    handoffs: {
      ...system.world.handoffs,
      load: async (handoffId) => {
        const people = { ...record.state.people, accountExecutive: sellerOf(placeOf(handoffId)) };
        return { ...record, state: { ...record.state, id: handoffId, people } };
      },
    },
    dealBus: { put: async (messages) => void said.push(...messages) },
    crmAccess: () => ({
      ...{ crm: name, settings: { account: plays[name].account, apiUrl, webhookUrl: '' }, writesBack: [] },
      secrets: async (how) => held(how?.fresh ?? false),
      http: async (request) => {
        const at = clock.now();
        const answer = between(request, () => fake.answer(request));
        asked.push({ at, request, status: answer.status });
        await pause(answersAfter);
        return answer;
      },
      waiting: { now: clock.now, pause },
    }),
  };
  const hear = async (dealId: string) => {
    await system.world.seenDeals.save(dealId, { phase: 'won', facts: '', at: '2026-11-19T08:30:00Z', outbox: [] }, 0);
  };
  /** A run of the function; it began its time anew. */
  const run = async () => {
    const began = clock.now();
    const getRemainingTimeInMillis = () => began + secondsLeft * 1000 - clock.now();
    const result = await reconcileHandler(world, silent)(
      { time: new Date(began).toISOString() },
      { getRemainingTimeInMillis },
    ).catch((error: Error) => error);
    return { result, seconds: (clock.now() - began) / 1000 };
  };
  const pass = (milliseconds: number) => {
    time += milliseconds;
  };
  return { fake, ids, said, asked, hear, run, pass };
}

/** The most requests within any such span, milliseconds. */
export function busiest(asked: readonly { readonly at: number }[], span: number): number {
  return Math.max(0, ...asked.map(({ at }) => asked.filter((each) => each.at >= at && each.at < at + span).length));
}

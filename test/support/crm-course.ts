import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { dealBus } from '../../functions/aws/event-bus.ts';
import { connectorOf } from '../../functions/crm/connectors.ts';
import { partiesOf } from '../../functions/domain/handoff/roles-held.ts';
import { announcementRule, announcements } from '../../functions/domain/playbook/announcements.ts';
import { writeBackFields } from '../../functions/ports/crm.ts';
import { placeOf } from '../../functions/verbs/merged-deal.ts';
import { reconcileDaily } from '../../functions/verbs/reconcile-daily.ts';
import { writeBackValues } from '../../functions/verbs/write-back-values.ts';
import { createClock } from '../../infra/account/clock.ts';
import type { FakeCrm } from '../../infra/local/crm/fake-crm.ts';
import type { FakeHubspot } from '../../infra/local/crm/hubspot/fake-hubspot.ts';
import { playCrm } from '../../infra/local/crm/played-crm.ts';
import type { PlayedName } from '../../infra/local/crm/played-names.ts';
import { busName, crmSecretsName } from '../../infra/local/local-names.ts';
import { employPeople } from '../../infra/local/play/people.ts';
import { type Draws, drawsOf } from '../../infra/local/simulate/draws.ts';
import { employOperator } from '../../infra/local/simulate/operator.ts';
import { randomFaults, type Weather } from '../../infra/local/simulate/random-faults.ts';
import { createSystem, type System, silent } from '../../infra/local/system.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { troubledLine } from './crm-line.ts';
import { roster, sampleEvent } from './deals.ts';

const siteUrl = 'https://handoff.example.com';
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.parse('2026-11-16T08:00:00Z');
/** Deals move, and everything may go wrong, for so long. */
const troubled = 6 * day;
/** What the CRM said is tried for fifty hours. */
const calm = 4 * day;

/** What became of a course. */
export interface CourseEnd {
  /** What must be so and was not, a sentence each. */
  readonly broken: readonly string[];
  /** What happened, in its order, for whoever looks into it. */
  readonly told: readonly string[];
  /** How many handoffs began. */
  readonly begun: number;
  /** How much the reconciler had to say again in the end. */
  readonly said: number;
}

/** A deal of a course, as it went in the CRM. */
interface Sold {
  /** The ids that it has had in the CRM, of which the last one lives: HubSpot makes a new deal of two that are merged. */
  readonly ids: string[];
  phase: 'early' | 'proposed' | 'won' | 'lost' | 'gone';
  /** What it was before it was deleted. */
  was?: Sold['phase'];
  wins: number;
}

const liveIn = ({ ids }: Sold): string => ids.at(-1) ?? '';

/**
 * Sells deals in a played CRM as a seed draws it: they move to any stage and back, change, are merged with duplicates, deleted and restored, while the CRM is out, busy or
 * answers by halves, its token changes, its webhooks come late, twice or not at all, and calls of the account go wrong. Then
 * everything is quiet for days, the reconciler runs as it does every night, and what is left is looked at.
 */
export async function playCourse(name: PlayedName, seed: number, weather: Weather): Promise<CourseEnd> {
  const clock = createClock({ start });
  const draws = drawsOf(seed);
  const told: string[] = [];
  const tell = (text: string) => void told.push(`${new Date(clock.now()).toISOString().slice(5, 19)} ${text}`);
  const played = playCrm(name, { clock, siteUrl });
  const quietAfter = start + troubled;
  const line = troubledLine({ name, played, clock, draws: draws.apart(), quietAfter, tell });
  const faults = randomFaults({ seed, weather, outages: [], now: () => clock.now(), quietAfter });
  const people = roster();
  const system = await createSystem({
    ...{ clock, siteUrl, roster: people, observerOf: () => silent },
    crm: { ...played.settings, http: line.http },
    account: { faults, engine: { random: () => 0.5 } },
  });
  try {
    played.attach(line.to(system.account));
    employPeople({ system, playbook, roster: people, manner: draws.oneOf(['prompt', 'silent']), script: {} });
    employOperator({ system, from: start, days: (troubled + calm) / day });
    const sold = Array.from({ length: draws.int(1, 2) }, () => sell(played.fake, draws.apart(), { clock, tell }));
    planTrouble(draws.apart(), { fake: played.fake, clock, tell });
    planNewToken(draws.apart(), { system, line, tell });
    await clock.advanceTo(start + troubled + calm);

    const { account, apiUrl, http } = played.settings;
    const crm = connectorOf(name).connect({
      settings: { account, apiUrl, webhookUrl: '' },
      secrets: async () => [played.settings.secrets],
      http,
    });
    const nightly = reconcileDaily({ ...system.world, dealBus: dealBus(system.clients.events, busName), crm });
    const reconcile = async () => {
      const summed = await nightly({ at: new Date(clock.now()).toISOString() });
      await clock.advanceTo(clock.now() + 2 * hour);
      return summed;
    };
    const { said } = await reconcile();
    const again = await reconcile();
    const problems = await Promise.all(sold.map((deal) => problemsOf(deal, { system, fake: played.fake })));
    return {
      told: [...told, ...faults.drawn.map(({ at, fault, call }) => `${new Date(at).toISOString()} ${fault}: ${call}`)],
      begun: (await Promise.all(sold.flatMap(({ ids }) => ids).map((id) => system.world.deals.episodes(id)))).flat()
        .length,
      said,
      broken: [
        ...problems.flat(),
        ...(again.said > 0 ? ['The reconciler says the same again.'] : []),
        ...customersToldTwice(system),
      ],
    };
  } finally {
    await system.close();
  }
}

interface Watched {
  readonly clock: ReturnType<typeof createClock>;
  readonly tell: (text: string) => void;
}

/** A deal, and what is done with it. */
function sell(fake: FakeCrm, draws: Draws, { clock, tell }: Watched): Sold {
  const { detail } = sampleEvent('complete-standard');
  const deal: Sold = { ids: [fake.put(detail)], phase: 'proposed', wins: 0 };
  let at = start + draws.int(1, 24 * 60) * minute;
  for (let left = draws.int(3, 9); left > 0 && at < start + troubled; left -= 1) {
    const drawn = draws.int(0, 99);
    const phase = draws.oneOf(['won', 'won', 'won', 'proposed', 'early', 'lost'] as const);
    const stage = draws.oneOf(fake.stages.filter((each) => each.phase === phase));
    const amount = draws.int(1000, 900_000);
    clock.at(at, () => {
      const dealId = liveIn(deal);
      if (deal.phase === 'gone') {
        tell(`${dealId} is restored`);
        fake.restore(dealId);
        deal.phase = deal.was ?? 'gone';
        if (deal.phase === 'won') deal.wins += 1;
      } else if (drawn < 5) {
        tell(`${dealId} is deleted`);
        fake.remove(dealId);
        deal.was = deal.phase;
        deal.phase = 'gone';
      } else if (drawn < 12 && isHubspot(fake)) {
        deal.ids.push(fake.merge(dealId, fake.put(detail)));
        tell(`${dealId} takes in a duplicate, and is ${liveIn(deal)}`);
      } else if (drawn < 20) {
        tell(`${dealId} is worth ${amount}`);
        fake.revise(dealId, { amount });
      } else {
        tell(`${dealId} is at ${stage.label}`);
        fake.move(dealId, stage.id);
        if (phase === 'won' && deal.phase !== 'won') deal.wins += 1;
        deal.phase = phase;
      }
    });
    // Some at once, some the next day.
    at += draws.oneOf([draws.int(0, 120) * 1000, draws.int(1, 120) * minute, draws.int(1, 30) * hour]);
  }
  return deal;
}

const isHubspot = (fake: FakeCrm): fake is FakeHubspot => 'deactivate' in fake;

/** The CRM is out or busy for a while. */
function planTrouble(draws: Draws, { fake, clock, tell }: Watched & { readonly fake: FakeCrm }): void {
  for (let left = draws.int(0, 3); left > 0; left -= 1) {
    const from = start + draws.int(0, 5 * 24 * 60) * minute;
    const until = from + draws.oneOf([draws.int(1, 30), draws.int(30, 10 * 60)]) * minute;
    const outage = draws.oneOf(['down', 'busy'] as const);
    const set = (now: FakeCrm['outage']) => () => {
      tell(`the CRM is ${now === 'none' ? 'back' : now}`);
      fake.outage = now;
    };
    clock.at(from, set(outage));
    clock.at(until, set('none'));
  }
}

/** The CRM gives out another token; ours is changed before or after. */
function planNewToken(
  draws: Draws,
  {
    system,
    line,
    tell,
  }: Pick<Watched, 'tell'> & { readonly system: System; readonly line: ReturnType<typeof troubledLine> },
): void {
  if (!draws.chance(0.5)) return;
  const { clock, clients } = system;
  const at = start + draws.int(60, 5 * 24 * 60) * minute;
  clock.at(at, () => {
    tell('the CRM takes the new token only');
    line.changeToken();
  });
  clock.at(at + draws.int(-55, 300) * minute, async () => {
    tell('we hold the new token');
    const Value = JSON.stringify({ current: line.newSecrets, previous: line.secrets });
    await clients.ssm.send(
      new PutParameterCommand({ Name: crmSecretsName, Value, Overwrite: true, Type: 'SecureString' }),
    );
  });
}

interface Looked {
  readonly system: System;
  readonly fake: FakeCrm;
}

/** What is wrong with a deal after all. */
async function problemsOf(deal: Sold, { system, fake }: Looked): Promise<readonly string[]> {
  const { account, world, clock } = system;
  const { ids, phase, wins } = deal;
  const dealId = liveIn(deal);
  const handoffs = account.stepFunctions
    .executions()
    .filter(({ name }) => ids.some((id) => name.startsWith(`${id}-`) && /^\d+$/.test(name.slice(id.length + 1))));
  const going = handoffs.filter(({ status }) => status === 'RUNNING' || status === 'SUCCEEDED');
  const running = handoffs.filter(({ status }) => status === 'RUNNING');
  const problems: string[] = [];
  if (phase === 'won' && (running.length > 1 || going.length === 0))
    problems.push(
      `${dealId} is won, and has ${handoffs.map(({ name, status }) => `${name} ${status}`).join(', ') || 'no handoff'}.`,
    );
  if (phase !== 'won' && running.length > 0)
    problems.push(`${dealId} is ${phase}, and ${running.map(({ name }) => name).join(', ')} goes on.`);
  if (new Set(handoffs.map(({ name }) => name)).size > wins)
    problems.push(`${dealId} was won ${wins} times, and has ${handoffs.length} handoffs.`);
  const newest = (await world.deals.episodes((await placeOf(world, dealId)).dealId)).at(-1);
  const record = newest === undefined ? undefined : await world.handoffs.load(newest);
  const shown = fake.deals().find((each) => each.dealId === dealId)?.properties;
  if (!record || !newest || !shown) return problems;
  const { status } = record.state;
  const goesOn = status !== 'cancelled' && status !== 'complete';
  if (phase === 'won' ? status === 'cancelled' : goesOn)
    problems.push(`${dealId} is ${phase}, and the record of ${newest} says ${status}.`);
  // What the CRM refused stays as it was until there is something else to write.
  const trail = await world.audit.trail(newest);
  if (trail.some(({ what }) => what === 'write-back-refused')) return problems;
  // The same while it was deleted: what became of the handoff then is not there, unless it goes on.
  if (deal.was !== undefined && phase !== 'won') return problems;
  const at = new Date(clock.now()).toISOString();
  const values = writeBackValues(record, {
    people: await world.roster.people(partiesOf(record)),
    site: world.site,
    at,
  });
  for (const field of ['status', 'phase', 'owner'] as const) {
    const text = shown.find(({ label }) => label === writeBackFields[field].label)?.text ?? null;
    if (text !== values[field])
      problems.push(`${dealId} says ${field} ${text} in the CRM, and should say ${values[field]}.`);
  }
  return problems;
}

/** Customers who got the same of the same handoff twice. */
function customersToldTwice({ account }: System): readonly string[] {
  const sent = new Set<string>();
  return account.inbox.mails.flatMap((mail) => {
    const { kind = '', handoff = '' } = mail.tags;
    if (!(kind in announcements) || !announcementRule(kind as keyof typeof announcements).toCustomer) return [];
    // An appointment that is made anew is news.
    if (mail.calendar !== undefined) return [];
    return mail.to.flatMap(({ address }) => {
      const key = `${address} got "${kind}" of ${handoff}`;
      const isKnown = sent.has(key);
      sent.add(key);
      return isKnown ? [`${key} twice.`] : [];
    });
  });
}

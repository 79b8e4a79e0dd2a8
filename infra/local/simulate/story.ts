import type { Person } from '../../../functions/domain/people/person.ts';
import type { Escalations, Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import { compileProblems } from '../../../statemachines/compile-problems.ts';
import type { Manner, Script } from '../play/script.ts';
import type { SystemOptions } from '../system.ts';
import { type Draws, drawsOf } from './draws.ts';
import { type DealEvent, randomDeal } from './random-deal.ts';
import type { Weather } from './random-faults.ts';
import { randomNews } from './random-news.ts';
import { type Outage, randomOutages } from './random-outages.ts';
import { changedPlaybook, impatient } from './random-playbook.ts';
import { changedRoster, closedOn, randomClosingDays, randomColleagues, randomRoster } from './random-roster.ts';
import { randomScript } from './random-script.ts';

/** What happens around one deal, all of it drawn from a seed. */
export interface Story {
  readonly seed: number;
  readonly playbook: Playbook;
  readonly roster: readonly Person[];
  readonly events: readonly DealEvent[];
  readonly manner: Manner;
  readonly script: Script;
  /** What the stage is set to. */
  readonly site: Pick<SystemOptions, 'locale' | 'defaultZone'>;
  /** For how long a transition of an execution takes, in virtual milliseconds; no time when left out. */
  readonly transitionTakes?: number;
  /** How much goes wrong. */
  readonly weather: Weather;
  /** Services that answer nobody for a while. */
  readonly outages: readonly Outage[];
  /** Addresses that mail does not reach, and how. */
  readonly unreachable: readonly { readonly email: string; readonly how: 'bounce' | 'complain' | 'reject' }[];
  /** At most so many faults, the first that are drawn; all of them when left out. */
  readonly mostFaults?: number;
  /** Rosters that somebody imports while the handoff runs. */
  readonly imports: readonly RosterImport[];
  /** Changed playbooks that somebody deploys while the handoff runs. */
  readonly deploys: readonly Deploy[];
}

/** The same story where escalations are told in another way; in digests only where the laws of its playbooks allow that. */
export function escalatingBy(escalations: Escalations, story: Story): Story {
  if (escalations === 'email') return story;
  const by = (playbook: Playbook): Playbook => {
    const changed = { ...playbook, escalations };
    return compileProblems(changed).length === 0 ? changed : playbook;
  };
  const deploys = story.deploys.map((deploy) => ({ ...deploy, playbook: by(deploy.playbook) }));
  return { ...story, playbook: by(story.playbook), deploys };
}

interface Deploy {
  readonly at: Instant;
  readonly playbook: Playbook;
}

interface RosterImport {
  readonly at: Instant;
  readonly roster: readonly Person[];
}

const day = 86_400_000;
/** Two years from here on hold a leap day, and every change of clocks four times. */
const epoch = Date.parse('2027-01-01T00:00:00Z');

/** The story of a seed (any whole number), by one of the playbooks, in some weather. */
export function storyOf(seed: number, playbooks: readonly Playbook[], weather: Weather = 'none'): Story {
  const draws = drawsOf(seed);
  const playbook = draws.oneOf(playbooks);
  const start = epoch + draws.int(0, 730) * day + draws.int(0, 1439) * 60_000;
  const on = (ms: number): string => new Date(ms).toISOString();
  const from = on(start).slice(0, 10);
  const roster = randomRoster({ draws, from, segments: Object.keys(playbook.segments) });
  const deal = randomDeal({ draws, dealId: `S-${seed}`, playbook, roster, closedWonAt: on(start) });
  const imports = Array.from({ length: draws.oneOf([0, 0, 1, 3]) }, () => draws.int(1, 40 * 24 * 60))
    .sort((a, b) => a - b)
    .map((minutes) => ({ at: on(start + minutes * 60_000), roster: changedRoster(roster, { draws, from }) }));
  const events = [deal, ...(weather === 'none' ? [] : copies(deal, draws)), ...turns(deal, draws.apart())];
  const manner: Manner = draws.oneOf(['prompt', 'prompt', 'late', 'late', 'silent'] as const);
  const script = randomScript({ draws, playbook, roster, liveliness: draws.oneOf([0, 0.2, 0.6]) });
  const unreachable = unreachableAmong([...emailsIn(deal), ...roster.map(({ email }) => email)], draws.apart());
  const asDrawn = draws.chance(0.3) ? changedPlaybook(playbook, draws) : playbook;
  const deploys = Array.from({ length: draws.oneOf([0, 0, 0, 1, 2]) }, () => ({
    at: on(start + draws.int(1, 40 * 24 * 60) * 60_000),
    playbook: changedPlaybook(playbook, draws),
  }));
  const played = manner === 'silent' && draws.chance(0.95) ? impatient(asDrawn, draws) : asDrawn;
  const outages = randomOutages({ draws, start, most: mostOutages[weather] });
  const closingDays = randomClosingDays(roster, { draws, from });
  // Some companies say when they are closed while handoffs run.
  const isSaidBefore = draws.chance(0.7);
  const colleagues = randomColleagues({ draws: draws.apart(), from });
  const news = randomNews({ draws: draws.apart(), deal, roster, isInOrder: weather === 'none' });
  const company = [...roster, ...colleagues];
  const site = randomSite(draws.apart());
  const transitionTakes = transitionsOf(draws.apart());
  return {
    seed,
    playbook: played,
    site,
    ...(transitionTakes !== undefined && { transitionTakes }),
    roster: closedOn(isSaidBefore ? closingDays : [], company),
    events: [...events, ...news],
    manner,
    script,
    imports: imports.map((each) => ({ ...each, roster: closedOn(closingDays, [...each.roster, ...colleagues]) })),
    deploys,
    weather,
    outages,
    unreachable: weather === 'none' ? [] : unreachable,
  };
}

/** Where a stage is, and in which language it writes: most write American English. */
const randomSite = (draws: Draws): Story['site'] => ({
  ...(draws.chance(0.4) && { locale: draws.oneOf(['de-DE', 'de-AT', 'de-CH', 'en-GB', 'en-IN']) }),
  ...(draws.chance(0.5) && { defaultZone: draws.oneOf(['Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata']) }),
});

const transitionsOf = (draws: Draws): number | undefined => (draws.chance(0.5) ? draws.int(1, 900) : undefined);

const mostOutages: Readonly<Record<Weather, number>> = { none: 0, light: 1, heavy: 3 };

const unreachableAmong = (emails: readonly string[], draws: Draws): Story['unreachable'] =>
  draws.some(emails, 0.04).map((email) => ({ email, how: draws.oneOf(['bounce', 'bounce', 'complain', 'reject']) }));

/** The addresses of the customer's people. */
function emailsIn({ detail }: DealEvent): string[] {
  const { stakeholders } = Object(detail['package']) as {
    readonly stakeholders?: readonly { readonly email?: string }[];
  };
  return (stakeholders ?? []).flatMap(({ email }) => email ?? []);
}

/** Some deals are lost again, or reopened, and some of those are won once more. */
function turns(deal: DealEvent, draws: Draws): DealEvent[] {
  if (!draws.chance(0.12)) return [];
  const { source, detail } = deal;
  const { dealId, wonEpisode, package: pkg, ...facts } = detail;
  const after = (minutes: number): string => new Date(Date.parse(deal.time) + minutes * 60_000).toISOString();
  const off = draws.int(1, 50 * 24 * 60);
  const stopped: DealEvent = {
    source,
    'detail-type': draws.oneOf(['Deal Lost', 'Deal Reopened', 'Deal Cancelled']),
    time: after(off),
    detail: {
      dealId,
      ...(wonEpisode !== undefined && { wonEpisode }),
      ...(draws.chance(0.5) && { reason: 'No budget.' }),
    },
  };
  if (!draws.chance(0.5)) return [stopped];
  const again = after(off + draws.int(1, 20 * 24 * 60));
  const counted = wonEpisode !== undefined && { wonEpisode: 2 };
  return [
    stopped,
    { ...deal, time: again, detail: { ...facts, dealId, package: pkg, closedWonAt: again, ...counted } },
  ];
}

/** EventBridge delivers at least once, and CRMs send again; some so late that the execution's name is free again. */
const copies = (deal: DealEvent, draws: Draws): DealEvent[] =>
  draws.some([1, 600, 20_000, 800_000], 0.15).map((minutes) => ({
    ...deal,
    time: new Date(Date.parse(deal.time) + minutes * 60_000).toISOString(),
  }));

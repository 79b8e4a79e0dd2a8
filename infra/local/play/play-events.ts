import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { handoffIdOf, parseDealEvent } from '../../../functions/domain/deal/deal.ts';
import type { Refusal } from '../../../functions/domain/fields/refusal.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { createClock } from '../../account/clock.ts';
import { type Usage, usageBetween } from '../../account/usage.ts';
import { createSystem, type System } from '../system.ts';
import { employPeople, type Mishap } from './people.ts';
import { type HandoffReport, reportOn } from './report.ts';
import type { Manner, Script } from './script.ts';

export interface PlayOptions {
  /** Events as a CRM sends them: `{ source, detail-type, detail }`. */
  readonly events: readonly unknown[];
  readonly playbook: Playbook;
  readonly roster: readonly Person[];
  readonly manner: Manner;
  readonly script: Script;
  readonly knownPackage: unknown;
}

export interface Played {
  readonly reports: readonly HandoffReport[];
  readonly mishaps: readonly Mishap[];
  /** Functions that failed and events nobody could handle; empty when all is well. */
  readonly failures: readonly string[];
  readonly usage: Usage;
}

/** An event that cannot be played, and why. */
export class UnusableEvent extends Error {
  override name = 'UnusableEvent';
}

/**
 * Plays events to the end in one account and in virtual time: until nothing is waiting for anything any more. Throws
 * UnusableEvent with every problem named when an event is refused.
 */
export async function playEvents(options: PlayOptions): Promise<Played> {
  const deals = options.events.map((event, i) => {
    const parsed = parseDealEvent(event, closedWonAtOf(event));
    if ('refused' in parsed) throw new UnusableEvent(refusalText(parsed.refused, i, options.events.length));
    return { event, deal: parsed.deal };
  });
  const start = Math.min(...deals.map(({ deal }) => Date.parse(deal.closedWonAt)));
  const clock = createClock({ start });
  const system = await createSystem({ clock, roster: options.roster, siteUrl: 'http://127.0.0.1:4566' });
  try {
    const before = system.account.usage();
    const staff = employPeople({ ...options, system });
    const refused: string[] = [];
    for (const { event, deal } of deals)
      clock.at(Date.parse(deal.closedWonAt), async () => {
        const problem = await put(system, event);
        if (problem) refused.push(problem);
      });
    await clock.runToEnd();
    if (refused.length > 0) throw new UnusableEvent(refused.join('\n'));
    const usage = usageBetween(before, system.account.usage());
    const ids = [...new Set(deals.map(({ deal }) => handoffIdOf(deal)))];
    const reports = await Promise.all(ids.map((id) => reportOn(system, id)));
    const { lambda, deadLetters } = system.account;
    return {
      reports: reports.filter((report) => report !== undefined),
      mishaps: staff.mishaps(),
      failures: [
        // Giving up on a handoff fails its execution on purpose, and is told with it.
        ...lambda.failures
          .filter(({ errorType }) => errorType !== 'HandoffAbandoned')
          .map((failure) => `${failure.functionName}: ${failure.errorType}: ${failure.errorMessage}`),
        ...deadLetters.map((letter) => `${letter.origin} → ${letter.functionName}: ${letter.errorMessage}`),
      ],
      usage,
    };
  } finally {
    await system.close();
  }
}

/** Play happens when the deal is won, whenever that is. */
function closedWonAtOf(event: unknown): string | undefined {
  const closedWonAt = Object(Object(event).detail).closedWonAt;
  return typeof closedWonAt === 'string' && !Number.isNaN(Date.parse(closedWonAt))
    ? new Date(closedWonAt).toISOString()
    : undefined;
}

/** Puts the event on the bus; returns what the bus says against it. */
export async function put(system: System, event: unknown): Promise<string | undefined> {
  const { source, 'detail-type': DetailType, detail } = Object(event);
  try {
    const { Entries } = await system.clients.events.send(
      new PutEventsCommand({ Entries: [{ Source: source, DetailType, Detail: JSON.stringify(detail) }] }),
    );
    const entry = Entries?.[0];
    return entry?.ErrorCode ? `EventBridge: ${entry.ErrorCode}: ${entry.ErrorMessage}` : undefined;
  } catch (error) {
    const longest = longestText(event, 'event');
    const remedy = `The longest text is ${longest.path} (${Math.ceil(longest.length / 1000)} KB): EventBridge takes 256 KB in all, so put it behind a link in the attachments.`;
    return `EventBridge: ${error instanceof Error ? `${error.name}: ${error.message}` : error} ${remedy}`;
  }
}

/** Where the longest text of an event stands. */
function longestText(value: unknown, path: string): { path: string; length: number } {
  if (typeof value === 'string') return { path, length: value.length };
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return members
    .map(([name, member]) => longestText(member, `${path}.${name}`))
    .reduce((longest, next) => (next.length > longest.length ? next : longest), { path, length: 0 });
}

function refusalText(refused: readonly Refusal[], index: number, count: number): string {
  const which = count > 1 ? `Event ${index + 1} cannot be used:` : 'The event cannot be used:';
  return [which, ...refused.map(({ field, problem, remedy }) => `  ${field}: ${problem} ${remedy}`)].join('\n');
}

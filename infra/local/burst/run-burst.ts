import type { Person } from '../../../functions/domain/people/person.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { inProcessClients } from '../../account/clients.ts';
import { createClock } from '../../account/clock.ts';
import { retriesInVirtualTime } from '../../account/sdk-retries.ts';
import { type Usage, usageBetween } from '../../account/usage.ts';
import { putOnBus } from '../put-event.ts';
import { createSystem, silent } from '../system.ts';
import { burstEvent, burstHandoffId, repeatable } from './deals.ts';
import { type QuotaName, type Quotas, type Tally, watchQuotas } from './quotas.ts';
import { type PagesSeen, watchReaders } from './readers.ts';
import { watchExecutions, watchMails } from './watching.ts';

export interface BurstOptions {
  readonly deals: number;
  /** In which the deals are won, at random moments; 0: all at once. */
  readonly minutes: number;
  readonly quotas: Quotas;
  readonly roster: readonly Person[];
  /** What the handoffs follow; the usual one when left out. */
  readonly playbook?: Playbook;
  /** After which it ends in any case, since the first deal; hours. */
  readonly horizonHours: number;
  /** Of arrivals, jitter and pauses; the same seed gives the same burst. */
  readonly seed?: number;
  /** Told about every virtual minute. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  /** Virtual minutes since the first deal. */
  readonly minutes: number;
  readonly won: number;
  readonly started: number;
  /** Deals whose first mail is out. */
  readonly mailed: number;
}

export interface Burst {
  readonly deals: number;
  readonly minutes: number;
  readonly started: number;
  /** Deals whose first mail went out. */
  readonly mailed: number;
  readonly mails: number;
  /** Mails that went out more than once. */
  readonly duplicates: number;
  /** Executions that failed, with the first one's error. */
  readonly failed: { readonly count: number; readonly first?: string };
  /** Events given up by EventBridge or Lambda. */
  readonly deadLetters: number;
  /** Virtual seconds from the deal's event to its first mail, shortest first. */
  readonly waits: readonly number[];
  /** Virtual seconds from the first deal to the last first mail, and the recipients of all mails that were asked for by then. */
  readonly lastFirstMail: { readonly after: number; readonly recipients: number };
  /** Virtual seconds from the first deal to the last. */
  readonly wonWithin: number;
  readonly pages: PagesSeen;
  /** Virtual minutes from the first deal to the end. */
  readonly lasted: number;
  readonly tallies: Readonly<Record<QuotaName, Tally>>;
  /** SES calls for each mail that went out; shortest first. */
  readonly attempts: readonly number[];
  /** Retries of states: each is a transition that is billed. */
  readonly retries: number;
  /** Events in the longest history. */
  readonly longestHistory: number;
  readonly usage: Usage;
}

const minute = 60_000;
/** For a function: some thousand share the machine at one virtual moment, and real time passes. */
const hour = 60 * minute;
/** Tuesday 10:00 in Berlin, where sellers and revenue operations of the sample company have just begun to work. */
const tuesday = Date.parse('2026-11-17T09:00:00Z');
/** What is delivered twice would come soon after. */
const afterwards = 10 * minute;
/** Attempts of an SDK client that nobody has told otherwise. */
const sdkAttempts = 3;

/**
 * Has many deals won within a short time, and plays them through the real handlers and the real state machine until each
 * has its first mail, in virtual time and under quotas.
 */
export async function runBurst(options: BurstOptions): Promise<Burst> {
  const { deals, quotas, horizonHours } = options;
  const clock = createClock({ start: tuesday });
  const random = repeatable(options.seed ?? 1);
  let meter: (() => Usage) | undefined;
  const unused = { readUnits: 0, writeUnits: 0 };
  const { limits, tallies, mailCalls, recipientsAsked } = watchQuotas(quotas, {
    clock,
    usage: () => meter?.().dynamodb ?? unused,
  });
  const executions = watchExecutions();
  const readers = watchReaders(options.roster);
  const lastFirstMail = { after: 0, recipients: 0 };
  const post = watchMails((mail) => {
    Object.assign(lastFirstMail, { after: (mail.at - tuesday) / 1000, recipients: recipientsAsked() });
    readers.onFirstMail(system, mail);
  });
  const system = await createSystem({
    clock,
    roster: options.roster,
    ...(options.playbook && { playbook: options.playbook }),
    siteUrl: 'https://handoff.example.com',
    mailPerSecond: quotas.mail.perSecond,
    clientsOf: (account, role) => ({
      ...inProcessClients(account, {
        role,
        retryStrategy: retriesInVirtualTime({ clock, attempts: sdkAttempts, random }),
      }),
      // As the functions on AWS have it.
      ses: inProcessClients(account, { role }).ses,
    }),
    // Thousands of functions that are throttled would say so: what matters of it is counted.
    observerOf: () => silent,
    account: { limits, functionTimeLimit: hour, engine: { keepClosed: 1000, random, onEvent: executions.onEvent } },
  });
  const { account } = system;
  meter = account.usage;
  account.inbox.watch(post.onMail);
  const before = account.usage();
  const wonAt = new Map<string, number>();
  const refused: string[] = [];
  const span = options.minutes * minute;
  const arrivals = Array.from({ length: deals }, () => tuesday + Math.floor(random() * span)).sort((a, b) => a - b);
  arrivals.forEach((at, number) => {
    clock.at(at, async () => {
      wonAt.set(burstHandoffId(number), clock.now());
      const problem = await putOnBus(system, burstEvent(number, at));
      if (problem) refused.push(problem);
    });
  });
  try {
    const end = tuesday + horizonHours * 60 * minute;
    const progress = (): Progress => ({
      minutes: (clock.now() - tuesday) / minute,
      won: wonAt.size,
      started: executions.started.size,
      mailed: post.firstMails.size,
    });
    while (post.firstMails.size < deals && clock.now() < end) {
      await clock.advanceTo(Math.min(clock.now() + minute, end));
      account.inbox.clear();
      options.onProgress?.(progress());
    }
    const lasted = (clock.now() - tuesday) / minute;
    await clock.advanceTo(clock.now() + afterwards);
    if (refused.length > 0) throw new Error(`${refused.length} events were not taken: ${refused[0]}`);
    const usage = usageBetween(before, account.usage());
    const first = executions.failed.values().next().value;
    return {
      deals,
      minutes: options.minutes,
      started: executions.started.size,
      mailed: post.firstMails.size,
      mails: post.copies.size,
      duplicates: [...post.copies.values()].filter((count) => count > 1).length,
      failed: { count: executions.failed.size, ...(first && { first }) },
      deadLetters: account.deadLetters.length,
      waits: [...post.firstMails].map(([id, at]) => (at - (wonAt.get(id) ?? at)) / 1000).sort((a, b) => a - b),
      lastFirstMail,
      wonWithin: ((arrivals.at(-1) ?? tuesday) - tuesday) / 1000,
      pages: readers.seen(),
      lasted,
      tallies,
      attempts: [...mailCalls.values()].sort((a, b) => a - b),
      retries: usage.stateTransitions - executions.entered(),
      longestHistory: executions.longestHistory(),
      usage,
    };
  } finally {
    await system.close();
  }
}

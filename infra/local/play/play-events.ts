import type { Refusal } from '../../../functions/domain/fields/refusal.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import { createClock } from '../../account/clock.ts';
import { type Usage, usageBetween } from '../../account/usage.ts';
import { isHeard } from '../bus-rules.ts';
import { readRefusals } from '../console/overview.ts';
import type { PlayedCrm } from '../crm/played-crm.ts';
import type { PlayedName } from '../crm/played-names.ts';
import { putOnBus } from '../put-event.ts';
import { createSystem, type System, silent } from '../system.ts';
import { movesInCrm } from './crm-moves.ts';
import type { CrmReport } from './crm-report.ts';
import { failuresOf } from './failures.ts';
import { employPeople, type Mishap } from './people.ts';
import { type HandoffReport, reportOn } from './report.ts';
import type { Manner, Script } from './script.ts';
import { type TimedEvent, timedEvent } from './timed-event.ts';

export interface PlayOptions {
  /** Events as a CRM sends them: `{ source, detail-type, time, detail }`, in any order. */
  readonly events: readonly unknown[];
  readonly playbook: Playbook;
  /** The locale that emails are written in; the usual one when left out. */
  readonly locale?: string;
  /** The CRM in which the events happen, played on this machine; they are put on the bus as they are when left out. */
  readonly crm?: PlayedName;
  readonly roster: readonly Person[];
  readonly manner: Manner;
  readonly script: Script;
}

export interface Played {
  /** Of every handoff that began, in the order in which they did: every won episode of every deal. */
  readonly reports: readonly HandoffReport[];
  readonly mishaps: readonly Mishap[];
  /** Events that Handoff could not use, and why; empty when all is well. */
  readonly refusals: readonly RefusedEvent[];
  /** Functions that failed and events nobody could handle, in words and counted; empty when all is well. */
  readonly failures: readonly string[];
  readonly usage: Usage;
  /** What the CRM shows at the end, where they happened in one. */
  readonly crm?: CrmReport;
}

/** An event that was refused when it arrived. */
export interface RefusedEvent {
  readonly at: Instant;
  readonly problems: readonly string[];
}

/** Events that cannot be played, and why. */
export class UnusableEvent extends Error {
  override name = 'UnusableEvent';
}

const siteUrl = 'http://127.0.0.1:4566';

/**
 * Plays events to the end in one account and in virtual time, each put on the bus, or done in the CRM, at its own time, until nothing
 * is waiting for anything any more. Throws UnusableEvent with every problem named when an event cannot be played, or no handoff began.
 */
export async function playEvents(options: PlayOptions): Promise<Played> {
  const events = readEvents(options.events);
  const start = Math.min(...events.map(({ at }) => at));
  // Most plays need no CRM: its code is read for those that do.
  const player = options.crm && { ...(await import('../crm/played-crm.ts')), name: options.crm };
  const clock = createClock({ start: player ? start - player.seedingTakes : start });
  const inCrm = player && (await putInCrm(player.playCrm(player.name, { clock, siteUrl }), events));
  const system = await createSystem({
    clock,
    roster: options.roster,
    playbook: options.playbook,
    ...(options.locale && { locale: options.locale }),
    ...(inCrm && { crm: inCrm.crm.settings }),
    siteUrl,
    // What fails is counted and said in words.
    observerOf: () => silent,
  });
  try {
    await expectHeard(system, events);
    const before = system.account.usage();
    const staff = employPeople({ ...options, system });
    const notTaken: string[] = [];
    inCrm?.crm.attach(system.account);
    for (const { at, move } of inCrm?.moves ?? []) clock.at(at, move);
    for (const { event, at } of inCrm ? [] : events)
      clock.at(at, async () => {
        const problem = await putOnBus(system, event);
        if (problem) notTaken.push(problem);
      });
    await clock.runToEnd();
    if (notTaken.length > 0) throw new UnusableEvent(notTaken.join('\n'));
    const usage = usageBetween(before, system.account.usage());
    const reports = await allReports(system);
    const refusals = (await readRefusals(system)).toReversed().map(({ at, refused }) => ({
      at,
      problems: refused.map(refusalText),
    }));
    const failures = failuresOf(system.account);
    if (reports.length === 0)
      throw new UnusableEvent(
        ['No handoff began.', ...refusals.flatMap(({ problems }) => problems), ...failures].join('\n'),
      );
    const crm = inCrm && (await import('./crm-report.ts')).reportOnCrm(inCrm.crm, inCrm.ids);
    return { reports, mishaps: staff.mishaps(), refusals, failures, usage, ...(crm && { crm }) };
  } finally {
    await system.close();
  }
}

/**
 * Puts the deals of events into a CRM, with what is to happen to them there. `ids`: in the CRM, by how the events call them. Throws
 * UnusableEvent for what can't happen in a CRM.
 */
async function putInCrm(crm: PlayedCrm, events: readonly TimedEvent[]) {
  const planned = movesInCrm(events);
  if ('problems' in planned) throw new UnusableEvent(planned.problems.join('\n'));
  const names = [...planned.deals.keys()];
  const put = await crm.seed([...planned.deals.values()]);
  const ids = new Map(names.map((name, i): [string, string] => [name, put[i] ?? '']));
  const moves = planned.moves.map(({ at, deal, to }) => {
    const id = ids.get(deal) ?? '';
    const stage = crm.fake.stages.find(({ phase }) => phase === to)?.id ?? '';
    return { at, move: () => (to === 'deleted' ? crm.fake.remove(id) : crm.fake.move(id, stage)) };
  });
  return { crm, ids, moves };
}

function readEvents(events: readonly unknown[]): TimedEvent[] {
  const read = events.map(timedEvent);
  const refused = read.flatMap((each, i) =>
    'refused' in each
      ? [`${numbered(i, read.length)} cannot be used:`, ...each.refused.map((one) => `  ${refusalText(one)}`)]
      : [],
  );
  if (refused.length > 0) throw new UnusableEvent(refused.join('\n'));
  return read.flatMap((each) => ('refused' in each ? [] : [each]));
}

const numbered = (index: number, count: number): string => (count > 1 ? `Event ${index + 1}` : 'The event');

const refusalText = ({ field, problem, remedy }: Refusal): string => `${field}: ${problem}. ${remedy}`;

/** Nothing would ever come of an event that no rule matches. */
async function expectHeard(system: System, events: readonly TimedEvent[]): Promise<void> {
  const heard = await Promise.all(events.map(({ put }) => isHeard(system, put)));
  const unheard = events.flatMap(({ put: { source, detailType } }, i) =>
    heard[i]
      ? []
      : [`${numbered(i, events.length)} cannot be used: no rule of the bus takes "${detailType}" from "${source}".`],
  );
  if (unheard.length > 0) throw new UnusableEvent(unheard.join('\n'));
}

/** Of every execution of the one state machine: whatever started it is told. */
async function allReports(system: System): Promise<HandoffReport[]> {
  const executions = system.account.stepFunctions
    .executions()
    .filter(({ stateMachineArn }) => stateMachineArn === system.stateMachineArn)
    .toSorted((a, b) => a.startedAt - b.startedAt);
  const reports = await Promise.all(executions.map(({ name }) => reportOn(system, name)));
  return reports.filter((report) => report !== undefined);
}

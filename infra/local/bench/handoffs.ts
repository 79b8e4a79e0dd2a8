import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playbook } from '../../../statemachines/playbook.ts';
import { roster, sampleEvent } from '../../../test/support/deals.ts';
import { createClock } from '../clock.ts';
import { employPeople } from '../play/people.ts';
import { put } from '../play/play-events.ts';
import { createSystem, type System } from '../system.ts';
import { median, type Part, spread } from './figures.ts';

const waves = 10;
const perWave = 15;
/** Waves in which the code is still being compiled and caches fill. */
const warmUp = 4;
const leastPerSecond = 5;
/** KB that a finished handoff may keep beside its rows: what is scheduled for it. */
const mostKept = 8;

const hour = 3_600_000;
const day = 24 * hour;
/** Deals of a wave are won two hours apart; after 50 days every handoff of a wave has ended. */
const apart = 2 * hour;
const wavesApart = 50 * day;

/** How one account fared, wave by wave. */
interface Run {
  /** Finished handoffs per second of wall time. */
  readonly perSecond: readonly number[];
  /** Milliseconds of processor time for each finished handoff, of all threads. */
  readonly cpu: readonly number[];
  /** Bytes in use after a collection, buffers among them, no handoff being open. */
  readonly memory: readonly number[];
}

/**
 * Whole handoffs through the real handlers, adapters and dynalite, the people prompt: how many are finished in a second, and
 * what a finished one leaves in memory. The account forgets closed executions, and the inbox is cleared between the waves.
 */
export async function benchHandoffs(): Promise<Part> {
  const inMemory = await runWaves(undefined);
  const onDisk = await onTemporaryFolder(runWaves);
  const warm = (values: readonly number[]) => values.slice(warmUp);
  const [kept, withRows] = [keptPerHandoff(warm(onDisk.memory)), keptPerHandoff(warm(inMemory.memory))];
  const rate = median(warm(inMemory.perSecond));
  return {
    title: 'Handoffs: complete standard deals, people prompt, in one account',
    figures: [
      {
        what: 'finished per second, table in memory',
        measured: spread(warm(inMemory.perSecond), 2),
        goal: { text: `≥ ${leastPerSecond}`, met: rate >= leastPerSecond },
      },
      { what: 'processor time of each, table in memory', measured: `${spread(warm(inMemory.cpu), 0)} ms` },
      { what: 'finished per second, table on disk', measured: spread(warm(onDisk.perSecond), 2) },
      {
        what: 'memory kept by a finished handoff, table on disk',
        measured: `${kept.toFixed(1)} KB`,
        goal: { text: `flat (< ${mostKept} KB)`, met: kept < mostKept },
      },
      { what: 'memory kept by a finished handoff, table in memory', measured: `${withRows.toFixed(1)} KB` },
      {
        what: 'memory in use after each wave, table on disk',
        measured: `${onDisk.memory.map(megabytes).join(' ')} MB`,
      },
      {
        what: 'memory in use after each wave, table in memory',
        measured: `${inMemory.memory.map(megabytes).join(' ')} MB`,
      },
    ],
    notes: [
      `${waves} waves of ${perWave} deals each, won two hours apart; median and range without the first ${warmUp} waves.`,
      'Memory is the heap and its buffers after a collection, while no handoff is open. What stays of a finished one is its',
      'renewal reminder, which waits in the scheduler for two years, and its rows: they are the record, and take what the',
      'two tables differ by. (What LevelDB keeps outside Node, on disk, is not counted.) One JavaScript thread does the work,',
      'so whatever else runs on the machine slows it down.',
    ],
  };
}

async function runWaves(path: string | undefined): Promise<Run> {
  const start = Date.parse('2026-11-17T08:30:00Z');
  const clock = createClock({ start });
  const people = roster();
  let ended = 0;
  const system = await createSystem({
    clock,
    roster: people,
    siteUrl: 'http://127.0.0.1:4566',
    account: {
      ...(path === undefined ? {} : { path }),
      engine: {
        keepClosed: 0,
        onEvent: (_, { type }) => {
          if (type === 'ExecutionSucceeded') ended += 1;
        },
      },
    },
  });
  const perSecond: number[] = [];
  const cpu: number[] = [];
  const memory: number[] = [];
  try {
    for (let wave = 0; wave < waves; wave += 1) {
      ended = 0;
      const opens = start + wave * wavesApart;
      const [began, used] = [performance.now(), process.cpuUsage()];
      const staff = employPeople({
        system,
        playbook,
        roster: people,
        manner: 'prompt',
        script: {},
        knownPackage: sampleEvent('complete-standard').detail['package'],
      });
      for (let index = 0; index < perWave; index += 1)
        win(system, { number: wave * perWave + index, at: opens + index * apart });
      await clock.advanceTo(opens + wavesApart);
      staff.leave();
      perSecond.push((perWave * 1000) / (performance.now() - began));
      const { user, system: kernel } = process.cpuUsage(used);
      cpu.push((user + kernel) / 1000 / perWave);
      if (ended !== perWave || staff.mishaps.length > 0)
        throw new Error(`Only ${ended} of ${perWave} handoffs came to a good end. ${JSON.stringify(staff.mishaps)}`);
      system.account.inbox.clear();
      memory.push(await memoryInUse());
    }
  } finally {
    await system.close();
  }
  return { perSecond, cpu, memory };
}

/** Has a deal of its own won at a time. */
function win(system: System, { number, at }: { readonly number: number; readonly at: number }): void {
  const event = sampleEvent('complete-standard');
  const customer = Object(event.detail['customer']);
  const detail = {
    ...event.detail,
    dealId: `bench-${number}`,
    name: `Fleet planning ${number}`,
    customer: { ...customer, name: `${customer.name} ${number}` },
    closedWonAt: new Date(at).toISOString(),
  };
  system.clock.at(at, async () => {
    const problem = await put(system, { ...event, detail });
    if (problem) throw new Error(problem);
  });
}

/** Bytes in use, of the heap and of buffers beside it, once everything unreachable has been collected. */
async function memoryInUse(): Promise<number> {
  if (globalThis.gc === undefined)
    throw new Error('Run it by `npm run bench`: node needs --expose-gc to tell what stays.');
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** KB by which memory grew with each finished handoff: the slope of the line through the readings. */
function keptPerHandoff(memory: readonly number[]): number {
  const middle = (memory.length - 1) / 2;
  const mean = memory.reduce((sum, bytes) => sum + bytes, 0) / memory.length;
  const rise = memory.reduce((sum, bytes, wave) => sum + (wave - middle) * (bytes - mean), 0);
  const run = memory.reduce((sum, _, wave) => sum + (wave - middle) ** 2, 0);
  return rise / run / perWave / 1024;
}

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

async function onTemporaryFolder<T>(work: (path: string) => Promise<T>): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), 'handoff-bench-'));
  const remove = () => rmSync(path, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await work(path);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

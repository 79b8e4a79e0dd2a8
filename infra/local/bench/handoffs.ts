import { Worker } from 'node:worker_threads';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { createClock } from '../../account/clock.ts';
import { employPeople } from '../play/people.ts';
import { putOnBus } from '../put-event.ts';
import { sampleEvent, sampleRoster } from '../sample-company.ts';
import { createSystem, type System } from '../system.ts';
import { median, type Part, spread } from './figures.ts';
import { inTemporaryFolder } from './temporary-folder.ts';
import { megabyteOfJson } from './yardstick.ts';

/** How many waves of how many deals, after how many in which the code is still being compiled and caches fill. */
interface Shape {
  readonly warmUp: number;
  readonly waves: number;
  readonly deals: number;
}

const forSpeed: Shape = { warmUp: 4, waves: 8, deals: 15 };
/** Texts of a hundred deals are remembered: what is kept for the next is kept by then. */
const forMemory: Shape = { warmUp: 15, waves: 6, deals: 10 };
/** On one core, and on two. */
const leastPerSecond = { one: 8, two: 15 };
/** KB that a finished handoff may keep beside its rows: what is scheduled for it. */
const mostKept = 10;

const hour = 3_600_000;
const day = 24 * hour;
/** Deals of a wave are won two hours apart; after 50 days every handoff of a wave has ended. */
const apart = 2 * hour;
const wavesApart = 50 * day;
const start = Date.parse('2026-11-17T08:30:00Z');
const people = sampleRoster();

/**
 * Whole handoffs through the real handlers, adapters and dynalite, the people prompt: how many are finished in a second, and
 * what a finished one leaves in memory. The account forgets closed executions, and the inbox is cleared between the waves.
 */
export async function benchHandoffs(playbook: Playbook, workers: number): Promise<Part> {
  const json = megabyteOfJson();
  const alone = await measureSpeed(playbook);
  const { perSecond, ofCores } = await besideEachOther(playbook, workers);
  const onDisk = await inTemporaryFolder((path) => measureMemory(playbook, path));
  const inMemory = await measureMemory(playbook);
  const kept = keptPerHandoff(onDisk);
  const ofOneCore = alone.processorTime.map((milliseconds) => 1000 / milliseconds);
  return {
    title: 'Handoffs: complete standard deals, people prompt, all in one account',
    figures: [
      {
        what: 'finished per second of one core',
        measured: spread(ofOneCore, 1),
        goal: { text: `≥ ${leastPerSecond.one}`, met: median(ofOneCore) >= leastPerSecond.one },
      },
      {
        what: `finished per second of two cores, ${workers} workers`,
        measured: ofCores.toFixed(1),
        goal: { text: `≥ ${leastPerSecond.two}`, met: ofCores >= leastPerSecond.two },
      },
      {
        what: 'finished per second of the clock, one worker; all of them',
        measured: `${spread(alone.perSecond, 1)}; ${perSecond.toFixed(1)}`,
      },
      {
        what: 'processor time of one, beside a megabyte of JSON read and written',
        measured: `${median(alone.processorTime).toFixed(0)} ms, ${(median(alone.processorTime) / json).toFixed(1)} ×`,
      },
      {
        what: 'memory kept by a finished one beside its rows (table on disk)',
        measured: `${kept.toFixed(1)} KB`,
        goal: { text: `flat (< ${mostKept} KB)`, met: kept < mostKept },
      },
      { what: 'with its rows (table in memory)', measured: `${keptPerHandoff(inMemory).toFixed(1)} KB` },
      { what: 'in use after each wave, table on disk', measured: `${onDisk.map(megabytes).join(' ')} MB` },
      { what: 'in use after each wave, table in memory', measured: `${inMemory.map(megabytes).join(' ')} MB` },
    ],
    notes: [
      `Speed: median and range of ${forSpeed.waves} waves of ${forSpeed.deals} deals won two hours apart, after ${forSpeed.warmUp} waves to warm up; table in memory, as in play.`,
      'A second of a core is a second of processor time, all threads of the process together, so that other work on the machine counts',
      'little; seconds of the clock are what somebody waits for. Workers are threads, each with an account of its own.',
      `Memory: ${forMemory.waves} waves of ${forMemory.deals} after ${forMemory.warmUp}, which fill what is remembered; read after a collection while no handoff is open;`,
      'heap and buffers, without what LevelDB keeps outside Node. What stays is the renewal reminder, which waits in the scheduler',
      'for up to two years, and the rows: they are the record.',
    ],
  };
}

/** Of waves of handoffs, once warm: how many are finished in a second, and the processor time of each in milliseconds. */
export interface Speed {
  readonly perSecond: number[];
  readonly processorTime: number[];
}

export async function measureSpeed(playbook: Playbook): Promise<Speed> {
  const perSecond: number[] = [];
  const processorTime: number[] = [];
  const { deals } = forSpeed;
  await inOneAccount({ playbook, shape: forSpeed }, async (play) => {
    const [began, before] = [performance.now(), process.cpuUsage()];
    await play();
    perSecond.push((deals * 1000) / (performance.now() - began));
    const { user, system } = process.cpuUsage(before);
    processorTime.push((user + system) / 1000 / deals);
  });
  const { warmUp } = forSpeed;
  return { perSecond: perSecond.slice(warmUp), processorTime: processorTime.slice(warmUp) };
}

/**
 * Threads that play the same beside each other: how many handoffs they finish together in a second of the clock, and in a second of
 * two cores. A thread reads the processor time of the whole process, so that all share what is read while all are at it.
 */
async function besideEachOther(
  { name }: Playbook,
  workers: number,
): Promise<{ readonly perSecond: number; readonly ofCores: number }> {
  const speeds = await Promise.all(Array.from({ length: workers }, () => inThread(name)));
  const each = median(speeds.flatMap(({ processorTime }) => processorTime)) / workers;
  return {
    perSecond: speeds.reduce((sum, speed) => sum + median(speed.perSecond), 0),
    ofCores: (2 * 1000) / each,
  };
}

function inThread(playbook: string): Promise<Speed> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('handoffs-worker.ts', import.meta.url), { workerData: playbook });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** Bytes in use after each wave once warm. Apart from the speed, because forced collections throw compiled code away too. */
async function measureMemory(playbook: Playbook, path?: string): Promise<number[]> {
  const inUse: number[] = [];
  await inOneAccount({ playbook, shape: forMemory, path }, async (play) => {
    await play();
    inUse.push(await memoryInUse());
  });
  return inUse.slice(forMemory.warmUp);
}

/** Plays waves of deals, one after the other, in one account; `watch` is given each to be played. */
async function inOneAccount(
  { playbook, shape, path }: { readonly playbook: Playbook; readonly shape: Shape; readonly path?: string | undefined },
  watch: (play: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const clock = createClock({ start });
  let ended = 0;
  const system = await createSystem({
    clock,
    roster: people,
    playbook,
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
  const { warmUp, waves, deals } = shape;
  try {
    for (let wave = 0; wave < warmUp + waves; wave += 1) {
      const play = () => playWave(system, { playbook, first: wave * deals, deals, opens: start + wave * wavesApart });
      await watch(play);
      if (ended !== (wave + 1) * deals)
        throw new Error(`Only ${ended} of ${(wave + 1) * deals} handoffs came to an end.`);
    }
  } finally {
    await system.close();
  }
}

interface Wave {
  readonly playbook: Playbook;
  /** Number of its first deal. */
  readonly first: number;
  readonly deals: number;
  readonly opens: number;
}

async function playWave(system: System, { playbook, first, deals, opens }: Wave): Promise<void> {
  const { mishaps, leave } = employPeople({
    system,
    playbook,
    roster: people,
    manner: 'prompt',
    script: {},
  });
  for (let index = 0; index < deals; index += 1) win(system, { number: first + index, at: opens + index * apart });
  await system.clock.advanceTo(opens + wavesApart);
  leave();
  const [mishap] = mishaps();
  if (mishap) throw new Error(`Somebody could not do what they wanted: ${JSON.stringify(mishap)}`);
  system.account.inbox.clear();
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
    const problem = await putOnBus(system, { ...event, detail });
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
function keptPerHandoff(inUse: readonly number[]): number {
  const middle = (inUse.length - 1) / 2;
  const mean = inUse.reduce((sum, bytes) => sum + bytes, 0) / inUse.length;
  const rise = inUse.reduce((sum, bytes, wave) => sum + (wave - middle) * (bytes - mean), 0);
  const run = inUse.reduce((sum, _, wave) => sum + (wave - middle) ** 2, 0);
  return rise / run / forMemory.deals / 1024;
}

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Escalations } from '../../functions/domain/playbook/playbook.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';
import { runMeasurement, UnusableOption } from './command-line.ts';
import { judge, shortest, type Violation } from './simulate/judge.ts';
import type { Weather } from './simulate/random-faults.ts';
import { escalatingBy, storyOf } from './simulate/story.ts';
import { storyTimeline } from './simulate/story-timeline.ts';
import type { Share } from './simulate/worker.ts';

const usage = `Usage: npm run simulate -- [--seeds 100] [--from 1] [--workers 2] [--faults none|light|heavy]
                           [--escalations email|digest] [--measured]
       npm run simulate -- --seed 18 [--faults none|light|heavy] [--escalations email|digest] [--measured]

Plays whole handoffs that are drawn from seeds (deals, segments, playbooks, people, rosters, calendars, what everybody does),
while calls are throttled, fail, take effect without an answer, are sent twice, functions are killed between any two of them,
events and clicks come twice at once, indexes lag, so do reads that need not be consistent, functions are throttled, whole services
stop answering, and changed playbooks are deployed. Looks at what must be so of every one of them, and names what was not, with its
seed. The same seed plays the same.
--escalations digest has managers and operations hear of late steps in their daily digests, which go out each morning.
--measured makes reports in some of the nights, and works each number of theirs out once more from the audit trails.
--seed plays one of them and tells its timeline, with as few faults as break the same.

Exit code 0: all that must be so was so; 1: something was not; 2: the options cannot be used.`;

const weathers: readonly Weather[] = ['none', 'light', 'heavy'];
const ways: readonly Escalations[] = ['email', 'digest'];

/** How the stories are played. */
type How = Pick<Share, 'weather' | 'escalations' | 'isMeasured'>;

/** `npm run simulate`: see the usage above. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      workers: { type: 'string', default: '2' },
      faults: { type: 'string', default: 'light' },
      escalations: { type: 'string', default: 'email' },
      seed: { type: 'string' },
      measured: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const weather = weathers.find((known) => known === values.faults);
  if (!weather) throw new UnusableOption(`--faults: one of ${weathers.join(', ')}, not "${values.faults}".`);
  const escalations = ways.find((known) => known === values.escalations);
  if (!escalations) throw new UnusableOption(`--escalations: one of ${ways.join(', ')}, not "${values.escalations}".`);
  const how = { weather, escalations, isMeasured: values.measured };
  if (values.seed !== undefined) return tell(wholeNumber('--seed', values.seed), how);
  const [seeds, from] = [wholeNumber('--seeds', values.seeds), wholeNumber('--from', values.from)];
  return judgeAll({
    from,
    to: from + seeds - 1,
    workers: wholeNumber('--workers', values.workers),
    ...how,
  });
}

function wholeNumber(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UnusableOption(`${option}: a whole number from 1 on, not "${text}".`);
}

/** Plays one story, told as briefly as it breaks. */
async function tell(seed: number, { weather, escalations, isMeasured }: How): Promise<number> {
  const drawn = escalatingBy(escalations, storyOf(seed, Object.values(shippedPlaybooks), weather));
  const story = await shortest(drawn, isMeasured);
  const { violations, ...rest } = await judge(story, isMeasured);
  if ('outcome' in rest) console.log(storyTimeline(rest.outcome));
  print(violations);
  return violations.length > 0 ? 1 : 0;
}

const toldEvery = 1000;

interface Run extends How {
  readonly from: number;
  readonly to: number;
  readonly workers: number;
}

async function judgeAll({ from, to, workers, ...how }: Run): Promise<number> {
  const began = performance.now();
  const broken: Violation[] = [];
  let played = 0;
  const perSecond = (stories: number): string => (stories / ((performance.now() - began) / 1000)).toFixed(1);
  await Promise.all(
    Array.from({ length: workers }, (_, i) =>
      work({ from: from + i, to, step: workers, ...how }, (violations) => {
        broken.push(...violations);
        print(violations);
        played += 1;
        // On stderr: what is piped on is what was found.
        if (played % toldEvery === 0) console.error(`${played} played, ${perSecond(played)} a second.`);
      }),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  const stories = to - from + 1;
  const seeds = new Set(broken.map(({ seed }) => seed));
  console.log(
    `${stories} handoffs in ${seconds.toFixed(0)} s (${perSecond(stories)} a second, ${workers} workers), faults ${how.weather}, escalations by ${how.escalations}: ${
      seeds.size === 0 ? 'all that must be so was so.' : `${seeds.size} of them broke what must be so.`
    }`,
  );
  return broken.length > 0 ? 1 : 0;
}

/** One worker, until it is through its share. Rejects when it breaks down. */
function work(share: Share, heard: (violations: readonly Violation[]) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./simulate/worker.ts', import.meta.url), {
      workerData: share,
      // Most of what a story leaves behind is short-lived.
      resourceLimits: { maxYoungGenerationSizeMb: 128 },
    });
    worker.on('message', heard);
    worker.on('error', reject);
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`A worker ended with ${code}.`))));
  });
}

function print(violations: readonly Violation[]): void {
  for (const { seed, name, what } of violations) console.log(`seed ${seed}: ${name}: ${what}`);
}

await runMeasurement(main, usage);

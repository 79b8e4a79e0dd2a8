import { errorFacts } from './error-facts.ts';
import type { Settings } from './settings.ts';
import type { Count, Observer } from './watch.ts';

/** The metrics' namespace; their one dimension is `service`, the name of the deployment. */
const namespace = 'Handoff';

const levels = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'SILENT'] as const;
type Level = (typeof levels)[number];

/**
 * Logs as JSON and counts as CloudWatch's embedded metrics, for one invocation at a time, as Lambda gives them: one INFO line
 * each at most, a WARN line `step-late` when one is said to be late, an ERROR line when it fails.
 * Written by hand: a package that does more of it weighs as much as a whole verb, at each start. `now`: the clock, for these lines
 * alone, in milliseconds since 1970.
 */
export function lambdaWatch(
  name: string,
  settings: Pick<Settings, 'LOG_LEVEL' | 'SERVICE_NAME'>,
  now: () => number,
): Observer {
  const service = settings.SERVICE_NAME ?? 'handoff';
  const quietest = levels.indexOf(settings.LOG_LEVEL ?? 'INFO');
  let about: Readonly<Record<string, string>> = {};
  let late = new Set<string>();
  let counted: Count[] = [];
  const log = (level: Level, message: string, facts: object): void => {
    if (levels.indexOf(level) < quietest) return;
    // Lambda reads level and time of a line from it.
    const timestamp = new Date(now()).toISOString();
    write({ level, message, timestamp, service, function: name, ...about, ...facts });
  };
  const publish = (): void => {
    if (counted.length > 0) write(embeddedMetrics({ service, counted, at: now() }));
    counted = [];
  };
  return {
    count: (what) => {
      counted.push(what);
    },
    about: (handoffId) => {
      about = { ...about, handoffId };
    },
    late: (step) => {
      const key = JSON.stringify(step);
      // A rung has several readers; it is one rung.
      if (late.has(key)) return;
      late.add(key);
      counted.push('StepLate');
      log('WARN', 'step-late', step);
    },
    began: (requestId) => {
      late = new Set();
      about = requestId ? { requestId } : {};
    },
    ended: (facts) => {
      log('INFO', 'done', facts);
      publish();
    },
    failed: (error) => {
      log('ERROR', 'failed', errorFacts(error));
      publish();
    },
  };
}

/** CloudWatch's embedded metric format: it makes metrics of such a line by itself. */
function embeddedMetrics({ service, counted, at }: Counted): object {
  const names = [...new Set(counted)];
  const Metrics = names.map((Name) => ({ Name, Unit: 'Count' }));
  const values = names.map((name) => [name, counted.filter((each) => each === name).map(() => 1)]);
  return {
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [['service']], Metrics }],
    },
    service,
    ...Object.fromEntries(values),
  };
}

interface Counted {
  readonly service: string;
  readonly counted: readonly Count[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Past `console`, whose lines Lambda would put into lines of its own. */
const write = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

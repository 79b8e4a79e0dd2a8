import { deeplyFrozen } from './memory.ts';

/** What a search was answered, and the read units that it took. */
interface Answered {
  readonly answer: object;
  readonly units: number;
}

/** A search that is being made. */
interface Asked {
  /** What it was answered before, if that still stands. */
  readonly known: Answered | undefined;
  /** Keeps the answer for the next who ask the same; it was found in these partitions, and nowhere else. */
  keep(answered: Answered, partitions: ReadonlySet<string>): void;
}

export interface StandingAnswers {
  ask(parameters: object): Asked;
  /** To be told when something in a partition has been written, before whoever wrote it is. */
  wrote(partition: string): void;
  /** All of it is forgotten. */
  clear(): void;
}

/** How many answers are kept: what everybody asks for is found among what is asked but once. */
const mostAnswers = 100;
/** Of how many partitions the last write is known: what stands is asked again before as many others are written. */
const mostPartitions = 1000;

/**
 * What searches were answered, for as long as nothing is written where they looked: what hardly ever changes is asked for most often.
 */
export function createStandingAnswers(): StandingAnswers {
  const answers = new Map<string, Answered & { readonly since: number; readonly partitions: ReadonlySet<string> }>();
  /** The last write to each partition, by the number of the write, oldest first. */
  const written = new Map<string, number>();
  let writes = 0;
  /** The last write that `written` no longer knows: what was answered before it may stand or not. */
  let forgotten = 0;

  function clear(): void {
    answers.clear();
    written.clear();
    forgotten = writes;
  }

  const isNewer = (since: number, partitions: ReadonlySet<string>): boolean =>
    since >= forgotten && [...partitions].every((each) => (written.get(each) ?? 0) <= since);

  return {
    ask: (parameters) => {
      const key = JSON.stringify(parameters);
      const since = writes;
      const found = answers.get(key);
      answers.delete(key);
      const stands = found !== undefined && isNewer(found.since, found.partitions);
      // Those that were asked for last stay.
      if (stands) answers.set(key, { ...found, since });
      return {
        known: stands ? found : undefined,
        keep: (answered, partitions) => {
          // What has been written since the search began, it may have seen or not.
          if (since < forgotten) return;
          deeplyFrozen(answered.answer);
          answers.set(key, { ...answered, since, partitions });
          if (answers.size > mostAnswers) answers.delete(answers.keys().next().value ?? key);
        },
      };
    },
    wrote: (partition) => {
      writes += 1;
      written.delete(partition);
      written.set(partition, writes);
      const [oldest] = written;
      if (oldest === undefined || written.size <= mostPartitions) return;
      written.delete(oldest[0]);
      forgotten = oldest[1];
    },
    clear: () => {
      writes += 1;
      clear();
    },
  };
}

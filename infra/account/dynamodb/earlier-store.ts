import { openStore, type Store } from './dynalite.ts';
import type { Callback, Operation } from './level.ts';
import { ofTables } from './memory.ts';

/** What a read that need not be consistent may still answer from: the store as it stood a moment ago. */
export interface EarlierStore {
  /**
   * As it stood before whatever was written at this time or later (milliseconds since the epoch). Who asks for an earlier time than
   * somebody did before gets that one's store.
   */
  before(at: number): Promise<Store>;
  close(): Promise<void>;
}

/** An entry as it was written; without a text it was deleted. */
interface Written {
  readonly at: number;
  readonly key: string;
  readonly text: string | undefined;
}

/**
 * Keeps beside a store, which is empty still and in memory, how it stood a moment ago. `now` says when something is written; all
 * that is written at the first moment is there from the start.
 */
export function keepEarlier(store: Store, now: () => number): EarlierStore {
  const earlier = openStore(undefined);
  const start = now();
  let waiting: Written[] = [];
  let replayed: Promise<void> = Promise.resolve();
  const { db } = store;
  const { put, del, batch } = db;

  const note = ({ type, key, value }: Operation): void => {
    waiting.push({ at: now(), key, text: type === 'del' ? undefined : JSON.stringify(value) });
  };

  Object.assign(db, {
    put: (key: string, value: unknown, done: Callback<void>) => {
      note({ type: 'put', key, value });
      put(key, value, done);
    },
    del: (key: string, done: Callback<void>) => {
      note({ type: 'del', key });
      del(key, done);
    },
    batch: (operations: readonly Operation[], done: Callback<void>) => {
      for (const each of operations) note(each);
      batch(operations, done);
    },
  });

  async function replay(at: number): Promise<void> {
    // A table that somebody asks is there, with what was put into it at the start.
    const isDue = (each: Written) => each.at < at || each.at <= start || each.key.startsWith(ofTables);
    const due = waiting.filter(isDue);
    waiting = waiting.filter((each) => !isDue(each));
    const operations = due.map(
      ({ key, text }): Operation =>
        text === undefined ? { type: 'del', key } : { type: 'put', key, value: JSON.parse(text) },
    );
    await new Promise<void>((resolve, reject) => {
      earlier.db.batch(operations, (error) => (error ? reject(error) : resolve()));
    });
  }

  return {
    before: async (at) => {
      replayed = replayed.then(() => replay(at));
      await replayed;
      return earlier;
    },
    close: () => earlier.db.close(),
  };
}

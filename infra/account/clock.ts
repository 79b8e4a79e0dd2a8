import { type Agenda, createAgenda, type Entry, isEarlier, type Timer } from './agenda.ts';

/**
 * Virtual time for the local account: a heap of timers that jumps from one to the next, exactly,
 * and only while nothing is in flight. A 30-day wait costs one jump.
 */

/** The wall clock that real speed follows; passed in so that tests need not wait. */
export interface Wall {
  /** Milliseconds on a monotonic clock. */
  now(): number;
  /** Runs `run` after `ms`; the returned function calls it off. */
  schedule(ms: number, run: () => void): () => void;
}

export interface Clock {
  /** Virtual milliseconds since the epoch, UTC. */
  now(): number;
  /**
   * Puts `run` on the agenda of `time` (a past time means now). Ties fire in order of creation.
   * A promise returned by `run` counts as in flight until it settles; its failure is thrown by
   * the next `settled`, `advanceTo` or jump.
   */
  at(time: number, run: () => unknown, label?: string): Timer;
  /**
   * Like `at`, for what recurs for ever: it fires when time passes over it, in its order among the others, yet it is never what
   * comes next, and nothing goes on for its sake.
   */
  daemon(time: number, run: () => unknown, label?: string): Timer;
  /** Runs `work`; until it settles, virtual time does not move. */
  busy<T>(work: () => Promise<T>): Promise<T>;
  /** Waits inside `busy` work until a virtual time, and that work does not count as in flight. */
  sleep(time: number, label?: string): Promise<void>;
  /** Resolves once nothing is in flight and what that set off has come to rest. */
  settled(): Promise<void>;
  /** Time of the next timer, or undefined when the agenda is empty. */
  next(): number | undefined;
  /** The next timer itself, for display. */
  nextTimer(): Timer | undefined;
  /** The next timers, at most `count`, in the order they fire, for display. */
  nextTimers(count: number): readonly Timer[];
  /** Fires all timers up to `time` in order, settling between them; then `now() === time`. Throws RangeError for a past time. Not to be awaited inside `busy` or a timer. */
  advanceTo(time: number): Promise<void>;
  /** Goes to the next timer and fires it; false when there is none. */
  jumpToNext(): Promise<boolean>;
  /** Jumps until the agenda is empty, or the next timer lies after `until`. */
  runToEnd(options?: { readonly until?: number }): Promise<void>;
  /** Real speed: virtual time follows the wall from where it stands. Never keeps the process alive. */
  realTime(on: boolean): void;
  /** Whether real speed is on. */
  isRealTime(): boolean;
}

/** setTimeout overflows above this many milliseconds and would fire at once. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

const processWall: Wall = {
  now: () => performance.now(),
  schedule: (ms, run) => {
    const handle = setTimeout(run, ms);
    handle.unref();
    return () => clearTimeout(handle);
  },
};

const tick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
const immediate = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Creates a clock that stands at `start` (milliseconds since the epoch, UTC) until it is moved. */
export function createClock(options: { readonly start: number; readonly wall?: Wall }): Clock {
  const wall = options.wall ?? processWall;
  let created = 0;
  const nextOrder = (): number => {
    created += 1;
    return created;
  };
  const agenda = createAgenda(nextOrder);
  const daemons = createAgenda(nextOrder);
  let stands = options.start;
  let followsSince: number | undefined;
  let real = false;
  let stopWall: (() => void) | undefined;
  let wallDue = Number.POSITIVE_INFINITY;
  let open = 0;
  let activity = 0;
  let idle: (() => void)[] = [];
  const failures: unknown[] = [];
  let turn: Promise<unknown> = Promise.resolve();

  const now = (): number => (followsSince === undefined ? stands : stands + Math.floor(wall.now() - followsSince));

  function closeOne(): void {
    open -= 1;
    if (open > 0) return;
    const waiting = idle;
    idle = [];
    for (const resume of waiting) resume();
  }

  async function busy<T>(work: () => Promise<T>): Promise<T> {
    open += 1;
    activity += 1;
    try {
      return await work();
    } finally {
      closeOne();
    }
  }

  function sleep(time: number, label?: string): Promise<void> {
    return new Promise((resolve) => {
      at(
        time,
        () => {
          open += 1;
          resolve();
        },
        label,
      );
      closeOne();
    });
  }

  async function settled(): Promise<void> {
    let seen: number;
    do {
      while (open > 0) await new Promise<void>((resolve) => idle.push(resolve));
      // What is promised already goes on first, which is sooner done than another turn of the event loop.
      await tick();
      seen = activity;
      await immediate();
    } while (open > 0 || activity !== seen);
    if (failures.length > 0) throw failures.shift();
  }

  /** What fires first, daemons among it. */
  function firstOfAll(): Entry | undefined {
    const [timer, daemon] = [agenda.first(), daemons.first()];
    if (timer === undefined || daemon === undefined) return timer ?? daemon;
    return isEarlier(daemon, timer) ? daemon : timer;
  }

  function fire(entry: Entry): void {
    entry.cancel();
    activity += 1;
    try {
      const result = entry.run();
      if (result instanceof Promise) void busy(() => result).catch((error: unknown) => failures.push(error));
    } catch (error) {
      failures.push(error);
    }
  }

  const at = (time: number, run: () => unknown, label = ''): Timer => put(agenda, { at: time, run, label });

  function put(
    onto: Agenda,
    { at, run, label }: { readonly at: number; readonly run: () => unknown; readonly label: string },
  ): Timer {
    if (Number.isNaN(at)) throw new RangeError('a timer needs a time');
    activity += 1;
    const entry = onto.add({ at: Math.max(at, now()), run, label });
    if (followsSince !== undefined && entry.at < wallDue) armWall();
    return entry;
  }

  function takeTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  /** While the clock is moved by hand, the wall does not pull at it. */
  function moving<T>(work: () => Promise<T>): Promise<T> {
    return takeTurn(async () => {
      stopFollowing();
      try {
        await settled();
        return await work();
      } finally {
        if (real) follow();
      }
    });
  }

  async function go(entry: Entry): Promise<void> {
    if (followsSince === undefined) stands = Math.max(stands, entry.at);
    fire(entry);
    await settled();
  }

  /** Fires whatever comes first up to `limit`, be it a daemon. */
  async function fireAny(limit: number): Promise<boolean> {
    const entry = firstOfAll();
    if (entry === undefined || entry.at > limit) return false;
    await go(entry);
    return true;
  }

  /** Fires the next timer up to `limit`, and before it the daemons that time passes over on its way there. */
  async function fireNext(limit: number): Promise<boolean> {
    for (;;) {
      const timer = agenda.first();
      if (timer === undefined || timer.at > limit) return false;
      const entry = firstOfAll() ?? timer;
      await go(entry);
      if (entry === timer) return true;
    }
  }

  function stopFollowing(): void {
    stands = now();
    followsSince = undefined;
    stopWall?.();
    stopWall = undefined;
    wallDue = Number.POSITIVE_INFINITY;
  }

  function follow(): void {
    followsSince = wall.now();
    armWall();
  }

  function armWall(): void {
    stopWall?.();
    stopWall = undefined;
    wallDue = firstOfAll()?.at ?? Number.POSITIVE_INFINITY;
    if (wallDue === Number.POSITIVE_INFINITY) return;
    const delay = Math.min(Math.max(wallDue - now(), 0), LONGEST_TIMEOUT);
    stopWall = wall.schedule(delay, () => {
      wallDue = Number.POSITIVE_INFINITY;
      void takeTurn(fireDue);
    });
  }

  async function fireDue(): Promise<void> {
    while (followsSince !== undefined) {
      const entry = firstOfAll();
      if (entry === undefined || entry.at > now()) break;
      fire(entry);
      await immediate();
    }
    if (followsSince !== undefined) armWall();
  }

  return {
    now,
    at,
    daemon: (time, run, label = '') => put(daemons, { at: time, run, label }),
    busy,
    sleep,
    settled,
    next: () => agenda.first()?.at,
    nextTimer: () => agenda.first(),
    nextTimers: (count) => agenda.soonest(count),
    advanceTo: (time) =>
      moving(async () => {
        if (Number.isNaN(time) || time < stands)
          throw new RangeError(`the clock stands at ${stands} and cannot go back to ${time}`);
        while (await fireAny(time));
        stands = time;
      }),
    jumpToNext: () => moving(() => fireNext(Number.POSITIVE_INFINITY)),
    runToEnd: (end) =>
      moving(async () => {
        while (await fireNext(end?.until ?? Number.POSITIVE_INFINITY));
      }),
    realTime: (on) => {
      if (on === real) return;
      real = on;
      if (on) follow();
      else stopFollowing();
    },
    isRealTime: () => real,
  };
}

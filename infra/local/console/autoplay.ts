import type { Clock } from '../../account/clock.ts';

/** How virtual time plays by itself: what happens again and again, so many milliseconds of the wall clock apart. */
export interface Pace {
  readonly title: string;
  readonly milliseconds: number;
  /** Moves the clock, from timer to timer and exactly; false when there is nothing left to play. */
  readonly move: (clock: Clock) => Promise<boolean>;
}

const hour = 3_600_000;
/** Moves a second where time flows: often enough to look smooth. */
const perSecond = 4;

const flowing = (title: string, eachSecond: number): Pace => ({
  title,
  milliseconds: 1000 / perSecond,
  move: async (clock) => {
    await clock.advanceTo(clock.now() + eachSecond / perSecond);
    return clock.next() !== undefined;
  },
});

/** The speeds there are to choose from. */
export const speeds = {
  event: { title: '1 event a second', milliseconds: 1000, move: (clock) => clock.jumpToNext() },
  hour: flowing('1 hour a second', hour),
  quarter: flowing('6 hours a second', 6 * hour),
  day: flowing('1 day a second', 24 * hour),
} as const satisfies Readonly<Record<string, Pace>>;

export const isSpeed = (text: string): text is keyof typeof speeds => Object.hasOwn(speeds, text);

export interface Autoplay {
  /** Undefined while it does not play. */
  pace(): Pace | undefined;
  play(pace: Pace): void;
  /** Resolves when time stands. */
  pause(): Promise<void>;
}

export interface AutoplayWorld {
  readonly clock: Clock;
  /** Runs `run` after so many milliseconds of the wall clock; it never rejects. */
  readonly later: (milliseconds: number, run: () => Promise<void>) => void;
  /** Called with what a timer threw; it plays on. */
  readonly onFault: (error: unknown) => void;
  /** Called whenever it has moved the clock. */
  readonly onTick: () => void;
}

/** Plays virtual time at a pace. */
export function createAutoplay({ clock, later, onFault, onTick }: AutoplayWorld): Autoplay {
  let current: Pace | undefined;
  let turn: Promise<void> = Promise.resolve();
  // Whoever plays anew must not be joined by the ticks of before.
  let playing = 0;

  async function tick(pace: Pace, mine: number): Promise<void> {
    const goesOn = await pace.move(clock).catch((error: unknown) => {
      onFault(error);
      return true;
    });
    if (!goesOn && mine === playing) current = undefined;
  }

  function plan(pace: Pace, mine: number): void {
    later(pace.milliseconds, async () => {
      if (mine !== playing) return;
      turn = tick(pace, mine);
      await turn;
      onTick();
      if (mine === playing && current !== undefined) plan(pace, mine);
    });
  }

  return {
    pace: () => current,
    play: (pace) => {
      current = pace;
      playing += 1;
      plan(pace, playing);
    },
    pause: () => {
      current = undefined;
      playing += 1;
      return turn;
    },
  };
}

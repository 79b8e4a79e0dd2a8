import type { Clock } from '../../account/clock.ts';

const hour = 3_600_000;

/** How fast virtual time plays by itself: so many milliseconds of it a second, or one event a second. */
export const speeds = {
  event: { title: '1 event a second' },
  hour: { title: '1 hour a second', each: hour },
  quarter: { title: '6 hours a second', each: 6 * hour },
  day: { title: '1 day a second', each: 24 * hour },
} as const satisfies Readonly<Record<string, { readonly title: string; readonly each?: number }>>;
export type Speed = keyof typeof speeds;

export const isSpeed = (text: string): text is Speed => Object.hasOwn(speeds, text);

/** Plays virtual time, from timer to timer and exactly, so that nothing happens later than it was planned for. */
export interface Autoplay {
  /** Undefined while it does not play. */
  speed(): Speed | undefined;
  play(speed: Speed): void;
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

/** Ticks a second where time flows: often enough to look smooth. */
const ticks = 4;

export function createAutoplay({ clock, later, onFault, onTick }: AutoplayWorld): Autoplay {
  let speed: Speed | undefined;
  let turn: Promise<void> = Promise.resolve();
  // Whoever plays anew must not be joined by the ticks of before.
  let playing = 0;

  function plan(mine: number): void {
    const pace = speed && speeds[speed];
    if (pace === undefined) return;
    later('each' in pace ? 1000 / ticks : 1000, async () => {
      if (mine !== playing) return;
      turn = tick().catch(onFault);
      await turn;
      onTick();
      if (mine === playing) plan(mine);
    });
  }

  async function tick(): Promise<void> {
    const pace = speed && speeds[speed];
    if (pace === undefined) return;
    if ('each' in pace) await clock.advanceTo(clock.now() + pace.each / ticks);
    else await clock.jumpToNext();
    // Nothing is planned any more: there is nothing to play.
    if (clock.next() === undefined) speed = undefined;
  }

  return {
    speed: () => speed,
    play: (asked) => {
      speed = asked;
      playing += 1;
      plan(playing);
    },
    pause: () => {
      speed = undefined;
      playing += 1;
      return turn;
    },
  };
}

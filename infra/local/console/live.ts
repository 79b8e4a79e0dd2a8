import { readFileSync } from 'node:fs';
import type { Clock } from '../../account/clock.ts';
import { textResponse, type WireResponse } from '../../account/wire/message.ts';
import type { Register } from './register.ts';

/** The script of every page: it follows the system by `/live`. */
export const liveScript: string = readFileSync(new URL('live.js', import.meta.url), 'utf8');

/** So many milliseconds of the wall clock lie between two events at least, and at most. */
const shortest = 200;
const longest = 5000;

export interface LiveWorld {
  readonly register: Pick<Register, 'watch' | 'version'>;
  readonly clock: Pick<Clock, 'isRealTime'>;
  /** Runs `run` after so many milliseconds of the wall clock. */
  readonly later: (milliseconds: number, run: () => Promise<void>) => void;
}

/**
 * Server-sent events, one after each change of what the console shows; many at once are one. A comment now and then tells
 * whether anybody still listens; while time runs at real speed, it is an event.
 */
export function liveAnswer({ register, clock, later }: LiveWorld): WireResponse {
  const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };
  return {
    ...textResponse(200, headers['content-type'], 'retry: 1000\n\n'),
    headers,
    stream: (send) => {
      let listening = true;
      let told = register.version();
      let planned = false;
      const tell = (): void => {
        told = register.version();
        send(`data: ${told}\n\n`);
      };
      const stop = register.watch(() => {
        if (planned) return;
        planned = true;
        later(shortest, async () => {
          planned = false;
          if (listening && told !== register.version()) tell();
        });
      });
      const beat = (): void =>
        later(longest, async () => {
          if (!listening) return;
          if (clock.isRealTime()) tell();
          else send(': nothing new\n\n');
          beat();
        });
      beat();
      return () => {
        listening = false;
        stop();
      };
    },
  };
}

import { createClock } from '../account/clock.ts';
import type { WireHandler } from '../account/wire/message.ts';
import { listenLocally } from '../account/wire/server.ts';
import { type ConsoleOptions, openConsole } from './console/open-console.ts';
import { sampleDeals } from './sample-company.ts';
import { readBrokenSamples, readSamples } from './samples.ts';
import type { System } from './system.ts';

export interface ServeOptions extends Pick<ConsoleOptions, 'roster' | 'playbook' | 'locale'> {
  /** On 127.0.0.1; 0: any free one. */
  readonly port: number;
  /** Where virtual time begins, in milliseconds since the epoch. */
  readonly startAt: number;
}

export interface Served {
  readonly system: System;
  /** E.g. `http://127.0.0.1:4566`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The whole system with its console and the sample deals behind one address of this machine. The port is taken first: the addresses
 * in mails need it, and a taken one is told at once. Rejects with Node's error (`code`) where the port cannot be had.
 */
export async function serve({ port, startAt, ...options }: ServeOptions): Promise<Served> {
  let ready: (handle: WireHandler) => void = () => undefined;
  const whenReady = new Promise<WireHandler>((resolve) => {
    ready = resolve;
  });
  const listening = await listenLocally(async (request) => (await whenReady)(request), port);
  const { system, handle } = await openConsole({
    ...options,
    clock: createClock({ start: startAt }),
    siteUrl: listening.url,
    samples: readSamples(sampleDeals),
    broken: readBrokenSamples(new URL('bad/', sampleDeals)),
  });
  ready(handle);
  return {
    system,
    url: listening.url,
    close: async () => {
      await listening.close();
      await system.close();
    },
  };
}

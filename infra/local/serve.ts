import { createClock } from '../account/clock.ts';
import type { WireHandler } from '../account/wire/message.ts';
import { listenLocally } from '../account/wire/server.ts';
import { readEvent, signedNow } from './console/deal-event.ts';
import { type ConsoleOptions, openConsole } from './console/open-console.ts';
import { playCrm, seedingTakes } from './crm/played-crm.ts';
import type { PlayedName } from './crm/played-names.ts';
import { mailsAt } from './populate/mails-at.ts';
import { openPopulation, type Population } from './populate/population.ts';
import { sampleDeals } from './sample-company.ts';
import { readBrokenSamples, readSamples, type Sample } from './samples.ts';
import type { System } from './system.ts';

export interface ServeOptions extends Pick<ConsoleOptions, 'roster' | 'playbook' | 'locale'> {
  /** On 127.0.0.1; 0: any free one. */
  readonly port: number;
  /** Where virtual time begins, in milliseconds since the epoch. */
  readonly startAt: number;
  /** The CRM that deals come from, with the sample deals in it; none when left out. */
  readonly crm?: PlayedName;
  /** What is there from the beginning, at its own time and without a CRM; nothing when left out. */
  readonly population?: Population;
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
export async function serve({ port, startAt, crm: name, ...options }: ServeOptions): Promise<Served> {
  let ready: (handle: WireHandler) => void = () => undefined;
  const whenReady = new Promise<WireHandler>((resolve) => {
    ready = resolve;
  });
  const listening = await listenLocally(async (request) => (await whenReady)(request), port);
  const samples = readSamples(sampleDeals);
  const clock = createClock({ start: name === undefined ? startAt : startAt - seedingTakes });
  const crm = name && playCrm(name, { clock, siteUrl: listening.url });
  await crm?.seed(detailsOf(samples, startAt));
  const { system, handle } = await openConsole({
    ...options,
    clock,
    siteUrl: listening.url,
    recurs: true,
    ...(crm && { crm }),
    ...(options.population && { mails: mailsAt(options.population, listening.url) }),
    samples,
    broken: readBrokenSamples(new URL('bad/', sampleDeals)),
  });
  if (options.population) await openPopulation(system, options.population);
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

/** What the samples say of their deals, as if each was about to be won. */
function detailsOf(samples: readonly Sample[], now: number): readonly Readonly<Record<string, unknown>>[] {
  return samples.flatMap(({ text }) => {
    const read = readEvent(text);
    return 'event' in read ? [signedNow(read.event, now).detail] : [];
  });
}

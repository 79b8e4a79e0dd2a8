import type { Browser } from 'playwright-core';
import { createClock } from '../../infra/account/clock.ts';
import type { WireHandler } from '../../infra/account/wire/message.ts';
import { listenLocally } from '../../infra/account/wire/server.ts';
import { openConsole } from '../../infra/local/console/open-console.ts';
import { handoffIds } from '../../infra/local/console/register.ts';
import { type AskInMail, asksIn } from '../../infra/local/play/asks-in-mail.ts';
import { sampleDeals, sampleRoster } from '../../infra/local/sample-company.ts';
import { readSamples } from '../../infra/local/samples.ts';
import type { System } from '../../infra/local/system.ts';
import { startBrowser } from './walk.ts';

/** What `npm start` serves, in the process of the test, so that it can look at mails and records and move the clock. */
export interface Company {
  readonly system: System;
  readonly url: string;
  readonly browser: Browser;
  /** Closes a sample deal now; the id of its handoff. */
  win(sample: string): Promise<string>;
  /** What colleagues were asked since the last time, and did not decide yet. */
  newAsks(): readonly ReceivedAsk[];
  close(): Promise<void>;
}

export interface ReceivedAsk extends AskInMail {
  readonly handoff: string;
  /** A mail address. */
  readonly reader: string;
}

export async function startCompany(at: string): Promise<Company> {
  let ready: (handle: WireHandler) => void = () => undefined;
  const whenReady = new Promise<WireHandler>((resolve) => {
    ready = resolve;
  });
  const listening = await listenLocally(async (request) => (await whenReady)(request), 0);
  const samples = readSamples(sampleDeals);
  const { system, handle } = await openConsole({
    clock: createClock({ start: Date.parse(at) }),
    roster: sampleRoster(),
    siteUrl: listening.url,
    samples,
    broken: [],
  });
  ready(handle);
  const browser = await startBrowser();
  let read = 0;
  return {
    system,
    url: listening.url,
    browser,
    win: async (sample) => {
      const before = new Set(handoffIds(system));
      const body = new URLSearchParams({ sample, identity: 'another' });
      const headers = { origin: listening.url };
      const sent = await fetch(`${listening.url}/deals`, { method: 'POST', headers, body, redirect: 'manual' });
      if (sent.status >= 400) throw new Error(`The deal was answered with ${sent.status}: ${await sent.text()}`);
      const id = handoffIds(system).find((each) => !before.has(each));
      if (id === undefined) throw new Error(`Closing the sample ${sample} started no handoff.`);
      return id;
    },
    newAsks: () => {
      const fresh = system.account.inbox.mails.slice(read);
      read = system.account.inbox.mails.length;
      return fresh.flatMap((mail) =>
        asksIn(mail).map((ask) => ({
          ...ask,
          handoff: mail.tags['handoff'] ?? '',
          reader: mail.to[0]?.address ?? '',
        })),
      );
    },
    close: async () => {
      await browser.close();
      await listening.close();
      await system.close();
    },
  };
}

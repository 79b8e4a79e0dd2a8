import type { Browser } from 'playwright-core';
import { handoffIds } from '../../infra/local/console/register.ts';
import type { PlayedName } from '../../infra/local/crm/played-names.ts';
import { type AskInMail, asksIn } from '../../infra/local/play/asks-in-mail.ts';
import { sampleRoster } from '../../infra/local/sample-company.ts';
import { serve } from '../../infra/local/serve.ts';
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

/** `crm`: which CRM deals come from; none when left out. */
export async function startCompany(at: string, crm?: PlayedName): Promise<Company> {
  const startAt = Date.parse(at);
  const { system, url, close } = await serve({ port: 0, startAt, roster: sampleRoster(), ...(crm && { crm }) });
  const browser = await startBrowser();
  let read = 0;
  return {
    system,
    url,
    browser,
    win: async (sample) => {
      const before = new Set(handoffIds(system));
      const body = new URLSearchParams({ sample, identity: 'another' });
      const headers = { origin: url };
      const sent = await fetch(`${url}/deals`, { method: 'POST', headers, body, redirect: 'manual' });
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
      await close();
    },
  };
}

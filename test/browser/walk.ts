import { type ChildProcess, spawn } from 'node:child_process';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** `npm start` on a free port, and a browser that looks at it. */
export interface Walk {
  readonly url: string;
  open(size?: { width: number; height: number }): Promise<Page>;
  close(): Promise<void>;
}

export const phone = { width: 390, height: 844 };
export const desk = { width: 1280, height: 900 };

export async function startWalk(at: string): Promise<Walk> {
  const server = spawn(process.execPath, ['infra/local/start.ts', '--at', at], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressOf(server);
  const browser = await startBrowser();
  return {
    url,
    open: (viewport = desk) => openPage(browser, { viewport }),
    close: async () => {
      await browser.close();
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
    },
  };
}

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** A window of its own, which fails the test when a page's style or script is blocked. */
export async function openPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage(options);
  // A blocked style or script says so only on the console.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('favicon') && !/status of 4\d\d/.test(message.text()))
      throw new Error(`${page.url()}: ${message.text()}`);
  });
  return page;
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    server.stdout?.on('data', (chunk) => {
      printed += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
      if (address) resolve(address);
    });
    server.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${printed}`)));
  });
}

/** What a demanding reader would complain about: it does not fit the window, or not everybody can use it. */
export async function expectUsable(page: Page): Promise<void> {
  const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
  expect(overflow, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
  const found = (await page.evaluate(
    `${axe.source}; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] })`,
  )) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  const complaints = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  expect(complaints, page.url()).toEqual([]);
}

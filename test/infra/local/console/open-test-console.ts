import { onTestFinished } from 'vitest';
import type { Playbook } from '../../../../functions/domain/playbook/playbook.ts';
import { createClock } from '../../../../infra/account/clock.ts';
import { bodyText, type WireHandler } from '../../../../infra/account/wire/message.ts';
import { openConsole } from '../../../../infra/local/console/open-console.ts';
import { type PlayedCrm, playCrm, seedingTakes } from '../../../../infra/local/crm/played-crm.ts';
import type { PlayedName } from '../../../../infra/local/crm/played-names.ts';
import { readBrokenSamples, readSamples } from '../../../../infra/local/samples.ts';
import type { System } from '../../../../infra/local/system.ts';
import { roster, sampleEvent } from '../../../support/deals.ts';
import { full } from '../../../support/playbooks/full.ts';

/** Tuesday 17 November 2026, 09:30 in Berlin. */
export const tuesday = Date.UTC(2026, 10, 17, 8, 30);

const siteUrl = 'http://127.0.0.1:4566';
const ours = { host: '127.0.0.1:4566', origin: siteUrl };

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly text: string;
}

export interface TestConsole {
  readonly system: System;
  /** The CRM that was asked for. */
  readonly crm: PlayedCrm | undefined;
  readonly handle: WireHandler;
  get(path: string): Promise<Answered>;
  /** Sends a form as a browser on our own page does, unless other headers are given. */
  post(
    path: string,
    form: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answered>;
  /** The next tick of auto-play, and all that comes of it; does nothing while it does not play. */
  tick(): Promise<void>;
  /** Sends a form and follows its redirect. */
  submit(path: string, form: Readonly<Record<string, string>>): Promise<Answered>;
}

const support = new URL('../../../support/deals/', import.meta.url);

/** The console over a fresh system whose handoffs follow the playbook, the fixture one unless said, without a socket; closed when the test ends. */
export async function openTestConsole(
  start = tuesday,
  playbook: Playbook = full,
  played?: PlayedName,
): Promise<TestConsole> {
  let planned: (() => Promise<void>) | undefined;
  const clock = createClock({ start: played === undefined ? start : start - seedingTakes });
  const crm = played && playCrm(played, { clock, siteUrl });
  await crm?.seed([sampleEvent('complete-standard').detail, sampleEvent('self-serve').detail]);
  const { system, handle } = await openConsole({
    clock,
    ...(crm && { crm }),
    roster: roster(),
    siteUrl,
    playbook,
    samples: readSamples(support),
    broken: readBrokenSamples(new URL('bad/', support)),
    later: (_, run) => {
      planned = run;
    },
  });
  onTestFinished(() => system.close());

  const ask = async (
    method: string,
    path: string,
    rest: { headers: Readonly<Record<string, string>>; body?: string },
  ) => {
    const { status, headers, body } = await handle({
      method,
      path,
      headers: rest.headers,
      body: Buffer.from(rest.body ?? ''),
    });
    return { status, headers, text: bodyText(body) };
  };
  const get = (path: string) => ask('GET', path, { headers: { host: ours.host } });
  const post: TestConsole['post'] = (path, form, headers = ours) =>
    ask('POST', path, {
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(form).toString(),
    });
  return {
    ...{ system, crm, handle },
    get,
    post,
    tick: async () => {
      const run = planned;
      planned = undefined;
      await run?.();
    },
    submit: async (path, form) => {
      const answered = await post(path, form);
      const location = answered.headers['location'];
      return typeof location === 'string' ? get(location) : answered;
    },
  };
}

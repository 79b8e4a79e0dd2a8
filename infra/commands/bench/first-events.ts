import { createHmac } from 'node:crypto';
import { createClock } from '../../account/clock.ts';
import type { Mail } from '../../account/ses/mail.ts';
import { functionArn } from '../../local/local-names.ts';
import { fillIn } from '../../local/play/answers.ts';
import { choicesOn, formFor } from '../../local/play/page-form.ts';
import { putOnBus } from '../../local/put-event.ts';
import { sampleEvent, sampleRoster } from '../../local/sample-company.ts';
import { createSystem, type System } from '../../local/system.ts';
import type { FunctionName } from '../../wiring/function-names.ts';

/** An account with work for functions that run elsewhere. */
export interface ColdAccount {
  readonly system: System;
  /** Where it listens. */
  readonly url: string;
  /** The next event for the function: of a handoff of its own, so that there is something to do. */
  eventFor(name: FunctionName): Promise<object>;
  close(): Promise<void>;
}

const minute = 60_000;

/** What the CRM signs with. */
const webhookSecret = 'whsec_Y29sZC1zdGFydC1zZWNyZXQtMDE=';
const siteUrl = 'https://handoff.example.com';
const stepLink = new RegExp(`${siteUrl}/s/[\\w-]+`);
const deskLink = new RegExp(`${siteUrl}/d/[\\w-]+(?:\\.[\\w-]+)?`);

/** Stands an account up on a free port. Its clock stands still but for the winning of deals. */
export async function openColdAccount(): Promise<ColdAccount> {
  const people = sampleRoster();
  const clock = createClock({ start: Date.parse('2026-11-17T09:00:00Z') });
  const crm = { name: 'webhook', account: 'cold', apiUrl: siteUrl, secrets: { webhookSecret } } as const;
  const system = await createSystem({ clock, roster: people, siteUrl, crm });
  const { account } = system;
  const { url } = await account.listen(0);
  let deals = 0;

  const newEvent = () => {
    deals += 1;
    const event = sampleEvent('complete-standard');
    const closedWonAt = new Date(clock.now()).toISOString();
    return { ...event, time: closedWonAt, detail: { ...event.detail, dealId: `cold-${deals}`, closedWonAt } };
  };

  /** Has a deal won; answers the mail with which its first owner is asked. */
  async function win(): Promise<{ readonly handoffId: string; readonly mail: Mail; readonly at: string }> {
    // A desk that was ended in this minute has ended for links that are sent in it, too.
    await clock.advanceTo(clock.now() + minute);
    const problem = await putOnBus(system, newEvent());
    if (problem) throw new Error(problem);
    await clock.advanceTo(clock.now() + minute);
    const mail = account.inbox.mails.findLast(({ text }) => stepLink.test(text ?? '') && deskLink.test(text ?? ''));
    if (!mail) throw new Error('Nobody was asked anything.');
    return { handoffId: mail.tags['handoff'] ?? '', mail, at: new Date(clock.now()).toISOString() };
  }

  const page = (mail: Mail, body?: URLSearchParams) => pageAt(stepLink, mail, body);

  const desk = (mail: Mail, body?: URLSearchParams) => pageAt(deskLink, mail, body);

  const pageAt = (address: RegExp, mail: Mail, body?: URLSearchParams) => {
    const path = new URL(mail.text?.match(address)?.[0] ?? '').pathname;
    return {
      rawPath: path,
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
      pathParameters: { link: path.split('/').at(-1) },
      requestContext: { timeEpoch: clock.now() },
      ...(body && { body: body.toString() }),
    };
  };

  async function shownAt(path: string): Promise<string> {
    const shown = await account.handle({ method: 'GET', path, headers: {}, body: new Uint8Array(0) });
    return Buffer.from(shown.body).toString('utf8');
  }

  /** A page's form as its owner would send it. */
  async function filledForm(mail: Mail): Promise<URLSearchParams> {
    const html = await shownAt(page(mail).rawPath);
    const form = formFor(html, choicesOn(html)[0] ?? '');
    if (!form) throw new Error('The page offers nothing.');
    return fillIn({
      form,
      evidence: {},
      at: new Date(clock.now()).toISOString(),
      zone: 'Europe/Berlin',
    });
  }

  const makers: Readonly<Record<FunctionName, () => Promise<object>>> = {
    'start-handoff': async () => newEvent(),
    'stop-deal': async () => {
      const { handoffId, at } = await win();
      const detail = { dealId: handoffId.replace(/-1$/, ''), reason: 'The customer withdrew.' };
      return { source: 'handoff.crm', 'detail-type': 'Deal Lost', time: at, detail };
    },
    'follow-deal': async () => {
      const { handoffId, at } = await win();
      const { detail } = newEvent();
      const changed = { ...detail, dealId: handoffId.replace(/-1$/, ''), accountExecutive: 'new.owner@example.com' };
      return { source: 'handoff.crm', 'detail-type': 'Deal Changed', time: at, detail: changed };
    },
    'try-again': async () => {
      const record = {
        requestContext: { functionArn: functionArn('start-handoff') },
        requestPayload: await newEvent(),
      };
      return { Records: [{ body: JSON.stringify(record) }] };
    },
    'validate-package': async () => {
      const { handoffId, at } = await win();
      return { handoffId, at };
    },
    notify: async () => {
      const { handoffId, mail } = await win();
      // The next rung of the ladder: a mail is due by then.
      const at = new Date(clock.now() + 26 * 60 * minute).toISOString();
      return { handoffId, step: mail.tags['step'], round: 1, at };
    },
    'close-handoff': async () => {
      const { handoffId, at } = await win();
      return { handoffId, at };
    },
    'show-page': async () => page((await win()).mail),
    'decide-step': async () => {
      const { mail } = await win();
      return page(mail, await filledForm(mail));
    },
    'send-reports': async () => ({ time: new Date(clock.now()).toISOString() }),
    'show-desk': async () => desk((await win()).mail),
    'act-on-desk': async () => {
      const { mail } = await win();
      const html = await shownAt(desk(mail).rawPath);
      const nonce = /name="nonce" value="([^"]*)"/.exec(html)?.[1] ?? '';
      return desk(mail, new URLSearchParams({ nonce, act: 'end' }));
    },
    // Nothing is measured yet: what it reads to say so, it reads for every page.
    'show-reports': async () => {
      const asked = desk((await win()).mail);
      return { ...asked, rawPath: asked.rawPath.replace('/d/', '/r/') };
    },
    'audit-quarter': async () => {
      const asked = desk((await win()).mail);
      const rawPath = `${asked.rawPath.replace('/d/', '/r/')}/audit/2026-Q3`;
      return { ...asked, rawPath, pathParameters: { ...asked.pathParameters, quarter: '2026-Q3' } };
    },
    'show-operations': async () => {
      const { handoffId } = await win();
      const requestContext = { timeEpoch: clock.now() };
      return {
        rawPath: `/operations/handoffs/${handoffId}`,
        headers: {},
        pathParameters: { id: handoffId },
        requestContext,
      };
    },
    'hear-webhook': async () => {
      const body = JSON.stringify(newEvent());
      const [id, seconds] = [`cold-${deals}`, String(Math.floor(clock.now() / 1000))];
      const key = Buffer.from(webhookSecret.slice('whsec_'.length), 'base64');
      const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
      return {
        rawPath: '/crm/webhook',
        headers: { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` },
        pathParameters: { crm: 'webhook' },
        requestContext: { timeEpoch: clock.now() },
        body,
      };
    },
    'read-deal': async () => {
      const heard = {
        source: 'handoff.heard',
        'detail-type': 'Deal Heard',
        time: new Date(clock.now()).toISOString(),
        detail: { crm: 'webhook', event: newEvent() },
      };
      return { Records: [{ body: JSON.stringify(heard), attributes: { SentTimestamp: String(clock.now()) } }] };
    },
    // Nothing changed: a queue goes by its address on AWS, where nobody is to be asked.
    'queue-write-backs': async () => ({ Records: [] }),
    'write-back': async () => {
      const { handoffId } = await win();
      const attributes = { SentTimestamp: String(clock.now()) };
      return { Records: [{ body: JSON.stringify({ pk: `HANDOFF#${handoffId}` }), attributes }] };
    },
    reconcile: async () => ({ time: new Date(clock.now()).toISOString() }),
    measure: async () => {
      const { at } = await win();
      return { time: at };
    },
    'track-mail': async () => {
      const { mail, at } = await win();
      const { recipients } = mail;
      const tags = Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]]));
      return {
        source: 'aws.ses',
        'detail-type': 'Email Delivered',
        time: at,
        detail: {
          eventType: 'Delivery',
          delivery: { timestamp: at, recipients },
          mail: { messageId: mail.id, timestamp: at, destination: recipients, tags },
        },
      };
    },
  };
  return { system, url, eventFor: (name) => makers[name](), close: () => system.close() };
}

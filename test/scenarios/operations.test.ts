import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { bodyText } from '../../infra/account/wire/message.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';
import { anna, lena } from '../support/handoff-record.ts';
import { upTo } from '../support/progress.ts';
import type { OpenSystem } from '../support/world.ts';

const day = 86_400_000;

/** A request as operations send it; unsigned where `authorization` is undefined. */
async function look(
  system: OpenSystem,
  path: string,
  {
    method = 'GET',
    authorization = signedFor('execute-api'),
  }: { method?: string; authorization?: string | undefined } = {},
) {
  const { status, headers, body } = await system.account.handle({
    method,
    path,
    headers: { host: '127.0.0.1', ...(authorization !== '' && { authorization }) },
    body: new Uint8Array(0),
  });
  return { status, headers, text: bodyText(body) };
}

function signedFor(service: string): string {
  const credential = `Credential=local/20261120/us-east-1/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0`;
}

describe('Whoever runs the system', () => {
  it('sees every open handoff on the board, and each by itself, once signed', async () => {
    const { system, id } = await upTo('review-brief', { playbook: shippedPlaybooks.default });
    await system.until(new Date(Date.parse(system.now()) + 5 * day).toISOString());
    const board = await look(system, '/operations');
    expect(board.status).toBe(200);
    expect(board.text).toContain(`href="/operations/handoffs/${id}"`);
    expect(board.text).toContain('Lena Vogt');
    expect((await look(system, `/operations?person=${encodeURIComponent(lena)}&late=1`)).text).toContain(id);
    expect((await look(system, '/operations?segment=enterprise')).text).toContain('No handoff fits.');
    const page = await look(system, `/operations/handoffs/${id}`);
    expect(page.status).toBe(200);
    expect(/class="node step[^"]*\bnow\b/.test(page.text)).toBe(true);
    expect(parse(page.text).querySelector(`a[href$="/executions/${id}"]`)?.text).toContain('Step Functions');
    for (const view of ['steps', 'brief', 'emails', 'items'])
      expect((await look(system, `/operations/handoffs/${id}?view=${view}`)).status, view).toBe(200);
    const emails = await look(system, `/operations/handoffs/${id}?view=emails`);
    const listed = parse(emails.text).querySelector('[data-live=view]')?.structuredText ?? '';
    expect(listed).toContain('Anna Keller');
    expect(listed.includes(anna)).toBe(false);
  });

  it('finds no link there that opens a door, and changes nothing by looking', async () => {
    const { system, id } = await upTo('review-brief');
    const before = await system.dump();
    for (const path of [
      '/operations',
      ...['', '?view=steps', '?view=emails'].map((view) => `/operations/handoffs/${id}${view}`),
    ])
      expect((await look(system, path)).text).not.toMatch(/\/[sd]\/[\w-]{22}/);
    expect(await system.dump()).toEqual(before);
  });

  it('is told that there is no such handoff, whatever the id', async () => {
    const { system } = await upTo('review-brief');
    for (const id of ['nobody', '%3Cscript%3E', 'x'.repeat(2500), '..%2F..%2Fs']) {
      const { status, text } = await look(system, `/operations/handoffs/${id}`);
      expect([status, text.includes('There is no such handoff.')], id).toEqual([404, true]);
      expect(text).not.toContain('<script');
    }
  });
});

describe('Nobody else', () => {
  it('sees the pages: what is not signed, or for another service, is refused as API Gateway does', async () => {
    const { system, id } = await upTo('review-brief');
    for (const path of ['/operations', `/operations/handoffs/${id}`])
      for (const authorization of ['', 'Bearer of-nobody']) {
        const { status, text } = await look(system, path, { authorization });
        expect([status, text]).toEqual([403, '{"message":"Forbidden"}']);
      }
    expect((await look(system, '/operations', { authorization: signedFor('lambda') })).status).not.toBe(200);
  });

  it('posts anything to them, signed or not', async () => {
    const { system, id } = await upTo('review-brief');
    for (const path of ['/operations', `/operations/handoffs/${id}`])
      expect((await look(system, path, { method: 'POST' })).status).toBe(404);
  });
});

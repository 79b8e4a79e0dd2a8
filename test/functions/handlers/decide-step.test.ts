import { describe, expect, it } from 'vitest';
import type { Observer } from '../../../functions/aws/watch.ts';
import { decideStepHandler } from '../../../functions/handlers/decide-step.ts';
import { showPageHandler } from '../../../functions/handlers/show-page.ts';
import { RecordsUnavailable } from '../../../functions/ports/errors.ts';
import { choicesOn } from '../../../infra/local/play/page-form.ts';
import { course } from '../../support/course.ts';
import { anna, lena } from '../../support/handoff-record.ts';
import { upTo } from '../../support/progress.ts';
import { hiddenFields, type OpenSystem, sameOrigin, siteUrl } from '../../support/world.ts';

const silent: Observer = {
  count: () => undefined,
  about: () => undefined,
  late: () => undefined,
  began: () => undefined,
  ended: () => undefined,
  failed: () => undefined,
};

async function opened() {
  const { system, id } = await upTo('review-brief');
  const link = system.linkOf(lena, 'review-brief');
  const { html } = await system.get(link);
  const form = (more: Readonly<Record<string, string>> = {}) =>
    new URLSearchParams({ ...hiddenFields(html), choice: 'accept', ...more });
  return { system, id, link, form };
}

const isDecided = async (system: OpenSystem, id: string) =>
  (await system.load(id)).steps['review-brief']?.decision !== undefined;

describe('a form that was sent', () => {
  it('decides, when it comes from our own page', async () => {
    const { system, id, link, form } = await opened();
    expect((await system.post(link, form())).status).toBe(200);
    expect(await isDecided(system, id)).toBe(true);
  });

  it('is the same decision when it is sent once more: it is said again, and decides nothing', async () => {
    const { system, id, link, form } = await opened();
    const first = await system.post(link, form());
    const mails = system.mails().length;
    const again = await system.post(link, form());
    expect(again.status).toBe(200);
    expect(again.html).toContain('“Accept: handoff ready” is on record');
    expect(first.html).toContain('“Accept: handoff ready” is on record');
    const trail = await system.world.audit.trail(id);
    expect(trail.filter(({ what, step }) => what === 'decided' && step === 'review-brief')).toHaveLength(1);
    expect(system.mails()).toHaveLength(mails);
  });

  it('decides once: the second click is told who was first', async () => {
    const { system, link, form } = await opened();
    await system.post(link, form());
    const second = await system.post(link, form({ choice: 'return', gaps: 'Who signs off?' }));
    expect(second.status).toBe(409);
    expect(second.html).toContain('You already did this');
    expect(second.html).toContain('Accept: handoff ready');
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['nowhere', {}],
    ['a sister site', { origin: siteUrl, 'sec-fetch-site': 'same-site' }],
  ])('changes nothing when it comes from %s', async (_, headers) => {
    const { system, id, link, form } = await opened();
    const before = await system.dump();
    expect((await system.post(link, form(), headers)).status).toBe(403);
    expect(await system.dump()).toEqual(before);
    expect(await isDecided(system, id)).toBe(false);
  });

  it('is taken from browsers that hide our origin', async () => {
    const { system, id, link, form } = await opened();
    expect((await system.post(link, form(), { origin: 'null', 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect(await isDecided(system, id)).toBe(true);
  });

  it.each<[string, Error, number]>([
    ['the records are throttled', new RecordsUnavailable('Too many'), 503],
    ['something is broken', new Error('D-2026-1041-1 broke'), 500],
  ])('comes back whole when %s, with a button that sends it again', course, async (_, error, status) => {
    const { system, id, link, form } = await opened();
    const failing = { ...system.world, steps: { ...system.world.steps, decide: () => Promise.reject(error) } };
    const sent = form({ choice: 'return', gaps: 'Who signs <off>?' });
    const event = {
      rawPath: link,
      headers: sameOrigin,
      pathParameters: { link: link.replace('/s/', '') },
      body: sent.toString(),
      requestContext: { timeEpoch: system.clock.now() },
    };
    const answer = await decideStepHandler(failing, silent)(event, { awsRequestId: 'c0de-1' });
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toContain('this code: <code>c0de-1</code>');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.body).toContain('Your answers are still here');
    expect(answer.body).toContain('Who signs &lt;off&gt;?');
    expect(answer.body).not.toContain('broke');
    const again = new URLSearchParams();
    for (const [, name = '', value = ''] of answer.body.matchAll(
      /<input type="hidden" name="([^"]*)" value="([^"]*)">/g,
    ))
      again.append(name, value.replaceAll('&lt;', '<').replaceAll('&gt;', '>'));
    expect([...again]).toEqual([...sent]);
    expect((await system.post(link, again)).status).toBe(200);
    expect(await isDecided(system, id)).toBe(true);
  });

  it('is asked for again on a page of ours when a page cannot be shown', async () => {
    const { system, link } = await opened();
    const load = () => Promise.reject(new RecordsUnavailable('Too many'));
    const failing = { ...system.world, handoffs: { ...system.world.handoffs, load } };
    const event = {
      rawPath: link,
      headers: {},
      pathParameters: { link: link.replace('/s/', '') },
      requestContext: { timeEpoch: system.clock.now() },
    };
    const answer = await showPageHandler(failing, silent)(event);
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain(`href="${link}"`);
    expect(answer.body).toContain('Nothing is lost');
  });

  it.each<[string, string]>([
    ['none', ''],
    ['nonsense', 'abc'],
    ['one of another time', '29000000.abc'],
  ])('changes nothing with a nonce that is %s', async (_, nonce) => {
    const { system, id, link, form } = await opened();
    const before = await system.dump();
    expect((await system.post(link, form({ nonce }))).status).toBe(403);
    expect(await system.dump()).toEqual(before);
    expect(await isDecided(system, id)).toBe(false);
  });

  it('changes nothing without a nonce', async () => {
    const { system, id, link, form } = await opened();
    const bare = form();
    bare.delete('nonce');
    expect((await system.post(link, bare)).status).toBe(403);
    expect((await system.post(`${link}/fresh`, bare)).status).toBe(403);
    expect(await isDecided(system, id)).toBe(false);
  });

  it('changes nothing with the nonce of another page', async () => {
    const { system, id, link, form } = await opened();
    const other = hiddenFields((await system.get(system.linkOf(anna, 'schedule-internal-meeting'))).html);
    const nonce = other['nonce'] ?? hiddenFields((await system.get('/s/unknown')).html)['nonce'] ?? 'none';
    expect((await system.post(link, form({ nonce }))).status).toBe(403);
    expect(await isDecided(system, id)).toBe(false);
  });

  it('changes nothing when the page was open for more than a day, and gives back what was typed', async () => {
    const { system, id, link, form } = await opened();
    const stale = form({ questions: 'Who <signs>?' });
    await system.until('2026-11-18T09:00:00Z');
    const answer = await system.post(link, stale);
    expect(answer.status).toBe(403);
    expect(answer.html).toContain('open for too long');
    expect(answer.html).toContain('Questions for the meeting, one line each');
    expect(answer.html).toContain('Who &lt;signs&gt;?');
    expect(await isDecided(system, id)).toBe(false);
  });

  it('leads nowhere behind a link that nobody has', async () => {
    const { system, form } = await opened();
    const before = await system.dump();
    expect((await system.post('/s/aaaaaaaaaaaaaaaaaaaaaa', form(), sameOrigin)).status).toBe(403);
    expect(await system.dump()).toEqual(before);
  });
});

describe('a page that is fetched', () => {
  it('changes nothing, by whomever and however often, whatever the state of its step', course, async () => {
    const { system, link } = await opened();
    const earlier = system.linkOf(anna, 'schedule-internal-meeting');
    const before = await system.dump();
    const mails = system.mails().length;
    for (const path of [link, `${link}/brief`, earlier, `${earlier}/brief`, '/s/unknown', '/s/unknown/brief'])
      for (let i = 0; i < 3; i++) await system.get(path);
    expect(await system.dump()).toEqual(before);
    expect(system.mails()).toHaveLength(mails);
  });

  it('shows the step, the brief and the way to it, to be neither stored nor framed', async () => {
    const { system, link } = await opened();
    const page = await system.get(link);
    expect(page.status).toBe(200);
    expect(page.html).toContain('Review the brief');
    expect(page.html).toContain(`${link}/brief`);
    expect(page.headers).toMatchObject({
      'cache-control': expect.stringContaining('no-store'),
      'referrer-policy': 'no-referrer',
    });
    const brief = await system.get(`${link}/brief`);
    expect(brief.status).toBe(200);
    expect(brief.html).toContain('Nordwind Logistik GmbH');
  });

  it('shows what was decided once it is', async () => {
    const { system, link, form } = await opened();
    await system.post(link, form());
    const page = await system.get(link);
    expect(page.status).toBe(200);
    expect(page.html).toContain('Lena Vogt');
    // Only the meeting that lies ahead can still be changed.
    expect(choicesOn(page.html)).toEqual(['move-meeting', 'call-off-meeting']);
  });

  it('is none behind a link that nobody has', async () => {
    const { system } = await opened();
    expect((await system.get('/s/unknown')).status).toBe(404);
    expect((await system.get('/s/unknown/brief')).status).toBe(404);
  });

  it('never shows a task token, nor the hash of a link', async () => {
    const { system, id, link } = await opened();
    const token = (await system.load(id)).steps['review-brief']?.token ?? 'missing';
    const linkHash = system.world.hash(link.replace('/s/', ''));
    for (const path of [link, `${link}/brief`]) {
      const { html } = await system.get(path);
      expect(html).not.toContain(token);
      expect(html).not.toContain(linkHash);
    }
    for (const mail of system.mails()) expect(Buffer.from(mail.raw).toString()).not.toContain(token);
  });
});

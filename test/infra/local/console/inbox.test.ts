import { describe, expect, it } from 'vitest';
import { readMailFilter, selectMails } from '../../../../infra/local/console/inbox.ts';
import { openTestConsole } from './open-test-console.ts';

describe('the inbox', () => {
  it('reads the newest email beside the list, or the one that is chosen, part by part', async () => {
    const { get, submit, system } = await openTestConsole();
    await submit('/deals', { sample: 'complete-standard' });
    await submit('/clock', { move: 'day' });
    const { mails } = system.account.inbox;
    const [first, last] = [mails[0], mails.at(-1)];
    if (first === undefined || last === undefined || first === last) throw new Error('Two emails are needed.');
    expect((await get('/inbox')).text).toContain(`src="/mails/${encodeURIComponent(last.id)}/html"`);
    const chosen = `/inbox?mail=${encodeURIComponent(first.id)}`;
    expect((await get(chosen)).text).toContain(`src="/mails/${encodeURIComponent(first.id)}/html"`);
    expect((await get(`${chosen}&part=text`)).text).not.toContain('<iframe');
    expect((await get(`${chosen}&part=raw`)).text).toContain('MIME-Version: 1.0');
    expect((await get(`${chosen}&part=headers`)).text).toContain('<dt>message-id</dt>');
    const raw = await get(`/mails/${encodeURIComponent(first.id)}/raw.eml`);
    expect(raw.headers['content-disposition']).toBe('attachment; filename="email.eml"');
    expect(raw.text).toContain('MIME-Version: 1.0');
  });

  it('opens every page that an email leads to as whoever got it', async () => {
    const { get, submit } = await openTestConsole();
    await submit('/deals', { sample: 'incomplete' });
    const { text } = await get('/inbox');
    const links = [...text.matchAll(/href="(\/s\/[\w-]+)"/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect((await get(link)).status).toBe(200);
    expect(text).toContain('as <bdi>Anna Keller</bdi>');
  });

  it('leads from an email to its handoff, and from a report, which is about none, to no page that is missing', async () => {
    const { get, submit, system } = await openTestConsole();
    await submit('/deals', { sample: 'complete-standard' });
    const [mail] = system.account.inbox.mails;
    if (mail === undefined) throw new Error('There is no email.');
    const path = `/mails/${encodeURIComponent(mail.id)}`;
    expect((await get(path)).text).toContain(`href="/handoffs/${mail.tags['handoff']}"`);
    Object.assign(mail, { tags: { handoff: 'none', kind: 'weekly-report', step: 'none' } });
    expect((await get(path)).text).not.toContain('/handoffs/none');
  });

  it('hands attachments over as files that no browser runs', async () => {
    const { get, submit, system } = await openTestConsole();
    await submit('/deals', { sample: 'complete-standard' });
    const [mail] = system.account.inbox.mails;
    if (mail === undefined) throw new Error('There is no email.');
    const path = `/mails/${encodeURIComponent(mail.id)}/attachment`;
    for (const number of ['', '0', '7', '-1', 'x']) expect((await get(`${path}?number=${number}`)).status).toBe(404);
    const content = Buffer.from('<script>');
    const attachment = { filename: 'a"\r\nset-cookie: x=1.html', mimeType: 'text/html\r\nx: y', content };
    Object.assign(mail, { attachments: [attachment] });
    const { status, headers, text } = await get(`${path}?number=0`);
    expect([status, text]).toEqual([200, '<script>']);
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-disposition']).toBe('attachment; filename="a_set-cookie_x_1.html"');
    expect(headers['content-security-policy']).toContain('sandbox');
    expect((await get(`/inbox?part=attachments&mail=${encodeURIComponent(mail.id)}`)).text).toContain(
      'Attachments (1)',
    );
  });

  it('finds by recipient, handoff and subject', async () => {
    const { submit, system } = await openTestConsole();
    await submit('/deals', { sample: 'complete-standard' });
    const { mails } = system.account.inbox;
    const subject = mails[0]?.subject ?? '';
    const found = (query: string) => selectMails(mails, readMailFilter(new URLSearchParams(query)));
    expect(found('to=ANNA.KELLER%40example.com')).toEqual(mails);
    expect(found(`find=${encodeURIComponent(subject.slice(2, 9).toUpperCase())}`)).toEqual(mails);
    expect(found('handoff=none')).toEqual([]);
    expect(found('to=&find=&handoff=')).toEqual(mails);
  });
});

import { describe, expect, it } from 'vitest';
import { type Mail, parseMessage } from '../../../../infra/account/ses/mail.ts';
import { mailsAt } from '../../../../infra/local/populate/mails-at.ts';
import { dealEvent } from '../../../support/deals.ts';
import { openSystem } from '../../../support/world.ts';

describe('The mails of a population that is opened elsewhere', () => {
  it('lead there, in what is shown and in the file that is saved', async () => {
    const system = await openSystem({ at: '2026-11-17T08:30:00Z' });
    await system.win(dealEvent());
    await system.until('2026-11-19T12:00:00Z');
    const { url: siteUrl } = system.world.site;
    const mails = system.mails();
    expect(mails.length).toBeGreaterThan(2);
    const there = mailsAt({ mails, siteUrl }, 'http://127.0.0.1:45660');
    for (const [i, mail] of there.entries()) {
      const { text = '', html = '' } = await parseMessage(mail.raw);
      for (const shown of [text, html, mail.text, mail.html]) {
        expect(shown).toContain('http://127.0.0.1:45660');
        expect(shown).not.toContain(siteUrl);
      }
      expect(Buffer.from(mail.raw).toString('latin1').replaceAll('=\r\n', '')).not.toContain(siteUrl);
      // Nothing else is another.
      const back = (said: string) => said.replaceAll('http://127.0.0.1:45660', siteUrl).trim();
      expect([back(text), back(html)]).toEqual([mails[i]?.text.trim(), mails[i]?.html.trim()]);
    }
    expect(mailsAt({ mails, siteUrl }, siteUrl)).toBe(mails);
  });

  it('lead there also where a part is in base64, and nothing else of it changes', async () => {
    const siteUrl = 'http://127.0.0.1:4566';
    const text = `Übergabe für Łódź: ${siteUrl}/s/abc and ${siteUrl}/d/def\n`.repeat(5);
    const lines =
      Buffer.from(text)
        .toString('base64')
        .match(/.{1,76}/g) ?? [];
    const head = ['Subject: x', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8'];
    const raw = Buffer.from([...head, 'Content-Transfer-Encoding: base64', '', ...lines, ''].join('\r\n'));
    const [mail] = mailsAt({ mails: [{ raw, text, html: '' } as unknown as Mail], siteUrl }, 'http://127.0.0.1:1');
    const read = await parseMessage(mail?.raw ?? raw);
    expect(read.text?.trim()).toBe(text.replaceAll(siteUrl, 'http://127.0.0.1:1').trim());
    expect(read.subject).toBe('x');
  });
});

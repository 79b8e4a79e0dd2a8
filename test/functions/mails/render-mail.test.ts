import { describe, expect, it } from 'vitest';
import type { Message } from '../../../functions/domain/messages/message.ts';
import { renderMail } from '../../../functions/mails/render-mail.ts';
import { site } from '../../support/handoff-record.ts';
import { tagProblems } from '../../support/markup.ts';

const url = 'https://handoff.example.com/s/Zk3fQm2x0uJ8VhE5rTyWcA';
const hostile = '<script>alert(1)</script> & "quoted" \u202Ereversed';

const message: Message = {
  subject: 'Line one\r\nBcc: mallory@example.org\u0000',
  preview: hostile,
  blocks: [
    { paragraph: 'word '.repeat(40).trim() },
    { heading: hostile },
    { facts: [{ label: 'Customer', value: hostile }] },
    { list: [hostile, 'second'], heading: 'What to do' },
    { quote: 'first\n\nsecond', heading: 'Why?' },
    { verbatim: `  indented\n${'long '.repeat(30)}end` },
    { button: { label: 'Do it', url } },
    {
      brief: {
        title: 'Brief: Ana',
        subtitle: hostile,
        facts: [{ label: 'Plan', value: hostile }],
        sections: [
          {
            heading: 'Goals',
            pillar: 'goals',
            lines: [
              {
                path: 'attachments.callRecordings',
                label: 'Call',
                text: hostile,
                url: 'https://example.com/c?a=1&b=2',
              },
            ],
          },
        ],
        gaps: [],
      },
    },
  ],
  signature: 'Because.',
};

describe('the plain text', () => {
  const { text } = renderMail(message, { site });

  it('says everything, the link in full', () => {
    for (const said of ['Do it:', url, 'Customer: ', 'GOALS', 'https://example.com/c?a=1&b=2', 'Because.', site.url])
      expect(text).toContain(said);
  });

  it('wraps at 76 columns, but neither links nor what was approved word for word', () => {
    const long = text.split('\n').filter((line) => line.length > 76);
    expect(long).toEqual([`${'long '.repeat(30)}end`]);
    expect(text).toContain('\n  indented\n');
  });

  it('quotes line by line', () => {
    expect(text).toContain('Why?\n> first\n>\n> second');
  });

  it('holds no unseen characters', () => {
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202A-\u202E]/u);
  });
});

describe('the HTML', () => {
  const { html } = renderMail(message, { site });

  it('escapes every text', () => {
    expect(html).not.toContain('<script');
    expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(6);
    expect(html).toContain('href="https://example.com/c?a=1&amp;b=2"');
  });

  it('is well formed, and fetches nothing', () => {
    expect(tagProblems(html)).toEqual([]);
    expect(html).not.toMatch(/<(img|link|script|iframe|style)|url\(|src=/);
  });

  it('lets right-to-left text run its own way', () => {
    const { html: rtl } = renderMail(
      { subject: 'x', preview: 'x', blocks: [{ paragraph: 'שלום' }] },
      { site, language: 'he' },
    );
    expect(rtl).toContain('<html lang="he">');
    expect(rtl).toContain('<p dir="auto"');
  });
});

describe('header values and footers', () => {
  it('makes one line of a subject', () => {
    expect(renderMail(message, { site }).subject).toBe('Line one Bcc: mallory@example.org');
  });

  it('shows customers nothing of the process', () => {
    const mail = renderMail({ subject: 'x', preview: 'x', blocks: [], signature: 'Lena' }, { site, toCustomer: true });
    expect(mail.text + mail.html).not.toContain(site.url);
    expect(mail.text).toContain('Lena');
  });
});

import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../functions/domain/messages/message.ts';
import { renderMail } from '../../../functions/mails/render-mail.ts';
import { missingInTwin } from '../../../infra/local/mails/twin.ts';
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

  it('holds no unseen characters, wherever they came from', () => {
    expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069]|(?!\n)\p{Cc}/u);
  });

  it('lets people follow a link among the facts, if it is nothing but one', () => {
    const linksFor = (value: string) =>
      parse(renderMail({ subject: 'x', preview: 'x', blocks: [{ facts: [{ label: 'Where', value }] }] }, { site }).html)
        .querySelectorAll('td a')
        .map((link) => link.getAttribute('href'))
        .slice(0, -1);
    expect(linksFor('https://meet.example.com/a?b=c&d="')).toEqual(['https://meet.example.com/a?b=c&d="']);
    for (const value of [
      'Room 4, https://meet.example.com',
      'javascript:alert(1)',
      'http://meet.example.com',
      'https://',
    ])
      expect(linksFor(value)).toEqual([]);
  });

  it('is well formed, and fetches nothing', () => {
    expect(tagProblems(html)).toEqual([]);
    expect(html).not.toMatch(/<(img|link|script|iframe)|url\(|@import|src=/);
  });

  it('has a button that Outlook shows too: a table cell with the color, padded in Word’s way', () => {
    const cell =
      /<td [^>]*bgcolor="#1d4ed8"[^>]*mso-padding-alt:13px 22px[^>]*>\s*<a href="([^"]*)"[^>]*>Do it<\/a>/.exec(html);
    expect(cell?.[1]).toBe(url);
  });

  it('is at most 600 pixels wide, in Outlook by a table of that width', () => {
    expect(html).toMatch(/<!--\[if mso \| IE\]><table [^>]*width="600"/);
    expect(html).toContain('max-width:600px');
    expect(html.replace(/<!--.*?-->/gs, '')).not.toMatch(/\swidth="\d+"|[^-]width:\d+px/);
  });

  it('says that it knows dark mode, and what its colors are there', () => {
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toMatch(/@media \(prefers-color-scheme:dark\)\{[^@]*\.ink[^@]*color:#e8edf4!important/);
  });

  it('shows lists of mails the preheader alone, not the first words after it', () => {
    const [, hidden = ''] = /<div style="display:none[^"]*">([^<]*)<\/div>/.exec(html) ?? [];
    expect(hidden).toContain('&quot;quoted&quot;');
    expect(hidden).toMatch(/(\u034F\u200C\u00A0){90}$/);
  });

  it('says nothing that the plain text does not say', () => {
    const { text } = renderMail(message, { site });
    expect(missingInTwin(html, text)).toEqual([]);
    expect(missingInTwin(html, text.replace('What to do', ''))).toEqual(['What to do']);
    expect(missingInTwin(html, text.replace('Do it:', ''))).toEqual(['Do it']);
  });

  it('lets right-to-left text run its own way', () => {
    const { html: rtl } = renderMail(
      { subject: 'x', preview: 'x', blocks: [{ paragraph: 'שלום' }], language: 'he' },
      { site },
    );
    expect(rtl).toContain('<html lang="he"');
    expect(rtl).toContain('<p dir="auto"');
    expect(rtl.replace(/<!--.*?-->/gs, '')).not.toContain('text-align:left');
  });
});

describe('the brand', () => {
  const html = (brand: Partial<typeof site>, toCustomer = false) =>
    renderMail(message, { site: { ...site, ...brand }, toCustomer }).html;

  it('is the name of the site, for colleagues', () => {
    const first = (document: string) => parse(document).querySelector('.ink')?.text.trim();
    expect(first(html({ name: 'Relay & Co' }))).toBe('Relay & Co');
    expect(first(html({ name: 'Relay & Co' }, true))).toBe('word '.repeat(40).trim());
  });

  it('is a logo where there is one, named for whoever sees no pictures', () => {
    const logo = 'https://example.com/logo.png?a=1&b="';
    for (const [toCustomer, alt] of [
      [false, 'Handoff'],
      [true, 'Lumen Works'],
    ] as const) {
      const found = parse(html({ logo }, toCustomer)).querySelectorAll('img');
      expect(found.map((image) => [image.getAttribute('src'), image.getAttribute('alt')])).toEqual([[logo, alt]]);
      expect(tagProblems(html({ logo }, toCustomer))).toEqual([]);
    }
  });

  it('is the color of buttons and links', () => {
    expect(html({ color: '#0a7d33' })).toContain('bgcolor="#0a7d33"');
    expect(html({ color: '#0a7d33' })).not.toContain('#1d4ed8');
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

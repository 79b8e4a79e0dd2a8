import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { richBlocks, richText } from '../../../../functions/domain/messages/rich-text.ts';
import { renderMail } from '../../../../functions/mails/render-mail.ts';
import { missingInTwin } from '../../../../infra/local/mails/twin.ts';
import { site } from '../../../support/handoff-record.ts';
import { tagProblems } from '../../../support/markup.ts';

const rendered = (letter: string) =>
  renderMail({ subject: 's', preview: 'p', blocks: [{ letter }] }, { site, toCustomer: true });

describe('a letter', () => {
  it('has paragraphs with their line breaks, and lists', () => {
    expect(richBlocks('Hi Ann,\nhow are you?\n\n- one\n* two\nBye')).toEqual([
      { lines: [[{ text: 'Hi Ann,' }], [{ text: 'how are you?' }]] },
      { items: [[{ text: 'one' }], [{ text: 'two' }]] },
      { lines: [[{ text: 'Bye' }]] },
    ]);
  });

  it('has bold words and links, and addresses lead where they say', () => {
    expect(richBlocks('See **this** [guide](https://a.example/x?y=1&z=2), or https://b.example/.')).toEqual([
      {
        lines: [
          [
            { text: 'See ' },
            { text: 'this', isBold: true },
            { text: ' ' },
            { text: 'guide', url: 'https://a.example/x?y=1&z=2' },
            { text: ', or ' },
            { text: 'https://b.example/', url: 'https://b.example/' },
            { text: '.' },
          ],
        ],
      },
    ]);
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](//evil.example)',
    '** not bold **',
    '**',
    '[]()',
    '2 * 3 ** 4',
    'data:text/html,x',
  ])('takes anything else for text: %s', (typed) => {
    expect(richText(typed)).toBe(typed);
    expect(rendered(typed).html).not.toMatch(/<a href|<strong/);
  });

  it('says the same in plain text, with every address', () => {
    const typed = 'Hi **all**,\n\n- read the [guide](https://a.example/g)\n- https://b.example';
    expect(richText(typed)).toBe('Hi all,\n\n- read the guide (https://a.example/g)\n- https://b.example');
    const { html, text } = rendered(typed);
    expect(missingInTwin(html, text)).toEqual([]);
    expect(html).toContain('<a href="https://a.example/g"');
  });

  it('never becomes markup, whatever is typed', () => {
    const pieces = fc.constantFrom(
      '**',
      '[',
      '](',
      ')',
      'https://a.example/',
      '"',
      '<b onclick=x>',
      '&',
      '- ',
      '\n',
      'word ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme' })), { maxLength: 30 }), (parts) => {
        const { html } = rendered(parts.join(''));
        expect(tagProblems(html)).toEqual([]);
        expect(html).not.toMatch(/<b |<script|href="(?!https?:)/);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { renderMail } from '../../../../functions/mails/render-mail.ts';
import type { Mail } from '../../../../infra/account/ses/mail.ts';
import { problemsOf } from '../../../../infra/local/mails/mail-checks.ts';
import { site } from '../../../support/handoff-record.ts';

const good = renderMail(
  {
    subject: 'Nordwind: book the kickoff by Wed 9 AM',
    preview: 'Agree on a time; we invite everyone.',
    blocks: [
      { paragraph: 'Agree on a time.' },
      { button: { label: 'Book it', url: 'https://handoff.example.com/s/abc' } },
      { facts: [{ label: 'Due', value: 'Wed, Nov 25' }] },
    ],
    signature: 'This step is yours.',
  },
  { site },
);

/** What is found when the mail differs. */
const found = (changes: Partial<typeof good>, typed?: readonly string[]) =>
  problemsOf({ ...good, ...changes } as Mail, typed);

describe('the checks of a mail', () => {
  it('find nothing wrong with a good one', () => {
    expect(found({})).toEqual([]);
  });

  it('find a subject or a preheader that is too long, or no preheader', () => {
    expect(found({ subject: 'x'.repeat(60) })).toEqual([]);
    expect(found({ subject: '🚀'.repeat(61) })).toEqual([expect.stringMatching(/^subject: 61 characters, at most 60/)]);
    const preheader = (text: string) => good.html.replace('Agree on a time; we invite everyone.', text);
    expect(found({ html: preheader('x'.repeat(90)) })).toEqual([]);
    expect(found({ html: preheader('x'.repeat(91)) })).toEqual([expect.stringMatching(/^preheader: 91 characters/)]);
    expect(found({ html: preheader('') })).toEqual(['preheader: there is none']);
  });

  it('find more HTML than Gmail shows', () => {
    const padded = (bytes: number) => good.html + ' '.repeat(bytes - Buffer.byteLength(good.html));
    expect(found({ html: padded(102 * 1024 - 1) })).toEqual([]);
    expect(found({ html: padded(102 * 1024) })).toEqual([expect.stringMatching(/^size: 104448 bytes/)]);
  });

  it('find links that lead nowhere, or not safely', () => {
    const linking = (to: string) => found({ html: good.html.replace('https://handoff.example.com/s/abc', to) });
    expect(linking('http://127.0.0.1:4566/s/abc')).toEqual([]);
    for (const to of ['/s/abc', 'http://handoff.example.com/s/abc', 'https://', 'javascript:x'])
      expect(linking(to)).toEqual([`link: ${to} is no absolute https address`]);
  });

  it('find text that is hard to read, light and dark, each in its place', () => {
    const light = found({
      html: good.html.replace('background:#1d4ed8;color:#ffffff', 'background:#1d4ed8;color:#888888'),
    });
    expect(light).toEqual([
      expect.stringMatching(/^contrast: "Book it" in light: #888888 on #1d4ed8 has a contrast of 1\.\d$/),
      expect.stringMatching(/^contrast: "Book it" in dark/),
    ]);
    const dark = found({ html: good.html.replace('color:#a9b5c6!important', 'color:#4d5a6d!important') });
    expect(dark.length).toBeGreaterThan(1);
    for (const problem of dark) expect(problem).toMatch(/in dark: #4d5a6d on #18202b/);
    expect(dark.join()).toContain('"Due"');
    const without = found({ html: good.html.replace('.ink,.ink div', '.none,.none div') });
    expect(without.join()).toMatch(/"Agree on a time\." in dark: #1a2230 on #18202b/);
  });

  it('find what the plain text leaves out', () => {
    expect(found({ text: good.text.replace('Wed, Nov 25', '') })).toEqual(['plain text: does not say "Wed, Nov 25"']);
  });

  it('find banned words, but not in what people typed, and not in addresses', () => {
    const saying = (words: string, typed?: readonly string[]) => found({ subject: words }, typed);
    expect(saying('An SLA: kindly look')).toEqual([
      'word: "SLA" (say: promise, due) in "An SLA: kindly look Agree on a ti"',
      expect.stringMatching(/^word: "kindly"/),
    ]);
    expect(saying('The email is here')).toEqual([]);
    expect(saying('The mail is here')).toEqual([expect.stringMatching(/^word: "mail" \(say: email\)/)]);
    expect(saying('Ask a.b@mail.example or https://mail.example/mail')).toEqual([]);
    expect(saying('They said: Mail me.', ['Mail me.'])).toEqual([]);
  });

  it('know what people typed also where it was cut, but no words of ours that begin alike', () => {
    const said = 'The depot asked for one more mail each morning, and for one mail each night as long as they drive.';
    const saying = (words: string) => found({ subject: words }, [said]).filter((problem) => problem.startsWith('word'));
    expect(saying(`Note: ${said.slice(0, 60)}… (all of it)`)).toEqual([]);
    expect(saying(`Note: ${said.slice(0, 60)} (all of it)`)).toHaveLength(1);
    expect(saying('Note: The depot asked for one more mail… (all of it)')).toHaveLength(1);
  });
});

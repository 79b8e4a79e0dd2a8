import { parse } from 'node-html-parser';
import type { Mail } from '../../account/ses/mail.ts';
import { bannedWords } from './banned-words.ts';
import { paleTexts } from './mail-colors.ts';
import { languageOfMail } from './mail-language.ts';
import { missingInTwin } from './twin.ts';

/** Gmail shows no more of a mail than this many bytes of HTML. */
const clippedAt = 102 * 1024;
const longestSubject = 60;
const longestPreheader = 90;

/** What lists of mails show beside the subject. */
export const preheaderOf = (mail: Mail): string =>
  (parse(mail.html).querySelector('body > div[style*="display:none"]')?.text ?? '')
    .replace(/[\u034F\u200C\u00A0]+$/, '')
    .trim();

/** What is wrong with a mail, each in a sentence; `typed` are texts that people or their CRM wrote, whose words are their own. */
export function problemsOf(mail: Mail, typed: readonly string[] = []): readonly string[] {
  const size = Buffer.byteLength(mail.html);
  const preheader = preheaderOf(mail);
  return [
    ...(size < clippedAt ? [] : [`size: ${size} bytes of HTML, of which Gmail shows ${clippedAt}`]),
    ...tooLong('subject', mail.subject, longestSubject),
    ...tooLong('preheader', preheader, longestPreheader),
    ...(preheader === '' ? ['preheader: there is none'] : []),
    ...linksOf(mail).flatMap((link) => (leadsThere(link) ? [] : [`link: ${link} is no absolute https address`])),
    ...paleTexts(mail.html).map((pale) => `contrast: ${pale}`),
    ...missingInTwin(mail.html, mail.text).map((text) => `plain text: does not say "${text.slice(0, 60)}"`),
    ...bannedWords([mail.subject, preheader, mail.text], {
      typed: [...typed, ...approvedIn(mail)],
      language: languageOfMail(mail),
    }).map((word) => `word: ${word}`),
  ];
}

/** The lines that somebody approved and that stand word for word: in the language in which they were saved. */
const approvedIn = ({ html }: Mail): readonly string[] =>
  parse(html)
    .querySelectorAll('div[dir="auto"][style="margin:0 0 14px"]')
    .flatMap((block) => block.structuredText.split('\n'));

function tooLong(what: string, text: string, most: number): readonly string[] {
  const { length } = [...text];
  return length <= most ? [] : [`${what}: ${length} characters, at most ${most}: "${text}"`];
}

const linksOf = ({ html }: Mail): readonly string[] =>
  parse(html)
    .querySelectorAll('[href], [src]')
    .map((element) => element.getAttribute('href') ?? element.getAttribute('src') ?? '');

const leadsThere = (link: string): boolean => URL.canParse(link) && /^(https:\/\/|http:\/\/127\.0\.0\.1)/.test(link);

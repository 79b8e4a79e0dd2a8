import type { Mail } from '../../account/ses/mail.ts';
import type { Population } from './population.ts';

/** The mails of a population with links to where the pages are now (`url`), in what is shown and in the file that can be saved. */
export const mailsAt = ({ mails, siteUrl }: Pick<Population, 'mails' | 'siteUrl'>, url: string): readonly Mail[] =>
  siteUrl === url
    ? mails
    : mails.map((mail) => ({
        ...mail,
        text: mail.text.replaceAll(siteUrl, url),
        html: mail.html.replaceAll(siteUrl, url),
        raw: rawAt(mail.raw, siteUrl, url),
      }));

/** A part in base64, as of another script: its headers, and what it says. */
const encoded = /^(Content-Transfer-Encoding: base64\r?\n(?:[^\r\n]+\r?\n)*\r?\n)([A-Za-z0-9+/=\r\n]+)/gim;

/** A message whose lines may be broken within an address (quoted-printable), and whose parts may be in base64. */
function rawAt(raw: Uint8Array, siteUrl: string, url: string): Uint8Array {
  const broken = [...siteUrl].map((char) => char.replace(/[.?+*()[\]\\/|$^{}]/, '\\$&')).join('(?:=\\r?\\n)?');
  const moved = Buffer.from(raw)
    .toString('latin1')
    .replace(new RegExp(broken, 'g'), url)
    .replace(encoded, (part, head: string, said: string) => {
      const text = Buffer.from(said, 'base64').toString('latin1');
      if (!text.includes(siteUrl)) return part;
      const lines =
        Buffer.from(text.replaceAll(siteUrl, url), 'latin1')
          .toString('base64')
          .match(/.{1,76}/g) ?? [];
      return `${head}${lines.join('\r\n')}${/\s*$/.exec(said)?.[0] ?? ''}`;
    });
  return Buffer.from(moved, 'latin1');
}

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

/** A message whose lines may be broken within an address (quoted-printable). A part in base64, as of another script, stays as it is. */
function rawAt(raw: Uint8Array, siteUrl: string, url: string): Uint8Array {
  const broken = [...siteUrl].map((char) => char.replace(/[.?+*()[\]\\/|$^{}]/, '\\$&')).join('(?:=\\r?\\n)?');
  return Buffer.from(Buffer.from(raw).toString('latin1').replace(new RegExp(broken, 'g'), url), 'latin1');
}

import { parse } from 'node-html-parser';
import type { Mail } from '../../account/ses/mail.ts';

/** The language that a mail's HTML says it is in: an ISO 639 code. */
export const languageOfMail = ({ html }: Pick<Mail, 'html'>): string =>
  parse(html).querySelector('html')?.getAttribute('lang') ?? '';

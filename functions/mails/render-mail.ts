import { cleanLine } from '../domain/fields/clean-text.ts';
import type { Message } from '../domain/messages/message.ts';
import { htmlMail } from './html-mail.ts';
import { plainText } from './plain-text.ts';
import type { RenderOptions } from './render-options.ts';

export interface RenderedMail {
  /** One line, without control characters. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The two readings of a mail: plain text (lines of at most 76 columns) and HTML that say the same. */
export function renderMail(message: Message, options: RenderOptions): RenderedMail {
  return {
    subject: cleanLine(message.subject),
    text: plainText(message, options),
    html: htmlMail(message, options),
  };
}

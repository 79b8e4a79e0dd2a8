import { cleanLine } from '../domain/fields/clean-text.ts';
import type { SiteFacts } from '../domain/handoff/site.ts';
import type { Message } from '../domain/messages/message.ts';
import { htmlMail } from './html-mail.ts';
import { plainText } from './plain-text.ts';

export interface RenderedMail {
  /** One line, without control characters. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface RenderOptions {
  readonly site: SiteFacts;
  /** BCP 47; English unless said. */
  readonly language?: string;
  /** Customers see no trace of the internal process: no footer that links to it. */
  readonly toCustomer?: boolean;
}

/** The two readings of a mail: plain text (lines of at most 76 columns) and HTML that say the same. */
export function renderMail(message: Message, options: RenderOptions): RenderedMail {
  return {
    subject: cleanLine(message.subject),
    text: plainText(message, options),
    html: htmlMail(message, options),
  };
}

import { html as tag } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Markup whose every inserted text has been escaped. */
export type Html = HtmlEscapedString;

/** What may stand in a template: texts are escaped, markup is not, `undefined` and `false` leave nothing. */
export type Content = Html | string | number | false | undefined | readonly Content[];

/** A template of markup; whatever is inserted is escaped, so that no text can become markup. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  const made = tag(strings, ...values);
  if (made instanceof Promise) throw new TypeError('A template holds something that is not ready.');
  return made;
}

/** Text with its line breaks. */
export function lines(text: string): Content {
  return text.split('\n').map((line, i) => (i === 0 ? line : html`<br>${line}`));
}

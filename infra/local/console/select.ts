import { type Html, html } from '../../../functions/pages/html.ts';

/** A value and what people read for it. */
export type Option = readonly [value: string, label: string];

/** A list to choose from, with a first entry that chooses nothing. */
export function select(
  { name, any }: { readonly name: string; readonly any: string },
  options: readonly Option[],
  chosen: string | undefined,
): Html {
  return html`<select name="${name}"><option value="">${any}</option>${options.map(
    ([value, label]) => html`<option value="${value}"${value === chosen && html` selected`}>${label}</option>`,
  )}</select>`;
}

import type { FieldView } from '../domain/step/field-view.ts';
import { type Html, html } from './html.ts';

/** How the fields of a review are shown, and whether something was sent in one, or is wrong with it. */
interface ShownReview {
  readonly shown: (field: FieldView) => Html;
  readonly isSaid: (name: string) => boolean;
}

/** What is decided about one missing answer: granted or not, by whom and until when it comes, why. */
export function reviewHtml(title: string, fields: readonly FieldView[], { shown, isSaid }: ShownReview): Html {
  const decisions = fields.filter(({ asBoxes }) => asBoxes);
  const reasons = fields.filter(({ kind }) => kind === 'longText');
  const others = fields.filter((field) => !decisions.includes(field) && !reasons.includes(field));
  const isOpen = reasons.some(({ name }) => isSaid(name));
  return html`<fieldset class="section review"><legend dir="auto">${title}</legend>
${decisions.map(shown)}
<div class="cells">${others.map(shown)}</div>
${reasons.map((field) => html`<details${isOpen && html` open`}><summary>${field.label}</summary>${shown(field)}</details>`)}
</fieldset>
`;
}

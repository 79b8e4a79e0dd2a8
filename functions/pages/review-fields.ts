import type { FieldView } from '../domain/step/field-view.ts';
import { type Html, html } from './html.ts';

/** How the fields of a review are shown, and whether something was sent in one, or is wrong with it. */
interface ShownReview {
  readonly shown: (field: FieldView) => Html;
  readonly isSaid: (name: string) => boolean;
}

/**
 * What is decided about each missing answer, by what it is about: granted or not. Who brings it, until when, and why stands above for
 * all of them; another owner, date or reason for one is folded away, so that a page of many stays short.
 */
export function reviewsHtml(reviews: ReadonlyMap<string, readonly FieldView[]>, of: ShownReview): Html {
  return html`<div class="section"><h3>${reviews.size} ${reviews.size === 1 ? 'answer' : 'answers'} to decide on</h3>
<p class="hint">What you said above goes for each that you grant, unless you say otherwise here.</p></div>
${[...reviews].map(([title, fields]) => reviewHtml(title, fields, of))}`;
}

function reviewHtml(title: string, fields: readonly FieldView[], { shown, isSaid }: ShownReview): Html {
  const decisions = fields.filter(({ asBoxes }) => asBoxes);
  const reasons = fields.filter(({ kind }) => kind === 'longText');
  const others = fields.filter((field) => !decisions.includes(field) && !reasons.includes(field));
  const isOpen = [...others, ...reasons].some(({ name }) => isSaid(name));
  return html`<fieldset class="section review"><legend dir="auto">${title}</legend>
${decisions.map(shown)}
<details class="plain"${isOpen && html` open`}><summary>Another owner, date, or reason<span class="unseen"> for ${title}</span></summary>
<div class="cells">${others.map(shown)}</div>
${reasons.map(shown)}</details>
</fieldset>
`;
}

import { capitalized } from '../domain/fields/words.ts';
import { questionsOfForm } from '../domain/step/package-form.ts';
import type { StepView } from '../domain/step/step-view.ts';
import { fieldId } from './fields.ts';
import { type Content, html, lines } from './html.ts';
import { packageFormName } from './package-field.ts';

/** Who sent the step back, and with which gaps; where the form asks about each of them, how many there are. */
export function returnedHtml({ returned, packageForm }: StepView): Content {
  if (returned === undefined) return undefined;
  const { by, when, gaps } = returned;
  const asked = packageForm === undefined ? [] : questionsOfForm(packageForm);
  if (asked.length > 0)
    return html`<section class="note soon"><p dir="auto"><strong>${by} returned it</strong> on ${when} and needs ${asked.length === 1 ? '1 more answer' : `${asked.length} more answers`}. Answer each one, or say why you can’t:</p>
<ul>${asked.map(({ name, label }) => html`<li dir="auto"><a href="#${fieldId(packageFormName, name)}">${capitalized(label)}</a></li>\n`)}</ul></section>`;
  return html`<section class="note soon"><p dir="auto"><strong>${by} returned it</strong> on ${when} and named what is missing:</p>
<ul>${gaps.map((gap) => html`<li dir="auto">${gap}</li>\n`)}</ul></section>`;
}

/** What became of the gaps that the reader named when they sent it back. */
export function answeredHtml({ answered }: StepView): Content {
  if (answered === undefined) return undefined;
  const { by, when, gaps } = answered;
  return html`<section class="card"><h2>What was returned on ${when}</h2>
<p dir="auto">${by === undefined ? 'It is back since.' : `${by} has handed it over again.`}</p>
<dl>${gaps.map(({ gap, lines: said }) => html`<dt dir="auto">${gap}</dt><dd dir="auto">${said.length === 0 ? 'See the brief.' : lines(said.join('\n'))}</dd>\n`)}</dl></section>`;
}

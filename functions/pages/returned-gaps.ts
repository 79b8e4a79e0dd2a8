import { capitalized } from '../domain/fields/words.ts';
import type { PackageFieldView, ReturnedView } from '../domain/step/package-form.ts';
import type { StepView } from '../domain/step/step-view.ts';
import { fieldHtml } from './fields.ts';
import { type Content, type Html, html, lines } from './html.ts';

/** Who sent the step back, and with which gaps; where the form asks about each of them, how many there are. */
export function returnedHtml({ returned, packageForm }: StepView): Content {
  if (returned === undefined) return undefined;
  const { by, when, gaps } = returned;
  const asked = packageForm?.returned.flatMap(({ answers }) => answers).length ?? 0;
  if (asked > 0)
    return html`<section class="note soon"><p dir="auto"><strong>${by} returned it</strong> on ${when} and needs ${asked === 1 ? '1 more answer' : `${asked} more answers`}. Answer each one below, or say why you can't.</p></section>`;
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

export interface ReturnedFields {
  readonly returned: readonly ReturnedView[];
  /** A field of the package, as it stands elsewhere in the form. */
  readonly packageField: (field: PackageFieldView) => Html;
  /** The id of the form, as its fields' ids begin. */
  readonly form: string;
  readonly typed: (name: string) => readonly string[] | undefined;
  readonly problem: (name: string) => string | undefined;
}

/** Each gap with the field it is about beside it, and a place for the answer. */
export function returnedFieldsHtml({ returned, packageField, form, typed, problem }: ReturnedFields): Content {
  if (returned.length === 0) return undefined;
  return html`<fieldset class="section"><legend>What was returned</legend>
${returned.map(
  ({ field, answers }) =>
    html`${field && packageField(field)}${answers.map(({ name, label, value }) =>
      fieldHtml(
        {
          name,
          label: capitalized(label),
          kind: 'longText',
          required: true,
          hint: field ? 'your answer, or why not; changing the answer above will do too' : 'your answer, or why not',
          value,
        },
        { form, zone: 'UTC', typed: typed(name), problem: problem(name), insist: false, halfDone: true },
      ),
    )}`,
)}</fieldset>`;
}

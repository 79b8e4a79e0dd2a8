import { type EvidenceProblem, textsOf } from '../domain/fields/evidence.ts';
import { arrange, arrangeName, previewName } from '../domain/fields/rows.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import { fieldsOfForm } from '../domain/step/package-form.ts';
import type { Deciding } from './deciding.ts';

/**
 * Adds, moves or removes a row of the form that was sent, or previews the email that it makes, and shows it again as it was
 * typed: nothing is saved or decided.
 * Undefined where another button was pressed. A preview names what is wrong (`problemsOf` the choice) as sending would.
 */
export function arrangeRows(
  { opened: { view }, submission: { form } }: Deciding<[]>,
  problemsOf: (choice: string) => readonly EvidenceProblem[],
): StepOutcome | undefined {
  const [button] = textsOf(form, arrangeName);
  const isPreview = textsOf(form, previewName).length > 0;
  if (button === undefined && !isPreview) return undefined;
  // The form of the package has no choice of its own: its buttons tell.
  const choice = textsOf(form, 'choice')[0] ?? 'save';
  const fields = [
    ...(view.packageForm ? fieldsOfForm(view.packageForm) : []),
    ...[...view.choices, ...view.actions].filter(({ id }) => id === choice).flatMap((each) => each.fields),
  ];
  const changed = arrange(form, button ?? '', (name) => fields.find((field) => field.name === name)?.kind);
  const problems = isPreview && button === undefined ? problemsOf(choice) : [];
  if (problems.length > 0) return { kind: 'step', view, refused: { choice, problems, typed: form } };
  // A button that there isn't, as on a page that is old by now, changes nothing; still less does it decide.
  const { form: typed, arranged } = changed ?? { form, arranged: { field: isPreview ? previewName : '', said: '' } };
  return { kind: 'step', view, refused: { choice, problems: [], typed, arranged } };
}

import { formValue, withDealFacts } from '../deal/completeness.ts';
import { answerAt, type PackageField, packageFieldsOf } from '../deal/package.ts';
import { packageSections } from '../deal/package-fields.ts';
import { cutText } from '../fields/clean-text.ts';
import type { GapField } from '../fields/kind.ts';
import type { HandoffRecord } from './handoff.ts';

type Packaged = Pick<HandoffRecord, 'package' | 'deal' | 'playbook'>;

/** The fields of the package that a handoff's form has: what only some playbooks ask for is left out until it is said. */
export function askedFields({ package: pkg, deal, playbook }: Packaged): readonly PackageField[] {
  const said = withDealFacts(pkg, deal);
  return packageFieldsOf(playbook).filter(
    (field) => field.required || field.asked === undefined || answerAt(said, field.path) !== undefined,
  );
}

const sectionOf = ({ section }: PackageField): string => packageSections[section].title;

/** What somebody who returns a package can ask about. */
export const gapFieldsOf = (record: Packaged): readonly GapField[] =>
  askedFields(record).map((field) => ({ path: field.path, section: sectionOf(field), label: field.label }));

/** Enough of an answer to see whether it was changed; what is cut off says how long it was. */
const remembered = 240;

/** What a field of the package says now, cut to a few characters; '' when it says nothing or there is no such field. */
export function saidNow({ package: pkg, deal, playbook }: Packaged, path: string): string {
  const field = packageFieldsOf(playbook).find((each) => each.path === path);
  return field ? cutText(formValue(withDealFacts(pkg, deal), field).trim(), remembered) : '';
}

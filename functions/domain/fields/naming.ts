import type { FieldRule } from './field-rule.ts';
import { capitalized } from './words.ts';

type Named = Pick<FieldRule, 'label' | 'thing'>;

/** What a sentence calls the answer to a field: 'signing date', 'CRM record', 'who is missing'. */
export const thingOf = ({ thing, label }: Named): string => thing ?? inSentence(label);

/** The same at the beginning of a sentence: 'Signing date'. */
export const subjectOf = (rule: Named): string => capitalized(thingOf(rule));

/** Without what stands in brackets and the question mark; names in capitals keep them. */
function inSentence(label: string): string {
  const bare = label
    .replace(/\s*\([^()]*\)/g, '')
    .replace(/\?$/, '')
    .trim();
  return /^\p{Lu}(\p{Lu}|\P{L}|$)/u.test(bare) ? bare : bare.slice(0, 1).toLowerCase() + bare.slice(1);
}

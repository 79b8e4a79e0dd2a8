import { isRecord, type UnknownRecord } from '../fields/record.ts';
import { either } from '../fields/words.ts';

/**
 * What is so of deals that are handed over: a property of theirs in the CRM, by the name that its API has, `is` one of these values, or
 * `isNot` any of them. Upper and lower case are the same. A property with several values is each of them.
 */
export type DealCondition =
  | { readonly property: string; readonly is: readonly string[] }
  | { readonly property: string; readonly isNot: readonly string[] };

/** Why a deal is not handed over, in a sentence; undefined where it meets all conditions. `values`: its properties by name. */
export function leftOutBecause(values: UnknownRecord, conditions: readonly DealCondition[]): string | undefined {
  const failed = conditions.find((condition) => !isMet(condition, valuesOf(values[condition.property])));
  if (failed === undefined) return undefined;
  const wanted = 'is' in failed ? either(failed.is.map(quoted)) : `anything but ${either(failed.isNot.map(quoted))}`;
  const said = valuesOf(values[failed.property]);
  return `Its ${failed.property} is ${said.length > 0 ? either(said.map(quoted)) : 'empty'}; handed over are deals whose ${failed.property} is ${wanted}.`;
}

function isMet(condition: DealCondition, said: readonly string[]): boolean {
  const isAmong = (named: readonly string[]) =>
    named.some((each) => said.some((value) => value.toLowerCase() === each.trim().toLowerCase()));
  return 'is' in condition ? isAmong(condition.is) : !isAmong(condition.isNot);
}

/** CRMs part the values of one property by semicolons or lines. */
const valuesOf = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(valuesOf);
  return ['string', 'number', 'boolean'].includes(typeof value)
    ? String(value)
        .split(/[;\n]/)
        .map((each) => each.trim())
        .filter((each) => each !== '')
    : [];
};

const quoted = (value: string): string => `"${value.trim()}"`;

/** Conditions as JSON; undefined for a text that says anything else. */
export function conditionsIn(text: string): readonly DealCondition[] | undefined {
  try {
    const said: unknown = JSON.parse(text);
    return Array.isArray(said) && said.every(isCondition) ? said : undefined;
  } catch {
    return undefined;
  }
}

function isCondition(said: unknown): said is DealCondition {
  if (!isRecord(said)) return false;
  const { property, is, isNot } = said;
  const values = is ?? isNot;
  return (
    typeof property === 'string' &&
    (is === undefined) !== (isNot === undefined) &&
    Array.isArray(values) &&
    values.every((value) => typeof value === 'string')
  );
}

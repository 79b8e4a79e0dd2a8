import { queryLanguage } from './definition.ts';
import { isObject, type JsonObject, objectsIn } from './json.ts';

type Warn = (code: 'NO_DOLLAR' | 'NO_PATH' | 'PASS_RESULT_IS_STATIC', message: string, location: string) => void;

const PATH = /^\$\$?(?:\.|\[|$)/;
const INTRINSIC = /^States\.[A-Za-z0-9]+\(/;
/** Fields whose members are filled in from a path where their name ends in `.$`. */
const TEMPLATES = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign'];
/** Fields that take a path, or words of a person, though their names say nothing of one. */
const WORDS: ReadonlySet<string> = new Set([
  'Comment',
  'Variable',
  'Type',
  'Resource',
  'Next',
  'Default',
  'StartAt',
  'Label',
]);

/**
 * Calls `warn` for what AWS documents as doubtful in states that use JSONPath: a definition with it can be created. The codes are
 * AWS's; its sentences are not recorded anywhere, so these are those of its documentation.
 */
export function checkDoubts(graph: JsonObject, machineLanguage: unknown, warn: Warn, at = ''): void {
  const states = isObject(graph['States']) ? Object.entries(graph['States']) : [];
  for (const [name, state] of states) {
    if (!isObject(state)) continue;
    const here = `${at}/States/${name}`;
    if (queryLanguage(state, machineLanguage) !== 'JSONata') checkState(state, warn, here);
    for (const [index, branch] of objectsIn(state['Branches']).entries())
      checkDoubts(branch, machineLanguage, warn, `${here}/Branches[${index}]`);
    for (const field of ['ItemProcessor', 'Iterator'])
      if (isObject(state[field])) checkDoubts(state[field], machineLanguage, warn, `${here}/${field}`);
  }
}

function checkState(state: JsonObject, warn: Warn, at: string): void {
  for (const field of TEMPLATES) checkTemplate(state[field], warn, `${at}/${field}`);
  checkNames(state, warn, at);
  for (const [index, choice] of objectsIn(state['Choices']).entries())
    checkRule(choice, warn, `${at}/Choices[${index}]`);
  if (state['Type'] === 'Pass' && holdsPath(state['Result']))
    warn('PASS_RESULT_IS_STATIC', 'Attempt to use a path in the result of a pass state.', `${at}/Result`);
}

function checkTemplate(value: unknown, warn: Warn, at: string): void {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) checkTemplate(item, warn, `${at}[${index}]`);
  if (!isObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (looksLikePath(item) && !key.endsWith('.$'))
      warn('NO_DOLLAR', 'No .$ on a field that appears to be a JSONPath or Intrinsic Function.', `${at}/${key}`);
    checkTemplate(item, warn, `${at}/${key}`);
  }
}

function checkRule(rule: JsonObject, warn: Warn, at: string): void {
  checkNames(rule, warn, at);
  for (const field of ['And', 'Or'])
    for (const [index, inner] of objectsIn(rule[field]).entries()) checkRule(inner, warn, `${at}/${field}[${index}]`);
  if (isObject(rule['Not'])) checkRule(rule['Not'], warn, `${at}/Not`);
}

function checkNames(source: JsonObject, warn: Warn, at: string): void {
  for (const [field, value] of Object.entries(source)) {
    if (typeof value !== 'string' || !PATH.test(value) || field.endsWith('Path') || WORDS.has(field)) continue;
    if (field === 'Result') continue;
    warn('NO_PATH', "Field value looks like a path, but field name does not end with 'Path'.", `${at}/${field}`);
  }
}

const looksLikePath = (value: unknown): boolean =>
  typeof value === 'string' && (PATH.test(value) || INTRINSIC.test(value));

function holdsPath(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsPath);
  return isObject(value) ? Object.values(value).some(holdsPath) : looksLikePath(value);
}

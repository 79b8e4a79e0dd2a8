import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { findPlaybook, usualPlaybook } from '../../statemachines/shipped-playbooks.ts';

/** An option that cannot be used, and why. */
export class UnusableOption extends Error {}

/** Whether the words of a command are off: what `parseArgs` of node:util throws, and what we say of an option. */
export const isUsageError = (error: unknown): error is Error =>
  error instanceof UnusableOption ||
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));

/** What is wrong with the words of a command, a sentence: Node's own advice on how to go on does not fit our commands. */
export function usageProblem({ message }: Error): string {
  const [, option] = /^Unknown option '([^']+)'/.exec(message) ?? [];
  if (option !== undefined) return `There is no option ${option}.`;
  const [, word] = /^Unexpected argument '([^']*)'/.exec(message) ?? [];
  if (word !== undefined) return `"${word}" is one word too many.`;
  const [, unclear] = /^Option '(?:-\w, )?(--[\w-]+)(?: <value>)?' argument is ambiguous/.exec(message) ?? [];
  if (unclear !== undefined) return `${unclear} needs a value, and what follows it is an option.`;
  const [, known, value] = /^Option '(?:-\w, )?(--[\w-]+)( <value>)?/.exec(message) ?? [];
  if (known !== undefined) return value ? `${known} needs a value.` : `${known} takes no value.`;
  return message;
}

/** The words of a command, a negative number joined to the option before it: no option of ours is a number. */
export function joinNumbers(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (before !== undefined && /^-\d/.test(word) && /^--[\w-]+$/.test(before))
      joined.splice(-1, 1, `${before}=${word}`);
    else joined.push(word);
  }
  return joined;
}

/** Whether a word can be a seed: a whole number of at most nine digits. */
export const isSeed = (text: string): boolean => /^-?\d{1,9}$/.test(text);

/** The shipped playbook that `--playbook` names, the usual one without it. Throws UnusableOption, which lists the names there are. */
export function playbookOption(name: string = usualPlaybook): Playbook {
  const found = findPlaybook(name);
  if ('problem' in found) throw new UnusableOption(`--playbook: ${found.problem}`);
  return found.playbook;
}

/** Runs a command that measures something: words that are off end it with its usage and exit code 2. */
export async function runMeasurement(main: () => Promise<number>, usage: string): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!isUsageError(error)) throw error;
    console.log(`${usageProblem(error)}\n\n${usage}`);
    process.exitCode = 2;
  }
}

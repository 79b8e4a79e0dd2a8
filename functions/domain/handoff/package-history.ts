import { type FieldPath, packageFields } from '../deal/package.ts';
import { fingerprint } from '../fields/fingerprint.ts';
import type { Instant } from '../time/calendar.ts';

/** Who saved an answer, and when. */
export interface Saved {
  /** A mail address, or `crm`. */
  readonly by: string;
  readonly at: Instant;
}

/** An answer that somebody typed without having seen the one that stands: it waits beside it until somebody chooses. */
export interface RivalAnswer extends Saved {
  /** As typed; '' where the answer was taken out. */
  readonly text: string;
}

/** What was saved of one field of the package. */
export interface FieldHistory {
  /** Of the answer that stands; absent where it came with the deal. */
  readonly saved?: Saved;
  /** The version of the package with which this was written. */
  readonly version: number;
  /** The last saves that were taken, as `saveMark` tells them: one that comes once more, however late, changes nothing. */
  readonly marks: readonly string[];
  readonly rivals?: readonly RivalAnswer[];
  /** The CRM changed the answer after the deal was won: when, and what stood before, as the form shows it. */
  readonly changed?: { readonly at: Instant; readonly was: string };
}

/** By the path of a field; of an answer to a returned gap, as `answerKey` says. */
export type PackageHistory = Readonly<Record<string, FieldHistory>>;

/** Answers to gaps of another round are others. */
export const answerKey = (name: string, round: number): string => `${name}@${round}`;

/** How many saves of one field are remembered. */
const remembered = 8;

/** What tells one save of a field from others: who typed what, over which answer. */
export const saveMark = (by: string, shown: string, typed: string): string => fingerprint(`${by}\n${shown}\n${typed}`);

/** The marks with one more. */
export const withMark = (marks: readonly string[], mark: string): readonly string[] =>
  [...marks, mark].slice(-remembered);

/** What tells one answer that waits beside the one that stands from others. */
export const rivalId = ({ by, at, text }: RivalAnswer): string => fingerprint(`${by}\n${at}\n${text}`);

/** The answers that wait beside the one that stands, but those of somebody. */
export const withoutAnswersOf = (history: FieldHistory | undefined, who: string): readonly RivalAnswer[] =>
  (history?.rivals ?? []).filter(({ by }) => by !== who);

/** The history after a field of the package was written by code rather than by the form. */
export const writtenBy = (
  history: PackageHistory,
  path: FieldPath,
  written: { readonly saved: Saved; readonly version: number },
): PackageHistory => ({ ...history, [path]: { marks: [], ...history[path], ...written } });

/**
 * When somebody saved these fields last, and what the audit trail says of it: told again, it is told in the same words.
 * Undefined where they saved none of them.
 */
export function saveTold(
  { packageHistory = {} }: { readonly packageHistory?: PackageHistory },
  keys: readonly string[],
  by: string,
): { readonly at: Instant; readonly detail: string } | undefined {
  const saves = keys.flatMap((key) => {
    const { saved, rivals = [], version = 0 } = packageHistory[key] ?? {};
    const own = [saved, ...rivals].filter((each) => each?.by === by).at(-1);
    return own ? [{ key, version, at: own.at, waits: own !== saved }] : [];
  });
  const last = Math.max(...saves.map(({ version }) => version));
  const told = saves.filter(({ version }) => version === last);
  const [first] = told;
  if (!first) return undefined;
  const names = told.map(({ key, waits }) => `${labelOf(key)}${waits ? ' (waits beside another answer)' : ''}`);
  return { at: first.at, detail: `Version ${last}: ${names.join('; ')}` };
}

const labelOf = (key: string): string =>
  packageFields.find(({ path }) => path === key)?.label ?? 'an answer to what was returned';

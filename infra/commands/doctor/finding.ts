/** Something that is wrong with a deployment. */
export interface Finding {
  /** What it is about: the id of a handoff, the name of an execution or a queue, a mail address. */
  readonly about: string;
  /** A sentence or two. */
  readonly wrong: string;
  /** What to do about it, with the command where there is one. */
  readonly mend: string;
  /** What `--fix` does about it; absent where a person has to. */
  readonly fix?: Fix;
  /** The check whose finding about the same is the cause: this is mended with it. */
  readonly mendedWith?: string;
}

/** What can be done without a person: it mails no customer, decides no step, and done twice it is done once. */
export type Fix =
  | { readonly do: 'start'; readonly handoff: string }
  | { readonly do: 'start-item'; readonly handoff: string; readonly step: string }
  | { readonly do: 'redrive'; readonly execution: string }
  | { readonly do: 'ask-again'; readonly handoff: string; readonly step: string }
  | { readonly do: 'hold-mail'; readonly handoff: string; readonly key: string };

/** `1 step`, `3 steps`. */
export const counted = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;

/** An instant for operators: `2026-11-20 15:00 UTC`. */
export const shown = (at: string | Date): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Milliseconds that have passed at `at` (UTC) since `since`; nothing is known to be young. */
export const age = (since: string | undefined, at: string): number => {
  const passed = since === undefined ? Number.NaN : Date.parse(at) - Date.parse(since);
  return Number.isNaN(passed) ? Number.POSITIVE_INFINITY : passed;
};

export const minute = 60_000;
export const hour = 60 * minute;

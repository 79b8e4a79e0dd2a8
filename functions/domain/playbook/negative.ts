import type { Within } from '../time/due.ts';

/**
 * What a negative answer leaves to do: a follow-up of its own, outside the flow, for whoever the step was asked of. It is shown
 * at the sign-off and chased by the ladder of open items.
 */
export interface Negative {
  /** What is to be reached, as a heading: 'Find the missing key contacts'. */
  readonly title: string;
  /** What must be done, to its owner, in one or two sentences. */
  readonly what: string;
  /** By when, counted from the answer. */
  readonly within: Within;
  /** The field beside it that says more; what a question left undone must be said there, though the field is optional otherwise. */
  readonly asks?: string;
  /**
   * The choice of its step that it becomes once it is settled: its fields are asked then, count from then on, and what the step
   * announces is told. Without one, whoever settles it says what came of it.
   */
  readonly settledAs?: string;
}

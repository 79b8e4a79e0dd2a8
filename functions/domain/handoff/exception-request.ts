import type { FieldPath } from '../deal/package.ts';
import type { Instant } from '../time/calendar.ts';
import type { Handing } from './handing.ts';

/** What a reviewer said of one field that is missing. */
export interface FieldAnswer {
  readonly path: FieldPath;
  readonly granted: boolean;
  /** Who brings it, where it was granted: a mail address. */
  readonly owner?: string;
  /** By which day (`YYYY-MM-DD`), where it was granted. */
  readonly due?: string;
  /** Where it is another one than for all. */
  readonly reason?: string;
}

/** What a reviewer said: for all fields, and of each. */
export interface ExceptionAnswer {
  /** A mail address. */
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
  readonly fields: readonly FieldAnswer[];
  /** The digest of the form by which it was done: the same form once more is the same. */
  readonly form?: string;
}

/** Somebody asked to go on without an answer; while nobody has decided, the reviewer is chased and the asker is not. */
export interface ExceptionRequest {
  /** Who asked: a mail address; whoever granted it, where nobody had asked. */
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
  /** What was missing then. */
  readonly paths: readonly FieldPath[];
  /** Who decides: a mail address. */
  readonly reviewer: string;
  /** Mail address of who is to decide, while the reviewer only stands in for them. */
  readonly standInFor?: string;
  /** How it came to the reviewer from somebody else. */
  readonly handed?: Handing;
  /** Who else may decide, in turn, should the reviewer not be there: mail addresses. */
  readonly others?: readonly string[];
  /** When the request reaches the reviewer, and by when they are to decide, in their calendar. */
  readonly askedAt: Instant;
  readonly promisedAt?: Instant;
  readonly promise?: string;
  readonly dueAt: Instant;
  readonly because: string;
  readonly answer?: ExceptionAnswer;
  /** The digest of the form by which it was done: the same form once more is the same. */
  readonly form?: string;
}

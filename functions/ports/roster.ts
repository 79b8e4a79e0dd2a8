import type { AwayNote, Person } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/calendar.ts';

/** The people of the company. */
export interface Roster {
  everybody(): Promise<readonly Person[]>;
  /**
   * The people known under these addresses, in their order; and whoever `alsoOf` names of those found, until it names nobody new.
   * `maybeStale`: as they stood a moment ago, where that will do.
   */
  people(
    emails: readonly string[],
    options?: {
      readonly alsoOf?: (found: readonly Person[]) => readonly string[];
      readonly maybeStale?: boolean;
    },
  ): Promise<ReadonlyMap<string, Person>>;
  /** How many handoffs each is responsible for right now. */
  openHandoffs(emails: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Marks somebody whom mail does not reach, unless something newer is known of them; nobody who is not on the roster. */
  markUnreachable(email: string, mark: NonNullable<Person['unreachable']>): Promise<void>;
  /** Writes down when somebody is away by their own word; false when they have said something else since `before`. */
  noteAway(input: {
    email: string;
    notes: readonly AwayNote[];
    before: readonly AwayNote[] | undefined;
  }): Promise<boolean>;
  /** Takes the mark off. News from before `since` do not put it back. */
  markReachable(email: string, since: Instant): Promise<void>;
}

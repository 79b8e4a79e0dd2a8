import type { PersonId, RecordedFact } from '../domain/reports/fact.ts';
import type { Measured, MeasuredHandoff, MeasuredPlaybook } from '../domain/reports/measured-handoff.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { Period } from '../domain/time/periods.ts';

/** The facts of handoffs, kept once. */
export interface Facts {
  /** What stands of a handoff: of each key the last one. Empty where nothing was ever recorded. `maybeStale`: as in `Handoffs`. */
  of(handoffId: string, options?: { readonly maybeStale?: boolean }): Promise<readonly RecordedFact[]>;
  /**
   * Adds facts of one handoff. `standing`: all that stand from now on, these among them; `over`: what stood when they were worked out.
   * False where something else stands by now, and still does: they are to be worked out again.
   */
  record(input: {
    readonly handoffId: string;
    readonly news: readonly RecordedFact[];
    readonly standing: readonly RecordedFact[];
    readonly over: readonly RecordedFact[];
  }): Promise<boolean>;
  /** Everything that happened in a week (ISO, UTC, `2026-W47`), superseded facts among it, oldest first. */
  inWeek(week: string): Promise<readonly RecordedFact[]>;
  /** Deletes all facts of a handoff in these weeks, and what stands of it, which goes last. Nothing there is nothing to do. */
  drop(handoffId: string, weeks: readonly Period[]): Promise<void>;
}

/** The way of facts to S3, where they are kept for questions that nobody has thought of yet. */
export interface FactStream {
  /** Sends facts on; where facts stay in the table, nowhere. The same may arrive twice. */
  send(facts: readonly RecordedFact[]): Promise<void>;
}

/** A way through all handoffs, in the order of their ids, that takes more runs than one. */
export interface Pass {
  /** When its first run began. UTC. */
  readonly since: Instant;
  /** The last id that was measured; empty where none was. */
  readonly after: string;
}

/** What rows say of handoffs by how they stood when they were last measured. */
export interface Unfinished {
  /** Those that had not ended, or in which somebody still owed something. */
  readonly ids: readonly string[];
  /** Those that were canceled, and in which nobody owed anything: when, UTC. */
  readonly canceled: ReadonlyMap<string, Instant>;
}

/** What a run that measures is to do. */
export interface ToMeasure extends Unfinished {
  /** The pass that a run before could not end; undefined where it did. */
  readonly pass?: Pass;
  /** All was measured at this time, at least; undefined before anything was. UTC. */
  readonly asOf?: Instant;
}

/** Handoffs as reports see them, kept by the month of their signature so that few reads bring many. */
export interface MeasuredHandoffs {
  /**
   * Those signed from one month to another (UTC, `2026-11`, both inclusive), of months before the first one kept only what is not over;
   * `asOf` is undefined before anything was measured.
   */
  between(from: string, to: string): Promise<Omit<Measured, 'asOf'> & { readonly asOf: Instant | undefined }>;
  /** Which handoffs are to be measured again, by their ids, and which never; how far the last run came. */
  unfinished(): Promise<ToMeasure>;
  /**
   * Writes the measured ones over what stood of them. `asOf`: all was measured at this time, at least; absent where what is said of it
   * stands. `left`: where the next run goes on; absent where nothing is left.
   */
  save(input: {
    readonly asOf?: Instant;
    readonly left?: Pass;
    readonly handoffs: readonly MeasuredHandoff[];
    readonly playbooks: readonly MeasuredPlaybook[];
  }): Promise<void>;
  /**
   * From now on a month (UTC) is the first one kept; a later one that was said before stands. `left`: the first month of which
   * something beside rows may still be there; undefined where there is none.
   */
  keepFrom(month: Period): Promise<{ readonly left?: Period }>;
  /** Those signed before a month that are over for good, the oldest months first: no more than so many. */
  overBefore(month: Period, most: number): Promise<readonly MeasuredHandoff[]>;
  /** Deletes rows. */
  drop(rows: readonly Pick<MeasuredHandoff, 'id' | 'signedAt'>[]): Promise<void>;
  /** All beside rows is gone that is older than a month. */
  noteDropped(month: Period): Promise<void>;
  /** The ids of everybody in any row. */
  people(): Promise<ReadonlySet<PersonId>>;
}

/** Who is behind the ids in facts. */
export interface Pseudonyms {
  /** The ids of these mail addresses; somebody who has none yet gets one, for good. */
  idsOf(emails: readonly string[]): Promise<ReadonlyMap<string, PersonId>>;
  /** Mail addresses by id; those who were forgotten are missing. */
  everybody(): Promise<ReadonlyMap<PersonId, string>>;
  /** Nobody knows any more whose id this was. */
  forget(email: string): Promise<void>;
}

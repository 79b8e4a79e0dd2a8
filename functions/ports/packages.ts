import type { GapAnswers } from '../domain/handoff/handoff.ts';
import type { PackageHistory } from '../domain/handoff/package-history.ts';
import type { Instant } from '../domain/time/calendar.ts';

/** The handoff packages as people save them. */
export interface Packages {
  /** False when somebody saved another version in the meantime. Answers and history that are not given stay as they are. */
  save(input: {
    id: string;
    package: unknown;
    answers?: GapAnswers | undefined;
    history?: PackageHistory | undefined;
    version: number;
    by: string;
    at: Instant;
  }): Promise<boolean>;
}

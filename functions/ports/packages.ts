import type { Instant } from '../domain/time/calendar.ts';

/** The handoff packages as people save them. */
export interface Packages {
  /** False when somebody saved another version in the meantime. */
  save(input: { id: string; package: unknown; version: number; by: string; at: Instant }): Promise<boolean>;
}

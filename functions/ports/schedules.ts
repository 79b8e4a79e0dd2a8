import type { ReminderSchedule } from '../domain/handoff/reminder-schedules.ts';

/** What is to be told at a moment far ahead. */
export interface Schedules {
  /** Sets it, or moves what is set under this name. */
  put(schedule: ReminderSchedule): Promise<void>;
  /** False when nothing is set under this name. */
  remove(name: string): Promise<boolean>;
}

import type { WriteBackValues } from './crm.ts';

/** What stands in the CRM because of a handoff, as far as we put it there. */
export interface WrittenBack {
  readonly values: WriteBackValues;
  /** The milestones that have their note. */
  readonly notes: readonly string[];
  /** What the CRM would not take, until somebody changes it there or here. */
  readonly refused?: { readonly values: WriteBackValues; readonly why: string };
}

export interface WriteBacks {
  load(handoffId: string): Promise<WrittenBack | undefined>;
  save(handoffId: string, written: WrittenBack): Promise<void>;
}

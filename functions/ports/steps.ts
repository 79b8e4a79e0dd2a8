import type { Decision, StepRecord } from '../domain/handoff/handoff.ts';

/** The steps of handoffs. */
export interface Steps {
  /** Opens a round of a step, unless that round (or a later one) is open already; returns the step as it stands. */
  open(id: string, step: StepRecord): Promise<StepRecord>;
  /** The first decision of a round wins. */
  decide(input: {
    id: string;
    step: string;
    round: number;
    decision: Decision;
  }): Promise<{ decided: true; token?: string } | { decided: false; first?: Decision }>;
  /** Changes an undecided step; `changed: false` when it was decided in the meantime. */
  change(input: {
    id: string;
    step: string;
    round: number;
    change: Partial<Pick<StepRecord, 'owner' | 'askedAt' | 'promisedAt' | 'promise' | 'dueAt' | 'because' | 'pauses'>>;
  }): Promise<{ changed: true; token?: string } | { changed: false }>;
}

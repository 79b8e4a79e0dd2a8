import type { HandedStep } from '../domain/handoff/handing-over.ts';
import type { Decision, StepRecord } from '../domain/handoff/step-record.ts';

/** What a write counts on: it is refused when somebody else has changed it since it was read. */
export type Standing = Required<Pick<StepRecord, 'exceptions'>>;

/** The steps of handoffs. */
export interface Steps {
  /** The steps that wait for somebody, in every handoff; one that was opened a moment ago may be missing. */
  openOf(email: string): Promise<readonly { readonly id: string; readonly step: string }[]>;
  /** Opens a round of a step, unless that round (or a later one) is open already; returns the step as it stands. */
  open(id: string, step: StepRecord): Promise<StepRecord>;
  /** The first decision of a round wins. `exceptions`: what stands of them with it, if `standing` is what stood before. */
  decide(input: {
    id: string;
    step: string;
    round: number;
    decision: Decision;
    exceptions?: StepRecord['exceptions'];
    standing?: Standing;
  }): Promise<{ decided: true; token?: string } | { decided: false; first?: Decision }>;
  /** Gives an undecided step to somebody else; `changed: false` when it is decided, or not `from`'s any more. */
  handOver(input: {
    id: string;
    step: string;
    round: number;
    from: string;
    change: HandedStep;
  }): Promise<{ changed: true; token?: string } | { changed: false }>;
  /** Changes an undecided step; `changed: false` when it was decided in the meantime, or something else stands than said. */
  change(input: {
    id: string;
    step: string;
    round: number;
    change: Partial<
      Pick<StepRecord, 'askedAt' | 'promisedAt' | 'promise' | 'dueAt' | 'because' | 'pauses' | 'exceptions'>
    >;
    standing?: Standing;
  }): Promise<{ changed: true; token?: string } | { changed: false }>;
}

import type { EvidenceProblem, Form } from '../fields/evidence.ts';
import type { Fact } from '../handoff/fact.ts';
import type { Decision, HandoffRecord } from '../handoff/handoff.ts';
import type { StepView } from './step-view.ts';

/** What the reader can do next, without waiting for a mail. */
export interface NextStep {
  readonly step: string;
  readonly title: string;
  /** In the reader's zone. */
  readonly due: string;
  /** Of the reader's own link to it: `/s/<id>`. */
  readonly path: string;
}

/** What a link leads to. Each is a page; none is an error. */
export type StepOutcome =
  | { readonly kind: 'unknown-link' }
  | { readonly kind: 'expired' }
  /** Whoever it belongs to has left the company. */
  | { readonly kind: 'left' }
  | { readonly kind: 'closed'; readonly record: HandoffRecord; readonly zone: string }
  | {
      readonly kind: 'decided';
      readonly record: HandoffRecord;
      readonly step: string;
      readonly decision: Decision;
      readonly by: string;
      readonly zone: string;
    }
  | {
      readonly kind: 'step';
      readonly view: StepView;
      readonly refused?: { choice: string; problems: readonly EvidenceProblem[]; typed: Form };
    }
  | {
      readonly kind: 'confirmed';
      readonly heading: string;
      readonly next: string;
      readonly customer: string;
      readonly details: readonly string[];
      readonly open: boolean;
      readonly nextSteps?: readonly NextStep[];
    }
  /** `typed`: what was sent and is saved nowhere. */
  | { readonly kind: 'stale'; readonly what: string; readonly typed?: readonly Fact[] }
  | { readonly kind: 'fresh-link-sent' };

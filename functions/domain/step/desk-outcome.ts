import type { EvidenceProblem, Form } from '../fields/evidence.ts';
import type { DeskView } from './desk-view.ts';

/** What a desk link leads to. Each is a page; none is an error. */
export type DeskOutcome =
  | { readonly kind: 'unknown-link' }
  | { readonly kind: 'expired' }
  /** Its person ended the links to their desk. */
  | { readonly kind: 'ended' }
  /** Its person has left the company. */
  | { readonly kind: 'left' }
  /** Its person is not on the roster: nobody can say what they may see. */
  | { readonly kind: 'not-on-roster' }
  | {
      readonly kind: 'desk';
      readonly view: DeskView;
      /** The form that cannot be used; what was typed is shown again. */
      readonly refused?: { readonly problems: readonly EvidenceProblem[]; readonly typed: Form };
    }
  | { readonly kind: 'stale'; readonly what: string }
  | { readonly kind: 'confirmed'; readonly heading: string; readonly next: string }
  | { readonly kind: 'ended-now' };

/** What was chosen on a desk leads on to a step, by the path of a link to it: `/s/<id>`. */
export interface LedOn {
  readonly kind: 'step';
  readonly path: string;
}

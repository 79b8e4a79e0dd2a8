import type { EvidenceProblem, Form } from '../fields/evidence.ts';
import type { Arranged } from '../fields/rows.ts';
import type { Fact } from '../handoff/fact.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import type { NoteView } from '../handoff/notes.ts';
import type { Decision } from '../handoff/step-record.ts';
import type { People } from '../people/people.ts';
import type { DraftView } from './draft-view.ts';
import type { StepView } from './step-view.ts';
import type { TypedText } from './typed-texts.ts';

/** What the reader can do next, without waiting for a mail. */
export interface NextStep {
  readonly step: string;
  readonly title: string;
  /** By when, in the reader's zone: 'Due Tue, Nov 24, 10 AM Berlin time'. */
  readonly due: string;
  /** Of the reader's own link to it: `/s/<id>`. */
  readonly path: string;
  /** It opens by what the reader has just decided: its request waits a while. */
  readonly isNew?: true;
}

/** What the form sends by which somebody asks for links to what they are still to do. */
export const goingOn = 'go-on';

/** A form that was sent and cannot be used. */
export interface Refused {
  readonly choice: string;
  readonly problems: readonly EvidenceProblem[];
  readonly typed: Form;
  /** What somebody has just done to the rows of the form: nothing was sent for good. */
  readonly arranged?: Arranged;
  /** What was sent and stands in no form of the page. */
  readonly kept?: readonly Fact[];
}

/** What a link leads to. Each is a page; none is an error. `typed`: what was sent and is saved nowhere. */
export type StepOutcome =
  | { readonly kind: 'unknown-link' }
  | { readonly kind: 'expired' }
  /** The deal is not signed yet. */
  | {
      readonly kind: 'draft';
      readonly view: DraftView;
      readonly refused?: Refused;
      /** When it was saved just now: '10:42 AM'. */
      readonly saved?: string;
    }
  /** It was signed: the link is to its draft, and nothing is asked behind it. */
  | { readonly kind: 'draft-signed'; readonly customer: string; readonly isComplete: boolean }
  /** The deal was lost or canceled before it was signed. */
  | { readonly kind: 'draft-ended'; readonly customer: string; readonly reason: string }
  /** Whoever it belongs to has left the company. */
  | { readonly kind: 'left' }
  | {
      readonly kind: 'closed';
      readonly record: HandoffRecord;
      readonly step: string;
      readonly zone: string;
      /** It was canceled by whoever the link belongs to. */
      readonly isOwn?: boolean;
      readonly typed?: readonly Fact[];
      readonly notes: readonly NoteView[];
    }
  | {
      readonly kind: 'decided';
      readonly record: HandoffRecord;
      readonly step: string;
      readonly decision: Decision;
      readonly by: string;
      /** It was decided by whoever the link belongs to. */
      readonly isOwn?: boolean;
      /** What the reader is still to do in this handoff, soonest due first: its title, and by when. */
      readonly still: readonly Pick<NextStep, 'title' | 'due'>[];
      /** The link does no more than show. */
      readonly isExpired: boolean;
      readonly zone: string;
      readonly typed?: readonly Fact[];
      readonly notes: readonly NoteView[];
    }
  | {
      readonly kind: 'step';
      readonly view: StepView;
      readonly refused?: Refused;
      /** Where the page stands: what it says beyond its view is made from this. */
      readonly behind?: { readonly record: HandoffRecord; readonly people: People };
      /** When the draft was saved, which the page shows again: '10:42 AM'. */
      readonly saved?: string;
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
  | {
      readonly kind: 'stale';
      readonly what: string;
      /** Who changed it, and when, in words. */
      readonly changed?: { readonly by: string; readonly when: string };
      readonly typed?: readonly TypedText[];
    }
  | { readonly kind: 'fresh-link-sent' };

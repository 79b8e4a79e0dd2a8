import type { DealChange } from '../handoff/deal-change.ts';
import type { ExceptionAnswer } from '../handoff/exception-request.ts';
import type { Handing } from '../handoff/handing.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import type { SiteFacts } from '../handoff/site.ts';
import type { Decision } from '../handoff/step-record.ts';
import type { People } from '../people/people.ts';
import type { Announcement } from '../playbook/announcements.ts';
import type { Instant } from '../time/calendar.ts';
import type { Audience, Block } from './message.ts';

/** What happened. People are mail addresses. */
export type Notice =
  /** A reviewer granted or declined what was asked for on `step`. */
  | { readonly kind: 'exception-answered'; readonly step: string; readonly answer: ExceptionAnswer }
  /** `step` was decided before the reviewer was. */
  | { readonly kind: 'exception-withdrawn'; readonly step: string; readonly by: string }
  | { readonly kind: 'fresh-link'; readonly step: string }
  /** Somebody asked for a new link to their desk. */
  | { readonly kind: 'fresh-desk' }
  /** `by`: a mail address, or `crm`. */
  | { readonly kind: 'handoff-cancelled'; readonly by: string; readonly reason: string }
  /** `step` was still open when the handoff was given up. */
  | { readonly kind: 'handoff-abandoned'; readonly step: string; readonly reason: string }
  | GapsOwed
  /** An open item is settled, or nobody is asked for it any more. */
  | { readonly kind: 'item-settled'; readonly step: string; readonly decision: Decision }
  /** The deal is over: these open items are not asked for any more. `by`: a mail address, or `crm`. */
  | {
      readonly kind: 'items-ended';
      readonly steps: readonly string[];
      readonly by: string;
      readonly reason: string;
    }
  /** A crash left it unknown whether a customer mail went out; it is not sent again until somebody has looked. */
  | { readonly kind: 'customer-mail-held'; readonly say: Announcement }
  /** `unsent`: a mail that therefore was not sent. Without it: the mail that came back. */
  | {
      readonly kind: 'customer-mail-bounced';
      readonly addresses: readonly string[];
      readonly what: 'bounced' | 'complained' | 'rejected';
      readonly unsent?: Announcement;
    }
  /** To somebody of the own company whom the roster does not know. */
  | { readonly kind: 'colleague-mail-bounced'; readonly address: string }
  /** To whoever had these steps (`handed-away`), or is concerned otherwise: somebody else has them now. */
  | {
      readonly kind: 'handed-away' | 'taken-over';
      readonly steps: readonly string[];
      readonly newOwner: string;
      readonly handed: Handing;
      /** It is the decision on an exception of that step. */
      readonly ofReview?: true;
      /** Who else took somebody's place at that moment. */
      readonly also?: readonly TakenPlace[];
    }
  /** A step stands still until then (UTC). */
  | {
      readonly kind: 'waiting';
      readonly step: string;
      readonly by: string;
      readonly until: Instant;
      readonly reason: string;
    }
  /** To whoever was told that the step is late. */
  | { readonly kind: 'trouble-over'; readonly step: string; readonly decision: Decision }
  /** Its owner is away, and so is everybody who could stand in; the first is back at `until` (UTC). */
  | { readonly kind: 'nobody-there'; readonly step: string; readonly owner: string; readonly until?: Instant }
  /** Its owner sold the deal, and is not on the roster. */
  | { readonly kind: 'not-on-roster'; readonly step: string; readonly owner: string }
  /** A deal is past the proposal stage. To whoever takes the customer if it is won, and to whoever sells it. */
  | {
      readonly kind: 'early-notice' | 'draft-started';
      /** `YYYY-MM-DD`. */
      readonly expectedCloseOn?: string;
      /** When both work, for a meeting before signature, UTC. */
      readonly meetAt?: Instant;
    }
  /**
   * The CRM changed a deal that is won, in what matters to the reader. `newOwner`: who sells it now, where that changed; `also`:
   * who else took somebody's place.
   */
  | {
      readonly kind: 'deal-changed';
      readonly changes: readonly DealChange[];
      readonly newOwner?: string;
      readonly also?: readonly TakenPlace[];
    };

/** The CRM names somebody in place of somebody else. */
export interface TakenPlace {
  /** A mail address. */
  readonly newOwner: string;
  readonly handed: Handing;
}

/** An exception with debt: what somebody is to supply (`gaps-owed`), or has not supplied by the day (`gaps-still-owed`). */
export interface GapsOwed {
  readonly kind: 'gaps-owed' | 'gaps-still-owed';
  /** Who granted the exception: a mail address. */
  readonly by: string;
  /** What is missing, one name each: 'Contract: Term length'. */
  readonly gaps: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly dueDate: string;
  /** Why the handoff goes on without it. */
  readonly reason: string;
}

export interface NoticeInput {
  readonly record: HandoffRecord;
  readonly notice: Notice;
  /** `url`, where there is something to open. */
  readonly to: Audience;
  readonly people: People;
  readonly at: Instant;
  readonly site: SiteFacts;
}

/** What a notice says, between the greeting and the facts of the deal. */
export interface Telling {
  readonly subject: string;
  readonly blocks: readonly Block[];
  readonly button?: string;
}

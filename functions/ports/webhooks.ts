import type { Instant } from '../domain/time/calendar.ts';

/** A request as it came in: CRMs sign the bytes, so nothing may have been read or written anew. */
export interface SignedRequest {
  readonly method: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Uint8Array;
  /** The address that was called, where it is known: some sign it. */
  readonly url?: string | undefined;
}

/** Why a request is not believed; each CRM is answered as it expects. */
export type SignatureProblem = 'not signed' | 'too old or too new' | 'not signed by us';

/**
 * What a CRM said happened to a deal. It says little and not in order: the deal is read afterwards, and what it is by then
 * counts.
 */
export interface DealSignal {
  /** The account in the CRM: a HubSpot portal, a Salesforce org, a Pipedrive company. */
  readonly account: string;
  readonly dealId: string;
  readonly what: 'changed' | 'deleted' | 'merged';
  /** The deal that lives on in its place. */
  readonly mergedInto?: string;
  readonly at: Instant;
  /** The same for the same event, however often it is delivered. */
  readonly key: string;
}

/** What a webhook said: signals, and how many of its events are none of ours. */
export interface HeardSignals {
  readonly signals: readonly DealSignal[];
  readonly ignored: number;
}

/** A body that is none of this CRM: what is wrong with it, for whoever looks into it. */
export interface UnreadableBody {
  readonly unreadable: string;
}

/** Events were lost, and nobody knows of which records: only the reconciler finds them. */
export interface LostEvents {
  readonly lost: string;
}

/** An event of ours, from somebody who writes them. */
export interface HeardEvent {
  readonly event: Readonly<Record<string, unknown>>;
}

/** What a webhook, or an event of the CRM's own bus, says. */
export type Heard = HeardSignals | HeardEvent | LostEvents | UnreadableBody;

/** The company's CRM as it speaks to us. */
export interface Webhooks {
  /** What is wrong with the proof that a request comes from the CRM; undefined when nothing is. `at`: when it came, UTC. */
  problem(request: SignedRequest, at: Instant): Promise<SignatureProblem | undefined>;
  /** The same for the same request, were it sent again; undefined where the CRM signs nothing. */
  replayKey(request: SignedRequest): string | undefined;
  /** What a body (parsed JSON) says. */
  hear(body: unknown): Heard;
  /** Whether it tells our own events: of all others, one that comes is forged. */
  readonly tellsEvents: boolean;
  /** Whether an account in the CRM is the company's. */
  isOurs(account: string): boolean;
}

/** What became of a webhook. */
export type WebhookOutcome =
  | { readonly outcome: 'heard' | 'nothing of ours' | 'heard before' | 'too large' }
  | { readonly outcome: 'refused'; readonly why: SignatureProblem }
  | { readonly outcome: 'unreadable'; readonly why: string };

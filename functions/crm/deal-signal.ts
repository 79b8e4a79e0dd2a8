import type { Instant } from '../domain/time/calendar.ts';

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

import type { DealCondition } from '../domain/deal/deal-condition.ts';
import type { WriteBackField } from './crm.ts';

/** An HTTP request to a CRM. */
export interface CrmRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface CrmAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/**
 * Makes a request, once and with a limit of time, wherever the CRM is: on the internet, or played on this machine. Rejects with
 * `CrmUnavailable` when no answer comes.
 */
export type CrmHttp = (request: CrmRequest) => Promise<CrmAnswer>;

/** Time as it goes by while a CRM is asked. Milliseconds. */
export interface Waiting {
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** One set of what a CRM and we know each other by, by name: `accessToken`, `clientSecret`, … */
export type CrmSecrets = Readonly<Record<string, string>>;

/** The secrets in use, and those before while they are changed: both prove a webhook, the first that is taken signs our calls. */
export type HeldSecrets = readonly CrmSecrets[];

/** What a stage says of its CRM. */
export interface CrmSettings {
  /** The account in the CRM whose deals are ours: a HubSpot portal's id, a Salesforce org's id, a Pipedrive company's id. */
  readonly account: string;
  /** Where its API stands, without a slash at the end. */
  readonly apiUrl: string;
  /** The address that webhooks are sent to, as it was given to the CRM. */
  readonly webhookUrl: string;
  /** What is so of the deals that are handed over; all are, where it is left out. */
  readonly deals?: readonly DealCondition[];
}

export interface SecretsAsked {
  /** Not from memory: the CRM refused what is there. */
  readonly fresh: boolean;
}

/** The way to the company's CRM. */
export interface CrmAccess {
  /** Which CRM it is, as the stage's settings call it. */
  readonly crm: string;
  readonly settings: CrmSettings;
  /** The secrets. Rejects with `CrmAccessRefused` where there are none, or none that can be read. */
  readonly secrets: (asked?: SecretsAsked) => Promise<HeldSecrets>;
  readonly http: CrmHttp;
  /** Left out where nobody waits: no time goes by while functions run on one machine. */
  readonly waiting?: Waiting;
  /** What is written back into it: fields of ours, and `notes`. */
  readonly writesBack: readonly (WriteBackField | 'notes')[];
}

import type { Crm } from '../ports/crm.ts';
import type { CrmHttp } from './crm-call.ts';
import type { HeardSignals, LostEvents, UnreadableBody } from './deal-signal.ts';
import type { SignatureProblem, SignedRequest } from './signature.ts';

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
}

/** What a connection is made of. */
export interface CrmConnection {
  readonly settings: CrmSettings;
  /** The secrets; asked for at each call, so that changed ones are used. `fresh`: not from a cache, after the CRM refused those. */
  readonly secrets: (options?: { readonly fresh: boolean }) => Promise<HeldSecrets>;
  readonly http: CrmHttp;
}

/** All there is to know of a CRM: one folder each. */
export interface CrmConnector {
  /** As people know it: `HubSpot`. */
  readonly title: string;
  /** The names of the secrets it needs, with what they are, for whoever sets it up. */
  readonly secretNames: Readonly<Record<string, string>>;
  /** Where its API stands where the stage does not say: nowhere where each company has an address of its own. */
  readonly usualApiUrl?: string;
  /**
   * What is wrong with the proof that a webhook comes from the CRM; `now`: milliseconds since 1970. Undefined when nothing is.
   * Left out where the CRM sends none.
   */
  readonly webhookProblem?: (
    request: SignedRequest,
    proof: { readonly settings: CrmSettings; readonly secrets: HeldSecrets; readonly now: number },
  ) => SignatureProblem | undefined;
  /** What a webhook's body (parsed JSON), or an event of the CRM's partner bus, says of deals. */
  readonly hear: (body: unknown) => HeardSignals | LostEvents | UnreadableBody;
  readonly connect: (connection: CrmConnection) => Crm;
}

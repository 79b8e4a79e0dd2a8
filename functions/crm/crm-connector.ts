import type { Crm } from '../ports/crm.ts';
import type { CrmAccess, CrmSettings, HeldSecrets } from '../ports/crm-access.ts';
import type { Heard, SignatureProblem, SignedRequest } from '../ports/webhooks.ts';

/** What a connection is made of. */
export interface CrmConnection extends Omit<CrmAccess, 'crm' | 'writesBack'> {
  /** Milliseconds since 1970: for how long what rarely changes, such as pipelines, is kept. Nothing is kept where it is left out. */
  readonly now?: () => number;
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
  /**
   * The same for the same request, were it sent again by somebody who overheard it; undefined, or left out, where the CRM signs
   * nothing.
   */
  readonly replayKey?: (request: SignedRequest) => string | undefined;
  /** What a webhook's body (parsed JSON), or an event of the CRM's partner bus, says of deals. */
  readonly hear: (body: unknown) => Heard;
  /** Whoever sends them writes our own events. */
  readonly tellsEvents?: true;
  readonly connect: (connection: CrmConnection) => Crm;
}

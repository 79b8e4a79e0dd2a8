import type { CrmAnswer, CrmRequest, CrmSecrets } from '../../../functions/ports/crm-access.ts';
import type { Clock } from '../../account/clock.ts';

/** A stage of the fake's one pipeline, in its order. */
export interface FakeStage {
  readonly id: string;
  readonly label: string;
  readonly phase: 'early' | 'proposed' | 'won' | 'lost';
}

/** A deal as the fake's page shows it. */
export interface FakeDeal {
  readonly dealId: string;
  readonly name: string;
  readonly customer: string;
  readonly stage: string;
  readonly value: { readonly amount: number; readonly currency: string } | undefined;
  /** The email address of who sells it; empty where nobody does. */
  readonly owner: string;
  /** Its properties by label, what was written back among them; empty ones left out. */
  readonly properties: readonly { readonly label: string; readonly text: string; readonly writtenBack: boolean }[];
  /** The notes on its timeline, newest first. */
  readonly notes: readonly { readonly at: string; readonly text: string }[];
}

/** What a fake CRM tells the outside: a webhook, or an event on the partner bus. */
export type Told =
  | { readonly webhook: CrmRequest }
  | { readonly event: { readonly source: string; readonly detailType: string; readonly detail: unknown } };

export interface FakeCrmOptions {
  readonly clock: Clock;
  /** Where its API stands, as its own answers name it (such as links to a next page). */
  readonly apiUrl: string;
  /** The address of our webhook; it tells nothing where it was given none. */
  readonly webhookUrl?: string;
  /**
   * Delivers what it tells, and resolves with the HTTP status (for an event: 200). The fake tries again as the CRM does, at the times
   * the CRM would, on the clock, which does not stand still until then: whoever is told may wait by it.
   */
  readonly tell: (told: Told) => Promise<number>;
  /** What it lets us in by, and signs with. */
  readonly secrets: CrmSecrets;
}

/**
 * A CRM played on this machine: its API as published, below the adapters, so that what runs against it is what runs against the CRM.
 * What it does not emulate it refuses by name.
 */
export interface FakeCrm {
  /** Answers a request of its API. `url` is the whole address, which begins with `apiUrl`. */
  readonly answer: (request: CrmRequest) => CrmAnswer;
  readonly stages: readonly FakeStage[];
  deals(): readonly FakeDeal[];
  /**
   * Puts a deal into the CRM as a seller would have left it in the stage `proposed`, from what an event of ours says of it (the
   * `detail` of `Deal Closed Won`): company, contacts, owner, properties. Returns its id in the CRM.
   */
  put(detail: Readonly<Record<string, unknown>>): string;
  /** Moves a deal as somebody drags it on the CRM's board. Throws for a deal or stage that there isn't. */
  move(dealId: string, stage: string): void;
  /** Changes properties as somebody would in the CRM: by the names its API uses. */
  change(dealId: string, properties: Readonly<Record<string, unknown>>): void;
  /** The same for what sellers change most: the amount, and the owner by email address. */
  revise(dealId: string, values: { readonly amount?: number; readonly owner?: string }): void;
  remove(dealId: string): void;
  /** Brings back a deal that was deleted, as it was. Throws for any other. */
  restore(dealId: string): void;
  /** While it is out, every call fails as the CRM's fail then: nothing is told either, until it is back. */
  outage: 'none' | 'down' | 'busy';
}

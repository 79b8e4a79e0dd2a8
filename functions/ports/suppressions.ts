import type { Suppression } from '../domain/handoff/reachability.ts';

/** The addresses outside the company that mail must not go to without a person's word. */
export interface Suppressions {
  /** Adds an address; of two reasons the newer one stands. */
  add(suppression: Suppression): Promise<void>;
  /** Those of the addresses (in lower case) that are suppressed. */
  among(emails: readonly string[]): Promise<ReadonlyMap<string, Suppression>>;
}

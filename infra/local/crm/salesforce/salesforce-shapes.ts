import type { CrmAnswer } from '../../../../functions/ports/crm-access.ts';
import type { SalesforceStore, StoredRecord } from './salesforce-store.ts';

/** An answer as Salesforce's API writes it. */
export const answered = (status: number, body?: unknown): CrmAnswer => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8' },
  text: body === undefined ? '' : JSON.stringify(body),
});

/** An error as Salesforce's API writes it. */
export const refusedWith = (status: number, errorCode: string, message: string): CrmAnswer =>
  answered(status, [{ message, errorCode }]);

/** Refuses what Salesforce can do and the fake cannot, naming it. */
export const notEmulated = (what: string): CrmAnswer =>
  refusedWith(501, 'NOT_EMULATED', `The local Salesforce does not emulate ${what}.`);

/** What the API is played with. */
export interface SalesforceOrg {
  readonly store: SalesforceStore;
  /** Most records of a page. */
  readonly pageSize: number;
  /** The rest of what queries found, by the last part of the next page's path. */
  readonly cursors: Map<string, readonly unknown[]>;
  /** Fields that a validation rule demands of every opportunity that is written to. */
  readonly demanded: () => readonly string[];
  /** Changes an opportunity as the integration's user, and tells of it. */
  readonly change: (record: StoredRecord, values: Readonly<Record<string, unknown>>) => void;
}

import type { CrmAnswer } from '../../../../functions/ports/crm-access.ts';

const headers = { 'content-type': 'application/json; charset=utf-8' };

/** An answer as Pipedrive's API writes it. `next`: what asks for the page after this one. */
export const answered = (status: number, data: unknown, next?: string): CrmAnswer => ({
  ...{ status, headers },
  text: JSON.stringify({ success: true, data, additional_data: { next_cursor: next ?? null } }),
});

/** An error as Pipedrive's API writes it. */
export const refusedWith = (status: number, error: string, code: string): CrmAnswer => ({
  ...{ status, headers },
  text: JSON.stringify({ success: false, error, code, data: null }),
});

export const notFound = (what: string): CrmAnswer => refusedWith(404, `${what} not found`, 'ERR_NOT_FOUND');

export const badRequest = (error: string): CrmAnswer =>
  refusedWith(400, `Validation failed: ${error}`, 'ERR_SCHEMA_VALIDATION_FAILED');

/** Refuses what Pipedrive can do and the fake cannot, naming it. */
export const notEmulated = (what: string): CrmAnswer =>
  refusedWith(501, `The local Pipedrive does not emulate ${what}.`, 'ERR_NOT_EMULATED');

/** Pipedrive writes moments to the second. */
export const written = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

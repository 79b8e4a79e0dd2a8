import { createHash } from 'node:crypto';

/** What webhooks carry, read as far as it is what it should be. */

/** A text or number as text; empty for anything else. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** A numeric id, which CRMs send as text or number. */
export const isNumericId = (value: unknown): value is number | string =>
  (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) ||
  (typeof value === 'string' && /^\d{1,20}$/.test(value));

/** Where years begin to have five digits, and no clock of a CRM ever is. */
export const endOfTime = Date.parse('9999-12-31T00:00:00Z');

/** Milliseconds since 1970, as number or digits, or a date and time as text, in UTC; undefined for anything else. */
export function instantIn(value: unknown): string | undefined {
  const time = typeof value === 'string' ? (/^\d+$/.test(value) ? Number(value) : Date.parse(value)) : value;
  if (typeof time !== 'number' || !(time > 0) || time > endOfTime) return undefined;
  return new Date(time).toISOString();
}

/** The same for the same parts, and short: what it is made of may be long, or about people. */
export const keyOf = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);

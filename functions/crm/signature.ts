import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the sender's clock, or the way here, may be off: what every CRM we know allows. */
const tolerance = 5 * 60_000;

/** Whether a signature's time lies within five minutes of `now`, both in milliseconds since 1970. */
export const isTimely = (signedAt: number, now: number): boolean => Math.abs(now - signedAt) <= tolerance;

/** HMAC-SHA256 over parts, one after the other. */
export function hmacSha256(key: string | Uint8Array, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** Compares in a time that tells nothing about where two texts differ. */
export function isSame(given: string | Uint8Array, expected: string | Uint8Array): boolean {
  const [one, other] = [Buffer.from(given as string), Buffer.from(expected as string)];
  return one.length === other.length && timingSafeEqual(one, other);
}

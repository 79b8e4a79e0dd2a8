import { createHash } from 'node:crypto';

/** Instants as sort keys all have milliseconds, because they compare as text. */
export const instantKey = (at: string): string => new Date(at).toISOString();

export const epochSeconds = (at: string): number => Math.floor(Date.parse(at) / 1000);

/** Tells items of the same instant apart. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

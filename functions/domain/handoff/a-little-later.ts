import type { Instant } from '../time/calendar.ts';

/** When news comes that would be a second mail at a moment (P: one person, one moment, one mail): 15 minutes after it, UTC. */
export const aLittleLater = (at: Instant): Instant => new Date(Date.parse(at) + 15 * 60_000).toISOString();

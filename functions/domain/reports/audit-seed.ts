import type { Period } from '../time/periods.ts';

/** The seed by which a quarter's audit is drawn: its name, so that whoever draws it again need not look for it. */
export const auditSeed = (quarter: Period): string => `audit ${quarter}`;

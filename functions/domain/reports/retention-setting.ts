/** Whole months before this one that have to be kept at least: a year's comparison needs thirteen. */
export const leastRetentionMonths = 13;

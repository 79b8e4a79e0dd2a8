import { leastRetentionMonths } from '../../functions/domain/reports/retention-setting.ts';

/** What a stage may say of how long it keeps what reports are made of. */
export const retentionExpected = `a whole number of months, ${leastRetentionMonths} or more: a year’s comparison needs thirteen; leave it out to keep all`;

export const isRetention = (months: number): boolean =>
  Number.isInteger(months) && leastRetentionMonths <= months && months < 10_000;

/** For how many days facts stay in S3: as many as so many whole months and the one that has begun may have. */
export const keptDays = (months: number): number => Math.ceil(((months + 1) * 365.25) / 12);

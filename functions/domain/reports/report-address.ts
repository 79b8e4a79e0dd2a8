import type { Period } from '../time/periods.ts';
import { queryOf } from './filter-query.ts';
import type { Behind, Filter } from './filters.ts';

/** The pages of reports, by the last part of their address. */
const reportPages = ['overview', 'measures', 'heat-map', 'handoffs', 'changes', 'outcomes', 'audit'] as const;
export type ReportPageId = (typeof reportPages)[number];

/** Whether a text is the last part of the address of a report page. */
export const isReportPage = (text: string): text is ReportPageId => reportPages.some((page) => page === text);

/** What an address asks for beside the filter; what is undefined is left out. */
export type AskedBeside = Readonly<Record<string, string | undefined>>;

/** The path of a report page behind a desk link: `/r/<link>/measures?segment=enterprise`. */
export function reportPath(linkId: string, page: ReportPageId, filter: Filter = {}, beside: AskedBeside = {}): string {
  const path = page === 'overview' ? `/r/${linkId}` : `/r/${linkId}/${page}`;
  const query = new URLSearchParams(queryOf(filter));
  for (const [name, value] of Object.entries(beside)) if (value !== undefined) query.set(name, value);
  return query.size === 0 ? path : `${path}?${query}`;
}

/** The path of the audit of a quarter. */
export const auditPath = (linkId: string, quarter: Period): string => `/r/${linkId}/audit/${quarter}`;

/** The path of the list of the handoffs behind a number. */
export const behindPath = (linkId: string, filter: Filter, behind: Behind): string =>
  reportPath(linkId, 'handoffs', { ...filter, behind });

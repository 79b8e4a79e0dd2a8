import { type ReportPageId, reportPath } from '../../domain/reports/report-address.ts';
import { type Html, html } from '../html.ts';
import type { ReportReading } from './report-reading.ts';

/** What stands where there is no handoff: with a filter there may be others, which one leads back to. */
export const nothingThere = ({ filter, linkId }: ReportReading, page: ReportPageId): Html =>
  Object.keys(filter).length === 0
    ? html`<p class="card">No handoffs yet. They start when a deal closes.</p>`
    : html`<p class="card">No handoff matches this filter. <a href="${reportPath(linkId, page)}">Remove the filter</a></p>`;

import type { Refusal } from '../../domain/fields/refusal.ts';
import type { SiteFacts } from '../../domain/handoff/site.ts';
import { choicesIn, readFilter } from '../../domain/reports/filter-query.ts';
import { isReportPage, type ReportPageId, reportPath } from '../../domain/reports/report-address.ts';
import type { DeskOutcome } from '../../domain/step/desk-outcome.ts';
import { deskOutcomePage } from '../desk-outcome-page.ts';
import type { OwnStyles } from '../headers.ts';
import { html } from '../html.ts';
import { messagePage } from '../layout.ts';
import type { Page } from '../outcome-page.ts';
import { besideRefused } from './beside-refused.ts';
import { csvName } from './csv.ts';
import { madeOnce } from './looked-at.ts';
import { isBeforeKept } from './not-kept.ts';
import { reportCsvOf, reportPageOf } from './report-pages.ts';
import { type ReportReading, seenFor } from './report-reading.ts';
import { weekRefused } from './week-asked.ts';

/** What a link to reports led to, as it is told; `reports` is all that a page of them is made of. */
export type ReportsShown =
  | ({ readonly kind: 'reports' } & Pick<ReportReading, 'person' | 'scope' | 'measured' | 'since' | 'published'>)
  | { readonly kind: 'nothing-measured' }
  | Exclude<DeskOutcome, { kind: 'desk' }>;

export interface ReportRequest extends Pick<ReportReading, 'site' | 'linkId' | 'nonce' | 'query' | 'at'> {
  /** The last part of the address; none for the first page. */
  readonly page: string | undefined;
}

/** A file to be kept. */
export interface ReportFile {
  readonly name: string;
  readonly csv: string;
}

/** Why there is no file: plain text, as whoever asks for one may be a program. */
export interface NoFile {
  readonly status: 400;
  readonly text: string;
}

/**
 * The page, or with `format=csv` the file, that an address asks for. A page shows the rest of what is asked for and names what it
 * can't use; a file has no place for that, and would be taken for what was asked: there is none then.
 */
export function reportAnswer(shown: ReportsShown, request: ReportRequest): (Page & OwnStyles) | ReportFile | NoFile {
  const { site, linkId, nonce, page: asked = 'overview', query } = request;
  if (shown.kind === 'nothing-measured') return nothingMeasured(site, linkId);
  // A new link comes by mail and opens the desk, which leads here.
  if (shown.kind !== 'reports') return deskOutcomePage(shown, { path: `/d/${linkId}`, nonce, site });
  const page = isReportPage(asked) ? asked : undefined;
  const seen = seenFor(shown, 'handoffList');
  const choices = madeOnce(seen, 'choices', () => choicesIn(seen));
  const { filter, refused } = readFilter(query, choices);
  const read: ReportReading = { ...shown, ...request, filter, refused };
  const others = [...weekRefused(read), ...(page ? besideRefused(read, page) : [])];
  const reading = { ...read, refused: [...refused, ...others] };
  if (page && query.get('format') === 'csv' && !isBeforeKept(reading)) {
    if (reading.refused.length > 0) return noFile(reading.refused);
    const csv = reportCsvOf(reading, page);
    if (csv !== undefined) return { name: nameOf(reading, page), csv };
  }
  return (page && reportPageOf(reading, page)) ?? noSuchPage(site, linkId);
}

const noFile = (refused: readonly Refusal[]): NoFile => ({
  status: 400,
  text: [
    'Part of this address can’t be used, so there is no file:',
    ...refused.map(({ field, problem, remedy }) => `- ${field} ${problem}. ${remedy}`),
    'Open it without “format=csv” to choose from what there is.',
    '',
  ].join('\n'),
});

const nameOf = ({ measured, query }: ReportReading, page: ReportPageId): string =>
  csvName('handoff', page, query.get('of') ?? '', measured.asOf.slice(0, 10));

const nothingMeasured = (site: SiteFacts, linkId: string): Page => ({
  status: 200,
  html: messagePage({
    site,
    heading: 'Nothing is measured yet',
    paragraphs: ['Reports are worked out every night. Look again tomorrow.'],
    after: html`<p><a class="button" href="/d/${linkId}">Open my desk</a></p>`,
  }),
});

const noSuchPage = (site: SiteFacts, linkId: string): Page => ({
  status: 404,
  html: messagePage({
    site,
    heading: 'There is no such report',
    paragraphs: ['The address may be cut off, or the report isn’t yours to see.'],
    after: html`<p><a class="button" href="${reportPath(linkId, 'overview')}">See your reports</a></p>`,
  }),
});

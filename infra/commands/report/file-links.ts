import { createHash } from 'node:crypto';
import { isReportPage, type ReportPageId, reportPath } from '../../../functions/domain/reports/report-address.ts';
import type { Period } from '../../../functions/domain/time/periods.ts';

/** In place of the id in somebody's own link: these pages are files. */
export const noLink = 'file';

/** What the addresses of pages begin with before they are files. */
export const reportAddress = reportPath(noLink, 'overview');

/** The file of a page of a period. */
export const ownFile = (page: ReportPageId): string => `${page}.html`;

/** The file of the audit of a quarter. */
export const auditFile = 'audit.html';

/** Which page an address is of, and what it asks for. */
export function partsOf(address: string): { readonly page: ReportPageId; readonly query: URLSearchParams } {
  const [path = '', query] = address.split('?');
  const page = path.slice(reportAddress.length + 1);
  return { page: isReportPage(page) ? page : 'overview', query: new URLSearchParams(query) };
}

/**
 * The file that an address leads to, the same for the same address; undefined for what opens by a link of the reader's own alone.
 * `period`: what the report is of, whose pages need nothing said.
 */
export function fileOf(address: string, period: Period): string | undefined {
  if (address.startsWith(`${reportAddress}/audit/`)) return auditFile;
  const [path = ''] = address.split('?');
  if (path !== reportAddress && !path.startsWith(`${reportAddress}/`)) return undefined;
  const { page, query } = partsOf(address);
  if (query.get('format') === 'csv') return undefined;
  const isOwn = query.size === 0 || (page === 'overview' && query.get('week') === period);
  return isOwn
    ? ownFile(page)
    : `${page}-${createHash('sha256').update(query.toString()).digest('hex').slice(0, 12)}.html`;
}

const href = / href="([^"]*)"/g;
const navigation = /<nav .*?<\/nav>/s;

/** As it stands in HTML, and without. */
const plain = (address: string): string => address.replaceAll('&amp;', '&');

/** Without what only a live page has: a filter to choose, a step to be opened, a note to be written. */
const still = (html: string): string =>
  html
    .replaceAll(/<details class="plain no-print">.*?<\/details>/gs, '')
    .replaceAll(/<form class="(?:card )?no-print".*?<\/form>/gs, '')
    .replaceAll(/<form class="way"[^>]*>/g, '<div class="way">')
    .replaceAll(/<input type="hidden"[^>]*>|<button class="quiet small no-print".*?<\/button>/gs, '')
    .replaceAll('</form>', '</div>');

const isCsv = (address: string): boolean => new URLSearchParams(address.split('?')[1]).get('format') === 'csv';

/** Every address of a report that a page leads to, but by the ways to the other pages, which are files anyway. */
export const addressesIn = (html: string): readonly string[] =>
  [...still(html).replace(navigation, '').matchAll(href)]
    .map(([, address = '']) => plain(address))
    .filter((address) => address.startsWith(reportAddress) && !isCsv(address));

/**
 * A page as a file: it leads to the files that are there, and other links are text. `csv`: the file beside it; without one there
 * is none to be had.
 */
export function asFile(
  html: string,
  {
    isThere,
    period,
    csv,
  }: {
    readonly isThere: (file: string) => boolean;
    readonly period: Period;
    readonly csv?: string | undefined;
  },
): string {
  const led = (address: string): string => {
    const to = isCsv(address) ? csv : fileOf(address, period);
    return to !== undefined && (to === csv || isThere(to)) ? ` href="${to}"` : '';
  };
  // What is chosen in a live page goes along to the others; of files there is one a page.
  const ways = (page: string): string =>
    page.replaceAll(href, (_, address: string) => led(plain(address).split('?')[0] ?? ''));
  return still(html)
    .replace(navigation, ways)
    .replaceAll(/<p class="no-print"><a href="[^"]*" download>.*?<\/p>/g, (said) => (csv === undefined ? '' : said))
    .replaceAll(href, (said, address: string) => (/^\/[rds]\//.test(address) ? led(plain(address)) : said));
}

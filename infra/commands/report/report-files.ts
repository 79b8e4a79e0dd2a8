import type { SiteFacts } from '../../../functions/domain/handoff/site.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import type { PersonId } from '../../../functions/domain/reports/fact.ts';
import { choicesIn, readFilter } from '../../../functions/domain/reports/filter-query.ts';
import type { Measured } from '../../../functions/domain/reports/measured-handoff.ts';
import type { PublishedKpis } from '../../../functions/domain/reports/published.ts';
import type { ReportPageId } from '../../../functions/domain/reports/report-address.ts';
import { seenBy } from '../../../functions/domain/reports/seen.ts';
import { scopeOf } from '../../../functions/domain/reports/who-sees.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import type { Period } from '../../../functions/domain/time/periods.ts';
import { pagesOf } from '../../../functions/pages/reports/report-frame.ts';
import { reportCsvOf, reportPageOf } from '../../../functions/pages/reports/report-pages.ts';
import type { ReportReading } from '../../../functions/pages/reports/report-reading.ts';
import { addressesIn, asFile, auditFile, fileOf, noLink, ownFile, partsOf } from './file-links.ts';

/** What reports are written from. */
export interface ReportSource {
  readonly measured: Measured;
  readonly roster: readonly Person[];
  /** Mail addresses by the ids in facts. */
  readonly ids: ReadonlyMap<PersonId, string>;
  readonly site: SiteFacts;
  readonly at: Instant;
  readonly published: readonly PublishedKpis[];
}

export interface ReportFile {
  readonly name: string;
  readonly text: string;
}

/** Most lists behind numbers that become files of their own: what a heat map and all other pages of a period lead to, and more. */
const mostLists = 2000;

/**
 * Every page that somebody may see of a period, what it shows as CSV, and each list that a number there, or in the emails beside
 * (`alsoLed`: addresses as `reportAddress` begins them), leads to. What only lists lead to further is text there. `beside`: other
 * files that are there.
 */
export function reportFiles(
  source: ReportSource,
  reader: Person,
  period: Period,
  { alsoLed = [], beside = [] }: { readonly alsoLed?: readonly string[]; readonly beside?: readonly string[] } = {},
): readonly ReportFile[] {
  const overview = readingOf(source, reader, ownQuery('overview', period));
  const pages = pagesOf(overview).map(({ page }) => page);
  const made = pages.map((page) => {
    const reading = page === 'overview' ? overview : readingOf(source, reader, ownQuery(page, period));
    return { page, html: reportPageOf(reading, page)?.html ?? '', csv: reportCsvOf(reading, page) };
  });
  const lists = new Map<string, string>();
  for (const address of [...alsoLed, ...made.flatMap(({ html }) => addressesIn(html))]) {
    const [name, { page, query }] = [fileOf(address, period), partsOf(address)];
    const isWanted = name !== undefined && name !== auditFile && name !== ownFile(page) && lists.size < mostLists;
    if (!isWanted || lists.has(name) || !pages.includes(page)) continue;
    lists.set(name, reportPageOf(readingOf(source, reader, query), page)?.html ?? '');
  }
  const isThere = (name: string): boolean =>
    pages.some((page) => ownFile(page) === name) || lists.has(name) || beside.includes(name);
  return [
    ...made.flatMap(({ page, html, csv }) => [
      { name: ownFile(page), text: asFile(html, { isThere, period, csv: csv && `${page}.csv` }) },
      ...(csv === undefined ? [] : [{ name: `${page}.csv`, text: csv }]),
    ]),
    ...[...lists].map(([name, html]) => ({ name, text: asFile(html, { isThere, period }) })),
  ];
}

/** A week is told by what happened in it; everything else by the handoffs signed in the period. */
function ownQuery(page: ReportPageId, period: Period): URLSearchParams {
  if (page === 'overview') return new URLSearchParams(period.includes('W') ? { week: period } : {});
  return new URLSearchParams(isAboutAll(page) ? {} : { from: period, to: period });
}

/** Before and after, and what became of customers, need more than one period. */
const isAboutAll = (page: ReportPageId): boolean => page === 'changes' || page === 'outcomes' || page === 'heat-map';

function readingOf(
  { measured, roster, ids, site, at, published }: ReportSource,
  person: Person,
  query: URLSearchParams,
): ReportReading {
  const scope = scopeOf(person, { roster, ids });
  // What went out is of all handoffs: whoever sees fewer would read those of others in what was revised.
  const sent = scope.everybody ? { published } : {};
  const asked = readFilter(query, choicesIn(seenBy(scope, 'handoffList', measured)));
  return { site, linkId: noLink, nonce: '', person, scope, measured, ...asked, ...sent, query, at };
}

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

/** In place of the id in somebody's own link: these pages are files. */
const noLink = 'file';

/** Every page that somebody may see of a period, and what it shows as CSV. */
export function reportFiles(source: ReportSource, reader: Person, period: Period): readonly ReportFile[] {
  const overview = readingOf(source, reader, new URLSearchParams(period.includes('W') ? { week: period } : {}));
  const query = new URLSearchParams({ from: period, to: period });
  return pagesOf(overview).flatMap(({ page }) => {
    // A week is told by what happened in it; everything else by the handoffs signed in the period.
    const reading =
      page === 'overview' ? overview : readingOf(source, reader, isAboutAll(page) ? new URLSearchParams() : query);
    const html = reportPageOf(reading, page)?.html;
    const csv = reportCsvOf(reading, page);
    return [
      ...(html === undefined ? [] : [{ name: `${page}.html`, text: asFile(html) }]),
      ...(csv === undefined ? [] : [{ name: `${page}.csv`, text: csv }]),
    ];
  });
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

/** Pages lead to each other as files; what only the live pages have (a filter, a list behind a number) leads nowhere, and so is text. */
const asFile = (html: string): string =>
  html
    .replace(/<nav .*?<\/nav>/s, (nav) => nav.replaceAll(anyPage, toFile))
    .replaceAll(ownFile, (_, page = 'overview') => `href="${page}.csv" download`)
    .replaceAll(plainPage, toFile)
    .replaceAll(elsewhere, '');

const toFile = (_: string, page = 'overview'): string => `href="${page}.html"`;
const plainPage = new RegExp(`href="/r/${noLink}(?:/([a-z-]+))?"`, 'g');
const anyPage = new RegExp(`href="/r/${noLink}(?:/([a-z-]+))?(?:\\?[^"]*)?"`, 'g');
const ownFile = new RegExp(`href="/r/${noLink}(?:/([a-z-]+))?(?:\\?[^"]*)?" download`, 'g');
const elsewhere = new RegExp(` href="/[rds]/${noLink}[^"]*"`, 'g');

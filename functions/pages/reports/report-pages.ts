import { isMeasure } from '../../domain/reports/definitions.ts';
import type { ReportPageId } from '../../domain/reports/report-address.ts';
import { changesCsv, changesPage } from './changes-page.ts';
import { handoffsCsv, handoffsPage } from './handoffs-page.ts';
import { heatMapCsv, heatMapPage } from './heat-map-page.ts';
import { measureCsv, measurePage } from './measure-page.ts';
import { isShown, measuresCsv, measuresPage } from './measures-page.ts';
import { outcomesCsv, outcomesPage } from './outcomes-page.ts';
import { overviewCsv, overviewPage } from './overview-page.ts';
import { ownCsv, ownPage } from './own-page.ts';
import { pagesOf, type ReportPage } from './report-frame.ts';
import { isSeen, type ReportReading } from './report-reading.ts';

interface Made {
  readonly page: (reading: ReportReading) => ReportPage;
  readonly csv: (reading: ReportReading) => string | undefined;
}

const overview: Made = { page: overviewPage, csv: overviewCsv };
const own: Made = { page: ownPage, csv: ownCsv };
const measures: Made = { page: measuresPage, csv: measuresCsv };

const made: Readonly<Partial<Record<ReportPageId, Made>>> = {
  'heat-map': { page: heatMapPage, csv: heatMapCsv },
  handoffs: { page: handoffsPage, csv: handoffsCsv },
  changes: { page: changesPage, csv: changesCsv },
  outcomes: { page: outcomesPage, csv: outcomesCsv },
};

/** The page that an address asks for; undefined for one that the reader does not have. */
export const reportPageOf = (reading: ReportReading, page: ReportPageId): ReportPage | undefined =>
  madeFor(reading, page)?.page(reading);

/** What that page shows as a file; undefined where there is nothing to keep. */
export const reportCsvOf = (reading: ReportReading, page: ReportPageId): string | undefined =>
  madeFor(reading, page)?.csv(reading);

function madeFor(reading: ReportReading, page: ReportPageId): Made | undefined {
  if (!pagesOf(reading).some((each) => each.page === page)) return undefined;
  if (page === 'overview') return isSeen(reading, 'weeklyKpis') ? overview : own;
  if (page !== 'measures') return made[page];
  const of = reading.query.get('of')?.trim() ?? '';
  if (!isMeasure(of) || !isShown(reading, of)) return measures;
  return { page: (each) => measurePage(each, of), csv: (each) => measureCsv(each, of) };
}

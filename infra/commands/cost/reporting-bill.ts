import { prices } from '../../account/cost.ts';
import type { BillItem } from './bill-item.ts';
import type { ReportingUse } from './reporting-use.ts';

/** What is not counted but taken for granted; every figure is on the high side. */
export const reportingAssumptions = {
  /** Handoffs a month for each account executive and CSM, and those for each manager. */
  handoffsOfPerson: 8,
  peopleOfManager: 8,
  workingDays: 21,
  /** Pages of reports that a manager looks at in a month. */
  pagesOfManager: 40,
  /** Months that a page reads, where the function hasn't read them before: one page in so many. */
  monthsOfPage: 6,
  pagesPerReading: 5,
  /**
   * Of a row in its chunk, compressed: as measured of the complete handoffs of half a year that `populate` played, with moments to the
   * millisecond and ids as long as Salesforce's.
   */
  rowBytes: 130,
  /** Nights in which a handoff is open, and nights on which there is something new about it. */
  nightsOpen: 45,
  nightsWithNews: 14,
  /** Months whose rows a night writes again, those it reads twice because handoffs are new in them, and all that it looks through. */
  monthsOfNight: 3,
  monthsReadTwice: 1,
  monthsKept: 24,
  /**
   * Lambda's milliseconds: for each handoff at night, with a whole core; for each hour, for each email and for each page, with 512 MB: as
   * much less where there is more.
   */
  measuring: 15,
  hourly: 300,
  mailing: 100,
  page: 400,
} as const;

/** us-east-1 list prices in USD. */
const further = { firehoseGb: 0.029, s3Put: 0.000005, s3Gb: 0.023, outGb: 0.09 } as const;

/** Firehose bills each record by 5 KB. */
const billedRecord = 5 * 1024;

/** A reader's page as it goes out, and the megabytes of memory of the functions. */
const pageBytes = 60_000;
const memory = { measure: 1769, others: 512 } as const;

const seconds = (milliseconds: number, megabytes: number): number =>
  ((milliseconds * megabytes) / 1000 / 1024) * prices.lambdaGbSecond;

const table = ({ readUnits, writeUnits }: { readonly readUnits: number; readonly writeUnits: number }): number =>
  readUnits * prices.dynamodbReadUnit + writeUnits * prices.dynamodbWriteUnit;

/** What reporting costs in a month with so many handoffs, USD; the dearest item first. */
export function reportingBill({ handoff, factBytes, idleMonth }: ReportingUse, handoffs: number): readonly BillItem[] {
  const given = reportingAssumptions;
  const people = Math.ceil(handoffs / given.handoffsOfPerson) * 2;
  const managers = Math.ceil(people / given.peopleOfManager);
  const mails = people * 4.4 + managers * given.workingDays + managers * 4.4;
  const nights = 30;
  const monthKb = (handoffs * given.rowBytes) / 1024;
  const chunks = {
    readUnits:
      ((monthKb / 4) * (given.monthsOfNight + given.monthsReadTwice) + (monthKb / 8) * given.monthsKept) * nights,
    writeUnits: monthKb * given.monthsOfNight * nights,
  };
  const units = {
    readUnits: handoff.readUnits * handoffs + idleMonth.readUnits + chunks.readUnits,
    writeUnits: handoff.writeUnits * handoffs + idleMonth.writeUnits + chunks.writeUnits,
  };
  const pages = managers * given.pagesOfManager;
  const pageUnits = { readUnits: (pages / given.pagesPerReading) * (monthKb / 8) * given.monthsOfPage, writeUnits: 0 };
  const openNights = handoffs * given.nightsOpen;
  const lines = handoffs * given.nightsWithNews;
  const items: BillItem[] = [
    {
      item: 'Measuring at night, table',
      counted: `${Math.round(units.writeUnits)} write, ${Math.round(units.readUnits)} read units`,
      usd: table(units),
    },
    {
      item: 'Measuring at night, Lambda',
      counted: `${nights} nights, ${openNights} handoffs looked at`,
      usd: nights * prices.lambdaRequest + seconds(openNights * given.measuring + nights * 1000, memory.measure),
    },
    {
      item: 'Emails',
      counted: `${Math.round(mails)} to ${people} people and ${managers} managers`,
      usd: mails * prices.mailRecipient + seconds(730 * given.hourly + mails * given.mailing, memory.others),
    },
    {
      item: 'Pages',
      counted: `${pages} looked at`,
      usd:
        table(pageUnits) +
        pages * (prices.httpCall + prices.lambdaRequest) +
        seconds(pages * given.page, memory.others) +
        ((pages * pageBytes) / 1e9) * further.outGb,
    },
    {
      item: 'Facts in S3',
      counted: `${Math.round((handoffs * factBytes) / 1000)} KB, ${lines} records`,
      usd:
        ((lines * billedRecord) / 1e9) * further.firehoseGb +
        nights * 4 * further.s3Put +
        ((handoffs * factBytes) / 1e9) * further.s3Gb,
    },
  ];
  return items.sort((a, b) => b.usd - a.usd);
}

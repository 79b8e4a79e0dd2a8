import type { AuditSample } from '../reports/audit-sample.ts';
import { toldApart } from '../reports/told-apart.ts';
import type { Instant } from '../time/calendar.ts';
import type { Period } from '../time/periods.ts';
import { dateIn } from '../time/wording.ts';
import type { Message } from './message.ts';
import { auditPage, type ReportReader, reportMessage, timesOf } from './report-mail.ts';
import { textsFor } from './wording.ts';

export interface AuditReport {
  readonly sample: AuditSample;
  /** Until when notes are asked for, UTC. */
  readonly until: Instant;
  /** Remediation notes of earlier audits that are past their date, and the quarter of the oldest. */
  readonly notesPastDate: number;
  readonly auditOf?: Period;
}

/** To revenue operations each quarter (S4): a random sample of handoffs, with a page for what is to change. */
export function auditPackMessage(
  reader: ReportReader,
  { sample, until, notesPastDate, auditOf }: AuditReport,
): Message {
  const { site, at } = reader;
  const { reports: texts } = textsFor(site);
  const { audit: words } = texts;
  const [year = '', quarter = ''] = sample.quarter.split('-Q');
  const [drawn, date] = [sample.handoffs.length, dateIn(timesOf(reader), until, at)];
  const url = auditPage(reader, sample.quarter);
  const called = toldApart(sample.handoffs, ({ id, customer, signedAt }) => ({
    ...{ id, customer },
    by: words.signed(dateIn(timesOf(reader), signedAt, at)),
  }));
  return reportMessage(reader, {
    subject: words.subject(words.quarter(Number(quarter), year), drawn),
    preview: words.preview(drawn, sample.of, date),
    blocks: [
      { paragraph: words.what(drawn, sample.of) },
      { paragraph: words.notes(date) },
      { button: { label: texts.openAudit, url } },
      {
        heading: words.sample,
        entries: sample.handoffs.map((each) => ({ text: called(each), url: `${url}#${each.id}` })),
      },
      ...(notesPastDate > 0
        ? [
            {
              entries: [
                { text: words.open(notesPastDate), ...(auditOf !== undefined && { url: auditPage(reader, auditOf) }) },
              ],
            },
          ]
        : []),
      {
        facts: [
          { label: words.seed, value: sample.seed },
          { label: words.drawnFrom, value: texts.handoffs(sample.of) },
        ],
      },
      { paragraph: words.again },
    ],
  });
}

import { bandOf } from '../../domain/reports/bands.ts';
import { definitionOf } from '../../domain/reports/definitions.ts';
import { anyStep, type Behind } from '../../domain/reports/filters.ts';
import { reportPath } from '../../domain/reports/report-address.ts';
import { titleIn } from '../../domain/reports/steps.ts';
import { type Content, type Html, html } from '../html.ts';
import { withoutText } from './comparison-table.ts';
import { countedText } from './figure-marks.ts';
import { type ListedHandoff, listedHandoffs, type Order, orderIn, pageIn, sortedBy, sortText } from './handoff-list.ts';
import { handoffsTable } from './handoffs-table.ts';
import { nothingThere } from './nothing-there.ts';
import { dayText, periodsText, periodText } from './period-text.ts';
import { type ReportPage, reportPage } from './report-frame.ts';
import type { ReportReading } from './report-reading.ts';
import { tableCsv, tableHtml } from './report-table.ts';

/** Most handoffs on one page of the list. */
const onPage = 50;

/** The handoffs behind a number, or all that the reader may see. */
export function handoffsPage(reading: ReportReading): ReportPage {
  const { query, filter } = reading;
  const listed = listedHandoffs(reading);
  const order = orderIn(query);
  const sorted = sortedBy(listed, order);
  const pages = Math.max(1, Math.ceil(sorted.length / onPage));
  const asked = pageIn(query) ?? 1;
  const page = Math.min(asked, pages);
  const beyond = {
    ...{ field: 'page', problem: `“${asked}” is beyond the end` },
    remedy: pages === 1 ? 'There is only 1 page.' : `There are ${pages} pages.`,
  };
  const rows = sorted.slice((page - 1) * onPage, page * onPage);
  const title = titleOf(reading, listed);
  const body = html`${filter.behind && html`<p class="lead" dir="auto">${behindText(reading, filter.behind)} <a href="${reportPath(reading.linkId, 'measures', plain(reading), { of: filter.behind.measure })}">See the measure</a></p>`}
${
  listed.length === 0
    ? filter.behind
      ? html`<p class="card">No handoff is behind this number.</p>`
      : nothingThere(reading, 'handoffs')
    : html`<section class="card">${tableHtml(handoffsTable(reading, { rows, order, caption: saidOf(sorted.length, page) }))}
${pagesHtml(reading, { page, pages, order })}</section>`
}`;
  const told = asked > pages ? { ...reading, refused: [...reading.refused, beyond] } : reading;
  return reportPage(told, {
    page: 'handoffs',
    title,
    body,
    hasFile: listed.length > 0,
    kept: { sort: sortText(order) },
  });
}

/** Every row of the list as a file, in the order shown, whatever page of it. */
export function handoffsCsv(reading: ReportReading): string {
  const order = orderIn(reading.query);
  return tableCsv(handoffsTable(reading, { rows: sortedBy(listedHandoffs(reading), order), order, caption: '' }));
}

/** The filter without the number that the list is behind. */
const plain = ({ filter: { behind: _behind, ...filter } }: ReportReading) => filter;

const statusTitles = {
  running: 'Running and stalled handoffs',
  open: 'Running handoffs',
  stalled: 'Stalled handoffs',
  complete: 'Complete handoffs',
  cancelled: 'Canceled handoffs',
  abandoned: 'Abandoned handoffs',
} as const;

/** Which handoffs are listed, as far as the filter form does not say it. */
function titleOf(reading: ReportReading, listed: readonly ListedHandoff[]): string {
  const { filter, measured } = reading;
  const { handoff, behind, status, overdue, waits, band } = filter;
  if (behind) return `Behind “${behindTitle(reading, behind)}”`;
  if (handoff !== undefined) return listed[0]?.handoff.customer ?? 'Handoff';
  if (overdue === anyStep) return 'Handoffs with a step overdue';
  if (overdue !== undefined) return `Overdue: ${titleIn(measured.playbooks, overdue)}`;
  if (waits === 'decision') return 'Handoffs that wait for a decision';
  if (waits === 'customer') return 'Handoffs that wait on the customer';
  const titles = [status && statusTitles[status], band && `Handoffs: ${bandOf(band)?.title}`];
  return titles.find((title) => title !== undefined) ?? 'Handoffs';
}

function behindTitle({ measured, site }: ReportReading, behind: Behind): string {
  const { measure, during, step, which } = behind;
  const { title } = definitionOf(measure);
  const named = step && titleIn(measured.playbooks, step);
  return [
    title,
    which === 'no' ? 'not so' : undefined,
    named,
    during && periodText(during),
    betweenText(behind, site.defaultZone),
    dueText(behind),
  ]
    .filter((each) => each !== undefined)
    .join(', ');
}

/** Of a number of the last days: 'Aug 24, 2026 to Nov 22, 2026'. */
const betweenText = ({ since, before }: Behind, zone: string): string | undefined =>
  since === undefined || before === undefined ? undefined : `${dayText(since, zone)} to ${dayText(before, zone)}`;

/** The weeks of a heat map's cell: 'due Nov 16 to Nov 22, 2026'. */
const dueText = ({ dueIn, dueTo = dueIn }: Behind): string | undefined =>
  dueIn === undefined || dueTo === undefined ? undefined : `due ${periodsText(dueIn, dueTo)}`;

function behindText(reading: ReportReading, behind: Behind): Html {
  const { formula } = definitionOf(behind.measure);
  const which =
    behind.which === 'no'
      ? 'These are the handoffs in which it is not so at least once.'
      : behind.which === 'yes'
        ? 'These are the handoffs in which it is so at least once.'
        : 'These are the handoffs it is made of.';
  const { signedUntil } = behind;
  const due = dueText(behind);
  return html`${formula} ${which}${due && ` Only what was ${due} counts.`}${signedUntil && ` Of handoffs signed until ${dayText(signedUntil, reading.site.defaultZone)}.`}${withoutText(reading, behind.without)}`;
}

function saidOf(total: number, page: number): string {
  const first = (page - 1) * onPage;
  const last = Math.min(first + onPage, total);
  return total <= onPage
    ? countedText(total, 'handoff')
    : `${first + 1} to ${last} of ${countedText(total, 'handoff')}`;
}

function pagesHtml(
  { linkId, filter }: ReportReading,
  { page, pages, order }: { readonly page: number; readonly pages: number; readonly order: Order },
): Content {
  if (pages === 1) return undefined;
  const to = (number: number): string =>
    reportPath(linkId, 'handoffs', filter, { sort: sortText(order), page: number === 1 ? undefined : String(number) });
  return html`<nav class="row no-print" aria-label="Pages of the list">${page > 1 && html`<a href="${to(page - 1)}" rel="prev">Page ${page - 1}</a>`}<span class="soft">Page ${page} of ${pages}</span>${page < pages && html`<a href="${to(page + 1)}" rel="next">Page ${page + 1}</a>`}</nav>`;
}

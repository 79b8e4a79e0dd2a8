import { raw } from 'hono/html';
import { auditPath, type ReportPageId, reportPath } from '../../domain/reports/report-address.ts';
import { periodAfter, quarterOf } from '../../domain/time/periods.ts';
import { zoneName } from '../../domain/time/wall-format.ts';
import { momentIn } from '../../domain/time/wording.ts';
import { type Content, type Html, html } from '../html.ts';
import { style } from '../style.ts';
import { type FilterPlace, filterForm } from './filter-form.ts';
import { isBeforeKept, notKeptHtml } from './not-kept.ts';
import { periodText } from './period-text.ts';
import { isSeen, type ReportReading } from './report-reading.ts';
import { reportStyle } from './report-style.ts';

/** A page of reports, with the style sheets that its policy names. */
export interface ReportPage {
  readonly status: number;
  readonly html: string;
  readonly styles: readonly string[];
  readonly hasForms: true;
}

export interface ReportFrame extends FilterPlace {
  readonly title: string;
  readonly body: Content;
  /** Whether what it shows can be had as a file. */
  readonly hasFile?: boolean;
  readonly status?: number;
}

/** The pages that a reader has, with the words of the navigation. */
export function pagesOf(reading: ReportReading): readonly { readonly page: ReportPageId; readonly title: string }[] {
  const isOwn = !isSeen(reading, 'weeklyKpis');
  return [
    { page: 'overview', title: isOwn ? 'My handoffs' : 'Weeks' } as const,
    ...(isSeen(reading, 'measures') ? [{ page: 'measures', title: 'Measures' } as const] : []),
    ...(isSeen(reading, 'missesByWeek') ? [{ page: 'heat-map', title: 'Heat map' } as const] : []),
    ...(isSeen(reading, 'handoffList') ? [{ page: 'handoffs', title: 'Handoffs' } as const] : []),
    ...(isSeen(reading, 'beforeAndAfter') ? [{ page: 'changes', title: 'Before and after' } as const] : []),
    ...(isSeen(reading, 'outcomes') ? [{ page: 'outcomes', title: 'Outcomes' } as const] : []),
  ];
}

/** A whole report page: whose, as of when, the ways to the others, the filter, and what it says. */
export function reportPage(reading: ReportReading, frame: ReportFrame): ReportPage {
  const { site, person, linkId } = reading;
  const { page, title, body, status = 200 } = frame;
  const isGone = isBeforeKept(reading);
  // "This week" leads there from a past one.
  const isPast = page === 'overview' && frame.kept?.['week'] !== undefined;
  const text = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title} · ${site.name} reports</title>
<style>${raw(style)}</style>
<style>${raw(reportStyle)}</style>
</head>
<body class="report">
<a class="skip" href="#content">Skip to the content</a>
<header class="top" dir="auto">${site.name}</header>
<main id="content" tabindex="-1">
<p class="where" dir="auto">Reports · ${person.name}</p>
<h1 dir="auto">${title}</h1>
<nav class="no-print" aria-label="Reports"><ul class="pages">${pagesOf(reading).map(
    (each) =>
      html`<li><a href="${reportPath(linkId, each.page, carried(reading))}"${each.page === page && !isPast && html` aria-current="page"`}>${each.title}</a></li>`,
  )}${isSeen(reading, 'auditPack') && html`<li><a href="${auditPath(linkId, periodAfter(quarterOf(reading.at, site.defaultZone), -1))}">Audit</a></li>`}<li><a href="/d/${linkId}">My desk</a></li></ul></nav>
${asOfHtml(reading)}
${reading.since !== undefined && html`<p class="note soon">There are too many handoffs to look at together: these numbers are of those signed since ${periodText(reading.since)}. For others, choose months in the filter.</p>`}
${notKeptHtml(reading)}
${filterForm(reading, frame)}
${!isGone && body}
${frame.hasFile && !isGone && html`<p class="no-print"><a href="${reportPath(linkId, page, reading.filter, { ...frame.kept, format: 'csv' })}" download>Download this as CSV</a></p>`}
</main>
<footer class="foot"><p dir="auto">These reports are ${person.name}’s to read. Don’t forward their address. Weeks and months are in ${zoneName(site.defaultZone)}.</p></footer>
</body>
</html>
`.toString();
  return { status, html: text, styles: [style, reportStyle], hasForms: true };
}

/** The filter that goes along from page to page; of which number a list is stays with the list. */
const carried = ({
  filter: {
    handoff: _handoff,
    behind: _behind,
    status: _status,
    overdue: _overdue,
    waits: _waits,
    band: _band,
    ...filter
  },
}: ReportReading) => filter;

function asOfHtml({ measured: { asOf }, site, at }: ReportReading): Html {
  return html`<p class="soft">As of <time datetime="${asOf}">${momentIn(site.defaultZone, asOf, at)}</time>. Numbers are worked out every night: what happened since isn’t in them yet.</p>`;
}

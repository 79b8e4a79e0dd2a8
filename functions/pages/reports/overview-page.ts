import type { Rest } from '../../domain/handoff/resting.ts';
import { bottleneckOf, bottleneckText, mostOpenDays } from '../../domain/reports/bottleneck.ts';
import { definitionOf } from '../../domain/reports/definitions.ts';
import { valueText } from '../../domain/reports/figure-text.ts';
import type { Figure } from '../../domain/reports/figures.ts';
import { anyStep, type Filter } from '../../domain/reports/filters.ts';
import type { Measured } from '../../domain/reports/measured-handoff.ts';
import { type PublishedKpis, sentOtherwise } from '../../domain/reports/published.ts';
import { behindPath, reportPath } from '../../domain/reports/report-address.ts';
import { overdueRounds, restingRounds } from '../../domain/reports/steps.ts';
import { type Kpi, type WeeklyKpis, weeklyKpis } from '../../domain/reports/weekly-kpis.ts';
import { type Period, periodAfter } from '../../domain/time/periods.ts';
import { monthOf, weekOf } from '../../domain/time/weeks.ts';
import { type Content, type Html, html } from '../html.ts';
import { countedText, countsInFile, fewHtml, titleInFile, valueInFile } from './figure-marks.ts';
import { madeOnce } from './looked-at.ts';
import { needHtml } from './need-a-person.ts';
import { nothingThere } from './nothing-there.ts';
import { mondayText, periodText } from './period-text.ts';
import { type ReportPage, reportPage } from './report-frame.ts';
import { askedFor, type ReportReading } from './report-reading.ts';
import { type ReportTable, tableCsv, tableHtml } from './report-table.ts';
import { trendHtml } from './trend-html.ts';
import { openingWeek, weekShown } from './week-asked.ts';

/** How many months back the bottleneck is looked for, where the filter says nothing. */
const bottleneckMonths = 3;

/** This week: numbers beside last week's, what holds handoffs up, and those that need a person. */
export function overviewPage(reading: ReportReading): ReportPage {
  const measured = askedFor(reading, 'weeklyKpis');
  const week = weekShown(reading);
  const kpis = kpisOf(reading, measured, week);
  const isNow = isLatest(reading, week);
  const isOpened = week === openingWeek(reading);
  const title = isNow ? 'This week' : isOpened ? 'Last week' : `Week ${week.slice(6)}`;
  const body =
    measured.handoffs.length === 0
      ? nothingThere(reading, 'overview')
      : html`${weekLinks(reading, measured, week)}
<ul class="figures">${kpis.kpis.map((kpi) => tileHtml(reading, kpis, kpi))}</ul>
${bottleneckHtml(reading, measured)}
${needHtml(reading, measured, kpis)}
${openNowHtml(reading, measured)}
<section class="card">${tableHtml(weeksTable(reading, kpis))}${revisedHtml(reading, kpis)}</section>`;
  return reportPage(reading, {
    page: 'overview',
    title,
    body,
    hasFile: measured.handoffs.length > 0,
    kept: { week: isOpened ? undefined : week },
  });
}

/** Whether a week is the one in which everything was last measured. */
const isLatest = ({ measured, site }: ReportReading, week: Period): boolean =>
  week === weekOf(measured.asOf, site.defaultZone);

/** The numbers of four weeks as a file. */
export const overviewCsv = (reading: ReportReading): string =>
  tableCsv(weeksTable(reading, kpisOf(reading, askedFor(reading, 'weeklyKpis'), weekShown(reading))));

function kpisOf(reading: ReportReading, measured: Measured, week: Period): WeeklyKpis {
  const published = sentTo(reading).find((each) => each.week === week);
  return madeOnce(measured, `week ${week} ${JSON.stringify(published ?? {})}`, () =>
    weeklyKpis({ measured, week, zone: reading.site.defaultZone, published }),
  );
}

function weekLinks(reading: ReportReading, measured: Measured, week: Period): Html {
  const { linkId, filter, site } = reading;
  const last = weekOf(measured.asOf, site.defaultZone);
  const isNow = week === last;
  const opening = openingWeek(reading);
  const to = (other: Period): string =>
    reportPath(linkId, 'overview', filter, other === opening ? {} : { week: other });
  const hasBefore = week > firstWeekIn(measured, site.defaultZone);
  return html`<p><strong>${periodText(week)}</strong>${isNow && ', not over yet'} <span class="no-print">${
    hasBefore && html`· <a href="${to(periodAfter(week, -1))}">Week before</a> `
  }${!isNow && html`· <a href="${to(periodAfter(week, 1))}">${periodAfter(week, 1) === last ? 'This week so far' : 'Week after'}</a>`}</span></p>`;
}

/** The week of the first signature: before it there is nothing to see. */
const firstWeekIn = (measured: Measured, zone: string): Period =>
  madeOnce(measured, 'first week', () => {
    const signed = measured.handoffs.map(({ signedAt }) => Date.parse(signedAt));
    return weekOf(new Date(signed.reduce((one, other) => Math.min(one, other))).toISOString(), zone);
  });

function tileHtml(
  reading: ReportReading,
  { week, revised }: WeeklyKpis,
  { measure, figure, lastWeek, trend }: Kpi,
): Html {
  const correction = revised.find((each) => each.measure === measure);
  return html`<li><h3>${definitionOf(measure).title}</h3>
<p class="number">${numberHtml(reading, figure, week)}${fewHtml(figure)}</p>
<p class="soft">${isLatest(reading, week) ? 'Last week' : 'Week before'}: ${numberHtml(reading, lastWeek, periodAfter(week, -1))}${fewHtml(lastWeek)}</p>
${correction && html`<p><span class="badge soon">Revised</span> ${valueText({ measure, value: correction.published.value })} was emailed.</p>`}
${trendHtml(trend)}</li>`;
}

/** A number of a week that leads to the handoffs behind it. */
function numberHtml({ linkId, filter }: ReportReading, figure: Figure, during: Period): Content {
  if (figure.handoffs.length === 0) return valueText(figure);
  return html`<a href="${behindPath(linkId, filter, { measure: figure.measure, during })}">${valueText(figure)}</a>`;
}

function bottleneckHtml({ site, filter, linkId }: ReportReading, measured: Measured): Content {
  const zone = site.defaultZone;
  const since = periodAfter(monthOf(measured.asOf, zone), 1 - bottleneckMonths);
  const isAsked = filter.from !== undefined || filter.to !== undefined;
  const found = madeOnce(measured, 'bottleneck', () => {
    const { handoffs } = measured;
    const those = isAsked ? handoffs : handoffs.filter(({ signedAt }) => monthOf(signedAt, zone) >= since);
    return bottleneckOf({ ...measured, handoffs: those });
  });
  const asked = { ...filter, ...(!isAsked && { from: since }), ...(found?.segment && { segment: found.segment }) };
  const list =
    found &&
    html` <a href="${behindPath(linkId, asked, { measure: 'daysLate', step: found.step.id })}">See ${countedText(found.handoffs.length, 'handoff')}</a>`;
  return html`<section class="card"><h2>What holds handoffs up</h2>
<p class="lead" dir="auto">${found ? bottleneckText(found) : 'No step was late.'}${list}</p><p class="hint">${!isAsked && `Of handoffs signed since ${periodText(since)}. `}A step that is still open counts with ${mostOpenDays} days at most.</p></section>`;
}

function openNowHtml({ linkId, filter }: ReportReading, { handoffs }: Measured): Content {
  const overdue = overdueRounds(handoffs).length;
  const listed = (some: Filter) => reportPath(linkId, 'handoffs', { ...filter, ...some });
  const waiting = (what: Rest['for']) => new Set(restingRounds(handoffs, what).map(({ handoff: { id } }) => id)).size;
  const [undecided, paused] = [waiting('decision'), waiting('customer')];
  const [stalled, running] = (['stalled', 'open'] as const).map(
    (status) => handoffs.filter((each) => each.status === status).length,
  );
  const none = html`<p class="note good">No step is overdue.</p>`;
  if (overdue + undecided + paused + (stalled ?? 0) === 0) return none;
  return html`${overdue === 0 && none}
<section class="card"><h2>Open now</h2><dl class="keys">
<div><dt>Steps overdue</dt><dd>${overdue === 0 ? 'none' : html`<a href="${reportPath(linkId, 'handoffs', { ...filter, overdue: anyStep }, { sort: '-late' })}">${overdue}</a>`}</dd></div>
<div><dt>Waiting for a decision</dt><dd>${countLink(undecided, listed({ waits: 'decision' }))}</dd></div>
<div><dt>Waiting on the customer</dt><dd>${countLink(paused, listed({ waits: 'customer' }))}</dd></div>
<div><dt>Stalled</dt><dd>${countLink(stalled ?? 0, listed({ status: 'stalled' }))}</dd></div>
<div><dt>Running</dt><dd>${countLink(running ?? 0, listed({ status: 'open' }))}</dd></div>
</dl></section>`;
}

const countLink = (count: number, path: string): Content =>
  count === 0 ? 'none' : html`<a href="${path}">${countedText(count, 'handoff')}</a>`;

/** The newest first: it stays in sight where there is room for two. */
function weeksTable(reading: ReportReading, { kpis }: WeeklyKpis): ReportTable<Kpi> {
  const weeks = kpis[0]?.trend.map(({ week }) => week).toReversed() ?? [];
  const figureOf = ({ trend }: Kpi, week: Period) => trend.find((each) => each.week === week)?.figure;
  const sentOf = (kpi: Kpi, week: Period) => {
    const figure = figureOf(kpi, week);
    return figure && sentOtherwise(figure, week, sentTo(reading));
  };
  return {
    id: 'weeks',
    caption: 'Four weeks, latest first',
    rows: kpis,
    columns: [
      {
        title: 'Measure',
        cell: ({ measure }) =>
          html`<a href="${reportPath(reading.linkId, 'measures', reading.filter, { of: measure })}">${definitionOf(measure).title}</a>`,
        csv: ({ measure }) => titleInFile(measure),
      },
      ...weeks.flatMap((week) => [
        {
          title: mondayText(week),
          titleInFile: week,
          isNumber: true,
          cell: (kpi: Kpi) => {
            const figure = figureOf(kpi, week);
            const isRevised = sentOf(kpi, week) !== undefined;
            return (
              figure &&
              html`${numberHtml(reading, figure, week)}${fewHtml(figure)}${isRevised && html` <span class="few">revised</span>`}`
            );
          },
          csv: (kpi: Kpi) => valueInFile(kpi.measure, figureOf(kpi, week)?.value),
        },
        ...countsInFile(
          (kpi: Kpi) => figureOf(kpi, week),
          (what) => `${week} ${what.toLowerCase()}`,
        ),
        {
          title: `${week} as emailed`,
          isOnlyInFile: true,
          cell: () => undefined,
          csv: (kpi: Kpi) => valueInFile(kpi.measure, sentOf(kpi, week)?.value),
        },
      ]),
    ],
  };
}

/** What went out was of all handoffs: only the same can be compared with it. */
const sentTo = ({ published = [], filter }: ReportReading): readonly PublishedKpis[] =>
  Object.keys(filter).length === 0 ? published : [];

/** Where a number of these weeks was emailed as another one. */
function revisedHtml(reading: ReportReading, { kpis }: WeeklyKpis): Content {
  const isRevised = kpis.some(({ trend }) =>
    trend.some(({ week, figure }) => sentOtherwise(figure, week, sentTo(reading)) !== undefined),
  );
  return (
    isRevised &&
    html`<p class="hint">Revised: another number was emailed for that week. A week usually moves for some days, as steps are reported later.</p>`
  );
}

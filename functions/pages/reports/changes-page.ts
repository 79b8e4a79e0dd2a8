import { type Change, type Comparison, compare, splitBy, versionChanges } from '../../domain/reports/comparison.ts';
import { definitionOf, type MeasureId } from '../../domain/reports/definitions.ts';
import { valueText } from '../../domain/reports/figure-text.ts';
import { figureOf } from '../../domain/reports/figures.ts';
import type { Measured } from '../../domain/reports/measured-handoff.ts';
import { outcomeMeasures } from '../../domain/reports/outcomes.ts';
import { reportPath } from '../../domain/reports/report-address.ts';
import { periodAfter, periodsUntil, spanOf } from '../../domain/time/periods.ts';
import { monthOf } from '../../domain/time/weeks.ts';
import { type Content, type Html, html } from '../html.ts';
import { comparisonTable, type Sides } from './comparison-table.ts';
import { shortText } from './figure-marks.ts';
import { lineChart } from './line-chart.ts';
import { madeOnce } from './looked-at.ts';
import { dayText, periodText, shortPeriod } from './period-text.ts';
import { type ReportPage, reportPage } from './report-frame.ts';
import { askedFor, type ReportReading } from './report-reading.ts';
import { type ReportTable, tableCsv, tableHtml } from './report-table.ts';

/** What is compared, the times first. */
const compared = [
  'timeToCompletion',
  'timeToPackage',
  'timeToMeeting',
  'timeToIntroduction',
  'timeToKickoff',
  'timeToValue',
  'stepsOnTime',
  'promisesKept',
  'packageComplete',
  'packageReturned',
  'exceptionGranted',
  'stalled',
  'surveyScore',
  'handoffScore',
  ...outcomeMeasures,
] as const satisfies readonly MeasureId[];

/** Those whose months are drawn. */
const drawn = ['timeToCompletion', 'stepsOnTime'] as const satisfies readonly MeasureId[];
/** Most months that a chart shows. */
const mostMonths = 13;

/** Something that changed, as the page offers it. */
interface Offered {
  /** As the address says it. */
  readonly id: string;
  readonly title: string;
  readonly change: Change;
  /** The month of its first handoffs. */
  readonly month: string;
  readonly sides: Sides;
}

/** Handoffs before and after a change of the playbook, or before and since a month. */
export function changesPage(reading: ReportReading): ReportPage {
  const measured = askedFor(reading, 'beforeAndAfter');
  const offered = offeredIn(reading, measured);
  const chosen = chosenIn(reading, offered);
  const body = chosen
    ? html`${choiceForm(reading, offered, chosen)}
<section class="card"><h2 dir="auto">${chosen.title}</h2>
<p class="soft">Handoffs that finished fast come in first. So of times, only handoffs are compared that have had as long as 9 in 10 needed.</p>
${tableHtml(tableOf(reading, measured, chosen))}</section>
<section class="card"><h2>By month of signature</h2><div class="graphs">${drawn.map((measure) => monthsHtml(reading, measured, { measure, chosen }))}</div></section>`
    : html`<p class="card">Nothing to compare yet: there are handoffs of one month only, under one version of the playbook.</p>`;
  return reportPage(reading, {
    page: 'changes',
    title: 'Before and after',
    body,
    hasFile: chosen !== undefined,
    kept: { change: reading.query.get('change') ?? undefined },
  });
}

/** The same as a file. */
export function changesCsv(reading: ReportReading): string | undefined {
  const measured = askedFor(reading, 'beforeAndAfter');
  const chosen = chosenIn(reading, offeredIn(reading, measured));
  return chosen && tableCsv(tableOf(reading, measured, chosen));
}

/** Whether an address may ask for this change. */
export const isComparable = (reading: ReportReading, asked: string): boolean =>
  offeredIn(reading, askedFor(reading, 'beforeAndAfter')).some(({ id }) => id === asked);

/** The change that the address asks for, else the newest of a playbook. */
const chosenIn = ({ query }: ReportReading, offered: readonly Offered[]): Offered | undefined =>
  offered.find(({ id }) => id === query.get('change')) ?? offered[0];

/** Every change of a playbook; then every month but the first, before and since which handoffs can be compared. */
function offeredIn({ site: { defaultZone: zone }, filter }: ReportReading, measured: Measured): readonly Offered[] {
  const { handoffs, playbooks } = measured;
  const { months, versions } = madeOnce(measured, 'changes', () => ({
    months: [...new Set(handoffs.map(({ signedAt }) => monthOf(signedAt, zone)))].sort(),
    versions: versionChanges(handoffs, playbooks),
  }));
  return [
    ...versions.map(({ from, to, segment }): Offered => {
      const since = dayText(to.since, zone);
      return {
        id: `${from.hash}.${to.hash}`,
        title: `Playbook ${to.name} for ${segment}, changed ${since}`,
        change: { from: from.hash, to: to.hash },
        month: monthOf(to.since, zone),
        sides: {
          before: { title: `Before ${since}`, filter: { ...filter, playbook: from.hash } },
          after: { title: `Since ${since}`, filter: { ...filter, playbook: to.hash } },
        },
      };
    }),
    ...months
      .slice(1)
      .toReversed()
      .map(
        (month): Offered => ({
          id: month,
          title: `Before and since ${periodText(month)}`,
          change: { at: spanOf(month, zone).from },
          month,
          sides: {
            before: { title: `Before ${shortPeriod(month)}`, filter: { ...filter, to: periodAfter(month, -1) } },
            after: { title: `Since ${shortPeriod(month)}`, filter: { ...filter, from: month } },
          },
        }),
      ),
  ];
}

function choiceForm({ linkId, filter }: ReportReading, offered: readonly Offered[], chosen: Offered): Html {
  const kept = new URL(reportPath(linkId, 'changes', filter), 'https://here.invalid').searchParams;
  return html`<form class="card no-print" method="get" action="${reportPath(linkId, 'changes')}">${[...kept].map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<div class="filters"><div class="field long"><label for="change">What changed</label><select id="change" name="change">${offered.map(
    ({ id, title }) => html`<option value="${id}"${id === chosen.id && html` selected`}>${title}</option>`,
  )}</select></div><div class="buttons"><button class="quiet">Compare</button></div></div></form>`;
}

function tableOf(reading: ReportReading, measured: Measured, { id, change, sides }: Offered): ReportTable<Comparison> {
  const comparisons = madeOnce(measured, `change ${id}`, () =>
    compare(compared, splitBy(measured.handoffs, change), measured.asOf),
  );
  return comparisonTable(reading, { id: 'compared', caption: 'Before and after', sides, comparisons });
}

function monthsHtml(
  reading: ReportReading,
  measured: Measured,
  { measure, chosen }: { readonly measure: MeasureId; readonly chosen: Offered },
): Content {
  const zone = reading.site.defaultZone;
  const months = madeOnce(measured, `by month ${measure}`, () => {
    const byMonth = Map.groupBy(measured.handoffs, ({ signedAt }) => monthOf(signedAt, zone));
    const first = [...byMonth.keys()].sort()[0] ?? '';
    return periodsUntil(monthOf(measured.asOf, zone), mostMonths)
      .filter((month) => month >= first)
      .map((month) => ({ month, figure: figureOf(measure, byMonth.get(month) ?? []) }));
  });
  const at = months.findIndex(({ month }) => month === chosen.month);
  const { title } = definitionOf(measure);
  const table: ReportTable<(typeof months)[number]> = {
    id: `months-${measure}`,
    caption: html`<span class="unseen">${title} by month</span>`,
    rows: months,
    columns: [
      { title: 'Month', cell: ({ month }) => periodText(month), csv: ({ month }) => month },
      { title, isNumber: true, cell: ({ figure }) => valueText(figure), csv: ({ figure }) => figure.value },
      {
        title: 'Counted',
        isNumber: true,
        cell: ({ figure }) => figure.n.toLocaleString('en-US'),
        csv: ({ figure }) => figure.n,
      },
    ],
  };
  return lineChart({
    id: `chart-${measure}`,
    title,
    summary: months.map(({ month, figure }) => `${periodText(month)}: ${valueText(figure)}.`).join(' '),
    points: months.map(({ month, figure }) => ({
      label: shortPeriod(month),
      value: figure.value,
      few: figure.isSmall,
    })),
    format: (value) => shortText(measure, value),
    ...(at > 0 && { mark: { at, label: 'changed' } }),
    table: html`<details class="plain"><summary>As a table</summary>${tableHtml(table)}</details>`,
  });
}

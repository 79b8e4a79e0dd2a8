import { defined } from '../../domain/fields/record.ts';
import { type Change, type Comparison, compare, splitBy } from '../../domain/reports/comparison.ts';
import { definitionOf, type MeasureId } from '../../domain/reports/definitions.ts';
import { valueText } from '../../domain/reports/figure-text.ts';
import { figureOf } from '../../domain/reports/figures.ts';
import type { Filter } from '../../domain/reports/filters.ts';
import type { Measured, MeasuredHandoff } from '../../domain/reports/measured-handoff.ts';
import { outcomeMeasures } from '../../domain/reports/outcomes.ts';
import { reportPath } from '../../domain/reports/report-address.ts';
import {
  changesTogether,
  type VersionChange,
  versionChanges,
  whoseText,
} from '../../domain/reports/version-changes.ts';
import { differenceText, unlikeSteps } from '../../domain/reports/version-difference.ts';
import { numberText } from '../../domain/texts/number-text.ts';
import { type Period, periodAfter, periodsUntil, spanOf } from '../../domain/time/periods.ts';
import { monthOf } from '../../domain/time/weeks.ts';
import { type Content, type Html, html } from '../html.ts';
import { comparisonTable, type Sides } from './comparison-table.ts';
import { shortText } from './figure-marks.ts';
import { lineChart } from './line-chart.ts';
import { madeOnce } from './looked-at.ts';
import { dayText, periodText, shortDay, shortPeriod } from './period-text.ts';
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
  'expandedOfWon',
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
  /** Steps that the versions don't promise alike, by id. */
  readonly without?: readonly string[];
  /** What a version does otherwise, in a sentence; absent of a month. */
  readonly what?: string;
  /** When its first handoffs were signed, UTC. */
  readonly since: string;
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
${chosen.what !== undefined && html`<p dir="auto">${chosen.what}</p>`}
<p class="soft">Handoffs that finished fast come in first, and customers of new ones have had no time to buy more. So of what takes its time, only handoffs are compared that have had as long as 9 in 10 needed.</p>
${tableHtml(tableOf(reading, measured, chosen))}</section>
<section class="card"><h2>By month of signature</h2>
<p class="hint">Of the handoffs compared above.</p><div class="graphs">${drawn.map((measure) => monthsHtml(reading, measured, { measure, chosen }))}</div></section>`
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
    ...changesTogether(versions).flatMap((together): readonly Offered[] => {
      const isOfAll = new Set(versions.map(whoseText)).size === 1;
      const each = together.map((change) =>
        offeredChange([change], { whose: isOfAll ? '' : `, ${whoseText(change)}`, zone, filter }),
      );
      return together.length > 1 ? [offeredChange(together, { whose: ', all segments', zone, filter }), ...each] : each;
    }),
    ...months
      .slice(1)
      .toReversed()
      .map(
        (month): Offered => ({
          id: month,
          title: `Before and since ${periodText(month)}`,
          change: { at: spanOf(month, zone).from },
          since: spanOf(month, zone).from,
          sides: {
            before: { title: `Before ${shortPeriod(month)}`, filter: { ...filter, to: periodAfter(month, -1) } },
            after: { title: `Since ${shortPeriod(month)}`, filter: { ...filter, from: month } },
          },
        }),
      ),
  ];
}

/** New versions of a playbook: of one segment, or of all that changed together. */
function offeredChange(
  together: readonly VersionChange[],
  { whose, zone, filter }: { readonly whose: string; readonly zone: string; readonly filter: Filter },
): Offered {
  const [from, to] = (['from', 'to'] as const).map((side) => together.map((change) => change[side].hash));
  const dates = together.map(({ to: { since } }) => since).toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const [first = '', name = ''] = [dates[0], together[0]?.to.name];
  const since = dayText(first, zone);
  const [only] = together.length === 1 ? together : [];
  return {
    id: only ? `${only.from.hash}.${only.to.hash}` : `all.${to?.[0]}`,
    title: `Playbook ${name}${whose}, changed ${since}`,
    what: differenceText(together),
    without: [...new Set(together.flatMap((each) => unlikeSteps(each.from, each.to)))],
    change: { from: from ?? [], to: to ?? [] },
    since: first,
    sides: {
      before: { title: `Before ${since}`, filter: { ...filter, playbook: (from ?? []).join(',') } },
      after: { title: `Since ${since}`, filter: { ...filter, playbook: (to ?? []).join(',') } },
    },
  };
}

function choiceForm({ linkId, filter }: ReportReading, offered: readonly Offered[], chosen: Offered): Html {
  const kept = new URL(reportPath(linkId, 'changes', filter), 'https://here.invalid').searchParams;
  return html`<form class="card no-print" method="get" action="${reportPath(linkId, 'changes')}">${[...kept].map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<div class="filters"><div class="field long"><label for="change">What changed</label><select id="change" name="change">${offered.map(
    ({ id, title }) => html`<option value="${id}"${id === chosen.id && html` selected`}>${title}</option>`,
  )}</select></div><div class="buttons"><button class="quiet">Compare</button></div></div></form>`;
}

function tableOf(
  reading: ReportReading,
  measured: Measured,
  { id, change, without, sides }: Offered,
): ReportTable<Comparison> {
  const comparisons = madeOnce(measured, `change ${id}`, () =>
    compare(compared, { ...splitBy(measured.handoffs, change), ...defined({ without }) }, measured.asOf),
  );
  return comparisonTable(reading, { id: 'compared', caption: 'Before and after', sides, comparisons });
}

function monthsHtml(
  reading: ReportReading,
  measured: Measured,
  { measure, chosen }: { readonly measure: MeasureId; readonly chosen: Offered },
): Content {
  const zone = reading.site.defaultZone;
  const months = madeOnce(measured, `by month ${measure} ${chosen.id}`, () => {
    const { before, after } = splitBy(measured.handoffs, chosen.change);
    const byMonth = Map.groupBy([...before, ...after], ({ signedAt }: MeasuredHandoff) => monthOf(signedAt, zone));
    const first = [...byMonth.keys()].sort()[0] ?? '';
    const { without = [] } = chosen;
    const of = definitionOf(measure).bySteps && without.length > 0 ? { without } : {};
    return periodsUntil(monthOf(measured.asOf, zone), mostMonths)
      .filter((month) => month >= first)
      .map((month) => ({ month, figure: figureOf(measure, byMonth.get(month) ?? [], of) }));
  });
  const at = placeOf(chosen.since, months, zone);
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
        cell: ({ figure }) => numberText(figure.n),
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
    ...(at !== undefined && { mark: { at, label: shortDay(chosen.since, zone) } }),
    table: html`<details class="plain"><summary>As a table</summary>${tableHtml(table)}</details>`,
  });
}

/** Where a day stands among months: a month's point is its middle. Undefined where there is nothing before it. */
function placeOf(at: string, months: readonly { readonly month: Period }[], zone: string): number | undefined {
  const month = monthOf(at, zone);
  const i = months.findIndex((each) => each.month === month);
  const { from, until } = spanOf(month, zone);
  const part = (Date.parse(at) - Date.parse(from)) / (Date.parse(until) - Date.parse(from));
  const place = i - 0.5 + part;
  return i < 0 || place < 0 ? undefined : Math.round(place * 100) / 100;
}

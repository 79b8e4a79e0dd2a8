import { definitionOf, type MeasureId } from '../../domain/reports/definitions.ts';
import { valueText } from '../../domain/reports/figure-text.ts';
import { type Figure, figureOf, figuresByStep } from '../../domain/reports/figures.ts';
import type { Behind, Filter } from '../../domain/reports/filters.ts';
import type { Measured, MeasuredHandoff } from '../../domain/reports/measured-handoff.ts';
import { behindPath } from '../../domain/reports/report-address.ts';
import { stepsInOrder } from '../../domain/reports/steps.ts';
import { monthOf } from '../../domain/time/weeks.ts';
import { type Content, html } from '../html.ts';
import { fewHtml, shortText, titleInFile, valueInFile } from './figure-marks.ts';
import { lineChart } from './line-chart.ts';
import { madeOnce } from './looked-at.ts';
import {
  figureLink,
  madeOfText,
  meaningHtml,
  reportOf,
  slowestOf,
  spreadColumns,
  wholeFigure,
} from './measures-page.ts';
import { periodText, shortPeriod } from './period-text.ts';
import { type ReportPage, reportPage } from './report-frame.ts';
import { askedFor, type ReportReading, seenFor } from './report-reading.ts';
import { type ReportTable, tableCsv, tableHtml } from './report-table.ts';
import { versionNames } from './version-names.ts';

/** A figure of a part of the handoffs. */
interface Part {
  /** What the parts have in common: 'Month of signature'. */
  readonly by: string;
  readonly name: string;
  /** For an axis. */
  readonly short: string;
  readonly figure: Figure;
  /** What leads to the handoffs of this part alone. */
  readonly filter?: Filter;
  readonly behind?: Partial<Behind>;
}

/** Most months that a chart shows. */
const mostMonths = 13;

/** One measure: what it is, by month of signature, and by what handoffs differ in. */
export function measurePage(reading: ReportReading, measure: MeasureId): ReportPage {
  const { title } = definitionOf(measure);
  const measured = askedFor(reading, reportOf(measure));
  const figure = wholeFigure(reading, measure);
  const [months, ...splits] = partsOf(reading, measure, measured);
  const body = html`${meaningHtml(measure)}
<section class="card">
<p class="lead"><strong>${figureLink(reading, figure)}</strong>${fewHtml(figure)}${spreadHtml(figure)}</p>
${months && months.length > 0 && monthsHtml(reading, measure, months)}
</section>
${splits
  .filter((parts) => parts.length > 1)
  .map((parts) => html`<section class="card">${tableHtml(partsTable(reading, parts))}</section>\n`)}`;
  return reportPage(reading, { page: 'measures', title, body, hasFile: figure.n > 0, kept: { of: measure } });
}

/** The same as a file: a row for each part. */
export function measureCsv(reading: ReportReading, measure: MeasureId): string {
  const measured = askedFor(reading, reportOf(measure));
  const all: Part = { by: 'All', name: 'All', short: 'All', figure: wholeFigure(reading, measure) };
  const table = partsTable(reading, [all, ...partsOf(reading, measure, measured).flat()]);
  const by = { title: 'Split by', cell: () => undefined, csv: (part: Part) => part.by };
  return tableCsv({
    ...table,
    columns: [by, ...table.columns.map((column, i) => (i === 0 ? { ...column, title: 'Part' } : column))],
  });
}

function spreadHtml(figure: Figure): Content {
  const { measure, n, notKnown: _silent, ...rest } = figure;
  const value = slowestOf(figure);
  const [all, counted] = [madeOfText(figure), madeOfText({ measure, n, ...rest })];
  const made = figure.value === undefined ? all : `${counted} counted${all.slice(counted.length)}`;
  return (
    n > 0 &&
    html` <span class="soft">${value !== undefined && `90% within ${valueText({ measure, value })}, `}${made}</span>`
  );
}

function monthsHtml(reading: ReportReading, measure: MeasureId, months: readonly Part[]): Content {
  const { title, summary, better } = definitionOf(measure);
  return lineChart({
    id: 'months',
    title: `${title} by month of signature`,
    summary: months.map(({ name, figure }) => `${name}: ${valueText(figure)}.`).join(' '),
    points: months.map(({ short, figure }) => ({ label: short, value: figure.value, few: figure.isSmall })),
    ...(summary === 'median' &&
      better !== 'more' && {
        beside: { own: 'Median', name: '90% are within', values: months.map(({ figure }) => slowestOf(figure)) },
      }),
    format: (value) => shortText(measure, value),
    table: tableHtml(partsTable(reading, months)),
  });
}

function partsTable(reading: ReportReading, parts: readonly Part[]): ReportTable<Part> {
  const [first] = parts;
  const measure = first?.figure.measure ?? 'won';
  const by = first?.by ?? '';
  return {
    id: `by-${by.toLowerCase().replaceAll(' ', '-')}`,
    caption: `By ${by.toLowerCase()}`,
    rows: parts,
    columns: [
      { title: by, cell: ({ name }) => html`<bdi>${name}</bdi>`, csv: ({ name }) => name },
      {
        title: 'Figure',
        titleInFile: titleInFile(measure),
        isNumber: true,
        cell: (part) => html`${partLink(reading, part)}${fewHtml(part.figure)}`,
        csv: ({ figure }) => valueInFile(measure, figure.value),
      },
      ...spreadColumns<Part>(({ figure }) => figure, [measure]),
    ],
  };
}

function partLink({ linkId, filter }: ReportReading, part: Part): Content {
  if (part.figure.handoffs.length === 0) return valueText(part.figure);
  const behind = { measure: part.figure.measure, ...part.behind };
  return html`<a href="${behindPath(linkId, { ...filter, ...part.filter }, behind)}">${valueText(part.figure)}</a>`;
}

/** By month of signature first; then by each in which handoffs differ. */
const partsOf = (reading: ReportReading, measure: MeasureId, measured: Measured): readonly (readonly Part[])[] =>
  madeOnce(measured, `parts ${measure}`, () => partsIn(reading, measure, measured));

function partsIn(
  reading: ReportReading,
  measure: MeasureId,
  { handoffs, playbooks }: Measured,
): readonly (readonly Part[])[] {
  const { defaultZone } = reading.site;
  const split = (
    by: string,
    of: (handoff: MeasuredHandoff) => string | undefined,
    tell: (key: string) => Omit<Part, 'by' | 'figure'>,
  ) => {
    const groups = Map.groupBy(handoffs, of);
    return [...groups.keys()]
      .filter((key) => key !== undefined)
      .sort()
      .map((key): Part => ({ by, figure: figureOf(measure, groups.get(key) ?? []), ...tell(key) }));
  };
  const versions = versionNames(seenFor(reading, 'measures'), defaultZone);
  const named = (name: string, filter: Filter) => ({ name, short: name, filter });
  const months = split(
    'Month of signature',
    ({ signedAt }) => monthOf(signedAt, defaultZone),
    (month) => ({
      name: periodText(month),
      short: shortPeriod(month),
      filter: { from: month, to: month },
    }),
  );
  return [
    months.slice(-mostMonths),
    split(
      'Segment',
      ({ segment }) => segment,
      (segment) => named(segment, { segment }),
    ),
    split(
      'Industry',
      ({ industry }) => industry,
      (industry) => named(industry, { industry }),
    ),
    split(
      'Playbook version',
      ({ playbook }) => playbook.hash,
      (hash) => named(versions.get(hash) ?? hash, { playbook: hash }),
    ),
    ...(definitionOf(measure).bySteps ? [stepParts(measure, handoffs, playbooks)] : []),
  ];
}

/** In the order of the SOP. */
function stepParts(
  measure: MeasureId,
  handoffs: readonly MeasuredHandoff[],
  playbooks: Measured['playbooks'],
): readonly Part[] {
  const figures = figuresByStep(measure, handoffs);
  return stepsInOrder(playbooks).flatMap(({ id, title }): readonly Part[] => {
    const figure = figures.get(id);
    return figure ? [{ by: 'Step', name: title, short: title, figure, behind: { step: id } }] : [];
  });
}

import { definitionOf, type MeasureDefinition, type MeasureId, measureIds } from '../../domain/reports/definitions.ts';
import { sampleText, valueText } from '../../domain/reports/figure-text.ts';
import { type Figure, figureOf, figuresOf } from '../../domain/reports/figures.ts';
import { behindPath, reportPath } from '../../domain/reports/report-address.ts';
import type { ReportId } from '../../domain/reports/who-sees.ts';
import { numberText } from '../../domain/texts/number-text.ts';
import { type Content, type Html, html } from '../html.ts';
import { countedIn, countsInFile, fewHtml, titleInFile, valueInFile } from './figure-marks.ts';
import { madeOnce } from './looked-at.ts';
import { nothingThere } from './nothing-there.ts';
import { type ReportPage, reportPage } from './report-frame.ts';
import { askedFor, isSeen, type ReportReading, seenFor } from './report-reading.ts';
import { type ReportTable, tableCsv, tableHtml } from './report-table.ts';

/** Of whose handoffs a measure is made for a reader: the AE completeness score is shown to fewer than the rest. */
export const reportOf = (measure: MeasureId): ReportId => (measure === 'completeness' ? 'completeness' : 'measures');

/** Every measure that the reader may see, each with its figure; what it means and who asks for it is folded. */
export function measuresPage(reading: ReportReading): ReportPage {
  const table = measuresTable(reading);
  const isEmpty = table.rows.every(({ n }) => n === 0);
  const body = isEmpty
    ? nothingThere(reading, 'measures')
    : html`<section class="card">${tableHtml(table)}
<p class="hint">Below 10 handoffs or steps a figure is marked “few cases”: a single one moves it a lot. A step counts each time it is asked.</p></section>`;
  return reportPage(reading, { page: 'measures', title: 'Measures', body, hasFile: !isEmpty });
}

/**
 * Whether a measure is shown to a reader. The AE completeness score is where they may see anybody's: whoever leads no account
 * executive, as in revenue operations, would always find it empty.
 */
export const isShown = (reading: ReportReading, measure: MeasureId): boolean =>
  isSeen(reading, reportOf(measure)) &&
  (measure !== 'completeness' ||
    seenFor(reading, 'completeness').handoffs.some(({ completeness }) => completeness !== undefined));

/** The same as a file. */
export const measuresCsv = (reading: ReportReading): string => tableCsv(measuresTable(reading));

function measuresTable(reading: ReportReading): ReportTable<Figure> {
  const rows = figuresSeen(reading);
  return {
    id: 'measures',
    caption: 'All measures, of handoffs by their signature',
    rows,
    columns: [
      { title: 'Measure', cell: (figure) => measureHtml(reading, figure), csv: ({ measure }) => titleInFile(measure) },
      {
        title: 'Figure',
        isNumber: true,
        cell: (figure) => html`${figureLink(reading, figure)}${fewHtml(figure)}`,
        csv: ({ measure, value }) => valueInFile(measure, value),
      },
      ...spreadColumns<Figure>((figure) => figure, measureIds),
      {
        title: 'Formula',
        isOnlyInFile: true,
        cell: () => undefined,
        csv: ({ measure }) => definitionOf(measure).formula,
      },
      {
        title: 'Source',
        isOnlyInFile: true,
        cell: () => undefined,
        csv: ({ measure }) => definitionOf(measure).source.join(' '),
      },
    ],
  };
}

/** A figure of each measure that the reader may see, all of a report at once. */
function figuresSeen(reading: ReportReading): readonly Figure[] {
  const seen = measureIds.filter((measure) => isShown(reading, measure));
  const found = [...new Set(seen.map(reportOf))].flatMap((report) => {
    const asked = askedFor(reading, report);
    const measures = seen.filter((measure) => reportOf(measure) === report);
    return madeOnce(asked, `figures ${report}`, () => figuresOf(measures, asked.handoffs));
  });
  return found.toSorted((a, b) => measureIds.indexOf(a.measure) - measureIds.indexOf(b.measure));
}

/** The figure of a measure over all that is asked for. */
export function wholeFigure(reading: ReportReading, measure: MeasureId): Figure {
  const asked = askedFor(reading, reportOf(measure));
  return madeOnce(asked, `figure ${measure}`, () => figureOf(measure, asked.handoffs));
}

/** How far figures of these measures spread, and of how many they are made. What could say nothing of any stands in a file alone. */
export const spreadColumns = <Row>(
  of: (row: Row) => Figure,
  measures: readonly MeasureId[],
): ReportTable<Row>['columns'] => [
  {
    title: '90% are within',
    isNumber: true,
    ...(!measures.some(hasSlowest) && { isOnlyInFile: true }),
    cell: (row) => spreadText(of(row)),
    csv: (row) => valueInFile(of(row).measure, slowestOf(of(row))),
  },
  {
    title: 'Counted',
    isNumber: true,
    cell: (row) => madeOfText(of(row)),
    csv: (row) => of(row).n,
  },
  ...countsInFile(of).filter(({ title }) => title !== 'Counted'),
];

const hasSlowest = (measure: MeasureId): boolean => {
  const { summary, better } = definitionOf(measure);
  return summary === 'median' && better !== 'more';
};

/** What 90% are within; nothing where more is better: there it would be read the wrong way round. */
export const slowestOf = ({ measure, percentile90 }: Figure): number | undefined =>
  hasSlowest(measure) ? percentile90 : undefined;

function spreadText(figure: Figure): Content {
  const value = slowestOf(figure);
  return value !== undefined && valueText({ measure: figure.measure, value });
}

/** A number of things is made of as many handoffs as it says, or fewer. */
export const madeOfText = (figure: Figure): string => sampleText(figure) || numberText(figure.n);

/** A figure that leads to the handoffs behind it; nothing leads nowhere. */
export function figureLink({ linkId, filter }: ReportReading, figure: Figure, behind: object = {}): Html {
  if (figure.handoffs.length === 0) return html`${valueText(figure)}`;
  return html`<a href="${behindPath(linkId, filter, { measure: figure.measure, ...behind })}">${valueText(figure)}</a>`;
}

function measureHtml({ linkId, filter }: ReportReading, { measure }: Figure): Html {
  const { title } = definitionOf(measure);
  return html`<a href="${reportPath(linkId, 'measures', filter, { of: measure })}">${title}</a><details class="plain"><summary class="hint">What it is</summary>${meaningHtml(measure)}</details>`;
}

const betterTexts = { more: 'More is better.', less: 'Less is better.', neither: '' } as const;
const summaryTexts = {
  median: 'The median: half are within it.',
  mean: 'The average.',
  share: 'A share.',
  total: 'A number.',
} as const;

/** Who asks for a measure: the guides have no other names, and `infra/docs/measures.md` says the same. */
function sourceText(source: MeasureDefinition['source']): string {
  const guides = source.filter((each) => each !== 'P');
  const told = [
    ...(guides.length > 0 ? [`SOP ${guides.length === 1 ? 'guide' : 'guides'} ${guides.join(', ')}`] : []),
    ...(source.includes('P') ? ['users of other tools, who miss it'] : []),
  ];
  return `Asked for by ${told.join('; ')}.`;
}

/** Formula, unit and source of a measure, as its definition says them. */
export function meaningHtml(measure: MeasureId): Html {
  const { formula, source, better, summary } = definitionOf(measure);
  return html`<p class="soft">${formula} ${summaryTexts[summary]} ${betterTexts[better]} Counted in ${countedIn(measure)}. ${sourceText(source)}</p>`;
}

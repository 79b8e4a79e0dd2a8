import { type Banding, bandings, bandingTitles } from '../../domain/reports/bands.ts';
import { type Comparison, enoughToSay, verdictText } from '../../domain/reports/comparison.ts';
import { definitionOf } from '../../domain/reports/definitions.ts';
import { sampleText, valueText } from '../../domain/reports/figure-text.ts';
import type { Figure } from '../../domain/reports/figures.ts';
import {
  type ComparedBands,
  type OutcomesByBand,
  type OutcomesOfBand,
  outcomeMeasures,
  outcomesBy,
} from '../../domain/reports/outcomes.ts';
import { behindPath, reportPath } from '../../domain/reports/report-address.ts';
import { numberText } from '../../domain/texts/number-text.ts';
import { type Content, type Html, html } from '../html.ts';
import { barChart } from './bar-chart.ts';
import { sideHtml, signedText } from './comparison-table.ts';
import { csvText } from './csv.ts';
import { fewHtml, titleInFile, valueInFile } from './figure-marks.ts';
import { madeOnce } from './looked-at.ts';
import { type ReportPage, reportPage } from './report-frame.ts';
import { askedFor, type ReportReading } from './report-reading.ts';
import { type ReportTable, tableHtml } from './report-table.ts';

/** What the bars show. */
const drawn = 'renewed';

/** What became of customers, by how their handoffs went: score, package, time to first value. */
export function outcomesPage(reading: ReportReading): ReportPage {
  const found = outcomesOf(reading);
  const told = found.some(({ bands }) => bands.some((band) => band.told > 0 || band.figures.some(({ n }) => n > 0)));
  const body = told
    ? html`<p class="lead">What became of customers, by how their handoffs went. It is no proof of a cause.</p>
${found.map((each) => html`<section class="card"><h2>By ${bandingTitles[each.banding].toLowerCase()}</h2>${bandsHtml(reading, each)}</section>\n`)}`
    : html`<p class="card">Nothing is known yet of what became of customers. Your CRM tells it by events: customer expanded, renewed, or churned, onboarding completed.</p>`;
  return reportPage(reading, { page: 'outcomes', title: 'Outcomes', body, hasFile: told });
}

/** The same as a file: a row for each band and outcome. */
export function outcomesCsv(reading: ReportReading): string {
  const rows = outcomesOf(reading).flatMap(({ banding, bands }) =>
    bands.flatMap(({ band, handoffs, figures }) =>
      figures.map(({ measure, value, n }) => [
        bandingTitles[banding],
        band.title,
        handoffs,
        titleInFile(measure),
        valueInFile(measure, value),
        n,
      ]),
    ),
  );
  return csvText(['By', 'Band', 'Handoffs', 'Outcome', 'Share (%)', 'Counted'], rows);
}

function outcomesOf(reading: ReportReading): readonly OutcomesByBand[] {
  const asked = askedFor(reading, 'outcomes');
  return madeOnce(asked, 'outcomes', () => bandings.map((banding) => outcomesBy(banding, asked.handoffs, asked.asOf)));
}

function bandsHtml(reading: ReportReading, { banding, bands, comparisons }: OutcomesByBand): Content {
  const at = outcomeMeasures.indexOf(drawn);
  const bars = bands.map(({ band, figures }) => ({
    label: shortTitle(band.title),
    value: figures[at]?.value,
    few: figures[at]?.isSmall,
  }));
  const { title } = definitionOf(drawn);
  const chart = barChart({
    id: `bars-${banding}`,
    title: `${title}, by ${bandingTitles[banding].toLowerCase()}`,
    summary: bands
      .map(({ band, figures }) => `${band.title}: ${figures[at] ? valueText(figures[at]) : '–'}.`)
      .join(' '),
    bars,
    format: (value) => valueText({ measure: drawn, value }),
    most: 1,
    table: html`${tableHtml(tableOf(reading, banding, bands))}
<h3>The best beside the lowest</h3>
<p class="hint">The two furthest apart with ${enoughToSay} handoffs each; where no two have as many, the first and the last. Only those signed long enough ago count.</p>
<ul>${comparisons.map((compared) => html`<li>${comparedHtml(reading, compared)}</li>`)}</ul>`,
  });
  return chart;
}

/** 'Score 80 to 100' as '80 to 100': the heading has the rest. */
const shortTitle = (title: string): string =>
  title.replace(/^(Score|Package|First value) /, '').replace(/ at signing$/, '');

function comparedHtml(reading: ReportReading, { best, lowest, comparison }: ComparedBands): Html {
  const [good, low] = [best, lowest].map(({ title }) => title);
  const side = (figure: Figure, band: string): Content =>
    sideHtml(reading, figure, { ...comparison, filter: { ...reading.filter, band } });
  const told = ({ before, after }: Comparison['handoffs']): string => `${after} of “${good}”, ${before} of “${low}”`;
  return html`<strong>${definitionOf(comparison.measure).title}.</strong> ${good}: ${side(comparison.after, best.id)}. ${low}: ${side(comparison.before, lowest.id)}. ${verdictText(comparison, told)}${signedText(reading, comparison)}`;
}

function tableOf(
  { linkId, filter }: ReportReading,
  banding: Banding,
  rows: readonly OutcomesOfBand[],
): ReportTable<OutcomesOfBand> {
  const number = (count: number, path: string): Html =>
    count === 0 ? html`0` : html`<a href="${path}">${numberText(count)}</a>`;
  return {
    id: `table-${banding}`,
    caption: `Outcomes by ${bandingTitles[banding].toLowerCase()}`,
    rows,
    columns: [
      { title: 'Handoffs', cell: ({ band }) => shortTitle(band.title), csv: ({ band }) => band.title },
      {
        title: 'Number',
        isNumber: true,
        cell: ({ band, handoffs }) => number(handoffs, reportPath(linkId, 'handoffs', { ...filter, band: band.id })),
        csv: ({ handoffs }) => handoffs,
      },
      ...outcomeMeasures.map((measure, i) => ({
        title: definitionOf(measure).title,
        isNumber: true,
        cell: ({ band, figures }: OutcomesOfBand) => {
          const figure = figures[i];
          if (!figure || figure.n === 0) return '–';
          const behind = behindPath(linkId, { ...filter, band: band.id }, { measure });
          return html`<a href="${behind}">${valueText(figure)}</a><span class="soft">${sampleText(figure)}</span>${fewHtml(figure)}`;
        },
        csv: ({ figures }: OutcomesOfBand) => valueInFile(measure, figures[i]?.value),
      })),
    ],
  };
}

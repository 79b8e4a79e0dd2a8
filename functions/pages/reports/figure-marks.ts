import { definitionOf, type MeasureId } from '../../domain/reports/definitions.ts';
import { valueText } from '../../domain/reports/figure-text.ts';
import type { Figure } from '../../domain/reports/figures.ts';
import { numberText } from '../../domain/texts/number-text.ts';
import { type Content, html } from '../html.ts';
import type { ReportColumn } from './report-table.ts';

/** '1 handoff', '1,250 handoffs'. */
export const countedText = (count: number, noun: string): string =>
  `${numberText(count)} ${noun}${count === 1 ? '' : 's'}`;

/** '0.4 days', '1 day', '12.5 days'; never '0 days'. */
export function daysText(days: number): string {
  const said = numberText(days, { digits: 1 });
  if (said === '0') return 'less than a day';
  return `${said} ${said === '1' ? 'day' : 'days'}`;
}

/** A value where there is no room for its unit, on an axis or in a cell: '62%', '4.2'. */
export const shortText = (measure: MeasureId, value: number): string =>
  definitionOf(measure).unit === 'percent' ? valueText({ measure, value }) : numberText(value, { digits: 1 });

/** A value for a file, to two decimals: a share in percent. */
export const valueInFile = (measure: MeasureId, value: number | undefined): number | undefined =>
  value === undefined
    ? undefined
    : Math.round(value * (definitionOf(measure).unit === 'percent' ? 100 : 1) * 100) / 100;

/** What a file calls the values of a measure: 'Steps on time (%)', 'Time to completion (days)'. */
export function titleInFile(measure: MeasureId): string {
  const { title, unit } = definitionOf(measure);
  return unit === 'handoffs' || unit === 'items' ? title : `${title} (${unit === 'percent' ? '%' : unit})`;
}

/** What has to be said beside a figure that few samples made. */
export const fewHtml = ({ isSmall, n }: Pick<Figure, 'isSmall' | 'n'>): Content =>
  isSmall && n > 0 && html` <span class="few">few cases</span>`;

/** A value with that mark, for those who hear it. */
export const markedText = (figure: Figure): string => `${valueText(figure)}${isMarked(figure) ? ' (few cases)' : ''}`;

/** Beside a value in a file: of how many it is made, of a share how many are so, and the mark; so that it can be made again. */
export const countsInFile = <Row>(
  of: (row: Row) => Figure | undefined,
  title: (what: string) => string = (what) => what,
): readonly ReportColumn<Row>[] =>
  [
    { title: 'Yes', csv: (row: Row) => of(row)?.hits },
    { title: 'Counted', csv: (row: Row) => of(row)?.n },
    { title: 'Few cases', csv: (row: Row) => (isMarked(of(row)) ? 'few cases' : undefined) },
  ].map((column) => ({ ...column, title: title(column.title), isOnlyInFile: true, cell: () => undefined }));

const isMarked = (figure: Figure | undefined): boolean => figure?.isSmall === true && figure.n > 0;

/** What is counted in a measure: 'handoffs', 'answers' to requests, 'open items'. */
export function countedIn(measure: MeasureId): string {
  const { bySteps, unit } = definitionOf(measure);
  if (bySteps) return 'steps, each time they were asked';
  return unit === 'items' || measure === 'openItemsSettled' ? 'open items' : 'handoffs';
}

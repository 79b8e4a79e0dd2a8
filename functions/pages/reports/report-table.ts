import { type Content, type Html, html } from '../html.ts';
import { type CsvCell, csvText } from './csv.ts';

export interface ReportColumn<Row> {
  readonly title: string;
  /** The same for a file, where it has to say the unit. */
  readonly titleInFile?: string;
  /** How a page shows it. */
  readonly cell: (row: Row) => Content;
  /** How a file holds it. */
  readonly csv: (row: Row) => CsvCell;
  /** What a page has no room for. */
  readonly isOnlyInFile?: boolean;
  /** Numbers stand at the end of their column. */
  readonly isNumber?: boolean;
  /** Where its heading leads, which sorts by it, and how it is sorted now. */
  readonly sorts?: { readonly href: string; readonly now?: 'ascending' | 'descending' | undefined };
}

/** One table, for the page and for the file alike, so that both say the same. The first column names its row. */
export interface ReportTable<Row> {
  /** One of a kind on the page. */
  readonly id: string;
  readonly caption: Content;
  readonly columns: readonly ReportColumn<Row>[];
  readonly rows: readonly Row[];
}

/** A table that scrolls by itself where the window is narrow, by keyboard as well. */
export function tableHtml<Row>({ id, caption, columns, rows }: ReportTable<Row>): Html {
  const shown = columns.filter(({ isOnlyInFile }) => !isOnlyInFile);
  const [first, ...others] = shown;
  return html`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}"><table>
<caption id="${id}">${caption}</caption>
<thead><tr>${shown.map(headingHtml)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row" dir="auto">${first?.cell(row)}</th>${others.map(
        ({ cell, isNumber }) => html`<td${isNumber ? html` class="num"` : html` dir="auto"`}>${cell(row)}</td>`,
      )}</tr>\n`,
  )}</tbody>
</table></div>`;
}

function headingHtml<Row>({ title, isNumber, sorts }: ReportColumn<Row>): Html {
  return html`<th scope="col"${isNumber && html` class="num"`}${sorts?.now && html` aria-sort="${sorts.now}"`}>${
    sorts ? html`<a href="${sorts.href}">${title}</a>${sortMark(sorts.now)}` : title
  }</th>`;
}

const sortMark = (now: 'ascending' | 'descending' | undefined): Content =>
  now && html` <span aria-hidden="true">${now === 'ascending' ? '↑' : '↓'}</span>`;

/** The same table as a file. */
export const tableCsv = <Row>({ columns, rows }: ReportTable<Row>): string =>
  csvText(
    columns.map(({ title, titleInFile = title }) => titleInFile),
    rows.map((row) => columns.map(({ csv }) => csv(row))),
  );

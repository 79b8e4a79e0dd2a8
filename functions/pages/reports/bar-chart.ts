import { scaleBand, scaleLinear } from 'd3-scale';
import { type Content, type Html, html } from '../html.ts';

export interface Bar {
  readonly label: string;
  /** Absent where there is nothing to measure. */
  readonly value?: number | undefined;
  /** Made of so few that it says little. */
  readonly few?: boolean | undefined;
}

export interface BarChart {
  /** One of a kind on the page. */
  readonly id: string;
  readonly title: Content;
  /** What it shows, in a sentence, for those who don't see it. */
  readonly summary: string;
  readonly bars: readonly Bar[];
  /** A value with its unit. */
  readonly format: (value: number) => string;
  /** The end of the axis, as 100 of a share; the largest value where it is left out. */
  readonly most?: number;
  /** The table behind it, which says everything. */
  readonly table: Content;
}

const size = { width: 320, row: 30, label: 160, right: 44 } as const;

/** Bars beside each other's names as SVG, with the table behind them. What is of few cases is pale with a broken edge. */
export function barChart({ id, title, summary, bars, format, most, table }: BarChart): Html {
  const height = Math.max(bars.length, 1) * size.row;
  const x = scaleLinear()
    .domain([0, most ?? (Math.max(...bars.map(({ value = 0 }) => value), 0) || 1)])
    .range([size.label, size.width - size.right]);
  const y = scaleBand<number>()
    .domain(bars.map((_, i) => i))
    .range([0, height])
    .padding(0.3);
  const rows = bars.map(({ label, value, few }, i) => {
    const top = y(i) ?? 0;
    const middle = round(top + y.bandwidth() / 2 + 4);
    const end = round(x(value ?? 0));
    return html`<text x="${size.label - 8}" y="${middle}" text-anchor="end">${label}</text>${
      value !== undefined &&
      html`<rect class="bar-1${few && ' bar-few'}" x="${size.label}" y="${round(top)}" width="${round(Math.max(end - size.label, 1))}" height="${round(y.bandwidth())}" rx="3"/>`
    }<text class="value" x="${end + 6}" y="${middle}">${value === undefined ? '–' : format(value)}</text>`;
  });
  return html`<figure class="graph"><figcaption id="${id}-title">${title}</figcaption>
<div class="drawn"><svg viewBox="0 0 ${size.width} ${height}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-said"><desc id="${id}-said">${summary}</desc><path class="axis" d="M${size.label} 0V${height}"/>${rows}</svg>
${bars.some(({ few, value }) => few && value !== undefined) && html`<p class="hint">A pale bar is of few cases.</p>`}</div>
<div class="told">${table}</div></figure>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { type Content, type Html, html } from '../html.ts';

export interface ChartPoint {
  /** Of the axis, short: `W47`, `Nov`. */
  readonly label: string;
  /** Absent where there is nothing to measure: the line has a gap there. */
  readonly value?: number | undefined;
  /** Made of so few that it says little. */
  readonly few?: boolean | undefined;
}

export interface LineChart {
  /** One of a kind on the page. */
  readonly id: string;
  readonly title: Content;
  /** What it shows, in a sentence, for those who don't see it. */
  readonly summary: string;
  readonly points: readonly ChartPoint[];
  /** A second line to compare with, point by point; `name` is said in the legend. */
  readonly beside?: { readonly name: string; readonly own: string; readonly values: readonly (number | undefined)[] };
  /** A value with its unit. */
  readonly format: (value: number) => string;
  /** The table behind it, which says everything. */
  readonly table: Content;
  /** Where something changed: 1.5 is halfway between the points with the indexes 1 and 2. */
  readonly mark?: { readonly at: number; readonly label: string };
}

const size = { width: 320, height: 170, left: 42, right: 10, top: 12, bottom: 26 } as const;
/** More labels than these would touch. */
const mostLabels = 7;

/** A line over time as SVG, with the table behind it. What is of few cases is a hollow dot. */
export function lineChart(chart: LineChart): Html {
  const { id, title, summary, points, beside, format, table, mark } = chart;
  const values = [...points.map(({ value }) => value), ...(beside?.values ?? [])].filter((each) => each !== undefined);
  const y = scaleLinear()
    .domain([0, Math.max(...values, 0) || 1])
    .nice(4)
    .range([size.height - size.bottom, size.top]);
  const x = scalePoint<number>()
    .domain(points.map((_, i) => i))
    .range([size.left, size.width - size.right])
    .padding(0.2);
  const at = (i: number): number => round(x(i) ?? 0);
  const path = (of: readonly (number | undefined)[]): string =>
    line<number | undefined>()
      .defined((value) => value !== undefined)
      .x((_, i) => at(i))
      .y((value) => round(y(value ?? 0)))
      .digits(1)(of) ?? '';
  const every = Math.ceil(points.length / mostLabels);
  const own = points.map(({ value }) => value);
  const body = html`${y
    .ticks(4)
    .map(
      (tick) =>
        html`<path class="axis" d="M${size.left} ${round(y(tick))}H${size.width - size.right}"/><text x="${size.left - 6}" y="${round(y(tick)) + 4}" text-anchor="end">${format(tick)}</text>`,
    )}${points.map(
    ({ label }, i) =>
      (points.length - 1 - i) % every === 0 &&
      html`<text x="${at(i)}" y="${size.height - 8}" text-anchor="middle">${label}</text>`,
  )}${
    mark && markHtml(round(at(0) + mark.at * x.step()), mark.label)
  }${beside && html`<path class="line-2" d="${path(beside.values)}"/>`}<path class="line-1" d="${path(own)}"/>${points.map(
    ({ value, few }, i) =>
      value !== undefined &&
      html`<circle class="${few ? 'dot-few' : 'dot-1'}" cx="${at(i)}" cy="${round(y(value))}" r="3.5"/>`,
  )}`;
  return html`<figure class="graph"><figcaption id="${id}-title">${title}</figcaption>
<div class="drawn"><svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-said"><desc id="${id}-said">${summary}</desc>${body}</svg>
${beside && html`<p class="hint">${beside.own}: solid line. ${beside.name}: dashed line.</p>`}${points.some(({ few, value }) => few && value !== undefined) && html`<p class="hint">A hollow dot is of few cases.</p>`}</div>
<div class="told">${table}</div></figure>`;
}

/** Beside the line, on the side where there is more room. */
function markHtml(at: number, label: string): Html {
  const isLate = at > (size.width + size.left) / 2;
  return html`<path class="mark" d="M${at} ${size.top}V${size.height - size.bottom}"/><text x="${at + (isLate ? -4 : 4)}" y="${size.top - 3}"${isLate && html` text-anchor="end"`}>${label}</text>`;
}

/**
 * The last weeks as a small line beside a number, which says it all; those who don't see it get the numbers. A week of few cases has a
 * hollow dot, the last one has a dot in any case.
 */
export function sparkline(points: readonly Pick<ChartPoint, 'value' | 'few'>[]): Content {
  const values = points.map(({ value }) => value);
  const [width, height, edge] = [200, 36, 5];
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return undefined;
  const y = scaleLinear()
    .domain([Math.min(...known, 0), Math.max(...known, 0) || 1])
    .range([height - edge, edge]);
  const x = scaleLinear()
    .domain([0, Math.max(values.length - 1, 1)])
    .range([edge, width - edge]);
  const path = line<number | undefined>()
    .defined((value) => value !== undefined)
    .x((_, i) => x(i))
    .y((value) => y(value ?? 0))
    .digits(1);
  const dots = points.map((point, i) => ({ ...point, i })).filter(({ value }) => value !== undefined);
  const last = dots.at(-1);
  return html`<svg viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false"><path class="line-1" d="${path(values) ?? ''}"/>${dots
    .filter((dot) => dot === last || dot.few)
    .map(
      ({ i, value = 0, few }) =>
        html`<circle class="${few ? 'dot-few' : 'dot-1'}" cx="${round(x(i))}" cy="${round(y(value))}" r="4"/>`,
    )}</svg>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

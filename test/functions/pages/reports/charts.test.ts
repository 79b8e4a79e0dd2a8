import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { html } from '../../../../functions/pages/html.ts';
import { barChart } from '../../../../functions/pages/reports/bar-chart.ts';
import { type ChartPoint, lineChart, sparkline } from '../../../../functions/pages/reports/line-chart.ts';

const table = html`<table></table>`;
const chartOf = (points: readonly ChartPoint[]) =>
  parse(lineChart({ id: 'c', title: 'Days & weeks', summary: 'May: 1.', points, format: String, table }).toString());
const points = (...values: readonly (number | undefined)[]) =>
  values.map((value, i) => ({ label: `W${i + 1}`, value }));

describe('A line chart', () => {
  it('has a title, a sentence for those who do not see it, and its table', () => {
    const chart = chartOf(points(1, 2, 3));
    const svg = chart.querySelector('svg');
    expect(svg?.getAttribute('role')).toBe('img');
    expect(chart.querySelector(`#${svg?.getAttribute('aria-labelledby')}`)?.text).toBe('Days & weeks');
    expect(chart.querySelector(`#${svg?.getAttribute('aria-describedby')}`)?.text).toBe('May: 1.');
    expect(chart.querySelector('table')).not.toBeNull();
    expect(chart.toString()).not.toContain('style=');
  });

  it('leaves a gap where nothing was measured, and says what is a small sample', () => {
    const chart = chartOf([...points(1, undefined, 3), { label: 'W4', value: 2, few: true }]);
    expect(chart.querySelector('.line-1')?.getAttribute('d')?.match(/M/g)).toHaveLength(2);
    expect(chart.querySelectorAll('circle')).toHaveLength(3);
    expect(chart.querySelectorAll('.dot-few')).toHaveLength(1);
    expect(chart.text).toContain('hollow dot');
  });

  it.each([
    ['nothing', []],
    ['one value', [5]],
    ['nothing but zeros', [0, 0]],
    ['gaps alone', [undefined, undefined]],
    ['very many', Array.from({ length: 60 }, (_, i) => i)],
  ])('draws %s without a number that is none', (_name, values) => {
    const text = chartOf(points(...values)).toString();
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    const line = sparkline(values.map((value) => ({ value })));
    expect(String(line ?? '')).not.toMatch(/NaN|Infinity|undefined/);
    // An empty line would be a tall white space.
    expect(line === undefined).toBe(values.every((value) => value === undefined));
    // Labels that touch can't be read.
    expect(text.match(/text-anchor="middle"/g)?.length ?? 0).toBeLessThanOrEqual(7);
  });
});

describe('A bar chart', () => {
  it('says every value, and a dash where there is none', () => {
    const bars = [
      { label: '0 to 49', value: 0.2 },
      { label: '50 to 79', value: 0.5, few: true },
      { label: '80 to 100' },
    ];
    const format = (value: number) => `${value * 100}%`;
    const chart = parse(barChart({ id: 'b', title: 'Renewed', summary: 's', bars, format, most: 1, table }).toString());
    expect(chart.querySelectorAll('.value').map(({ text }) => text)).toEqual(['20%', '50%', '–']);
    expect(chart.querySelectorAll('rect')).toHaveLength(2);
    expect(chart.querySelectorAll('.bar-few')).toHaveLength(1);
  });

  it('draws none at all', () => {
    const none = barChart({ id: 'b', title: 'None', summary: 's', bars: [], format: String, table }).toString();
    expect(none).not.toMatch(/NaN|Infinity|undefined/);
  });
});

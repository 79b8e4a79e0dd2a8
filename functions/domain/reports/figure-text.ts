import { definitionOf, type MeasureDefinition } from './definitions.ts';
import type { Figure } from './figures.ts';

/** What stands where there is nothing to count. */
export const noFigure = '–';

/** '82%', '4.5 days', '8.3 of 10', '12'; `noFigure` where there is nothing to count. `locale`: BCP 47. */
export const valueText = ({ measure, value }: Pick<Figure, 'measure' | 'value'>, locale = 'en-US'): string =>
  value === undefined ? noFigure : inUnit(definitionOf(measure).unit, value, locale);

/** How many samples a figure is made of: '9 of 11' of a share, else '11'; nothing of a number of things, which says it itself. */
export function sampleText({ measure, hits, n }: Figure): string {
  if (definitionOf(measure).summary === 'total') return '';
  return hits === undefined ? String(n) : `${hits} of ${n}`;
}

function inUnit(unit: MeasureDefinition['unit'], value: number, locale: string): string {
  const written = (digits: number) => value.toLocaleString(locale, { maximumFractionDigits: digits });
  switch (unit) {
    case 'percent':
      return value.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 0 });
    case 'days':
      return `${written(1)} ${written(1) === '1' ? 'day' : 'days'}`;
    case 'of 10':
      return `${written(1)} of 10`;
    case 'of 100':
      return `${written(0)} of 100`;
    case 'handoffs':
    case 'items':
      return written(0);
  }
}

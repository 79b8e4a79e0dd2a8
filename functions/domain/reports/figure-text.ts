import { numberText, percentText } from '../texts/number-text.ts';
import { definitionOf, type MeasureDefinition } from './definitions.ts';
import type { Figure } from './figures.ts';

/** What stands where there is nothing to count. */
export const noFigure = '–';

/**
 * '82%', '4.5 days', '8.3 of 10', '12'; '362 said yes' where a share needs a no; `noFigure` where there is nothing to count. `locale`:
 * BCP 47.
 */
export function valueText(
  { measure, value, hits = 0 }: Pick<Figure, 'measure' | 'value' | 'hits'>,
  locale = 'en-US',
): string {
  if (value !== undefined) return inUnit(definitionOf(measure).unit, value, locale);
  return hits > 0 ? `${numberText(hits, { locale })} said yes` : noFigure;
}

/**
 * How many samples a figure is made of: '9 of 11' of a share, else '11', and '138 not known' where that is counted; nothing of a
 * number of things, which says it itself.
 */
export function sampleText({ measure, value, hits, n, notKnown }: Figure): string {
  if (definitionOf(measure).summary === 'total') return '';
  const hasNoShare = value === undefined && (n > 0 || notKnown !== undefined);
  const made = hasNoShare ? '' : hits === undefined ? counted(n) : `${counted(hits)} of ${counted(n)}`;
  const silent = notKnown ? `${counted(notKnown)} not known` : '';
  return [made, silent].filter((each) => each !== '').join(', ');
}

const counted = (count: number): string => numberText(count);

function inUnit(unit: MeasureDefinition['unit'], value: number, locale: string): string {
  const written = (digits: number) => numberText(value, { locale, digits });
  switch (unit) {
    case 'percent':
      return percentText(value, locale);
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

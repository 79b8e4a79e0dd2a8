import type { Kpi } from '../../domain/reports/weekly-kpis.ts';
import { type Html, html } from '../html.ts';
import { markedText } from './figure-marks.ts';
import { sparkline } from './line-chart.ts';

/** The course of a number over four weeks: as a small line, and in words for those who don't see it. */
export const trendHtml = (trend: Kpi['trend']): Html =>
  html`${sparkline(trend.map(({ figure }) => ({ value: figure.value, few: figure.isSmall })))}<p class="unseen">Four weeks: ${trend.map(({ figure }) => markedText(figure)).join(', ')}.</p>`;

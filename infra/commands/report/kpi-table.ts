import { definitionOf, measureIds } from '../../../functions/domain/reports/definitions.ts';
import { noFigure, sampleText, valueText } from '../../../functions/domain/reports/figure-text.ts';
import { type Figure, figureOf } from '../../../functions/domain/reports/figures.ts';
import type { Measured } from '../../../functions/domain/reports/measured-handoff.ts';
import { seenBy } from '../../../functions/domain/reports/seen.ts';
import type { ReportId, Scope } from '../../../functions/domain/reports/who-sees.ts';
import { type Period, periodAfter, spanOf } from '../../../functions/domain/time/periods.ts';
import { reportOf } from '../../../functions/pages/reports/measures-page.ts';

/** A measure of a period beside the one before it. */
export interface KpiRow {
  readonly title: string;
  readonly now: Figure;
  readonly before: Figure;
}

/**
 * Every measure of which there is something to say in a period (in that zone) or in the one before it, in the order of their
 * definitions: of what a reader may see, as on the pages.
 */
export function kpiRows(
  measured: Measured,
  { scope, period, zone }: { readonly scope: Scope; readonly period: Period; readonly zone: string },
): readonly KpiRow[] {
  const [now, before] = [spanOf(period, zone), spanOf(periodAfter(period, -1), zone)];
  const seen = new Map<ReportId, Measured>();
  const seenFor = (report: ReportId): Measured => {
    const known = seen.get(report) ?? seenBy(scope, report, measured);
    seen.set(report, known);
    return known;
  };
  return measureIds
    .map((measure) => {
      const { handoffs } = seenFor(reportOf(measure));
      return {
        title: definitionOf(measure).title,
        now: figureOf(measure, handoffs, { within: now }),
        before: figureOf(measure, handoffs, { within: before }),
      };
    })
    .filter((row) => row.now.n + row.before.n > 0);
}

/** The rows as a table of plain text: figures made of few samples are marked. Without rows it says so. */
export function kpiTable(rows: readonly KpiRow[], period: Period): string {
  if (rows.length === 0) return `Nothing happened in ${period}, nor in ${periodAfter(period, -1)}.`;
  const header = ['', period, 'samples', periodAfter(period, -1), 'samples'];
  const lines = rows.map(({ title, now, before }) => [title, ...cells(now), ...cells(before)]);
  const widths = header.map((_, i) => Math.max(...[header, ...lines].map((line) => line[i]?.length ?? 0)));
  const written = [header, ...lines].map((line) =>
    line
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const isSmall = rows.some(({ now, before }) => now.isSmall || before.isSmall);
  return [
    ...written,
    ...(isSmall ? ['* fewer than 10 samples: one handoff more or less would change it a lot'] : []),
  ].join('\n');
}

const cells = (figure: Figure): readonly string[] => {
  const value = valueText(figure);
  return [value === noFigure || !figure.isSmall ? value : `${value}*`, sampleText(figure)];
};

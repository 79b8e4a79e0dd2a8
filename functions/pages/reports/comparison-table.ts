import { defined } from '../../domain/fields/record.ts';
import { type Comparison, verdictText } from '../../domain/reports/comparison.ts';
import { definitionOf, type MeasureId } from '../../domain/reports/definitions.ts';
import { valueText } from '../../domain/reports/figure-text.ts';
import type { Figure } from '../../domain/reports/figures.ts';
import type { Filter } from '../../domain/reports/filters.ts';
import { outcomeMeasures } from '../../domain/reports/outcomes.ts';
import { behindPath } from '../../domain/reports/report-address.ts';
import { titleIn } from '../../domain/reports/steps.ts';
import { type Content, html } from '../html.ts';
import { fewHtml, titleInFile, valueInFile } from './figure-marks.ts';
import { dayText } from './period-text.ts';
import type { ReportReading } from './report-reading.ts';
import type { ReportTable } from './report-table.ts';

/** The two sides of a comparison, as their columns are called, and by which filter their handoffs are listed. */
export interface Sides {
  readonly before: { readonly title: string; readonly filter: Filter };
  readonly after: { readonly title: string; readonly filter: Filter };
}

const tones = {
  better: 'good',
  worse: 'bad',
  different: 'now',
  unclear: 'quiet',
  'too few': 'quiet',
  'too early': 'quiet',
  'no no': 'quiet',
} as const;
const verdictTitles = {
  better: 'Better',
  worse: 'Worse',
  different: 'Different',
  unclear: 'No difference seen',
  'too few': 'Too few to say',
  'too early': 'Too early to say',
  'no no': 'Nothing to compare',
} as const;

/** Measures of two groups of handoffs side by side, each with what to make of it. */
export function comparisonTable(
  reading: ReportReading,
  {
    id,
    caption,
    sides,
    comparisons,
  }: {
    readonly id: string;
    readonly caption: string;
    readonly sides: Sides;
    readonly comparisons: readonly Comparison[];
  },
): ReportTable<Comparison> {
  const side = (name: 'before' | 'after') => ({
    title: sides[name].title,
    isNumber: true,
    cell: (comparison: Comparison) =>
      sideHtml(reading, comparison[name], { ...comparison, filter: sides[name].filter }),
    csv: ({ measure, ...comparison }: Comparison) => valueInFile(measure, comparison[name].value),
  });
  return {
    id,
    caption,
    rows: comparisons,
    columns: [
      {
        title: 'Measure',
        cell: ({ measure }) => definitionOf(measure).title,
        csv: ({ measure }) => titleInFile(measure),
      },
      side('before'),
      side('after'),
      {
        title: 'What it says',
        cell: (comparison) => {
          const { verdict } = comparison;
          // The sentence begins with the same words.
          return html`<span class="badge ${tones[verdict]}">${verdictTitles[verdict]}</span><span class="soft">${detailOf(reading, comparison)}</span>`;
        },
        csv: verdictText,
      },
    ],
  };
}

function detailOf(reading: ReportReading, comparison: Comparison): Content {
  const text = verdictText(comparison);
  const { before, after } = comparison.notYet;
  const late = before + after > 0 && ` Not there yet: ${before} before, ${after} after.`;
  return html`${text.slice(text.indexOf(':') + 2)}${late}${signedText(reading, comparison)}${withoutText(reading, comparison.without)}`;
}

/** Which steps are left out, where some are; with many of them, how many. */
export function withoutText({ measured }: ReportReading, without: readonly string[] = []): string {
  if (without.length === 0) return '';
  const titles = without.map((id) => `“${titleIn(measured.playbooks, id)}”`);
  const which = titles.length > mostNamed ? `${titles.length} steps` : titles.join(', ');
  return ` Without ${which}: not promised alike on both sides.`;
}

/** More titles would fill the row. */
const mostNamed = 3;

/** Until when handoffs were signed that are compared, where not all are. */
export const signedText = (
  { site }: ReportReading,
  { signedUntil }: Pick<Comparison, 'signedUntil'>,
): string | undefined => signedUntil && ` Signed until ${dayText(signedUntil, site.defaultZone)}.`;

/** What a CRM tells: silence is no zero. */
const isTold = (measure: MeasureId): boolean =>
  measure === 'expandedOfWon' || outcomeMeasures.some((each) => each === measure);

/** The figure of a side, which leads to its handoffs. */
export function sideHtml(
  { linkId }: ReportReading,
  figure: Figure,
  {
    filter,
    signedUntil,
    without,
    verdict,
  }: Pick<Comparison, 'signedUntil' | 'without' | 'verdict'> & { readonly filter: Filter },
): Content {
  if (figure.handoffs.length === 0)
    return isTold(figure.measure) && verdict !== 'too early' ? 'not told' : valueText(figure);
  return html`<a href="${behindPath(linkId, filter, { measure: figure.measure, ...defined({ signedUntil, without }) })}">${valueText(figure)}</a>${fewHtml(figure)}`;
}

import { aimedAt } from '../../../functions/domain/deal/closed-deal-audit.ts';
import { neverInExports } from '../../../functions/domain/deal/closed-deal-score.ts';
import { cleanLine, excerpt } from '../../../functions/domain/fields/clean-text.ts';
import { listed } from '../../../functions/domain/fields/words.ts';
import { inThousands } from '../../../functions/domain/texts/number-text.ts';
import { counted } from './closed-deals.ts';
import { type AuditReport, rangeText } from './score-page.ts';

/** Most deals and gaps of the summary. */
const mostLines = 10;

/** The scores in short, line by line, for whoever ran the command. */
export function scoreText({ audit, source, playbook, notes }: AuditReport): string {
  const { deals, gaps, noColumn, average, isSmall, onTarget } = audit;
  const said = notes.map((note) => `  Note: ${cleanLine(note)}`);
  if (average === undefined) return [`${source}: no deal in it counts.`, ...said].join('\n');
  const without = noColumn.reduce((sum, { labels }) => sum + labels.length, 0);
  const more = deals.length - mostLines;
  const width = Math.max(...deals.slice(0, mostLines).map(({ score }) => rangeText(score).length));
  return [
    `${counted(deals.length, 'closed deal', 'closed deals')} of ${source}, by the playbook "${playbook}": average score ${rangeText(average)} of 100.`,
    `${inThousands(onTarget)} of ${inThousands(deals.length)} packages are at least ${aimedAt}% complete in the export.`,
    ...(isSmall ? ['Fewer than 10 deals are a small sample: read what is missing as a hint.'] : []),
    ...(without > 0
      ? [
          `${counted(without, 'answer has', 'answers have')} no column in the export: they count as not written down. The second figure of a score is what it would be at most if your CRM had them.`,
        ]
      : []),
    ...said,
    '',
    'Lowest scores:',
    ...deals.slice(0, mostLines).flatMap(({ deal, score }) => [
      `  ${rangeText(score).padStart(width)}  ${excerpt(deal.name)}`,
      ...score.reasons
        .filter(({ points, outOf }) => points < outOf)
        .slice(0, 1)
        .map(({ what, because }) => `  ${' '.repeat(width)}  ${what}: ${because}`),
    ]),
    ...(more > 0 ? [`  … and ${counted(more, 'deal', 'deals')} with higher scores.`] : []),
    ...(gaps.length > 0 ? ['', 'Missing again and again:'] : []),
    ...gaps
      .slice(0, mostLines)
      .map(({ what, empty, wrong, of }) => `  ${what}: ${inThousands(empty + wrong)} of ${inThousands(of)}`),
    '',
    `No export tells you about ${listed(neverInExports)}.`,
  ].join('\n');
}

import { raw } from 'hono/html';
import {
  type Audit,
  aimedAt,
  type RecurringGap,
  type ScoredDeal,
} from '../../../functions/domain/deal/closed-deal-audit.ts';
import { closedDealParts, neverInExports } from '../../../functions/domain/deal/closed-deal-score.ts';
import { listed } from '../../../functions/domain/fields/words.ts';
import { inThousands } from '../../../functions/domain/texts/number-text.ts';
import { formatDayAndMonth } from '../../../functions/domain/time/wall-format.ts';
import { type Content, html } from '../../../functions/pages/html.ts';
import { style } from '../../../functions/pages/style.ts';
import { counted } from './closed-deals.ts';
import { scoreStyle } from './score-style.ts';

/** An audit with where it comes from. */
export interface AuditReport {
  readonly audit: Audit;
  /** The name of the file the deals come from. */
  readonly source: string;
  readonly playbook: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** What was odd about the export, one sentence each. */
  readonly notes: readonly string[];
}

/** Most deals and gaps that the page shows; the CSV has every deal. */
const mostDeals = 200;
const mostGaps = 15;

/** The scores as one HTML page that stands on its own and prints. */
export function scorePage(report: AuditReport): string {
  const { audit, source, playbook, day } = report;
  const title = `Handoff scores of ${counted(audit.deals.length, 'closed deal', 'closed deals')}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<style>${raw(style)}${raw(scoreStyle)}</style>
</head>
<body class="wide">
<main id="content">
<p class="where">From <bdi>${source}</bdi>, ${dayText(day)}, by the playbook “${playbook}”</p>
<h1>${title}</h1>
${figures(audit)}
${smallSample(audit)}
${noColumnNote(audit)}
${gapsCard(audit)}
${dealsCard(audit)}
${howCard()}
${notesCard(report)}
</main>
</body>
</html>
`.toString();
}

const dayText = (day: string): string => formatDayAndMonth(Date.parse(day));

/** '62', or '12 to 90' where the export leaves some of it open. */
export const rangeText = ({ points, atMost }: { readonly points: number; readonly atMost: number }): string =>
  points === atMost ? `${points}` : `${points} to ${atMost}`;

function figures({ average, deals, onTarget, isSmall }: Audit): Content {
  if (average === undefined)
    return html`<p class="note">No deal in the export counts. See below what was left out.</p>`;
  return html`<section class="card" aria-label="Together"><dl class="figures">
<div><dt>average score of 100</dt><dd>${rangeText(average)}</dd></div>
<div><dt>packages at least ${aimedAt}% complete</dt><dd>${inThousands(onTarget)} of ${inThousands(deals.length)}</dd></div>
<div><dt>${isSmall ? 'deals scored: a small sample' : 'deals scored'}</dt><dd>${inThousands(deals.length)}</dd></div>
</dl></section>`;
}

function smallSample({ isSmall, deals }: Audit): Content {
  return (
    isSmall &&
    deals.length > 0 &&
    html`<p class="note soon"><strong>A small sample.</strong> With fewer than 10 deals, one deal moves every figure. Read what is missing as a hint, and add more deals before you decide on it.</p>`
  );
}

function noColumnNote({ noColumn }: Audit): Content {
  const count = noColumn.reduce((sum, { labels }) => sum + labels.length, 0);
  if (count === 0) return undefined;
  return html`<section class="note"><h2>${counted(count, 'answer has', 'answers have')} no column in the export</h2>
<p>They count as not written down. A score such as “12 to 90” says what it would be at most if your CRM had them all. If your CRM has them, export them, too; a column may be called as below.</p>
<dl>${noColumn.map(({ section, labels }) => html`<dt>${section}</dt><dd>${labels.join(', ')}</dd>`)}</dl></section>`;
}

function gapsCard({ gaps, deals, isSmall }: Audit): Content {
  if (deals.length < 2) return undefined;
  const shown = gaps.slice(0, mostGaps);
  const more = gaps.length - shown.length;
  return html`<section class="card scores"><h2>What is missing again and again</h2>
${
  shown.length === 0
    ? html`<p>Nothing that the export has a column for is missing in 2 deals or more.</p>`
    : html`<table><thead><tr><th scope="col">Answer</th><th scope="col">Missing in</th><th scope="col">Of these</th></tr></thead><tbody>
${shown.map((gap) => gapRow(gap, isSmall))}</tbody></table>`
}
${more > 0 && html`<p class="hint">${counted(more, 'more answer is', 'more answers are')} missing in 2 deals or more; the CSV names them deal by deal.</p>`}
</section>`;
}

function gapRow({ what, section, empty, wrong, of }: RecurringGap, isSmall: boolean): Content {
  const missed = empty + wrong;
  return html`<tr><th scope="row">${what}${section !== undefined && html` <span class="soft">${section}</span>`}</th>
<td class="number" data-label="Missing in">${inThousands(missed)} of ${inThousands(of)}${!isSmall && html` <span class="soft">${Math.round((100 * missed) / of)}%</span>`}</td>
<td data-label="Of these">${gapStates(empty, wrong)}</td></tr>
`;
}

/** '3 empty, 1 to complete or correct'. */
const gapStates = (empty: number, wrong: number): string =>
  [empty > 0 && `${inThousands(empty)} empty`, wrong > 0 && `${inThousands(wrong)} to complete or correct`]
    .filter((part) => part !== false)
    .join(', ');

function dealsCard({ deals }: Audit): Content {
  if (deals.length === 0) return undefined;
  const more = deals.length - mostDeals;
  return html`<section class="card scores"><h2>Deal by deal, lowest score first</h2>
<table><thead><tr><th scope="col">Deal</th><th scope="col">Score</th><th scope="col">Why</th></tr></thead><tbody>
${deals.slice(0, mostDeals).map(dealRow)}</tbody></table>
${more > 0 && html`<p class="hint">The CSV has ${counted(more, 'more deal', 'more deals')}, with higher scores.</p>`}
</section>`;
}

function dealRow({ deal, score }: ScoredDeal): Content {
  const { name, customer, closedOn, accountExecutive } = deal;
  const facts = [
    customer === name ? undefined : customer,
    closedOn && `closed ${dayText(closedOn)}`,
    accountExecutive,
  ].filter((fact) => fact !== undefined);
  return html`<tr><th scope="row"><span dir="auto">${name}</span> <span class="soft" dir="auto">${facts.join(' · ')}</span></th>
<td class="number" data-label="Score"><span class="points">${score.points}</span>${score.atMost > score.points && html` <span class="soft">at most ${score.atMost}</span>`}</td>
<td>${score.reasons.map(({ what, points, outOf, because }) => html`<p><strong>${what} ${points} of ${outOf}.</strong> <span dir="auto">${because}</span></p>`)}</td></tr>
`;
}

function howCard(): Content {
  return html`<section class="card"><h2>What the score says</h2>
<p>It says how much of the handoff is written down in the CRM now:</p>
<ul>${closedDealParts.map(({ what, outOf, counts }) => html`<li><strong>${what}, ${outOf} points:</strong> ${counts}.</li>`)}</ul>
<p>No export tells you about ${listed(neverInExports)}. So don't compare these scores with those of handoffs that ran here: compare them with each other, and with the same export in 3 months.</p>
</section>`;
}

function notesCard({ notes, source }: AuditReport): Content {
  if (notes.length === 0) return undefined;
  return html`<section class="card"><h2>How <bdi>${source}</bdi> was read</h2><ul>${notes.map((note) => html`<li dir="auto">${note}</li>`)}</ul></section>`;
}

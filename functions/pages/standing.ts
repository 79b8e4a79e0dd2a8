import { capitalized } from '../domain/fields/words.ts';
import type { TrailLine } from '../domain/step/trail-view.ts';
import type { StandingState, StandingStep, WhereWeStand } from '../domain/step/where-we-stand.ts';
import { type Content, type Html, html } from './html.ts';

/** Each state as a badge says it. */
const badges: Readonly<Record<StandingState, { readonly word: string; readonly tone: string }>> = {
  done: { word: 'Done', tone: 'good' },
  now: { word: 'Now', tone: 'now' },
  late: { word: 'Overdue', tone: 'bad' },
  waiting: { word: 'Waiting', tone: 'soon' },
  again: { word: 'Again', tone: 'soon' },
  next: { word: 'Next', tone: 'quiet' },
  ended: { word: 'Closed', tone: 'quiet' },
};

/** Phases, what is open and what comes next; all steps on demand. */
export function standingHtml({ phases, summary, steps }: WhereWeStand): Html {
  const open = steps.filter(({ state }) => state === 'now' || state === 'late' || state === 'waiting');
  const next = steps.find(({ state }) => state === 'next');
  return html`<section class="card" id="where-we-stand"><h2>Where we stand</h2>
<ol class="phases">${phases.map(
    ({ phase, state }) =>
      html`<li class="${state}"><span class="unseen">${capitalized(phase)}: ${phaseWords[state]}</span></li>\n`,
  )}</ol>
${nowIn(phases)}
<ul class="steps">${open.map(stepHtml)}${next && stepHtml(next)}</ul>
<details><summary>All steps: ${summary}</summary>
<ol class="steps">${steps.map(stepHtml)}</ol></details></section>`;
}

/** The phase in words, and what comes after it; how it ended where it did before its time. */
function nowIn(phases: WhereWeStand['phases']): Content {
  const place = phases.findIndex(({ state }) => state === 'now');
  const [now, next] = [phases[place], phases[place + 1]];
  if (!now) return undefined;
  return html`<p><strong>${capitalized(now.phase)}</strong> <span class="soft">(phase ${place + 1} of ${phases.length}${next && `, then ${next.phase}`})</span></p>`;
}

const phaseWords = { done: 'done', now: 'now', next: 'to come' } as const;

function stepHtml({ title, state, says, isHere }: StandingStep): Html {
  const { word, tone } = badges[state];
  return html`<li><span class="badge ${tone}">${word}</span> <span${isHere && html` aria-current="page"`}><strong dir="auto">${title}</strong> <span class="soft" dir="auto">${says}</span></span></li>\n`;
}

/** Who has a part in it, each a mail away. */
export const peopleHtml = ({ people }: WhereWeStand): Html => html`<section class="card"><h2>People</h2>
<dl>${people.map(
  ({ part, person: { name, email } }) =>
    html`<dt dir="auto">${part}</dt><dd dir="auto"><a href="mailto:${encodeURIComponent(email).replace('%40', '@')}">${name}</a>${name !== email && html`<br><span class="hint">${email}</span>`}</dd>\n`,
)}</dl></section>`;

/** What happened so far, on demand. */
export const trailHtml = (trail: readonly TrailLine[] | undefined): Content =>
  trail !== undefined &&
  html`<section class="card"><h2>What happened so far</h2>
${
  trail.length === 0
    ? html`<p>Nothing yet.</p>`
    : html`<details class="plain"><summary>${trail.length} ${trail.length === 1 ? 'entry' : 'entries'}, newest last</summary>
<dl>${trail.map(({ when, text }) => html`<dt>${when}</dt><dd dir="auto">${text}</dd>\n`)}</dl></details>`
}</section>`;

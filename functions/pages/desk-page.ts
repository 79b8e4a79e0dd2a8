import { textsOf } from '../domain/fields/evidence.ts';
import type { DeskOutcome } from '../domain/step/desk-outcome.ts';
import type { DeskCustomer, DeskStep, DeskView, Listed } from '../domain/step/desk-view.ts';
import { zoneName } from '../domain/time/wall-format.ts';
import { fieldHtml, fieldId } from './fields.ts';
import { type Content, type Html, html } from './html.ts';
import { page } from './layout.ts';

export interface DeskPageOptions {
  /** Of the link: `/d/<id>`. Forms are posted to it. */
  readonly path: string;
  readonly nonce: string;
  readonly refused?: Extract<DeskOutcome, { kind: 'desk' }>['refused'];
}

/**
 * Somebody's desk: what waits for them, then for those they look after, then for others; their customers; their absence. Each step
 * is opened by a form (`act`, `handoff`, `step`, `nonce`): a link to it is made for a person who asks, not for a scanner.
 */
export function deskPage(view: DeskView, options: DeskPageOptions): string {
  const { mine, theirs, others, customers, person, reach, site } = view;
  const body = html`<header>
<p class="where" dir="auto">My desk · ${person.name}</p>
<h1>${headingOf(view)}</h1>
<p class="no-print"><a href="${options.path.replace(/^\/d\//, '/r/')}">Reports</a></p>
</header>
<div class="columns">
<div>
${problemsHtml(view, options)}
${view.away.map((sentence) => html`<p class="note soon" dir="auto">${sentence}</p>\n`)}
${stepsHtml('Your open steps', mine, options)}
${stepsHtml(reach === 'everybody' ? 'Everybody’s open steps' : 'Your people’s open steps', theirs, options)}
${stepsHtml('Waiting on others', others, options)}
${mine.rows.length + theirs.rows.length + others.rows.length + customers.rows.length === 0 && html`<p class="card">No handoffs yet. They start when a deal closes.</p>`}
</div>
<aside class="beside" aria-label="Customers and absence">
${customersHtml(reach, customers)}
<section class="card no-print">
${awayHtml(view, options)}
${openingsHtml(view)}
${endHtml(options)}
</section>
</aside>
</div>`;
  const foot = html`<p dir="auto">This desk is ${person.name}’s. Don’t forward its address. Times are in ${zoneName(view.zone)}.</p>`;
  return page({ site, title: options.refused ? 'Error: My desk' : 'My desk', body, foot, isWide: true });
}

/** What is most pressing: their own steps, then those they may have to help with. */
function headingOf({ mine, theirs, reach }: DeskView): string {
  if (mine.rows.length > 0) return `${counted(mine.rows.length + mine.more, 'step')} for you`;
  const late = theirs.rows.filter(({ due }) => due.state === 'overdue').length;
  if (late === 0) return 'Nothing needs you now.';
  const whose = reach === 'everybody' ? '' : ' of your people';
  return `${counted(late, 'step')}${whose} ${late === 1 ? 'is' : 'are'} overdue`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const tones = { 'in time': 'good', 'due soon': 'soon', overdue: 'bad', waiting: 'soon' } as const;

function stepsHtml(heading: string, { rows, more }: Listed<DeskStep>, options: DeskPageOptions): Content {
  if (rows.length === 0 && more === 0) return undefined;
  return html`<section class="card"><h2>${heading}</h2>
${rows.map((row) => stepHtml(row, options))}
${moreHtml(more)}
</section>`;
}

function stepHtml(
  { handoffId, step, title, customer, deal, owner, due, as }: DeskStep,
  options: DeskPageOptions,
): Html {
  const isMine = as === 'owner' || as === 'reviewer';
  const label = isMine ? 'Open' : 'See';
  return html`<form class="section" method="post" action="${options.path}">
<h3><bdi>${customer}</bdi>: <bdi>${title}</bdi></h3>
<p class="hint"><bdi>${deal}</bdi>${!isMine && html` · <bdi>${owner}</bdi>`}</p>
<input type="hidden" name="nonce" value="${options.nonce}"><input type="hidden" name="act" value="open"><input type="hidden" name="handoff" value="${handoffId}"><input type="hidden" name="step" value="${step}">
<p class="due"><span>${due.text}</span>${due.words !== undefined && html` <span class="badge ${tones[due.state]}">${due.words}</span>`} <button class="quiet" aria-label="${label} ${customer}: ${title}">${label}</button></p>
</form>
`;
}

const moreHtml = (more: number): Content => more > 0 && html`<p class="soft">And ${more} more.</p>`;

function customersHtml(reach: DeskView['reach'], { rows, more }: Listed<DeskCustomer>): Content {
  if (rows.length === 0 && more === 0) return undefined;
  return html`<section class="card"><h2>${reach === 'own' ? 'Your customers' : 'Customers'}</h2>
<dl>${rows.map(
    ({ customer, deal, phase, score, takenBy, overdue }) =>
      html`<dt><bdi>${customer}</bdi> · <bdi>${deal}</bdi></dt><dd>${
        overdue > 0 && html`<span class="badge bad">${overdue} overdue</span> `
      }Phase: ${phase}. ${score === null ? 'No score yet.' : `Score ${score} of 100.`}${
        reach !== 'own' && (takenBy === undefined ? ' No one is named yet.' : html` With <bdi>${takenBy}</bdi>.`)
      }</dd>\n`,
  )}</dl>
${moreHtml(more)}
</section>`;
}

function problemsHtml({ sayAway }: DeskView, { refused }: DeskPageOptions): Content {
  if (refused === undefined) return undefined;
  return html`<div class="note bad problems" role="alert" aria-labelledby="problems" tabindex="-1" autofocus><h2 id="problems">There is a problem</h2>
<p>Nothing you typed is lost.</p>
<ul>${refused.problems.map(
    ({ field, problem }) => html`<li dir="auto"><a href="#${fieldId(sayAway.id, field)}">${problem}</a></li>\n`,
  )}</ul></div>`;
}

function awayHtml({ sayAway, zone }: DeskView, { path, nonce, refused }: DeskPageOptions): Html {
  const fields = sayAway.fields.map((field) =>
    fieldHtml(field, {
      form: sayAway.id,
      zone,
      typed: refused && textsOf(refused.typed, field.name),
      sent: refused?.typed,
      problem: refused?.problems.find((problem) => problem.field === field.name)?.problem,
      insist: true,
    }),
  );
  return html`<details class="plain"${refused && html` open`}><summary>${sayAway.title}</summary>
<form method="post" action="${path}">
<input type="hidden" name="nonce" value="${nonce}"><input type="hidden" name="act" value="away">
${sayAway.says !== undefined && html`<p class="hint" dir="auto">${sayAway.says}</p>`}
${fields}
<button class="quiet">${sayAway.label}</button>
</form></details>`;
}

function openingsHtml({ openings }: DeskView): Content {
  if (openings.length === 0) return undefined;
  return html`<details><summary>Who opened a desk in the last 7 days</summary>
<p class="hint">The first time of each day.</p>
<ul>${openings.map((sentence) => html`<li dir="auto">${sentence}</li>\n`)}</ul></details>`;
}

function endHtml({ path, nonce }: DeskPageOptions): Html {
  return html`<details><summary>Did somebody else get this link?</summary>
<form method="post" action="${path}">
<input type="hidden" name="nonce" value="${nonce}"><input type="hidden" name="act" value="end">
<p>This ends it and the desk links in all your earlier emails. New emails bring new ones.</p>
<button class="danger">End this link</button>
</form></details>`;
}

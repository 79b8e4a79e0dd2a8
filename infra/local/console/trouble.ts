import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import { badge } from '../../../functions/pages/operations/badge.ts';
import { timeHtml } from '../../../functions/pages/operations/wording.ts';
import type { Account } from '../../account/account.ts';
import type { System } from '../system.ts';
import { prettyJson } from './layout.ts';
import { type Handoff, type RefusedEvent, readRefusals } from './overview.ts';

/** A fault of the local account itself. */
export interface AccountFault {
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
  readonly text: string;
}

/** All that went wrong and that somebody should look at. */
export interface Trouble {
  readonly refusals: readonly RefusedEvent[];
  readonly stopped: readonly Handoff[];
  readonly failures: Account['lambda']['failures'];
  readonly deadLetters: Account['deadLetters'];
  readonly faults: readonly AccountFault[];
}

export async function readTrouble(
  system: System,
  handoffs: readonly Handoff[],
  faults: readonly AccountFault[],
): Promise<Trouble> {
  const { account } = system;
  return {
    refusals: await readRefusals(system),
    stopped: handoffs.filter(({ execution }) => ['FAILED', 'TIMED_OUT'].includes(execution?.status ?? '')),
    failures: account.lambda.failures.toReversed(),
    deadLetters: account.deadLetters.toReversed(),
    faults: faults.toReversed(),
  };
}

/** Refused events, failed executions, failed functions, dead letters; undefined when all is well. */
export function troubleSection({ refusals, stopped, failures, deadLetters, faults }: Trouble): Content {
  const rows = [
    ...faults.map(({ at, text }) => row(at, badge('the local account failed', 'bad'), html`<pre>${text}</pre>`)),
    ...stopped.map(({ id, deal, execution }) =>
      row(
        execution?.stopDate?.getTime() ?? 0,
        badge('execution failed', 'bad'),
        html`<p><a href="/executions/${encodeURIComponent(id)}" dir="auto">${deal.customer.name}</a></p>`,
      ),
    ),
    ...refusals.map((refusal) => row(Date.parse(refusal.at), badge('event refused', 'bad'), refusedHtml(refusal))),
    ...deadLetters.map((letter) =>
      row(
        letter.at,
        badge('dead letter', 'bad'),
        html`<p dir="auto">${letter.origin} → ${letter.functionName}, given up after ${letter.attempts} attempts: ${letter.errorType}: ${letter.errorMessage}</p>
<details class="small"><summary>The event</summary><pre>${prettyJson(letter.payload)}</pre></details>`,
      ),
    ),
    ...failures.map((failure) =>
      row(
        failure.at,
        badge('function failed', 'bad'),
        html`<p dir="auto">${failure.functionName}: ${failure.errorType}: ${failure.errorMessage}</p>
<details class="small"><summary>Where</summary><pre>${failure.trace.join('\n')}</pre></details>`,
      ),
    ),
  ];
  if (rows.length === 0) return undefined;
  return html`<section class="card" id="trouble" data-live="trouble"><h2>What went wrong</h2>
<ul class="rows">${rows}</ul></section>`;
}

function row(at: number, kind: Html, what: Html): Html {
  return html`<li><div class="line">${kind}<span class="soft small">${timeHtml(at)}</span></div>${what}</li>\n`;
}

function refusedHtml({ event, refused }: RefusedEvent): Html {
  return html`<ul>${refused.map(
    ({ field, problem, remedy }) => html`<li dir="auto"><strong>${field}</strong> ${problem}. ${remedy}</li>\n`,
  )}</ul>
<details class="small"><summary>The event as it came</summary><pre dir="auto">${prettyJson(event)}</pre></details>`;
}

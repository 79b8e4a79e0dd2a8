import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { type Html, html } from '../../../functions/pages/html.ts';
import type { Execution } from './execution.ts';
import { currentStates, statesOfEvents } from './execution-states.ts';
import { badge, prettyJson } from './layout.ts';
import { counted, timeHtml } from './wording.ts';

/** An execution as the AWS console shows it: status, where it stands, every event of its history. */
export function executionPage({ described, events }: Execution): Html {
  const name = described.name ?? '';
  const states = currentStates(events);
  const names = statesOfEvents(events);
  const failed = described.status === 'FAILED' || described.status === 'TIMED_OUT';
  return html`<p class="small"><a href="/handoffs/${encodeURIComponent(name)}">The handoff</a></p>
<h1>Execution ${name}</h1>
<p>${badge(described.status ?? '', failed ? 'bad' : described.status === 'SUCCEEDED' ? 'good' : 'quiet')}</p>
${
  (described.error ?? described.cause) !== undefined &&
  html`<div class="note ${failed ? 'bad' : 'soon'}"><p dir="auto"><strong>${described.error}</strong> ${described.cause}</p></div>`
}
<section class="card"><dl>
<dt>Started</dt><dd>${described.startDate && timeHtml(described.startDate.getTime())}</dd>
${described.stopDate && html`<dt>Ended</dt><dd>${timeHtml(described.stopDate.getTime())}</dd>`}
<dt>${described.status === 'RUNNING' ? 'Stands at' : 'Stood at'}</dt><dd>${states.length === 0 ? 'its end' : states.map((state) => html`<div>${state}</div>`)}</dd>
<dt>ARN</dt><dd class="small">${described.executionArn}</dd>
</dl>
${
  failed &&
  described.redriveStatus === 'REDRIVABLE' &&
  html`<form method="post" action="/redrive"><p></p><input type="hidden" name="execution" value="${name}"><button>Redrive: go on where it stopped</button></form>`
}</section>
<section class="card"><h2>History <span class="soft small">${counted(events.length, 'event')}</span></h2>
<div class="scroll"><table class="stack"><thead><tr><th scope="col">Id</th><th scope="col">Time (UTC)</th><th scope="col">Type</th><th scope="col">State</th><th scope="col">Details</th></tr></thead><tbody>
${events.map((event) => eventRow(event, names.get(event.id ?? 0) ?? ''))}</tbody></table></div></section>`;
}

function eventRow(event: HistoryEvent, state: string): Html {
  const { id, timestamp, type, previousEventId: _previous, ...rest } = event;
  const details = Object.values(rest).find((value) => typeof value === 'object' && value !== null);
  return html`<tr><td data-label="Id">${id}</td><td class="narrow" data-label="Time">${timestamp?.toISOString().replace('T', ' ').slice(0, 23)}</td><td data-label="Type">${type}</td><td data-label="State">${state}</td><td>${
    details !== undefined &&
    html`<details class="small"><summary>details</summary><pre dir="auto">${prettyJson(JSON.stringify(details, readable))}</pre></details>`
  }</td></tr>\n`;
}

/** JSON inside JSON is shown as what it is. */
function readable(key: string, value: unknown): unknown {
  if (typeof value !== 'string' || !['input', 'output', 'parameters'].includes(key)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

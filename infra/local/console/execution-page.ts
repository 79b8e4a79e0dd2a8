import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import { badge } from '../../../functions/pages/operations/badge.ts';
import { counted, lengthText, timeHtml } from '../../../functions/pages/operations/wording.ts';
import type { Execution } from './execution.ts';
import { currentStates, statesOfEvents } from './execution-states.ts';
import { prettyJson } from './layout.ts';

/** An execution by itself, such as one that asks for an open item. */
export function executionPage(execution: Execution): Html {
  const name = execution.described.name ?? '';
  return html`<p class="small crumb"><a href="/handoffs/${encodeURIComponent(name.replace(/_\d+$/, ''))}">The handoff</a></p>
<h1>Execution ${name}</h1>
${executionView(execution)}`;
}

/** An execution as the AWS console shows it: status, where it stands, input and output, every event of its history. */
export function executionView({ described, events }: Execution): Html {
  const name = described.name ?? '';
  const states = currentStates(events);
  const failed = described.status === 'FAILED' || described.status === 'TIMED_OUT';
  return html`${
    (described.error ?? described.cause) !== undefined &&
    html`<div class="note ${failed ? 'bad' : 'soon'}"><p dir="auto"><strong>${described.error}</strong> ${described.cause}</p></div>`
  }
<section class="card"><dl>
<dt>Status</dt><dd>${badge(described.status ?? '', failed ? 'bad' : described.status === 'SUCCEEDED' ? 'good' : 'quiet')}</dd>
<dt>Started</dt><dd>${described.startDate && timeHtml(described.startDate.getTime())}</dd>
${described.stopDate && html`<dt>Ended</dt><dd>${timeHtml(described.stopDate.getTime())}${described.startDate && `, after ${lengthText(described.stopDate.getTime() - described.startDate.getTime())}`}</dd>`}
<dt>${described.status === 'RUNNING' ? 'Stands at' : 'Stood at'}</dt><dd>${states.length === 0 ? 'its end' : states.map((state) => html`<div>${state}</div>`)}</dd>
<dt>ARN</dt><dd class="small">${described.executionArn}</dd>
<dt>Input</dt><dd>${json(described.input)}</dd>
<dt>Output</dt><dd>${described.output === undefined ? html`<span class="soft">none yet</span>` : json(described.output)}</dd>
</dl>
${
  failed &&
  described.redriveStatus === 'REDRIVABLE' &&
  html`<form method="post" action="/redrive"><p></p><input type="hidden" name="execution" value="${name}"><button>Redrive: go on where it stopped</button></form>`
}</section>
${history(events)}`;
}

const json = (text: string | undefined): Content =>
  text !== undefined && html`<pre dir="auto">${prettyJson(text)}</pre>`;

function history(events: readonly HistoryEvent[]): Html {
  const names = statesOfEvents(events);
  return html`<section class="card"><h2>History <span class="soft small">${counted(events.length, 'event')}</span></h2>
<table class="stack"><thead><tr><th scope="col">Id</th><th scope="col">Type and state</th><th scope="col">Time (UTC)</th></tr></thead><tbody>
${events.map((event) => eventRow(event, names.get(event.id ?? 0) ?? ''))}</tbody></table></section>`;
}

function eventRow(event: HistoryEvent, state: string): Html {
  const { id, timestamp, type, previousEventId: _previous, ...rest } = event;
  const details = Object.values(rest).find((value) => typeof value === 'object' && value !== null);
  return html`<tr><td data-label="Id">${id}</td><td data-label="Type">${type}${state !== '' && html`<br><span class="soft small">${state}</span>`}${
    details !== undefined &&
    html`<details class="small"><summary>Details</summary><pre dir="auto">${prettyJson(JSON.stringify(details, readable))}</pre></details>`
  }</td><td data-label="Time">${timestamp?.toISOString().replace('T', ' ').slice(0, 23)}</td></tr>\n`;
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

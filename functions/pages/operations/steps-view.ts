import { packageFields } from '../../domain/deal/package.ts';
import { shownLines } from '../../domain/fields/answer.ts';
import type { ShownLine } from '../../domain/fields/kind.ts';
import type { EvidenceValue } from '../../domain/fields/values.ts';
import type { HandoffRecord } from '../../domain/handoff/handoff.ts';
import { lateReasonsIn } from '../../domain/handoff/late-reasons.ts';
import { itemsOf } from '../../domain/handoff/open-items.ts';
import { restOf } from '../../domain/handoff/resting.ts';
import type { Decision, StepRecord } from '../../domain/handoff/step-record.ts';
import { isOver, ruleIn, titleOf } from '../../domain/handoff/step-rule.ts';
import { type Timeliness, timelinessOf } from '../../domain/handoff/timeliness.ts';
import { homeZoneOf, nameOf, type People } from '../../domain/people/people.ts';
import { openItemStep } from '../../domain/playbook/capabilities.ts';
import type { StepRule } from '../../domain/playbook/playbook.ts';
import { type Html, html, lines } from '../html.ts';
import { badge } from './badge.ts';
import type { Showing } from './showing.ts';
import { localHtml, words } from './wording.ts';

/** Every step that was asked, and what is still ahead. */
export function stepsView(record: HandoffRecord, showing: Showing): Html {
  const ids = Object.keys(record.playbook.steps).filter((id) => id !== openItemStep(record.playbook)?.id);
  const asked = [...ids.flatMap((id) => record.steps[id] ?? []), ...itemsOf(record)];
  const ahead = ids.filter((id) => record.steps[id] === undefined).map((id) => titleOf(record, id));
  return html`<section class="card"><h2 class="unseen">Steps</h2>
${
  asked.length > 0 &&
  html`<div class="scroll"><table class="stack"><thead><tr><th scope="col">Step</th><th scope="col">Asked</th><th scope="col">Due</th><th scope="col">Decided</th></tr></thead>
<tbody>${asked.map((step) => stepRow(record, step, showing))}</tbody></table></div>`
}
${ahead.length > 0 && html`<details class="part"><summary>Not asked (yet): ${ahead.length}</summary><ul>${ahead.map((title) => html`<li>${title}</li>\n`)}</ul></details>`}
</section>`;
}

/** What is neither late nor plainly in time. */
const beside: readonly Timeliness[] = ['reported late', 'not yet', 'unasked'];

function stepRow(record: HandoffRecord, step: StepRecord, { now, people }: Showing): Html {
  const { decision } = step;
  const zone = homeZoneOf(people, step.owner);
  const rule = ruleIn(record, step.step);
  const optional = rule.optional === true;
  const closed = isOver(record, step.step);
  const timeliness = timelinessOf({ playbook: record.playbook, rule, round: step });
  const rests = closed ? undefined : restOf(step, new Date(now).toISOString());
  const overdue = decision === undefined && !optional && !closed && !rests && Date.parse(step.dueAt) <= now;
  const undecided = optional ? 'nobody has to' : closed ? 'not done' : 'open';
  return html`<tr><th scope="row"><span>${rule.title}</span><br><span class="soft small"><bdi>${nameOf(people, step.owner)}</bdi>, ${zone}${step.round > 1 && `, round ${step.round}`}</span></th>
<td data-label="Asked">${localHtml(step.askedAt, zone)}</td>
<td data-label="Due">${localHtml(step.dueAt, zone)} ${(overdue || timeliness === 'late') && badge('late', 'bad')}${beside.includes(timeliness) && badge(timeliness, 'soon')}${rests?.for === 'decision' && badge('waiting for a decision', 'soon')}<details class="small"><summary>why then</summary><span dir="auto">${step.because}</span></details>
${step.pauses.map(
  ({ from, until, reason }) =>
    html`<p class="small soft" dir="auto">waiting for the customer ${localHtml(from, zone)} to ${localHtml(until, zone)}: ${reason}</p>`,
)}</td>
<td data-label="Decided">${decision === undefined ? html`<span class="soft">${undecided}</span>` : decisionHtml(decision, { rule, people, zone })}
${step.earlier.map(
  (earlier) =>
    html`<p class="small soft">before: asked ${localHtml(earlier.askedAt, zone)}${
      earlier.decision && html`, ${earlier.decision.choice} by <bdi>${nameOf(people, earlier.decision.by)}</bdi>`
    }</p>`,
)}</td></tr>\n`;
}

function decisionHtml(
  decision: Decision,
  { rule, people, zone }: { readonly rule: StepRule | undefined; readonly people: People; readonly zone: string },
): Html {
  const choices = rule?.kind === 'ask' ? rule.choices : [];
  const label = choices.find(({ id }) => id === decision.choice)?.label ?? words(decision.choice);
  const evidence = Object.entries(decision.evidence);
  const fields = choices.find(({ id }) => id === decision.choice)?.evidence ?? [];
  const textOf = (name: string, value: EvidenceValue): string => {
    const field = fields.find((each) => each.name === name);
    if (field !== undefined) return shownLines(field, value, zone).map(lineText).join('\n');
    const reasons = lateReasonsIn(value);
    if (reasons.length > 0) return reasons.map(({ step, reason }) => `${words(step)}: ${reason}`).join('\n');
    return Array.isArray(value) ? value.map(gapText).join('\n') : String(value);
  };
  return html`<strong dir="auto">${label}</strong><br><span class="small soft"><bdi>${nameOf(people, decision.by)}</bdi>, ${localHtml(decision.at, zone)}</span>${
    evidence.length > 0 &&
    html`<details class="small"><summary>evidence</summary>${evidence.map(
      ([name, value]) =>
        html`<p dir="auto"><span class="soft">${words(name)}:</span> ${lines(textOf(name, value))}</p>`,
    )}</details>`
  }`;
}

/** What an exception left open is recorded by the paths of the fields. */
const gapText = (text: unknown): string => packageFields.find(({ path }) => path === text)?.label ?? String(text);

const lineText = ({ label, text }: ShownLine): string => (label === undefined ? text : `${label}: ${text}`);

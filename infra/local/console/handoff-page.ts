import { packageFields } from '../../../functions/domain/deal/package.ts';
import { shownLines } from '../../../functions/domain/fields/answer.ts';
import type { ShownLine } from '../../../functions/domain/fields/kind.ts';
import type { EvidenceValue } from '../../../functions/domain/fields/values.ts';
import type { AuditEntry } from '../../../functions/domain/handoff/audit-entry.ts';
import type { Decision, HandoffRecord, StepRecord } from '../../../functions/domain/handoff/handoff.ts';
import { holderOf, isOver, ruleIn, titleOf } from '../../../functions/domain/handoff/handoff.ts';
import { type HandoffScore, scoreOf } from '../../../functions/domain/handoff/handoff-score.ts';
import { lateReasonsIn } from '../../../functions/domain/handoff/late-reasons.ts';
import type { Measures } from '../../../functions/domain/handoff/measured.ts';
import { measuresOf } from '../../../functions/domain/handoff/measures.ts';
import { itemsOf } from '../../../functions/domain/handoff/open-items.ts';
import { timelinessOf } from '../../../functions/domain/handoff/timeliness.ts';
import { openItemStep } from '../../../functions/domain/playbook/capabilities.ts';
import type { StepRule } from '../../../functions/domain/playbook/playbook.ts';
import { roleTitle } from '../../../functions/domain/playbook/roles.ts';
import { type Content, type Html, html, lines } from '../../../functions/pages/html.ts';
import { openStepRow, statusBadges } from './handoff-card.ts';
import { mailRow, selectMails } from './inbox.ts';
import { badge } from './layout.ts';
import { openSteps, type People, personName, zoneOf } from './overview.ts';
import type { Standing } from './register.ts';
import type { Surroundings } from './surroundings.ts';
import { counted, localHtml, timeHtml, words } from './wording.ts';

/** One handoff: where it stands, its steps, its mails, what happened, how it went. */
export function handoffPage(handoff: Standing, trail: readonly AuditEntry[], around: Surroundings): Html {
  const { id, deal, record, states } = handoff;
  const open = openSteps(handoff, around.now);
  const at = new Date(around.now).toISOString();
  const mails = selectMails(around.mails, { handoff: id }).toReversed();
  return html`<p class="small"><a href="/">All handoffs</a></p>
<h1 dir="auto">${deal.customer.name}</h1>
<p class="line">${statusBadges(handoff)}<a href="/executions/${encodeURIComponent(id)}">Its execution</a></p>
<p class="soft" dir="auto">${deal.name}</p>
${reasonNote(record)}
<section class="card"><h2>Where it stands</h2><ul class="steps">${
    open.length > 0
      ? open.map((step) => openStepRow(id, step, around))
      : states.map((state) => html`<li>${state}</li>\n`)
  }${open.length + states.length === 0 && html`<li class="soft">Nothing is open.</li>`}</ul></section>
${record && stepsSection(record, around)}
<div class="columns"><div>
${factsSection(handoff, around)}
${record && measuresSection(measuresOf(record, at))}
${record && scoreSection(scoreOf(record, at))}
${trailSection(trail, around.people)}
</div><div>
<section class="card"><h2>Mails <span class="soft small">${counted(mails.length, 'mail')}</span></h2>
<ul class="rows">${mails.map((mail) => mailRow(mail, around.people))}</ul>
${record && troubledMails(record)}</section>
${stopSection(id, deal)}
</div></div>`;
}

/** Why it was stopped, or what it waits for. */
function reasonNote(record: HandoffRecord | undefined): Content {
  const { status, reason } = record?.state ?? {};
  if (reason === undefined || status === 'open') return undefined;
  return html`<p class="note soon" dir="auto">${status === 'stalled' ? 'Nobody has acted, and the ladder is used up' : status}: ${reason}</p>`;
}

function factsSection({ id, deal, record }: Standing, { people, roles: ofNew }: Surroundings): Html {
  // A handoff keeps the names of the playbook it started with.
  const roles = record?.playbook.roles ?? ofNew;
  const manager = record && holderOf(record, 'customerSuccessManager');
  return html`<section class="card"><h2>The deal</h2><dl>
<dt>Handoff</dt><dd>${id}</dd>
<dt>Signed</dt><dd>${timeHtml(deal.closedWonAt)}</dd>
<dt>Segment</dt><dd dir="auto">${record?.state.segment ?? deal.segment ?? 'not said'}</dd>
<dt>${roleTitle(roles, 'accountExecutive')}</dt><dd dir="auto">${personName(people, deal.accountExecutive)}</dd>
<dt>${roleTitle(roles, 'customerSuccessManager')}</dt><dd dir="auto">${manager === undefined ? 'nobody yet' : personName(people, manager)}${
    record && html` <span class="soft">(${record.state.assignedBecause})</span>`
  }</dd>
${record && html`<dt>Package at the trigger</dt><dd>${record.state.packagePercent} % of the required fields${record.state.packageComplete && ', complete'}</dd>`}
${
  record !== undefined &&
  record.state.notes.length > 0 &&
  html`<dt>Accepted with notes</dt><dd><ul>${record.state.notes.map((note) => html`<li dir="auto">${note}</li>\n`)}</ul></dd>`
}
</dl></section>`;
}

function stepsSection(record: HandoffRecord, around: Surroundings): Html {
  const ids = Object.keys(record.playbook.steps).filter((id) => id !== openItemStep(record.playbook)?.id);
  const asked = [...ids.flatMap((id) => record.steps[id] ?? []), ...itemsOf(record)];
  const ahead = ids.filter((id) => record.steps[id] === undefined).map((id) => titleOf(record, id));
  return html`<section class="card"><h2>Steps</h2>
${
  asked.length > 0 &&
  html`<div class="scroll"><table class="stack"><thead><tr><th scope="col">Step</th><th scope="col">Asked</th><th scope="col">Due</th><th scope="col">Decided</th></tr></thead>
<tbody>${asked.map((step) => stepRow(record, step, around))}</tbody></table></div>`
}
${ahead.length > 0 && html`<details class="part"><summary>Not asked (yet): ${ahead.length}</summary><ul>${ahead.map((title) => html`<li>${title}</li>\n`)}</ul></details>`}
</section>`;
}

function stepRow(record: HandoffRecord, step: StepRecord, { now, people }: Surroundings): Html {
  const { decision } = step;
  const zone = zoneOf(people, step.owner);
  const rule = ruleIn(record, step.step);
  const optional = rule.optional === true;
  const closed = isOver(record, step.step);
  const timeliness = timelinessOf({ playbook: record.playbook, rule, round: step });
  const overdue = decision === undefined && !optional && !closed && Date.parse(step.dueAt) <= now;
  const undecided = optional ? 'nobody has to' : closed ? 'not done' : 'open';
  return html`<tr><th scope="row"><span>${rule.title}</span><br><span class="soft small"><bdi>${personName(people, step.owner)}</bdi>, ${zone}${step.round > 1 && `, round ${step.round}`}</span></th>
<td data-label="Asked">${localHtml(step.askedAt, zone)}</td>
<td data-label="Due">${localHtml(step.dueAt, zone)} ${(overdue || timeliness === 'late') && badge('late', 'bad')}${(timeliness === 'reported late' || timeliness === 'not yet') && badge(timeliness, 'soon')}<details class="small"><summary>why then</summary><span dir="auto">${step.because}</span></details>
${step.pauses.map(
  ({ from, until, reason }) =>
    html`<p class="small soft" dir="auto">waiting for the customer ${localHtml(from, zone)} to ${localHtml(until, zone)}: ${reason}</p>`,
)}</td>
<td data-label="Decided">${decision === undefined ? html`<span class="soft">${undecided}</span>` : decisionHtml(decision, { rule, people, zone })}
${step.earlier.map(
  (earlier) =>
    html`<p class="small soft">before: asked ${localHtml(earlier.askedAt, zone)}${
      earlier.decision && html`, ${earlier.decision.choice} by <bdi>${personName(people, earlier.decision.by)}</bdi>`
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
  return html`<strong dir="auto">${label}</strong><br><span class="small soft"><bdi>${personName(people, decision.by)}</bdi>, ${localHtml(decision.at, zone)}</span>${
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

function trailSection(trail: readonly AuditEntry[], people: People): Html {
  return html`<section class="card"><h2>What happened</h2>
<ul class="rows">${trail.toReversed().map(
    (
      entry,
    ) => html`<li><div class="line"><span class="small soft">${timeHtml(entry.at)}</span>${badge(words(entry.what))}<span class="small soft"><bdi>${personName(people, entry.who)}</bdi>, by ${entry.from}${
      entry.step !== undefined && entry.step !== '' && html`, ${words(entry.step)}`
    }</span></div>
${entry.detail !== '' && html`<div class="small" dir="auto">${lines(entry.detail)}</div>`}</li>\n`,
  )}</ul></section>`;
}

/** Mails that are not known to have been sent. */
function troubledMails({ mails }: HandoffRecord): Content {
  const troubled = Object.values(mails).filter(({ status }) => status !== 'sent');
  if (troubled.length === 0) return undefined;
  return html`<div class="note bad"><p>Not known to be sent:</p><ul>${troubled.map(
    ({ key, status, at }) => html`<li dir="auto">${key}: ${status}, ${timeHtml(at)}</li>\n`,
  )}</ul></div>`;
}

const measureNames = {
  daysToPackageReady: 'Package ready after',
  daysToInternalMeeting: 'Internal meeting after',
  daysToIntroduction: 'Customer introduced after',
  daysToKickoff: 'Kickoff after',
  daysToCompletion: 'Handoff confirmed after',
  daysToFirstValue: 'First value after',
} as const satisfies Partial<Record<keyof Measures, string>>;

function measuresSection(measures: Measures): Html {
  const {
    steps,
    lateSteps,
    reportedLate = [],
    unanswered = [],
    skipped = [],
    notYet = [],
    lateReviews = [],
    promises,
  } = measures;
  const listed = (label: string, ids: readonly string[]) =>
    ids.length > 0 && html`<dt>${label}</dt><dd>${ids.map(words).join(', ')}</dd>`;
  const spans = Object.entries(measureNames).flatMap(([name, label]) => {
    const days = measures[name as keyof typeof measureNames];
    return days === undefined ? [] : [html`<dt>${label}</dt><dd>${days} days</dd>\n`];
  });
  return html`<section class="card"><h2>Measures</h2><dl>
<dt>Steps</dt><dd>${steps.asked} asked, ${steps.done} done, ${steps.onTime} of them on time</dd>
${listed('Late', lateSteps)}
${listed('Reported late', reportedLate)}
${listed('Unanswered', unanswered)}
${listed('Skipped', skipped)}
${listed('Not yet', notYet)}
${listed('Exception decided late', lateReviews)}
${promises && html`<dt>Promises</dt><dd>${promises.kept} of ${promises.made} kept</dd>`}
${promises && listed('Promises missed', promises.missedSteps)}
${spans}
${measures.returns > 0 && html`<dt>Returned</dt><dd>${counted(measures.returns, 'time')}</dd>`}
${measures.exceptions > 0 && html`<dt>Exceptions</dt><dd>${measures.exceptions}</dd>`}
${measures.daysWaitingForCustomer > 0 && html`<dt>Waiting for the customer</dt><dd>${measures.daysWaitingForCustomer} days</dd>`}
${measures.score !== undefined && html`<dt>Survey</dt><dd>${measures.score} of 10</dd>`}
${measures.onboardingComplete !== undefined && html`<dt>Onboarding complete</dt><dd>${measures.onboardingComplete ? 'yes' : 'no'}</dd>`}
</dl></section>`;
}

/** S2: the score, explained. */
function scoreSection({ points, outOf, reasons, notKnown, notScored }: HandoffScore): Html {
  return html`<section class="card"><h2>Score <span class="soft small">${points === null ? 'none' : `${points} of ${outOf}`}</span></h2>
${notScored !== undefined && html`<p class="soft small">${notScored}</p>`}<dl>
${reasons.map(
  ({ what, points: part, outOf: of, because }) =>
    html`<dt>${what}</dt><dd dir="auto">${part} of ${of}. ${because}</dd>\n`,
)}
</dl>
${notKnown.length > 0 && html`<p class="soft small">Not known, so left out: ${notKnown.join(', ')}. The rest is scaled to ${outOf}.</p>`}</section>`;
}

function stopSection(id: string, deal: Standing['deal']): Html {
  return html`<section class="card"><h2>Tell it that the deal is off</h2>
<form method="post" action="/stop" class="controls">
<input type="hidden" name="dealId" value="${deal.dealId}"><input type="hidden" name="wonEpisode" value="${deal.wonEpisode}"><input type="hidden" name="back" value="/handoffs/${encodeURIComponent(id)}">
<label>The CRM says <select name="type"><option>Deal Reopened</option><option>Deal Lost</option><option>Deal Cancelled</option></select></label>
<label>Reason <input type="text" name="reason" maxlength="500"></label>
<button class="quiet">Put it on the bus</button></form></section>`;
}

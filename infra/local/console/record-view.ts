import { type HandoffScore, scoreOf } from '../../../functions/domain/handoff/handoff-score.ts';
import type { Measures } from '../../../functions/domain/handoff/measured.ts';
import { measuresOf } from '../../../functions/domain/handoff/measures.ts';
import { holderOf } from '../../../functions/domain/handoff/roles-held.ts';
import { nameOf } from '../../../functions/domain/people/people.ts';
import { roleTitle } from '../../../functions/domain/playbook/roles.ts';
import { type Html, html } from '../../../functions/pages/html.ts';
import { counted, timeHtml, words } from '../../../functions/pages/operations/wording.ts';
import { prettyJson } from './layout.ts';
import type { Standing } from './register.ts';
import type { Surroundings } from './surroundings.ts';

/** The deal, how the handoff went so far, and everything recorded of it. */
export function recordView(handoff: Standing, around: Surroundings): Html {
  const { id, deal, record } = handoff;
  const at = new Date(around.now).toISOString();
  return html`${factsSection(handoff, around)}
${record && measuresSection(measuresOf(record, at))}
${record && scoreSection(scoreOf(record, at))}
${stopSection(id, deal)}
${record && html`<section class="card"><details><summary>Everything recorded, as JSON</summary><pre dir="auto">${prettyJson(JSON.stringify({ ...record, playbook: undefined }))}</pre></details></section>`}`;
}

function factsSection({ id, deal, record }: Standing, { people, roles: ofNew }: Surroundings): Html {
  // A handoff keeps the names of the playbook it started with.
  const roles = record?.playbook.roles ?? ofNew;
  const manager = record && holderOf(record, 'customerSuccessManager');
  return html`<section class="card"><h2>The deal</h2><dl>
<dt>Handoff</dt><dd>${id}</dd>
<dt>Signed</dt><dd>${timeHtml(deal.closedWonAt)}</dd>
<dt>Segment</dt><dd dir="auto">${record?.state.segment ?? deal.segment ?? 'not said'}</dd>
<dt>${roleTitle(roles, 'accountExecutive')}</dt><dd dir="auto">${nameOf(people, deal.accountExecutive)}</dd>
<dt>${roleTitle(roles, 'customerSuccessManager')}</dt><dd dir="auto">${manager === undefined ? 'nobody yet' : nameOf(people, manager)}${
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

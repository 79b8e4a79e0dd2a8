import type { Form } from '../../domain/fields/evidence.ts';
import { textsOf } from '../../domain/fields/evidence.ts';
import type { SiteFacts } from '../../domain/handoff/site.ts';
import type { Person } from '../../domain/people/person.ts';
import type { AuditedRound } from '../../domain/reports/audit-timeline.ts';
import type { AuditedHandoff, AuditView } from '../../domain/reports/audit-view.ts';
import type { Remediation } from '../../domain/reports/remediation.ts';
import { auditPath, reportPath } from '../../domain/reports/report-address.ts';
import type { Instant } from '../../domain/time/calendar.ts';
import type { Period } from '../../domain/time/periods.ts';
import { dateIn, momentIn } from '../../domain/time/wording.ts';
import { type Content, type Html, html, lines } from '../html.ts';
import { messagePage, page } from '../layout.ts';
import type { Page } from '../outcome-page.ts';
import { dayText, periodText } from './period-text.ts';

/** The audit of a quarter, with what was sent last. */
export interface ShownAudit {
  readonly view: AuditView;
  readonly person: Person;
  readonly owners: readonly Person[];
  readonly saved?: 'note' | 'done';
  readonly refused?: {
    readonly handoffId: string;
    readonly problems: readonly { readonly field: 'what' | 'owner' | 'by'; readonly message: string }[];
    readonly typed: Form;
  };
}

interface Asked {
  readonly site: SiteFacts;
  readonly linkId: string;
  readonly nonce: string;
  readonly at: Instant;
}

/** The audit of a quarter (S4): each handoff of the sample with its timeline, evidence and gaps, and notes on what is to change. */
export function auditPage(shown: ShownAudit, asked: Asked): Page {
  const { view, person, saved, refused } = shown;
  const { site, linkId } = asked;
  const title = `Audit of ${periodText(view.quarter)}`;
  const body = html`<p class="where" dir="auto">Reports · ${person.name}</p>
<h1>${title}</h1>
<p class="no-print"><a href="/r/${linkId}">Reports</a> · <a href="/d/${linkId}">My desk</a></p>
${saved !== undefined && html`<p class="note good" role="status">${saved === 'note' ? 'Note saved.' : 'Marked as done.'}</p>`}
${refused && problemsHtml(refused.problems, refused.handoffId)}
${!view.isWhole && html`<p class="note soon">The quarter is not over yet in these numbers: the sample will change.</p>`}
<p>A random ${view.handoffs.length} of ${view.of} handoffs that ended or stalled in the quarter, as of ${momentIn(site.defaultZone, view.asOf, asked.at)}. Seed: <code>${view.seed}</code>.</p>
<details class="plain"><summary>How to draw the same again</summary><p>Write the seed, a slash, and the handoff’s id, take the SHA-256 of each, and sort by it: they are the first. <code>npm run report -- quarter</code> does so.</p></details>
${view.handoffs.length === 0 && html`<p class="card">No handoff ended or stalled in this quarter.</p>`}
${view.handoffs.map((handoff) => handoffHtml(handoff, shown, asked))}
${view.otherNotes.length > 0 && html`<section class="card"><h2>Notes on other handoffs</h2><p class="soft">They were in the sample before it was corrected.</p>${notesHtml(view.otherNotes, shown, asked)}</section>`}`;
  return { status: refused ? 422 : 200, html: page({ site, title: refused ? `Error: ${title}` : title, body }) };
}

/** Where there is none to show; `keptFrom`: the first month kept, where it is because of that. */
export function noAuditPage({ site, linkId }: Pick<Asked, 'site' | 'linkId'>, keptFrom: Period | undefined): Page {
  const why =
    keptFrom === undefined
      ? 'The address may be cut off, or the audit isn’t yours to see.'
      : `Nothing is kept from then. Handoffs signed before ${periodText(keptFrom)} were deleted once they were over.`;
  const after = html`<p><a class="button" href="${reportPath(linkId, 'overview')}">See your reports</a></p>`;
  return { status: 404, html: messagePage({ site, heading: 'There is no such audit', paragraphs: [why], after }) };
}

const problemsHtml = (problems: NonNullable<ShownAudit['refused']>['problems'], handoffId: string): Html =>
  html`<div class="note bad problems" role="alert" aria-labelledby="problems" tabindex="-1" autofocus><h2 id="problems">There is a problem</h2><ul>${problems.map(
    ({ field, message }) => html`<li><a href="#${field}-${handoffId}">${message}</a></li>`,
  )}</ul></div>`;

function handoffHtml(handoff: AuditedHandoff, shown: ShownAudit, asked: Asked): Html {
  const { id, customer, timeline, gaps, notes } = handoff;
  const page = reportPath(asked.linkId, 'handoffs', { handoff: id });
  return html`<section class="card" id="${id}"><h2 dir="auto"><a href="${page}">${customer}</a></h2>
<p class="soft">${id}. ${courseText(handoff, asked.site.defaultZone)}</p>
<h3>Gaps</h3>
${gaps.length === 0 ? html`<p>None.</p>` : html`<ul>${gaps.map((gap) => html`<li dir="auto">${gap}</li>`)}</ul>`}
<details class="plain printed"><summary>Timeline and evidence</summary>
${timeline.length === 0 ? html`<p>Its records are gone.</p>` : html`<ol>${timeline.map((round) => roundHtml(round, handoff, asked))}</ol>`}
</details>
<h3>Remediation notes</h3>
${notes.length === 0 ? html`<p>No notes yet.</p>` : notesHtml(notes, shown, asked)}
${noteForm(handoff, shown, asked)}
</section>`;
}

/** 'Signed Sep 1, 2026, stalled Oct 5, 2026, not over yet.' */
function courseText({ signedAt, stalledAt, endedAt, ending }: AuditedHandoff, zone: string): string {
  const stalled = stalledAt === undefined ? '' : `, stalled ${dayText(stalledAt, zone)}`;
  return `Signed ${dayText(signedAt, zone)}${stalled}, ${endedAt === undefined ? 'not over yet' : `${ending ?? 'ended'} ${dayText(endedAt, zone)}`}.`;
}

function roundHtml(
  { title, dueAt, promisedAt = dueAt, decided, evidence }: AuditedRound,
  { endedAt }: AuditedHandoff,
  { site, at }: Asked,
): Html {
  const zone = site.defaultZone;
  const when = (time: Instant): string => momentIn(zone, time, at);
  const none = endedAt === undefined ? 'not answered yet' : 'never answered';
  const how = decided ? html`${decided.label}, ${when(decided.at)}, by <bdi>${decided.by}</bdi>` : none;
  const held =
    promisedAt === dueAt ? `Promised and due ${when(dueAt)}.` : `Promised ${when(promisedAt)}, due ${when(dueAt)}.`;
  return html`<li dir="auto"><strong>${title}</strong>: ${how}. <span class="soft">${held}</span>${
    evidence.length > 0 &&
    html`<dl>${evidence.map(({ label, text }) => html`<dt>${label}</dt><dd dir="auto">${lines(text)}</dd>\n`)}</dl>`
  }</li>\n`;
}

function notesHtml(notes: readonly Remediation[], { owners, view, person }: ShownAudit, asked: Asked): Html {
  const { site, linkId, nonce, at } = asked;
  const nameOf = (email: string) => owners.find((each) => each.email === email)?.name ?? email;
  const today = dateOnly(at, person);
  return html`<ul>${notes.map(({ id, what, owner, by, done }) => {
    const state: Content = done
      ? html`Done ${dateIn(site.defaultZone, done.at, at)}.`
      : html`${by < today && html`<strong>Past its date.</strong> `}<form class="no-print" method="post" action="${auditPath(linkId, view.quarter)}"><input type="hidden" name="nonce" value="${nonce}"><input type="hidden" name="act" value="done"><input type="hidden" name="note" value="${id}"><button class="quiet" aria-label="Mark as done: ${what}">Mark as done</button></form>`;
    return html`<li dir="auto">${what} <span class="soft">${nameOf(owner)}, by ${dayText(`${by}T12:00:00Z`, 'UTC')}.</span> ${state}</li>`;
  })}</ul>`;
}

const dateOnly = (at: Instant, { availability: { zone } }: Person): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(Date.parse(at));

function noteForm({ id, customer }: AuditedHandoff, { owners, refused, view }: ShownAudit, asked: Asked): Html {
  const mine = refused?.handoffId === id ? refused : undefined;
  const typed = (name: string) => (mine && textsOf(mine.typed, name)[0]) ?? '';
  const wrong = (name: string): Content => {
    const problem = mine?.problems.find(({ field }) => field === name);
    return problem && html`<p class="error" id="${name}-${id}-error">${problem.message}</p>`;
  };
  const described = (name: string): Content =>
    mine?.problems.some(({ field }) => field === name) &&
    html` aria-invalid="true" aria-describedby="${name}-${id}-error"`;
  return html`<details class="plain no-print"${mine && html` open`}><summary>Add a note</summary>
<form method="post" action="${auditPath(asked.linkId, view.quarter)}" aria-label="A note on ${customer}">
<input type="hidden" name="nonce" value="${asked.nonce}"><input type="hidden" name="act" value="note"><input type="hidden" name="handoff" value="${id}">
<div class="field"><label for="what-${id}">What is to change</label>${wrong('what')}<textarea id="what-${id}" name="what" rows="3"${described('what')}>${typed('what')}</textarea></div>
<div class="field"><label for="owner-${id}">Who sees to it</label>${wrong('owner')}<select id="owner-${id}" name="owner"${described('owner')}><option value="">Select</option>${owners.map(
    ({ email, name }) => html`<option value="${email}"${typed('owner') === email && html` selected`}>${name}</option>`,
  )}</select></div>
<div class="field"><label for="by-${id}">By when</label>${wrong('by')}<input type="date" id="by-${id}" name="by" value="${typed('by')}"${described('by')}></div>
<div class="buttons"><button>Add note</button></div>
</form></details>`;
}

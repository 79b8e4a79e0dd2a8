import { type EvidenceProblem, textsOf } from '../domain/fields/evidence.ts';
import { kinds } from '../domain/fields/kinds.ts';
import { previewName } from '../domain/fields/rows.ts';
import type { MailPreview } from '../domain/messages/mail-preview.ts';
import type { FieldView } from '../domain/step/field-view.ts';
import type { Refused } from '../domain/step/outcome.ts';
import { fieldsOfForm } from '../domain/step/package-form.ts';
import type { ActionView, ChoiceView } from '../domain/step/step-offers.ts';
import type { StepView } from '../domain/step/step-view.ts';
import { zoneName } from '../domain/time/wall-format.ts';
import { enterHtml } from './enter.ts';
import { fieldHtml, fieldId } from './fields.ts';
import { type Content, type Html, html, lines } from './html.ts';
import { page } from './layout.ts';
import { previewsHtml } from './mail-preview.ts';
import { notesHtml } from './notes.ts';
import { packageFormName } from './package-field.ts';
import { packageFormHtml } from './package-form.ts';
import { planTextHtml } from './plan-page.ts';
import { answeredHtml, returnedHtml } from './returned-gaps.ts';
import { reviewsHtml } from './review-fields.ts';
import { peopleHtml, standingHtml, trailHtml } from './standing.ts';
import { typedHtml } from './typed-texts.ts';

export interface StepPageOptions {
  /** Of the link: `/s/<id>`. Forms are posted to it, the brief is at `<path>/brief`. */
  readonly path: string;
  readonly nonce: string;
  /** The emails that its choices would send to the customer, by choice. */
  readonly previews?: ReadonlyMap<string, readonly MailPreview[]>;
  /** The form that was sent and cannot be used, by its choice; what was typed is shown again. */
  readonly refused?: Refused;
  /** When the draft was saved just now: '10:42 AM'. */
  readonly saved?: string;
}

/**
 * The page behind a link: what is asked, why, by when and why then, what is known already, and the buttons. A POST carries
 * `choice`, `nonce`, `round` and the fields by name; the package form also `packageVersion`.
 */
export function stepPage(view: StepView, options: StepPageOptions): string {
  const { customer, deal, title, site } = view;
  const choices = view.choices.filter((choice) => !isInPackageForm(view, choice));
  // What can be decided by a button alone is decided from the brief.
  const readFirst = view.shows === 'brief' || choices.some(({ fields }) => fields.length === 0);
  const body = html`<header>
<p class="where" dir="auto">${customer} · ${deal}</p>
<h1 dir="auto">${title}</h1>
</header>
<div class="columns">
<div>
${problemsHtml(view, options)}
${typedHtml(options.refused?.kept ?? [])}
${noticeHtml(view)}
${view.sentBefore !== undefined && html`<div class="note soon"><p dir="auto">${view.sentBefore}</p></div>`}
${dueHtml(view)}
${view.meeting !== undefined && html`<p class="note" dir="auto">${view.meeting.text}</p>`}
${returnedHtml(view)}
${answeredHtml(view)}
${view.gaps.length > 0 && !isReview(view) && html`<section class="card"><h2>What is missing or wrong</h2><ul>${items(view.gaps)}</ul></section>`}
${packageFormHtml(view, packageOptions(view, options))}
${questionsHtml(view)}
${floorHtml(view)}
${stillOpenHtml(view)}
${planHtml(view, options)}
${readFirst && briefHtml(view, options)}
${choices.map((choice, i) => choiceHtml(view, options, { choice, isFirst: i === 0 }))}
${actionsHtml(view, options)}
</div>
<aside class="beside" aria-label="About this handoff">
${standingHtml(view.standing)}
${!readFirst && briefHtml(view, options)}
${notesHtml(view.notes)}
${peopleHtml(view.standing)}
${trailHtml(view.trail)}
</aside>
</div>`;
  const foot = html`<p dir="auto">This page is for ${view.person.name}. The link is theirs, so don’t forward it. Times are in ${zoneName(view.zone)}.</p>`;
  const about = options.refused === undefined || options.refused.arranged ? title : `Error: ${title}`;
  return page({ site, title: `${about}: ${customer}`, body, foot, isWide: true, isScripted: isScripted(view) });
}

/** Whether the page has the script: where somebody types a package. */
export const isScripted = ({ packageForm }: StepView): boolean => packageForm !== undefined;

function noticeHtml({ notice, reasons = [] }: StepView): Content {
  if (notice === undefined) return undefined;
  return html`<div class="note soon"><p dir="auto">${notice}</p>
${reasons.map((reason) => html`<blockquote class="lines" dir="auto">${reason}</blockquote>\n`)}</div>`;
}

/** Whether the page asks about each missing answer by itself: then what is missing stands there. */
const isReview = ({ choices }: StepView): boolean =>
  choices.some(({ fields }) => fields.some(({ group }) => group !== undefined));

function dueHtml({ due, what, why, state, capacity }: StepView): Html {
  const tone = { 'in time': 'good', 'due soon': 'soon', overdue: 'bad', waiting: 'soon' }[due.state];
  return html`<section class="card" aria-label="What is asked">
${state === 'act' && capacity === 'owner' && html`<p class="lines" dir="auto">${what}</p>`}
${state !== 'read-only' && html`<p class="soft" dir="auto">${why}</p>`}
<p class="due"><strong>${state === 'act' && due.state === 'overdue' ? 'Was due' : 'Due'} ${due.text}</strong> <span class="badge ${tone}" dir="auto">${due.words}</span></p>
${state !== 'read-only' && html`<p class="hint" dir="auto">${due.because}.</p>`}
${
  state !== 'read-only' &&
  due.promised &&
  html`<p dir="auto">${due.promised.cause} Promised for ${due.promised.text}.</p>
<p class="hint" dir="auto">${due.promised.because}.</p>`
}
</section>`;
}

/** All problems on top, each leading to its field; the summary takes the focus. */
function problemsHtml(view: StepView, { refused }: StepPageOptions): Content {
  if (refused === undefined || refused.problems.length === 0) return undefined;
  const form = formNameOf(view, refused.choice);
  // Forms on one page have fields of the same name: those that were sent are meant.
  const sent = [...view.choices, ...view.actions].find(({ id }) => id === refused.choice);
  const inForm = view.packageForm && form === packageFormName ? fieldsOfForm(view.packageForm) : [];
  const names = new Set([...(sent?.fields ?? []), ...inForm].map(({ name }) => name));
  return html`<div class="note bad problems" role="alert" aria-labelledby="problems" tabindex="-1" autofocus><h2 id="problems">There is a problem</h2>
<p>Nothing you typed is lost.</p>
<ul>${refused.problems.map(({ field, problem, at }) => {
    return names.has(field)
      ? html`<li dir="auto"><a href="#${fieldId(form, placeName(field, at))}">${problem}</a></li>\n`
      : html`<li dir="auto">${problem}</li>\n`;
  })}</ul></div>`;
}

/** The name of the field, row or cell that a problem is about. */
const placeName = (field: string, at: EvidenceProblem['at']): string =>
  [field, at?.row, at?.column].filter((part) => part !== undefined).join('.');

function choiceHtml(
  view: StepView,
  options: StepPageOptions,
  { choice, isFirst }: { readonly choice: ChoiceView; readonly isFirst: boolean },
): Html {
  const alone = choice.fields.length === 0;
  const mails = options.previews?.get(choice.id) ?? [];
  const isUpdated = options.refused?.arranged?.field === previewName;
  const hasOtherButtons = mails.length > 0 || choice.fields.some(({ kind }) => kinds[kind].rows);
  return html`<form class="card" method="post" action="${options.path}">
${hiddenHtml(view, options, choice.id)}${hasOtherButtons && enterHtml()}
${!alone && view.choices.length > 1 && html`<h2>${choice.label}</h2>`}
${fieldsHtml(view, options, choice)}
${previewsHtml(mails, { site: view.site, isUpdated: isUpdated && options.refused?.choice === choice.id, id: `preview-${choice.id}` })}
<button${!isFirst && html` class="quiet"`}>${choice.label}</button>
</form>
`;
}

function actionsHtml(view: StepView, options: StepPageOptions): Content {
  const actions = view.actions.filter((action) => !isInPackageForm(view, action));
  if (actions.length === 0) return undefined;
  return html`<section class="card no-print"><h2>Something in the way?</h2>
${actions.map(
  (action) => html`<details${options.refused?.choice === action.id && html` open`}><summary>${action.title}</summary>
<form method="post" action="${options.path}">
${hiddenHtml(view, options, action.id)}
${action.says !== undefined && html`<p class="hint" dir="auto">${action.says}</p>`}
${fieldsHtml(view, options, action)}
<button class="${action.id === 'cancel' ? 'danger' : 'quiet'}">${action.label}</button>
</form></details>\n`,
)}</section>`;
}

function fieldsHtml(view: StepView, { refused }: StepPageOptions, choice: ChoiceView | ActionView): Html[] {
  const sent = refused?.choice === choice.id ? refused : undefined;
  const problemsOf = (name: string) => sent?.problems.filter(({ field }) => field === name) ?? [];
  const shown = (field: FieldView) =>
    fieldHtml(field, {
      form: formNameOf(view, choice.id),
      zone: view.zone,
      typed: sent && textsOf(sent.typed, field.name),
      sent: sent?.typed,
      problem: problemsOf(field.name).find(({ at }) => !at)?.problem,
      cells: problemsOf(field.name).filter(({ at }) => at),
      arranged: sent?.arranged,
      insist: true,
    });
  const reviews = Map.groupBy(
    choice.fields.filter(({ group }) => group !== undefined),
    ({ group = '' }) => group,
  );
  return [
    ...choice.fields.filter(({ group }) => group === undefined).map(shown),
    ...(reviews.size > 0 ? [reviewsHtml(reviews, { shown, isSaid: (name) => isSaidIn(sent, name) })] : []),
  ];
}

const isSaidIn = (sent: Refused | undefined, name: string): boolean =>
  sent !== undefined &&
  (sent.problems.some(({ field }) => field === name) || textsOf(sent.typed, name).some((text) => text.trim() !== ''));

function briefHtml(view: StepView, { path }: StepPageOptions): Html {
  const { summary } = view;
  return html`<section class="card"><h2>The brief</h2>
<dl>${summary.map(({ label, value }) => html`<dt>${label}</dt><dd dir="auto">${lines(value)}</dd>\n`)}</dl>
<p class="buttons"><a class="button quiet" href="${path}/brief">Read the whole brief</a>${
    view.plan !== undefined && html`<a class="button quiet" href="${path}/plan">Read the success plan</a>`
  }</p></section>`;
}

/** S4: what must be so before the first contact: facts, each with who and when, or what to do. */
function floorHtml({ floor }: StepView): Content {
  if (floor.length === 0) return undefined;
  return html`<section class="card"><h2>Before the first contact</h2>
<dl>${floor.map(
    ({ title, met, excused, says }) =>
      html`<dt>${title}</dt><dd dir="auto"><span class="badge ${excused ? 'soon' : met ? 'good' : 'bad'}">${excused ? 'No' : met ? 'Yes' : 'Not yet'}</span> ${says}</dd>\n`,
  )}</dl></section>`;
}

/** What the handoff goes on without, who brings it, and until when. */
function stillOpenHtml({ stillOpen }: StepView): Content {
  if (stillOpen.length === 0) return undefined;
  return html`<section class="card"><h2>Still open</h2>
<dl>${stillOpen.map(({ title, says }) => html`<dt dir="auto">${title}</dt><dd dir="auto">${says}</dd>\n`)}</dl></section>`;
}

function questionsHtml({ questions, person }: StepView): Content {
  if (questions === undefined) return undefined;
  const whose = questions.by === person.name ? 'Your questions' : `Questions of ${questions.by}`;
  return html`<section class="card"><h2 dir="auto">${whose} for the meeting</h2><ul>${items(questions.lines)}</ul></section>`;
}

function planHtml({ plan }: StepView, { path }: StepPageOptions): Content {
  if (plan?.text === undefined) return undefined;
  return html`<section class="card"><h2>The success plan</h2>
${planTextHtml(plan.text)}
<p><a class="button quiet" href="${path}/plan">Open the plan to print it</a></p></section>`;
}

function hiddenHtml(view: StepView, { nonce }: StepPageOptions, choice?: string): Html {
  return html`<input type="hidden" name="nonce" value="${nonce}"><input type="hidden" name="round" value="${view.round}">${
    view.meeting !== undefined &&
    html`<input type="hidden" name="meetingId" value="${view.meeting.id}"><input type="hidden" name="meetingVersion" value="${view.meeting.version}">`
  }${choice !== undefined && html`<input type="hidden" name="choice" value="${choice}">`}`;
}

function packageOptions(view: StepView, options: StepPageOptions) {
  const { refused, path, saved } = options;
  const sent = refused !== undefined && isSentByPackageForm(view, refused.choice) ? refused : undefined;
  return {
    hidden: hiddenHtml(view, options),
    path,
    problems: sent?.problems ?? [],
    typed: sent?.typed,
    arranged: sent?.arranged,
    saved,
  };
}

/** Choices without fields, and the request for an exception, stand in the package form, so that what was typed goes along. */
function isInPackageForm(
  view: StepView,
  { id, fields }: { readonly id: string; readonly fields: readonly unknown[] },
): boolean {
  return view.packageForm !== undefined && (fields.length === 0 || id === 'request-exception');
}

function isSentByPackageForm(view: StepView, choice: string): boolean {
  if (view.packageForm === undefined) return false;
  const found = [...view.choices, ...view.actions].find(({ id }) => id === choice);
  return choice === 'save' || (found !== undefined && isInPackageForm(view, found));
}

const formNameOf = (view: StepView, choice: string): string =>
  isSentByPackageForm(view, choice) ? packageFormName : choice;

const items = (texts: readonly string[]): Html[] => texts.map((text) => html`<li dir="auto">${text}</li>\n`);

import type { Form } from '../domain/fields/evidence.ts';
import { capitalized } from '../domain/fields/words.ts';
import { endReasonOf } from '../domain/handoff/end-reason.ts';
import type { Fact } from '../domain/handoff/fact.ts';
import type { HandoffState } from '../domain/handoff/handoff.ts';
import type { NoteView } from '../domain/handoff/notes.ts';
import type { SiteFacts } from '../domain/handoff/site.ts';
import type { Decision } from '../domain/handoff/step-record.ts';
import { goingOn, type NextStep } from '../domain/step/outcome.ts';
import { nothingMore } from '../domain/step/still-theirs.ts';
import type { TypedText } from '../domain/step/typed-texts.ts';
import { localTimeText } from '../domain/time/local-time.ts';
import { zoneName } from '../domain/time/wall-format.ts';
import { type Content, html } from './html.ts';
import { messagePage } from './layout.ts';
import { notesHtml } from './notes.ts';
import { bothHtml, typedHtml } from './typed-texts.ts';

/** What was decided and what happens next. */
export function confirmationPage(input: {
  readonly site: SiteFacts;
  readonly heading: string;
  readonly customer: string;
  readonly next: string;
  /** How doubtful answers were understood, and the like. */
  readonly details?: readonly string[];
  /** What the reader can do next. */
  readonly nextSteps?: readonly NextStep[];
  /** Back to the step, where it is still open. */
  readonly back?: string;
}): string {
  const { site, heading, customer, next, details = [], nextSteps = [], back } = input;
  return messagePage({
    site,
    heading,
    where: customer,
    paragraphs: [...details, next],
    after: html`${nextSteps.map(
      ({ step, title, due, path, isNew }, i) =>
        html`<p><a class="button${i > 0 && ' quiet'}" href="${path}"${isNew && html` data-step="${step}"`}>${title}</a></p>\n<p class="hint">${due}</p>\n`,
    )}${back !== undefined && html`<p><a class="button quiet" href="${back}">Back to the step</a></p>`}`,
  });
}

/** Somebody was first: who decided what, and when, in the reader's zone. */
export function alreadyDecidedPage(input: {
  readonly site: SiteFacts;
  readonly customer: string;
  readonly title: string;
  /** Of the handoff, which may have ended since. */
  readonly state?: EndedState;
  readonly decision: Decision;
  /** The name of whoever decided. */
  readonly by: string;
  /** Whether that is the reader. */
  readonly isOwn?: boolean | undefined;
  /** What the reader is still to do in this handoff. */
  readonly still?: readonly Pick<NextStep, 'title' | 'due'>[];
  /** Where a form that asks for links to it is sent. */
  readonly goOn?: { readonly path: string; readonly nonce: string };
  /** The label of the choice. */
  readonly choice: string;
  /** IANA zone of the reader. */
  readonly zone: string;
  /** The paths of the brief and the plan, if the reader may see them. */
  readonly brief?: string | undefined;
  readonly plan?: string | undefined;
  /** What was sent and is saved nowhere. */
  readonly typed?: readonly Fact[] | undefined;
  /** What colleagues noted. */
  readonly notes?: readonly NoteView[];
}): string {
  const {
    site,
    customer,
    title,
    state,
    decision,
    by,
    isOwn = false,
    still = [],
    goOn,
    choice,
    zone,
    brief,
    plan,
    typed = [],
    notes = [],
  } = input;
  const when = `${localTimeText(decision.at, zone)} ${zoneName(zone)}`;
  const isSaid = decision.by !== 'system';
  const isSettled = !isSaid && decision.choice !== 'unanswered';
  const heading = isSaid
    ? `${isOwn ? 'You' : capitalized(by)} already did this`
    : isSettled
      ? 'This is settled'
      : 'This ended without an answer';
  return messagePage({
    site,
    heading,
    where: `${customer} · ${title}`,
    paragraphs: [
      isSaid && html`On ${when}: <strong>${choice}</strong>`,
      isSettled && `On ${when}. What was missing has come in.`,
      !isSaid && !isSettled && `It closed on ${when}.`,
      isSaid && !isOwn && `Looks wrong? Ask ${by}.`,
      ...(state && endings[state.status] ? endedParagraphs(state, zone) : []),
      still.length > 0 && 'Still yours:',
      ...still.map(({ title, due }) => html`<strong>${title}</strong>. ${due}.`),
      still.length === 0 && (!isSaid || isOwn) && nothingMore(customer),
      typed.length > 0 && notTaken,
    ],
    after: html`${still.length > 0 && goOn && goOnForm(goOn)}${typedHtml(typed)}${readingLinks(brief, plan)}${notesHtml(notes)}`,
  });
}

/** Whoever comes back to what they did reads that it came to nothing. */
function endedParagraphs(state: EndedState, zone: string): readonly Content[] {
  const reason = endReasonOf(state);
  return [
    `This handoff ${endings[state.status]}${endedWhen(state, zone)}.`,
    ...(reason === undefined ? [] : [html`Why: ${reason}`]),
  ];
}

/** Links are made for people who ask for them, and not for scanners that fetch a page. */
const goOnForm = ({ path, nonce }: { readonly path: string; readonly nonce: string }): Content =>
  html`<form method="post" action="${path}"><input type="hidden" name="nonce" value="${nonce}"><input type="hidden" name="choice" value="${goingOn}">
<p><button>Go on</button></p></form>\n`;

/** The link is too old or was replaced; offers to mail a fresh one to the same person (POST to `<path>/fresh`). */
export function expiredPage(input: {
  readonly site: SiteFacts;
  readonly path: string;
  readonly nonce: string;
}): string {
  return messagePage({
    site: input.site,
    heading: 'This link has expired',
    paragraphs: [
      'Links last a limited time, so an old email opens nothing. We can email a new one to the address this one went to.',
    ],
    after: html`<form method="post" action="${input.path}/fresh"><input type="hidden" name="nonce" value="${input.nonce}">
<button>Email me a new link</button></form>`,
  });
}

export function freshLinkSentPage({ site }: { readonly site: SiteFacts }): string {
  return messagePage({
    site,
    heading: 'Check your inbox',
    paragraphs: [
      'If there’s still something to do, a new link goes to the address the old one went to. Nothing after a minute? Look in your spam folder.',
    ],
  });
}

export function unknownLinkPage({ site }: { readonly site: SiteFacts }): string {
  return messagePage({
    site,
    heading: 'This link isn’t complete',
    paragraphs: ['It leads nowhere as it is. Copy all of it from the email, in one piece.'],
  });
}

/** Whoever the link belongs to is no longer on the roster's active people. */
export function leftPage({ site }: { readonly site: SiteFacts }): string {
  return messagePage({
    site,
    heading: 'Somebody else has this now',
    paragraphs: ['They took over from you. Nothing needs you now.'],
  });
}

/** The deal of a draft was signed, and its package is not asked for, or not yet. */
export function draftSignedPage({
  site,
  path,
  customer,
  isComplete,
}: {
  readonly site: SiteFacts;
  /** Of the link. */
  readonly path: string;
  readonly customer: string;
  readonly isComplete: boolean;
}): string {
  return messagePage({
    site,
    heading: 'Signed: the handoff has begun',
    where: customer,
    paragraphs: [
      isComplete
        ? 'The package was complete, so nobody is asked for it again.'
        : 'What’s still missing is asked by email in a moment.',
    ],
    after: readingLinks(`${path}/brief`, undefined),
  });
}

/** The deal was lost or canceled before it was signed. */
export function draftEndedPage({
  site,
  customer,
  reason,
}: {
  readonly site: SiteFacts;
  readonly customer: string;
  readonly reason: string;
}): string {
  return messagePage({
    site,
    heading: 'This draft isn’t needed any more',
    where: customer,
    paragraphs: [
      html`Why: ${reason}`,
      `Nothing more for ${customer} now. If the deal comes back, this link opens the draft again.`,
    ],
  });
}

/** The handoff was completed, canceled or abandoned. */
export function handoffClosedPage(input: {
  readonly site: SiteFacts;
  readonly customer: string;
  readonly state: EndedState;
  /** IANA zone of the reader. */
  readonly zone: string;
  readonly brief?: string | undefined;
  readonly plan?: string | undefined;
  /** What was sent and is saved nowhere. */
  readonly typed?: readonly Fact[] | undefined;
  /** What colleagues noted. */
  readonly notes?: readonly NoteView[];
}): string {
  const { site, customer, state, zone, brief, plan, typed = [], notes = [] } = input;
  const when = endedWhen(state, zone);
  const ended = endings[state.status] ?? 'is complete';
  const reason = endReasonOf(state);
  return messagePage({
    site,
    heading: `This handoff ${ended}`,
    where: customer,
    paragraphs: [
      `It ended${when}. ${nothingMore(customer)}`,
      reason !== undefined && html`Why: ${reason}`,
      typed.length > 0 && notTaken,
    ],
    after: html`${typedHtml(typed)}${readingLinks(brief, plan)}${notesHtml(notes)}`,
  });
}

type EndedState = Pick<HandoffState, 'status' | 'reason' | 'endedAt' | 'endedBy'>;

const endedWhen = ({ endedAt }: EndedState, zone: string): string =>
  endedAt === undefined ? '' : ` on ${localTimeText(endedAt, zone)} ${zoneName(zone)}`;

const endings: Readonly<Partial<Record<HandoffState['status'], string>>> = {
  cancelled: 'was canceled',
  abandoned: 'was closed as abandoned',
};

/** Something changed since the page was opened. */
export function stalePage(input: {
  readonly site: SiteFacts;
  readonly path: string;
  readonly what?: string;
  /** Who changed it, and when. */
  readonly changed?: { readonly by: string; readonly when: string };
  /** What was sent and is saved nowhere, each with what stands in its place now. */
  readonly typed?: readonly TypedText[];
}): string {
  const { changed, typed = [] } = input;
  return messagePage({
    site: input.site,
    heading: changed ? `${changed.by} changed this on ${changed.when}` : 'This changed while you were writing',
    paragraphs: [
      input.what ?? 'Somebody changed this step after you opened the page.',
      typed.length === 0
        ? 'Yours isn’t saved yet. Open the page again to see how it stands.'
        : 'Yours isn’t saved yet: compare, then save.',
    ],
    after: html`${bothHtml(typed)}<p><a class="button" href="${input.path}">Open the page as it is now</a></p>`,
  });
}

/** A POST that did not come from our own page, or a method that is not offered. */
export function refusedPage(input: {
  readonly site: SiteFacts;
  readonly why: string;
  readonly path?: string;
  /** What was sent and is saved nowhere. */
  readonly typed?: readonly Fact[];
}): string {
  const { typed = [] } = input;
  return messagePage({
    site: input.site,
    heading: 'That didn’t go through',
    paragraphs: [input.why, 'Nothing was changed.', typed.length > 0 && notTaken],
    after: html`${typedHtml(typed)}${input.path !== undefined && html`<p><a class="button" href="${input.path}">Open the page again</a></p>`}`,
  });
}

/**
 * Something went wrong on our side. What was sent can be sent again as it was, by one button: what was done of it already is
 * recognized. Without a form, a page could not be shown.
 */
export function failedPage(input: {
  readonly site: SiteFacts;
  readonly path: string;
  readonly form?: Form;
  readonly typed?: readonly Fact[];
  /** By which the logs know the request. */
  readonly code?: string | undefined;
}): string {
  const { site, path, form, typed = [], code } = input;
  const heading = 'That didn’t work, and it’s our fault';
  if (!form)
    return messagePage({
      site,
      heading,
      paragraphs: ['We can’t show this page right now. Nothing is lost. Try again in a minute.', helpText(site, code)],
      after: html`<p><a class="button" href="${path}">Try again</a></p>`,
    });
  const fields = Object.entries(form).flatMap(([name, texts]) => [texts].flat().map((text) => ({ name, text })));
  return messagePage({
    site,
    heading,
    paragraphs: [
      'Your answers are still here. Try again in a minute; what was done already isn’t done twice.',
      helpText(site, code),
    ],
    after: html`<form method="post" action="${path}">
${fields.map(({ name, text }) => html`<input type="hidden" name="${name}" value="${text}">\n`)}<button>Try again</button></form>
${typedHtml(typed)}`,
  });
}

/** Whom to ask where it does not pass, with what finds the failure in the logs. */
const helpText = ({ repliesTo }: SiteFacts, code: string | undefined): Content =>
  code !== undefined &&
  html`Still the same? Send revenue operations${repliesTo !== undefined && ` (${repliesTo})`} this code: <code>${code}</code>`;

const notTaken = 'Yours wasn’t saved; copy it below.';

function readingLinks(brief: string | undefined, plan: string | undefined): Content {
  if (brief === undefined) return undefined;
  return html`<p class="buttons"><a class="button quiet" href="${brief}">Read the brief</a>${
    plan !== undefined && html`<a class="button quiet" href="${plan}">Read the success plan</a>`
  }</p>`;
}

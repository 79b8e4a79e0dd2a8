import type { Form } from '../domain/fields/evidence.ts';
import type { Fact } from '../domain/handoff/fact.ts';
import { type Decision, type HandoffState, statusText } from '../domain/handoff/handoff.ts';
import type { NoteView } from '../domain/handoff/notes.ts';
import type { SiteFacts } from '../domain/handoff/site.ts';
import type { NextStep } from '../domain/step/outcome.ts';
import { localTimeText } from '../domain/time/local-time.ts';
import { zoneName } from '../domain/time/wall-format.ts';
import { type Content, html } from './html.ts';
import { messagePage } from './layout.ts';
import { notesHtml } from './notes.ts';
import { typedHtml } from './typed-texts.ts';

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
    paragraphs: [next, ...details],
    after: html`${nextSteps.map(
      ({ step, title, due, path }, i) =>
        html`<p><a class="button${i > 0 && ' quiet'}" href="${path}" data-step="${step}">${title}</a></p>\n<p class="hint">Due ${due}</p>\n`,
    )}${back !== undefined && html`<p><a class="button quiet" href="${back}">Back to the step</a></p>`}`,
  });
}

/** Somebody was first: who decided what, and when, in the reader's zone. */
export function alreadyDecidedPage(input: {
  readonly site: SiteFacts;
  readonly customer: string;
  readonly title: string;
  readonly decision: Decision;
  /** The name of whoever decided. */
  readonly by: string;
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
  const { site, customer, title, decision, by, choice, zone, brief, plan, typed = [], notes = [] } = input;
  const when = `${localTimeText(decision.at, zone)} ${zoneName(zone)}`;
  const isSaid = decision.by !== 'system';
  const isSettled = !isSaid && decision.choice !== 'unanswered';
  const who = isSaid
    ? `${by} decided on ${when}:`
    : isSettled
      ? `This was settled on ${when}: what was missing has come in.`
      : `The step ended on ${when} without an answer.`;
  return messagePage({
    site,
    heading: 'This is decided already',
    where: `${customer} · ${title}`,
    paragraphs: [
      who,
      isSaid && html`<strong>${choice}</strong>`,
      isSettled
        ? 'There is nothing left for you to do.'
        : 'Nothing you do here changes it. If it is wrong, talk to whoever decided.',
      typed.length > 0 && notTaken,
    ],
    after: html`${typedHtml(typed)}${readingLinks(brief, plan)}${notesHtml(notes)}`,
  });
}

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
      'Links work for a limited time, so that an old mail cannot open anything. You can have a fresh one, sent to the mail address this one was sent to.',
    ],
    after: html`<form method="post" action="${input.path}/fresh"><input type="hidden" name="nonce" value="${input.nonce}">
<button>Mail me a fresh link</button></form>`,
  });
}

export function freshLinkSentPage({ site }: { readonly site: SiteFacts }): string {
  return messagePage({
    site,
    heading: 'A fresh link is on its way',
    paragraphs: [
      'It goes to the mail address the old one was sent to, if there is still something to do. It should be there in a minute; look into the spam folder if it is not.',
    ],
  });
}

export function unknownLinkPage({ site }: { readonly site: SiteFacts }): string {
  return messagePage({
    site,
    heading: 'There is nothing here',
    paragraphs: [
      'This address leads nowhere. If it comes from a mail, it may have been cut: open the whole link, or copy it in one piece.',
    ],
  });
}

/** Whoever the link belongs to is no longer on the roster's active people. */
export function leftPage({ site }: { readonly site: SiteFacts }): string {
  return messagePage({
    site,
    heading: 'This link no longer works',
    paragraphs: ['Somebody else has taken over from you, so there is nothing for you to do.'],
  });
}

/** The handoff was completed, canceled or abandoned. */
export function handoffClosedPage(input: {
  readonly site: SiteFacts;
  readonly customer: string;
  readonly state: Pick<HandoffState, 'status' | 'reason' | 'endedAt'>;
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
  const when = state.endedAt === undefined ? '' : ` since ${localTimeText(state.endedAt, zone)} ${zoneName(zone)}`;
  return messagePage({
    site,
    heading: `The handoff is ${statusText(state.status)}`,
    where: customer,
    paragraphs: [
      `This handoff is ${statusText(state.status)}${when}. There is nothing left for you to do.`,
      state.reason !== undefined && html`Why: ${state.reason}`,
      typed.length > 0 && notTaken,
    ],
    after: html`${typedHtml(typed)}${readingLinks(brief, plan)}${notesHtml(notes)}`,
  });
}

/** Something changed since the page was opened. */
export function stalePage(input: {
  readonly site: SiteFacts;
  readonly path: string;
  readonly what?: string;
  /** What was sent and is saved nowhere. */
  readonly typed?: readonly Fact[];
}): string {
  const { typed = [] } = input;
  return messagePage({
    site: input.site,
    heading: 'Something has changed',
    paragraphs: [
      input.what ?? 'Somebody changed this step since you opened the page.',
      typed.length === 0
        ? 'Nothing was decided. Open the page again to see how it stands.'
        : 'Nothing was decided, and what you typed is not saved. Copy what you need from below, then open the page again.',
    ],
    after: html`${typedHtml(typed)}<p><a class="button" href="${input.path}">Open the page again</a></p>`,
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
    heading: 'This was not accepted',
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
}): string {
  const { site, path, form, typed = [] } = input;
  const heading = 'Something went wrong on our side';
  if (!form)
    return messagePage({
      site,
      heading,
      paragraphs: ['This page cannot be shown right now. Nothing is lost: try again in a minute.'],
      after: html`<p><a class="button" href="${path}">Try again</a></p>`,
    });
  const fields = Object.entries(form).flatMap(([name, texts]) => [texts].flat().map((text) => ({ name, text })));
  return messagePage({
    site,
    heading,
    paragraphs: ['Nothing you typed is lost. Send it again in a minute; what was done already is not done twice.'],
    after: html`<form method="post" action="${path}">
${fields.map(({ name, text }) => html`<input type="hidden" name="${name}" value="${text}">\n`)}<button>Send it again</button></form>
${typedHtml(typed)}`,
  });
}

const notTaken = 'What you sent now was not taken. Copy what you need from below.';

function readingLinks(brief: string | undefined, plan: string | undefined): Content {
  if (brief === undefined) return undefined;
  return html`<p class="buttons"><a class="button quiet" href="${brief}">Read the brief</a>${
    plan !== undefined && html`<a class="button quiet" href="${plan}">Read the success plan</a>`
  }</p>`;
}

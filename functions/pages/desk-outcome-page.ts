import type { SiteFacts } from '../domain/handoff/site.ts';
import type { DeskOutcome } from '../domain/step/desk-outcome.ts';
import { deskPage } from './desk-page.ts';
import { type Content, html } from './html.ts';
import { messagePage } from './layout.ts';
import type { Page } from './outcome-page.ts';
import { leftPage, unknownLinkPage } from './outcome-pages.ts';

export interface DeskRequest {
  /** Of the link: `/d/<id>`. */
  readonly path: string;
  /** For the forms on the page. */
  readonly nonce: string;
  readonly site: SiteFacts;
}

/** What a desk link led to, as a page with its HTTP status. */
export function deskOutcomePage(outcome: DeskOutcome, request: DeskRequest): Page {
  const { site, path } = request;
  const says = (heading: string, paragraphs: readonly Content[], after?: Content): string =>
    messagePage({ site, heading, paragraphs, after });
  switch (outcome.kind) {
    case 'unknown-link':
      return { status: 404, html: unknownLinkPage({ site }) };
    case 'left':
      return { status: 410, html: leftPage({ site }) };
    case 'expired':
      return {
        status: 410,
        html: says('This link has expired', ['Links to a desk last 7 days.'], freshHtml(request)),
      };
    case 'ended':
      return {
        status: 410,
        html: says('This link was ended', ['You ended the links to your desk.'], freshHtml(request)),
      };
    case 'not-on-roster':
      return {
        status: 410,
        html: says('You have no desk yet', [
          'Your email address isn’t on the roster. Ask revenue operations to add you. The links to your steps work without it.',
        ]),
      };
    case 'stale':
      return { status: 409, html: says('Something has changed', [outcome.what], backHtml(path)) };
    case 'confirmed':
      return { status: 200, html: says(outcome.heading, [outcome.next], backHtml(path)) };
    case 'ended-now':
      return {
        status: 200,
        html: says('The link is ended', [
          'It opens nothing any more, nor do the desk links in your earlier emails. Your next email brings a new one.',
        ]),
      };
    case 'desk': {
      const { view, refused } = outcome;
      return { status: refused ? 422 : 200, html: deskPage(view, { ...request, ...(refused && { refused }) }) };
    }
  }
}

const freshHtml = ({ path, nonce }: DeskRequest): Content =>
  html`<form method="post" action="${path}/fresh"><input type="hidden" name="nonce" value="${nonce}">
<p>A new one goes to the address the old one went to.</p>
<button>Email me a new link</button></form>`;

const backHtml = (path: string): Content => html`<p><a class="button" href="${path}">Back to my desk</a></p>`;

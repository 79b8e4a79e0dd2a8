import type { Form } from '../domain/fields/evidence.ts';
import type { SiteFacts } from '../domain/handoff/site.ts';
import { sentTexts } from '../domain/step/typed-texts.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { type OwnStyles, pageHeaders } from '../pages/headers.ts';
import type { Page } from '../pages/outcome-page.ts';
import { failedPage } from '../pages/outcome-pages.ts';
import { isPassing } from '../ports/passing.ts';

/** The part of an API Gateway HTTP API event (payload version 2.0) that pages use. */
export interface HttpEvent {
  readonly rawPath: string;
  readonly rawQueryString?: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly pathParameters?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: {
    readonly timeEpoch: number;
    /** By which name the API was called: the company's own, or API Gateway's. */
    readonly domainName?: string;
    readonly requestId?: string;
    readonly http?: { readonly method: string };
  };
}

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** When the request came in, UTC. */
export const timeOf = (event: HttpEvent): Instant => new Date(event.requestContext.timeEpoch).toISOString();

/** The address that was called; undefined where the gateway does not say by which name. */
export const addressOf = ({ rawPath, requestContext: { domainName } }: HttpEvent): string | undefined =>
  domainName === undefined ? undefined : `https://${domainName}${rawPath}`;

/** The id in a link, or one that nobody has. */
export const linkIdOf = (event: HttpEvent): string => event.pathParameters?.['link'] ?? '';

export const answer = ({
  status,
  html,
  isScripted = false,
  framed,
  styles,
  hasForms,
}: Page & OwnStyles): HttpAnswer => ({
  statusCode: status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    ...pageHeaders({ isScripted, ...framed, ...(styles && { styles }), ...(hasForms !== undefined && { hasForms }) }),
  },
  body: html,
});

/** Leads a browser on to another page of ours: a path. */
export const leadOn = (path: string): HttpAnswer => ({
  statusCode: 303,
  headers: { ...pageHeaders(), location: path },
  body: '',
});

/** An answer for the script of a page. */
export const answerJson = ({ status, said }: { status: number; said: unknown }): HttpAnswer => ({
  statusCode: status,
  headers: { ...pageHeaders(), 'content-type': 'application/json' },
  body: JSON.stringify(said),
});

/** A CSV file to be kept, by its name: plain letters, digits, hyphens. It shows nothing and runs nothing. */
export const answerCsv = ({ name, csv }: { readonly name: string; readonly csv: string }): HttpAnswer => ({
  statusCode: 200,
  headers: {
    ...pageHeaders(),
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}"`,
  },
  body: csv,
});

/** Plain text, where a page would be taken for what was asked for. */
export const answerText = ({ status, text }: { readonly status: number; readonly text: string }): HttpAnswer => ({
  statusCode: status,
  headers: { ...pageHeaders(), 'content-type': 'text/plain; charset=utf-8' },
  body: text,
});

/** What the address asks for behind its question mark. */
export const queryOf = (event: HttpEvent): URLSearchParams => new URLSearchParams(event.rawQueryString ?? '');

/** The fields of a submitted form; a name that comes more than once has all its values. */
export function formOf(event: HttpEvent): Form {
  const body = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : (event.body ?? '');
  const form: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const values = Object.hasOwn(form, name) ? form[name] : undefined;
    if (values) values.push(value);
    else form[name] = [value];
  }
  return form;
}

/**
 * Whether a form was sent from our own page. `Sec-Fetch-Site`, which no page can forge, says so at whichever address of ours the page
 * was opened; a browser that does not send it must name the site's origin.
 */
export function isFromOwnPage(event: HttpEvent, siteUrl: string): boolean {
  const { origin, 'sec-fetch-site': site } = event.headers;
  if (site !== undefined) return site === 'same-origin';
  return origin === new URL(siteUrl).origin;
}

/** Answers what ends in an error by a page of ours that gives back what was sent. */
export const orFailedPage = (site: SiteFacts, run: (event: HttpEvent) => Promise<HttpAnswer>) =>
  Object.assign(run, {
    otherwise: (event: HttpEvent, error: unknown, code?: string): HttpAnswer => {
      const status = isPassing(error) ? 503 : 500;
      const form = event.body === undefined ? undefined : formOf(event);
      const sent = form && { form, typed: sentTexts(form) };
      return answer({ status, html: failedPage({ site, path: event.rawPath, code, ...sent }) });
    },
  });

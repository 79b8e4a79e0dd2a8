import type { DraftView } from '../domain/step/draft-view.ts';
import type { Refused } from '../domain/step/outcome.ts';
import { zoneName } from '../domain/time/wall-format.ts';
import { briefArticle } from './brief-page.ts';
import { html } from './html.ts';
import { page } from './layout.ts';
import { packageFormHtml } from './package-form.ts';

interface DraftPageOptions {
  /** Of the link: `/s/<id>`. */
  readonly path: string;
  readonly nonce: string;
  readonly refused?: Refused;
  /** When it was saved just now: '10:42 AM'. */
  readonly saved?: string;
}

/** The page of a deal that is not signed: whoever sells it fills in the package, whoever takes it reads. Nothing is due. */
export function draftPage(view: DraftView, { path, nonce, refused, saved }: DraftPageOptions): string {
  const { customer, deal, percent, target, seller, successManager, expected, packageForm, site, zone } = view;
  const title = packageForm ? 'Start the package' : 'Read the draft';
  const when = expected === undefined ? 'It isn’t signed yet.' : `It’s expected to be signed on ${expected}.`;
  const problems = refused?.problems ?? [];
  const body = html`<header>
<p class="where" dir="auto">${customer} · ${deal}</p>
<h1 dir="auto">${title}</h1>
</header>
${problems.length > 0 && html`<div class="card problems" role="alert"><h2>There is a problem</h2><ul>${problems.map(({ problem }) => html`<li>${problem}</li>`)}</ul></div>`}
<div class="note"><p dir="auto">${when} Nothing is due.</p>
<p dir="auto">${
    packageForm
      ? html`What you add now won’t be asked later${successManager !== undefined && html`, and ${successManager} reads it`}.`
      : html`Ask ${seller} now for what you’d miss.`
  }</p></div>
<p><span class="badge ${percent >= target ? 'good' : 'soon'}">${percent}% complete</span> <span class="soft">Target by signing: ${target}%</span></p>
${
  packageForm
    ? packageFormHtml(
        { packageForm, actions: [], choices: [], zone },
        {
          hidden: html`<input type="hidden" name="nonce" value="${nonce}"><input type="hidden" name="round" value="1">`,
          path,
          problems,
          typed: refused?.typed,
          arranged: refused?.arranged,
          saved,
        },
      )
    : briefArticle(view.brief, false)
}
${packageForm && html`<p class="no-print"><a href="${path}/brief">Read it as ${successManager ?? 'your colleagues'} will</a></p>`}`;
  const foot = html`<p dir="auto">This page is for ${view.reader}. The link is theirs, so don’t forward it. Times are in ${zoneName(zone)}.</p>`;
  return page({ site, title: `${title}: ${customer}`, body, foot, isScripted: packageForm !== undefined });
}

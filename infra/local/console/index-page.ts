import { type BoardFilter, boardEntries } from '../../../functions/domain/step/board.ts';
import { type Html, html } from '../../../functions/pages/html.ts';
import { boardSection } from '../../../functions/pages/operations/board-page.ts';
import type { Sample } from '../samples.ts';
import { boardFilters } from './board-filters.ts';
import { type Closing, closingSection } from './closing-section.ts';
import { crmPath } from './crm-page.ts';
import { mailRow } from './mail-row.ts';
import type { Standing } from './register.ts';
import { storyButton } from './story-banner.ts';
import type { Surroundings } from './surroundings.ts';
import { type Trouble, troubleSection } from './trouble.ts';

export interface Index {
  readonly handoffs: readonly Standing[];
  readonly filter: BoardFilter;
  readonly trouble: Trouble;
  readonly closing: Pick<Closing, 'samples' | 'broken' | 'playbook'>;
  /** What the CRM that is played here is called. */
  readonly crm: string | undefined;
}

const shownMails = 6;

/** The first page: the board; while there is no handoff, how to begin. */
export function indexPage(index: Index, around: Surroundings): Html {
  const { handoffs, filter, trouble } = index;
  if (handoffs.length === 0) return firstVisit(index, around);
  const entries = boardEntries(handoffs, around.now);
  return html`<div class="line head"><h1>Handoffs</h1><a class="button slim end" href="/close">Close a deal</a></div>
${boardSection({ entries, filter, filters: boardFilters(entries, filter, around) }, around)}
${troubleSection(trouble)}
${latestMails(around)}`;
}

function firstVisit({ closing, trouble, crm }: Index, around: Surroundings): Html {
  const [start] = closing.samples;
  return html`<h1>From a won deal to a finished handoff, on this machine</h1>
<p class="soft">${crm === undefined ? 'Close' : 'Win'} a deal, read the emails people get, act on their links, and move the clock. Nothing leaves this machine.</p>
<section class="card hero" id="handoffs"><p><strong>No handoffs yet. They start when a deal closes.</strong></p>
${crm && html`<p>Sample deals wait in ${crm}, played on this machine. Win one there, and its handoff begins.</p>`}
${start && html`<div class="line">${crm && html`<p><a class="button" href="${crmPath}">Win a deal in ${crm}</a></p>`}${storyButton}${startButton(start)}</div>`}</section>
${troubleSection(trouble)}
${closingSection({ ...closing, people: around.people, first: true, now: around.now })}`;
}

const startButton = ({ name, title }: Sample): Html =>
  html`<form method="post" action="/deals"><p><button class="quiet" name="sample" value="${name}">Close ${title.replace(/^A /, 'a ')}</button></p></form>`;

function latestMails({ mails, people }: Surroundings): Html {
  const latest = mails.slice(-shownMails).toReversed();
  return html`<section class="card" id="inbox" data-live="latest"><div class="line"><h2>Latest emails</h2><a class="end small" href="/inbox">Inbox (${mails.length})</a></div>
${latest.length === 0 ? html`<p class="soft">No emails yet. They all end up here; nothing leaves this machine.</p>` : html`<ul class="rows two">${latest.map((mail) => mailRow(mail, people))}</ul>`}</section>`;
}

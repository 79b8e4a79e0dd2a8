import { type Html, html } from '../../../functions/pages/html.ts';
import { type Closing, closingSection } from './closing-section.ts';
import { handoffsSection, type Standing, type Surroundings } from './handoff-list.ts';
import { inboxSection, type MailFilter } from './inbox.ts';
import { type Trouble, troubleSection } from './trouble.ts';

export interface Index {
  readonly handoffs: readonly Standing[];
  readonly filter: MailFilter;
  readonly trouble: Trouble;
  readonly closing: Pick<Closing, 'samples' | 'broken'> & { readonly typed?: string };
}

/** The first page: handoffs, inbox, and the deals that can be closed. */
export function indexPage({ handoffs, filter, trouble, closing }: Index, around: Surroundings): Html {
  const customers = new Map(handoffs.map(({ id, deal }) => [id, deal.customer.name]));
  const first = handoffs.length === 0;
  const close = closingSection({ ...closing, first, now: around.now });
  const inbox = inboxSection(around.mails, filter, { people: around.people, handoffs: customers });
  return html`<h1>${first ? 'From a won deal to a finished handoff, on this machine' : 'Handoffs on this machine'}</h1>
<p class="soft">${
    first
      ? 'Close a deal, read the mails people get, act on their links, and move the clock. Nothing leaves this machine.'
      : 'Open a step as the person it waits for, or move the clock and see what happens when nobody acts.'
  }</p>
<div class="columns"><div>
${handoffsSection(handoffs, around, closing.samples[0])}
${troubleSection(trouble)}
${first ? close : inbox}
</div><div>
${first ? inbox : close}
</div></div>`;
}

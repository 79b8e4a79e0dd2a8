import { kinds } from '../../../functions/domain/fields/kinds.ts';
import { nameOf, type People } from '../../../functions/domain/people/people.ts';
import { type Html, html } from '../../../functions/pages/html.ts';
import { badge } from '../../../functions/pages/operations/badge.ts';
import { operationsPath } from '../../../functions/pages/operations/operations-frame.ts';
import { counted, soonHtml } from '../../../functions/pages/operations/wording.ts';
import type { FakeCrm, FakeDeal, FakeStage } from '../crm/fake-crm.ts';
import type { Standing } from './register.ts';
import { type Option, select } from './select.ts';
import type { Surroundings } from './surroundings.ts';

/** Where the CRM's page stands, and what its forms are posted to. */
export const crmPath = '/crm-board';

export interface CrmView {
  /** As people know it: `HubSpot`. */
  readonly title: string;
  readonly fake: Pick<FakeCrm, 'stages' | 'outage'> & { readonly deals: readonly FakeDeal[] };
  /** The newest first. */
  readonly handoffs: readonly Standing[];
}

/** A CRM played on this machine: its deals by stage, each to be moved, and what was written back into it. */
export function crmPage(view: CrmView, around: Surroundings): Html {
  const { title, fake } = view;
  const won = fake.stages.find(({ phase }) => phase === 'won');
  return html`<div data-live="crm"><div class="line head"><h1>${title} <span class="soft">(played here)</span></h1>${
    fake.outage !== 'none' && badge('offline', 'bad')
  }${outageForm(view)}</div>
<p class="soft">${
    fake.outage === 'none'
      ? html`A handoff begins when a deal is won. Move one to <strong>${won?.label ?? 'won'}</strong>: drag it, or choose the stage and press Move.`
      : html`${title} answers nobody and tells nobody. What happens here meanwhile is told when it is back; what Handoff has to ask or write is tried again every few minutes.`
  }</p>
<div class="board crm">${fake.stages.map((stage) => column(stage, view, around))}</div></div>`;
}

const outageForm = ({ fake }: CrmView): Html =>
  html`<form class="end" method="post" action="${crmPath}"><button class="quiet slim" name="do" value="${
    fake.outage === 'none' ? 'offline' : 'online'
  }">${fake.outage === 'none' ? 'Take it offline' : 'Bring it back'}</button></form>`;

function column(stage: FakeStage, view: CrmView, around: Surroundings): Html {
  const deals = view.fake.deals.filter((deal) => deal.stage === stage.id);
  return html`<section class="column ${deals.length === 0 && 'empty'}" data-stage="${stage.id}"><h2>${breakable(stage.label)} <span class="soft">${deals.length}</span></h2>
${deals.length > 0 && html`<ul class="cards">${deals.map((deal) => card(deal, { stage, view, around }))}</ul>`}</section>\n`;
}

/** Lines may break behind a slash, as in 'Proposal/Price Quote'. */
const breakable = (label: string): string => label.replaceAll('/', '/\u200b');

interface Place {
  readonly stage: FakeStage;
  readonly view: CrmView;
  readonly around: Surroundings;
}

function card(deal: FakeDeal, place: Place): Html {
  const { view, around } = place;
  const { dealId, name, customer, value, owner } = deal;
  const handoff = view.handoffs.find((each) => each.deal.dealId === dealId);
  const facts = [
    value && kinds.money.show(value, moneyRule, 'UTC').map(({ text }) => text),
    owner === '' ? 'no owner' : nameOf(around.people, owner),
  ].filter(Boolean);
  const named = customer || name;
  return html`<li class="handoff ${place.stage.phase === 'won' && 'ended'}" draggable="true" data-deal="${dealId}"><h3 class="name" dir="auto">${named}</h3>
${name !== named && html`<p class="small soft" dir="auto">${name}</p>`}
<p class="small" dir="auto">${facts.join(' · ')}</p>
${handoff && html`<p class="small"><a href="/handoffs/${encodeURIComponent(handoff.id)}">See its handoff<span class="unseen">, ${named}</span></a></p>`}
<form class="move" method="post" action="${crmPath}">${dealField(deal)}<label><span class="unseen">Stage of ${named}</span>${stageSelect(view.fake.stages, deal)}</label><button class="quiet slim" name="do" value="move" aria-label="Move ${named}">Move</button></form>
${writtenBack(deal, handoff, around)}${notes(deal, around)}${changes(deal, place)}</li>\n`;
}

const moneyRule = { kind: 'money', label: 'Amount', required: true } as const;

const dealField = ({ dealId }: FakeDeal): Html => html`<input type="hidden" name="deal" value="${dealId}">`;

const stageSelect = (stages: readonly FakeStage[], { stage }: FakeDeal): Html =>
  html`<select name="stage">${stages.map(
    ({ id, label }) => html`<option value="${id}"${id === stage && html` selected`}>${label}</option>`,
  )}</select>`;

function writtenBack(
  { dealId, properties, customer }: FakeDeal,
  handoff: Standing | undefined,
  { siteUrl }: Surroundings,
): Html | false {
  const ours = properties.filter((property) => property.writtenBack);
  if (ours.length === 0)
    return (
      handoff !== undefined &&
      html`<p class="small soft">Nothing written back yet: that takes a minute. Move the clock.</p>`
    );
  return html`<details class="small" id="written-${dealId}" open><summary>Written back <span class="unseen">to ${customer}</span></summary><dl>${ours.map(
    ({ label, text }) => html`<div><dt>${shortLabel(label)}</dt><dd dir="auto">${linked(text, siteUrl)}</dd></div>`,
  )}</dl></details>`;
}

/** What is written back is of the handoff, on a card that says so. */
const shortLabel = (label: string): string => label.replace(/^Handoff (.)/, (_, first: string) => first.toUpperCase());

/** The pages for operations, which want a signed request, are the console's own here. */
const linked = (text: string, siteUrl: string): Html | string =>
  /^https?:\/\/\S+$/.test(text) ? html`<a href="${text.replace(`${siteUrl}${operationsPath}/`, '/')}">Open</a>` : text;

function notes(deal: FakeDeal, { now }: Surroundings): Html | false {
  return (
    deal.notes.length > 0 &&
    html`<details class="small" id="notes-${deal.dealId}"><summary>${counted(deal.notes.length, 'note')} <span class="unseen">on ${deal.customer}</span></summary><ul class="notes">${deal.notes.map(
      ({ at, text }) => html`<li><span class="soft">${soonHtml(at, now)}</span> <span dir="auto">${text}</span></li>`,
    )}</ul></details>`
  );
}

function changes(deal: FakeDeal, { stage, view, around }: Place): Html {
  const { dealId, value, owner, customer } = deal;
  const lost = view.fake.stages.find(({ phase }) => phase === 'lost');
  return html`<details class="small" id="change-${dealId}"><summary>Change it <span class="unseen">(${customer})</span></summary>
<form class="revise" method="post" action="${crmPath}">${dealField(deal)}
<label>Amount${value && value.currency !== '' && ` in ${value.currency}`} <input type="text" inputmode="decimal" name="amount" value="${value?.amount ?? ''}" autocomplete="off"></label>
<label>Owner ${select({ name: 'owner', any: 'Select' }, sellersOf(around.people, owner), owner)}</label>
<button class="quiet slim" name="do" value="change">Save</button></form>
${
  lost &&
  stage.id !== lost.id &&
  html`<form method="post" action="${crmPath}">${dealField(deal)}<input type="hidden" name="stage" value="${lost.id}"><button class="quiet slim" name="do" value="move">Mark as lost</button></form>`
}</details>`;
}

/** Whoever can own a deal, and who does. */
function sellersOf(people: People, owner: string): readonly Option[] {
  const sellers = [...people.values()]
    .filter(({ role, active }) => active && role === 'accountExecutive')
    .map(({ email, name }): Option => [email, name]);
  const isListed = owner === '' || sellers.some(([email]) => email === owner);
  return isListed ? sellers : [...sellers, [owner, nameOf(people, owner)]];
}

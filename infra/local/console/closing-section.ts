import type { People } from '../../../functions/domain/people/people.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { roleTitle } from '../../../functions/domain/playbook/roles.ts';
import { type Html, html } from '../../../functions/pages/html.ts';
import type { Sample } from '../samples.ts';
import { type Option, select } from './select.ts';

export interface Closing {
  readonly samples: readonly Sample[];
  readonly broken: readonly Sample[];
  readonly playbook: Pick<Playbook, 'roles' | 'segments'>;
  readonly people: People;
  /** What was typed into the box and could not be used. */
  readonly typed?: string;
  /** Nothing has been closed so far. */
  readonly first: boolean;
  /** Virtual milliseconds since the epoch. */
  readonly now: number;
}

/** Everything with which a CRM's event can be put on the bus. */
export function closingSection(closing: Closing): Html {
  return html`<div class="columns"><div>${samplesSection(closing)}</div><div>${ownDeal(closing)}
<section class="card">${pasted(closing)}${closing.broken.length > 0 && brokenOnes(closing.broken)}</section></div></div>`;
}

const samplesSection = ({
  samples,
  first,
}: Closing): Html => html`<section class="card" id="close"><h2>Close a sample deal</h2>
<form method="post" action="/deals">
<div class="controls filters">
<label>Signed <select name="when"><option value="now">now</option><option value="file">as in the file</option></select></label>
${!first && html`<label>Again <select name="identity"><option value="same">send the same deal again</option><option value="won-again">won again after it was lost</option><option value="another">make it another deal</option></select></label>`}
</div>
<ul class="rows">${samples.map(
  ({ name, title, special }) =>
    html`<li><div class="line"><h3>${title}</h3><span class="end"><button name="sample" value="${name}" class="quiet slim" aria-label="Close: ${title}">Close it</button></span></div>
${special !== '' && html`<p class="soft small">${special}</p>`}</li>\n`,
)}</ul>
</form></section>`;

function ownDeal({ samples, playbook, people }: Closing): Html {
  const sellers = [...people.values()]
    .filter(({ role, active }) => active && role === 'accountExecutive')
    .map(({ email, name }): Option => [email, name]);
  const segments = Object.keys(playbook.segments).map((segment): Option => [segment, segment]);
  return html`<section class="card"><h2>Close a deal of your own</h2>
<form class="fields" method="post" action="/deals/own">
<label>Customer <input type="text" name="customer" required maxlength="200"></label>
<label>Deal <input type="text" name="name" maxlength="200" placeholder="What they bought"></label>
<label>${roleTitle(playbook.roles, 'accountExecutive')} ${select({ name: 'accountExecutive', any: 'Select' }, sellers, sellers[0]?.[0])}</label>
<label>Segment ${select({ name: 'segment', any: 'not said' }, segments, undefined)}</label>
<label>Time zone <input type="text" name="timeZone" placeholder="Europe/Berlin"></label>
<label>Package ${select(
    { name: 'package', any: 'empty: sales is asked for all of it' },
    samples.map(({ name, title }): Option => [name, `as in: ${title}`]),
    samples[0]?.name,
  )}</label>
<button>Close the deal</button>
</form></section>`;
}

const pasted = ({
  typed,
  now,
}: Closing): Html => html`<details class="part"${typed !== undefined && html` open`}><summary>Send an event of your own</summary>
<form method="post" action="/events">
<p class="soft small">It is put on the bus by a real PutEvents. A won deal has the source handoff.crm and the detail-type Deal Closed Won; Deal Reopened, Deal Lost and Deal Cancelled stop a handoff.</p>
<p><label for="event">The event as JSON</label><textarea id="event" name="event" rows="12" spellcheck="false" dir="ltr">
${typed ?? eventToStartFrom(now)}</textarea></p>
<button>Put it on the bus</button>
</form></details>`;

const brokenOnes = (
  broken: readonly Sample[],
): Html => html`<details class="part"><summary>Send something broken</summary>
<p class="soft small">Each of these is refused with the reason, or accepted with the gap on record. None of them is dropped.</p>
<form method="post" action="/events"><div class="chips">${broken.map(
  ({ name, title }) => html`<button class="quiet slim" name="broken" value="${name}">${title}</button>`,
)}</div></form></details>`;

const eventToStartFrom = (now: number): string => `{
  "source": "handoff.crm",
  "detail-type": "Deal Closed Won",
  "detail": {
    "dealId": "CRM-1",
    "name": "My first deal",
    "customer": { "name": "Customer Ltd", "timeZone": "Europe/London" },
    "accountExecutive": "anna.keller@example.com",
    "closedWonAt": "${new Date(now).toISOString()}",
    "package": {}
  }
}`;

import { type Html, html } from '../../../functions/pages/html.ts';
import type { Sample } from '../samples.ts';

export interface Closing {
  readonly samples: readonly Sample[];
  readonly broken: readonly Sample[];
  /** What was typed into the box and could not be used. */
  readonly typed?: string;
  /** Nothing has been closed so far. */
  readonly first: boolean;
  /** Virtual milliseconds since the epoch. */
  readonly now: number;
}

/** Everything with which a CRM's event can be put on the bus. */
export function closingSection({ samples, broken, typed, first, now }: Closing): Html {
  return html`<section class="card" id="close"><h2>Close a deal</h2>
<form method="post" action="/deals">
<div class="controls">
<label>Signed <select name="when"><option value="now">now (all its dates move along)</option><option value="file">as in the file (the clock moves there)</option></select></label>
${!first && html`<label>Closed before? <select name="identity"><option value="same">send the same deal again</option><option value="won-again">won again after it was lost</option><option value="another">make it another deal</option></select></label>`}
</div>
<ul class="rows">${samples.map(
    ({
      name,
      title,
      special,
    }) => html`<li><div class="line"><h3>${title}</h3><span class="end"><button name="sample" value="${name}" class="quiet" aria-label="Close: ${title}">Close it</button></span></div>
${special !== '' && html`<p class="soft small">${special}</p>`}</li>\n`,
  )}</ul>
</form>
<details class="part"${typed !== undefined && html` open`}><summary>Send an event of your own</summary>
<form method="post" action="/events">
<p class="soft small">It is put on the bus by a real PutEvents. A won deal has the source handoff.crm and the detail-type Deal Closed Won; Deal Reopened, Deal Lost and Deal Cancelled stop a handoff.</p>
<p><label for="event">The event as JSON</label><textarea id="event" name="event" rows="12" spellcheck="false" dir="ltr">
${typed ?? eventToStartFrom(now)}</textarea></p>
<button>Put it on the bus</button>
</form></details>
${
  broken.length > 0 &&
  html`<details class="part"><summary>Send something broken</summary>
<p class="soft small">Each of these is refused with the reason, or accepted with the gap on record. None of them is dropped.</p>
<form method="post" action="/events"><div class="moves">${broken.map(
    ({ name, title }) => html`<button class="quiet slim" name="broken" value="${name}">${title}</button>`,
  )}</div></form></details>`
}</section>`;
}

const eventToStartFrom = (now: number): string => `{
  "source": "handoff.crm",
  "detail-type": "Deal Closed Won",
  "detail": {
    "dealId": "MY-1",
    "name": "My first deal",
    "customer": { "name": "Customer Ltd", "timeZone": "Europe/London" },
    "accountExecutive": "anna.keller@example.com",
    "closedWonAt": "${new Date(now).toISOString()}",
    "package": {}
  }
}`;

import { localTimeValue } from '../../../functions/domain/time/local-time.ts';
import { type Html, html } from '../../../functions/pages/html.ts';
import { lengthText, timeHtml } from '../../../functions/pages/operations/wording.ts';
import type { Clock } from '../../account/clock.ts';
import { type Pace, speeds } from './autoplay.ts';
import { longestRun } from './clock-moves.ts';
import type { Planned } from './planned.ts';

/** The clock as every page shows it. */
export interface ClockView {
  readonly clock: Pick<Clock, 'now' | 'isRealTime'>;
  readonly playing: Pace | undefined;
  /** What comes next, in the order it happens. */
  readonly planned: readonly Planned[];
  /** Path and query of the page: where the buttons come back to. */
  readonly back: string;
}

/** The clock: what time it is, what comes next, and every way to move it. */
export function clockBar({ clock, playing, planned, back }: ClockView): Html {
  const now = clock.now();
  const real = clock.isRealTime();
  const moves = playing !== undefined || real;
  const [next] = planned;
  const from = html`<input type="hidden" name="back" value="${back}">`;
  return html`<section class="bar clockbar" aria-label="Clock"><div class="wide" data-live="clock">
<div class="clock"><div class="now"><b>${timeHtml(now)}</b><span>${
    playing !== undefined
      ? `Playing, ${playing.title}`
      : real
        ? 'Runs at real speed'
        : 'Virtual time: stands still until you move it'
  }</span></div>
<form class="next" method="post" action="/clock">${from}
<button class="first" name="move" value="next"${next === undefined && html` disabled`}>Jump to next</button>
${
  next === undefined
    ? html`<span>Nothing is planned.</span>`
    : html`<details class="agenda"><summary><span class="in">in ${lengthText(next.at - now)}</span> ${plannedLine(next)}</summary><ol>${planned.map((each) => html`<li><span class="soft small">${timeHtml(each.at)}</span><br>${plannedText(each)}</li>\n`)}</ol></details>`
}</form></div>
<div class="moves">
<form method="post" action="/clock">${from}
<button name="move" value="hour">+1 hour</button>
<button name="move" value="day">+1 day</button>
<button name="move" value="week">+1 week</button>
<button name="move" value="end" title="Until no handoff is running, at most ${lengthText(longestRun)}">To the end</button>
</form>
<form method="post" action="/clock">${from}<label><span>To (UTC)</span> <input type="datetime-local" name="to" required value="${localTimeValue(new Date(now).toISOString(), 'UTC')}"></label>
<button name="move" value="date">Go</button></form>
<form method="post" action="/clock">${from}${
    moves
      ? html`<button class="first" name="move" value="pause">Pause</button>`
      : html`<label><span>Auto-play</span> <select name="speed">${Object.entries(speeds).map(
          ([speed, { title }]) => html`<option value="${speed}">${title}</option>`,
        )}<option value="real">real time</option></select></label>
<button name="move" value="play">Play</button>`
  }</form>
</div></div></section>`;
}

/** Without a link: a summary is a control itself. */
const plannedLine = ({ handoff, what }: Planned): Html =>
  html`<span dir="auto">${handoff === undefined ? what : `${handoff.customer}: ${what}`}</span>`;

const plannedText = ({ handoff, what }: Planned): Html =>
  handoff === undefined
    ? html`<span dir="auto">${what}</span>`
    : html`<a href="/handoffs/${encodeURIComponent(handoff.id)}" dir="auto">${handoff.customer}</a> <span dir="auto">${what}</span>`;

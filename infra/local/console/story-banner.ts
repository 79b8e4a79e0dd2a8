import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import { timeHtml } from '../../../functions/pages/operations/wording.ts';
import type { Caption } from './captions.ts';

/** The story's caption on the page of its handoff, with what can be done next. */
export function storyBanner(caption: Caption | undefined, playing: boolean, over: boolean): Html {
  return html`<section class="card story line" aria-label="The story" data-live="story">
${caption && html`<div aria-live="polite"><p class="soft small">${timeHtml(caption.at)}</p><p><strong dir="auto">${caption.lines.join(' ')}</strong></p></div>`}
${controls(playing, over)}</section>`;
}

function controls(playing: boolean, over: boolean): Content {
  if (over)
    return html`<p>Your turn: <a class="button slim" href="/close">Close a deal</a> or look around: the views beside the picture show all that was done, said and recorded.</p>`;
  return html`<form class="end" method="post" action="/story"><button class="quiet slim" name="do" value="${playing ? 'pause' : 'play'}">${playing ? 'Pause the story' : 'Go on'}</button></form>`;
}

/** The button that begins the story. */
export const storyButton: Html = html`<form method="post" action="/story"><p><button name="do" value="begin">Play the story of a deal</button> <span class="soft small">Under a minute, with captions.</span></p></form>`;

import { type Html, html } from './html.ts';

/**
 * What Enter in a line of a form does: browsers press its first button, which else would be one that moves a row. Seen by
 * nobody, and not in the way of the Tab key.
 */
export const enterHtml = (choice?: string): Html =>
  html`<button class="unseen" tabindex="-1" aria-hidden="true"${choice !== undefined && html` name="choice" value="${choice}"`}>Send</button>`;

import { type Html, html } from '../html.ts';

export type Tone = 'good' | 'soon' | 'bad' | 'quiet';

/** A word or two in a colored pill. */
export const badge = (text: string, tone: Tone = 'quiet'): Html =>
  html`<span class="badge ${tone}" dir="auto">${text}</span>`;

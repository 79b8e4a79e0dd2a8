import { type Content, type Html, html } from '../html.ts';
import { daysText } from './figure-marks.ts';
import type { ReportReading } from './report-reading.ts';

/** A step that is open, of a handoff. */
interface OpenStep {
  readonly handoffId: string;
  readonly customer: string;
  readonly step: string;
  readonly title: string;
  readonly daysLate?: number | undefined;
  /** What is said of it, in place of its title and how late it is. */
  readonly said?: Content;
}

/** What is open, and the way to it: by the reader's desk, which knows what they may do there. */
export function openStepHtml(
  { linkId, nonce }: ReportReading,
  { handoffId, customer, step, title, daysLate, said }: OpenStep,
): Html {
  const shown =
    said ??
    html`<bdi>${title}</bdi>${daysLate !== undefined && html` <span class="badge bad">${daysText(daysLate)} late</span>`}`;
  return html`<form class="way" method="post" action="/d/${linkId}"><input type="hidden" name="nonce" value="${nonce}"><input type="hidden" name="act" value="open"><input type="hidden" name="handoff" value="${handoffId}"><input type="hidden" name="step" value="${step}"><span dir="auto">${shown}</span><button class="quiet small no-print" aria-label="Open ${customer}: ${title}">Open</button></form>`;
}

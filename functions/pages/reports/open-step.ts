import type { Rest } from '../../domain/handoff/resting.ts';
import type { Instant } from '../../domain/time/calendar.ts';
import { dateIn } from '../../domain/time/wording.ts';
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
  readonly rests?: Rest | undefined;
  /** What is said of it, in place of its title and how late it is. */
  readonly said?: Content;
}

/** What is open, and the way to it: by the reader's desk, which knows what they may do there. */
export function openStepHtml(
  reading: ReportReading,
  { handoffId, customer, step, title, daysLate, rests, said }: OpenStep,
): Html {
  const { linkId, nonce } = reading;
  const shown = said ?? html`<bdi>${title}</bdi>${lateHtml(reading, { daysLate, rests })}`;
  return html`<form class="way" method="post" action="/d/${linkId}"><input type="hidden" name="nonce" value="${nonce}"><input type="hidden" name="act" value="open"><input type="hidden" name="handoff" value="${handoffId}"><input type="hidden" name="step" value="${step}"><span dir="auto">${shown}</span><button class="quiet small no-print" aria-label="Open ${customer}: ${title}">Open</button></form>`;
}

/** How late it is; or, of what waits for somebody else, for whom, and how late it was when that began. */
export function lateHtml(
  { site, at }: ReportReading,
  { daysLate, rests }: Pick<OpenStep, 'daysLate' | 'rests'>,
): Content {
  const late = daysLate === undefined ? undefined : `${daysText(daysLate)} late`;
  if (!rests) return late && html` <span class="badge bad">${late}</span>`;
  const began = rests.for === 'decision' ? 'when the exception was asked for' : 'when it was paused';
  return html` <span class="soft">${late && `${late} ${began}; `}${restText(rests, { zone: site.defaultZone, at })}</span>`;
}

/** 'waits for a decision since May 27', 'waiting on the customer until Nov 25'. */
export const restText = (rests: Rest, { zone, at }: { readonly zone: string; readonly at: Instant }): string =>
  rests.for === 'decision'
    ? `waits for a decision since ${dateIn(zone, rests.since, at)}`
    : `waiting on the customer until ${dateIn(zone, rests.until, at)}`;

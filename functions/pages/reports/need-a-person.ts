import type { Measured } from '../../domain/reports/measured-handoff.ts';
import type { Need, NeedsAPerson } from '../../domain/reports/need-a-person.ts';
import { reportPath } from '../../domain/reports/report-address.ts';
import { stepsInOrder } from '../../domain/reports/steps.ts';
import type { WeeklyKpis } from '../../domain/reports/weekly-kpis.ts';
import { type Content, type Html, html } from '../html.ts';
import { countedText, daysText } from './figure-marks.ts';
import { openOf } from './handoff-list.ts';
import { openStepHtml, restText } from './open-step.ts';
import type { ReportReading } from './report-reading.ts';

/** The handoffs that need a person, with why, and the way to their step. */
export function needHtml(
  reading: ReportReading,
  measured: Measured,
  { needAPerson }: Pick<WeeklyKpis, 'needAPerson'>,
): Content {
  if (needAPerson.length === 0) return undefined;
  const byId = new Map(measured.handoffs.map((handoff) => [handoff.id, handoff]));
  const steps = new Map(stepsInOrder(measured.playbooks).map((step) => [step.id, step]));
  const rowHtml = ({ handoff: id, customer, need }: NeedsAPerson): Html => {
    const handoff = byId.get(id);
    const known = 'title' in need && need.step !== undefined ? { step: need.step, title: need.title } : undefined;
    const open = known ?? (handoff && openOf(handoff, steps).open);
    const list = reportPath(reading.linkId, 'handoffs', { handoff: id });
    return html`<li><h3><a href="${list}"><bdi>${customer}</bdi></a></h3>${
      open
        ? openStepHtml(reading, { handoffId: id, customer, ...open, said: needText(reading, need) })
        : html`<p dir="auto">${needText(reading, need)} <a href="${list}">See the handoff</a></p>`
    }</li>\n`;
  };
  return html`<section class="card"><h2>${needAPerson.length === 1 ? 'A handoff that needs a person' : 'Handoffs that need a person'}</h2>
<ul class="needs">${needAPerson.map(rowHtml)}</ul></section>`;
}

/** Why a handoff needs a person, in a sentence. */
function needText({ site, at }: ReportReading, need: Need): string {
  switch (need.kind) {
    case 'stalled': {
      const where = need.title === undefined ? '' : ` at “${need.title}”`;
      const why = need.rests ? `, which ${restText(need.rests, { zone: site.defaultZone, at })}` : '';
      return `Stalled for ${daysText(need.days)}${where}${why}.`;
    }
    case 'overdue':
      return `“${need.title}” is ${daysText(need.days)} overdue.`;
    case 'open items':
      return `${countedText(need.count, 'open item')} past ${need.count === 1 ? 'its' : 'their'} date.`;
    case 'returned':
      return `The package was returned ${need.count} times.`;
  }
}

import { definitionOf } from '../../domain/reports/definitions.ts';
import { valueText } from '../../domain/reports/figure-text.ts';
import { figureOf } from '../../domain/reports/figures.ts';
import { type OwnList, type OwnNumber, type OwnStep, ownList } from '../../domain/reports/own-list.ts';
import { behindPath, reportPath } from '../../domain/reports/report-address.ts';
import { spanOf } from '../../domain/time/periods.ts';
import { momentIn } from '../../domain/time/wording.ts';
import { type Content, type Html, html } from '../html.ts';
import { csvText } from './csv.ts';
import { countedText, fewHtml } from './figure-marks.ts';
import { nothingThere } from './nothing-there.ts';
import { lateHtml, openStepHtml } from './open-step.ts';
import { type ReportPage, reportPage } from './report-frame.ts';
import { askedFor, isSeen, type ReportReading } from './report-reading.ts';
import { trendHtml } from './trend-html.ts';
import { weekAsked } from './week-asked.ts';

/** What somebody who does the steps sees first: what waits for them, how their week goes, their own completeness score. */
export function ownPage(reading: ReportReading): ReportPage {
  const { linkId, filter } = reading;
  const list = listOf(reading);
  const { overdue, dueNow, later, undecided, paused, running, numbers } = list;
  const isEmpty = askedFor(reading, 'ownList').handoffs.length === 0;
  const body = isEmpty
    ? nothingThere(reading, 'overview')
    : html`${overdue.length + dueNow.length + later.length === 0 && html`<p class="note good">Nothing needs you now.</p>`}
${stepsHtml(reading, 'Overdue', overdue)}
${stepsHtml(reading, 'Due this week', dueNow)}
${stepsHtml(reading, 'Open, due later', later)}
${stepsHtml(reading, 'Waiting for a decision', undecided)}
${stepsHtml(reading, 'Waiting on the customer', paused)}
${tilesHtml(reading, numbers)}
<p>${running.length > 0 ? html`<a href="${reportPath(linkId, 'handoffs', { ...filter, status: 'running' })}">${countedText(running.length, 'handoff')} of yours ${running.length === 1 ? 'is' : 'are'} running</a>.` : 'None of your handoffs is running.'}</p>`;
  return reportPage(reading, { page: 'overview', title: 'My handoffs', body, hasFile: !isEmpty });
}

/** The open steps as a file. */
export function ownCsv(reading: ReportReading): string {
  const { overdue, dueNow, later, undecided, paused } = listOf(reading);
  return csvText(
    ['Customer', 'Step', 'Due', 'Days late', 'Waits for', 'Waits since', 'Waits until', 'Handoff'],
    [...overdue, ...dueNow, ...later, ...undecided, ...paused].map(
      ({ customer, title, dueAt, daysLate, rests, handoff }) => [
        ...[customer, title, rests ? undefined : dueAt, daysLate],
        ...[rests?.for, rests?.since, rests?.for === 'customer' ? rests.until : undefined, handoff],
      ],
    ),
  );
}

function listOf(reading: ReportReading): OwnList {
  const { scope, site } = reading;
  const week = weekAsked(reading);
  return ownList(askedFor(reading, 'ownList'), {
    person: scope.self,
    due: spanOf(week, site.defaultZone),
    week,
    zone: site.defaultZone,
  });
}

function stepsHtml(reading: ReportReading, heading: string, steps: readonly OwnStep[]): Content {
  if (steps.length === 0) return undefined;
  const { zone } = reading.person.availability;
  return html`<section class="card"><h2>${heading}</h2><ul class="needs">${steps.map(
    ({ handoff, customer, step, title, dueAt, daysLate, rests }) =>
      html`<li><h3><bdi>${customer}</bdi></h3>${openStepHtml(reading, {
        handoffId: handoff,
        customer,
        step,
        title,
        said: html`<bdi>${title}</bdi>${lateHtml(reading, { daysLate, rests })}${!rests && html` <span class="soft">${daysLate === undefined ? 'due' : 'was due'} ${momentIn(zone, dueAt, reading.at)}</span>`}`,
      })}</li>\n`,
  )}</ul></section>`;
}

/** Numbers of which there is one in four weeks. */
function tilesHtml(reading: ReportReading, numbers: readonly OwnNumber[]): Content {
  const told = numbers.filter(({ trend }) => trend.some(({ figure }) => figure.n > 0));
  const tiles = [...told.map((number) => tileHtml(reading, number)), completenessHtml(reading)].filter(Boolean);
  return tiles.length > 0 && html`<ul class="figures">${tiles}</ul>`;
}

function tileHtml({ linkId, filter }: ReportReading, { measure, figure, lastWeek, trend }: OwnNumber): Html {
  const during = trend.at(-1)?.week;
  const number =
    figure.handoffs.length === 0 || during === undefined
      ? valueText(figure)
      : html`<a href="${behindPath(linkId, filter, { measure, during })}">${valueText(figure)}</a>`;
  return html`<li><h3>${definitionOf(measure).title}</h3><p class="number">${number}${fewHtml(figure)}</p><p class="soft">Last week: ${valueText(lastWeek)}${fewHtml(lastWeek)}</p>
${trendHtml(trend)}</li>`;
}

/** Shown to the account executive and their manager alone. */
function completenessHtml(reading: ReportReading): Content {
  if (!isSeen(reading, 'completeness')) return undefined;
  const figure = figureOf('completeness', askedFor(reading, 'completeness').handoffs);
  if (figure.n === 0) return undefined;
  return html`<li><h3>Your completeness score</h3><p class="number"><a href="${reportPath(reading.linkId, 'measures', reading.filter, { of: 'completeness' })}">${valueText(figure)}</a>${fewHtml(figure)}</p><p class="soft">${definitionOf('completeness').formula}</p></li>`;
}

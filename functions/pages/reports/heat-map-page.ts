import { noTeam } from '../../domain/reports/figures.ts';
import {
  type Cell,
  type HeatMap,
  type Miss,
  missesByOwner,
  missesByTeam,
  missesByWeek,
} from '../../domain/reports/heat-map.ts';
import type { Measured } from '../../domain/reports/measured-handoff.ts';
import { behindPath, reportPath } from '../../domain/reports/report-address.ts';
import { personIn, teamIn } from '../../domain/reports/seen.ts';
import type { ReportId } from '../../domain/reports/who-sees.ts';
import { periodsUntil } from '../../domain/time/periods.ts';
import { type Content, type Html, html } from '../html.ts';
import { csvText } from './csv.ts';
import { madeOnce } from './looked-at.ts';
import { nothingThere } from './nothing-there.ts';
import { periodText, shortPeriod } from './period-text.ts';
import { type ReportPage, reportPage } from './report-frame.ts';
import { askedFor, isSeen, type ReportReading } from './report-reading.ts';
import { weekAsked } from './week-asked.ts';

/** How many weeks the map goes back. */
const weeksShown = 8;

/** What counts as a miss, by its name in an address. */
export const missTitles: Readonly<Record<Miss, string>> = {
  stepsOnTime: 'Late by the step’s owner',
  promisesKept: 'Promise missed, whoever was slow',
};

/** A heat map with what its columns are called. */
interface NamedMap {
  readonly id: string;
  readonly caption: string;
  readonly map: HeatMap;
  readonly titleOf: (column: string) => { readonly short: string; readonly long: string };
  /** Above the sum of each row. */
  readonly all: string;
  readonly filter?: boolean;
}

/** Where steps are missed again and again: by week, and by team and person as far as the reader may see them. */
export function heatMapPage(reading: ReportReading): ReportPage {
  const { query, linkId, filter } = reading;
  const miss = missAsked(query);
  const maps = mapsOf(reading, miss).filter(({ map }) => map.rows.length > 0);
  const choices = (Object.keys(missTitles) as Miss[]).map((each) =>
    each === miss
      ? html`<strong>${missTitles[each]}</strong>`
      : html`<a href="${reportPath(linkId, 'heat-map', filter, { miss: each })}">${missTitles[each]}</a>`,
  );
  const body =
    maps.length === 0
      ? Object.keys(filter).length > 0
        ? nothingThere(reading, 'heat-map')
        : html`<p class="card">No step was due yet.</p>`
      : html`<p class="lead"><strong>${missTitles[miss]}</strong>: how often, of the times a step was due. A cell with misses leads to its handoffs.</p>
<p class="no-print">${choices[0]} · ${choices[1]}</p>
${legendHtml()}
${maps.map((map) => html`<section class="card">${mapHtml(reading, map)}</section>\n`)}`;
  return reportPage(reading, {
    page: 'heat-map',
    title: 'Heat map',
    body,
    hasFile: maps.length > 0,
    kept: { miss: miss === 'stepsOnTime' ? undefined : miss },
  });
}

/** The same as a file: a row for each cell in which something was due. */
export function heatMapCsv(reading: ReportReading): string {
  const rows = mapsOf(reading, missAsked(reading.query)).flatMap(({ caption, map, titleOf, all: allTitle }) =>
    map.rows.flatMap(({ step, cells, all }) =>
      [
        ...cells.map((cell, i) => ({ ...cell, title: titleOf(map.columns[i] ?? '').long })),
        { ...all, title: allTitle },
      ].flatMap(({ title, missed, of, share }) =>
        share === undefined ? [] : [[caption, step.title, title, missed, of, Math.round(share * 1000) / 10]],
      ),
    ),
  );
  return csvText(['Map', 'Step', 'Column', 'Missed', 'Due', 'Missed (%)'], rows);
}

const missAsked = (query: URLSearchParams): Miss =>
  query.get('miss')?.trim() === 'promisesKept' ? 'promisesKept' : 'stepsOnTime';

function mapsOf(reading: ReportReading, miss: Miss): readonly NamedMap[] {
  const { site, scope } = reading;
  const week = weekAsked(reading);
  const weeks = periodsUntil(week, weeksShown);
  const once = (report: ReportId, map: (measured: Measured) => HeatMap): HeatMap => {
    const asked = askedFor(reading, report);
    return madeOnce(asked, `${report} ${miss} ${week}`, () => map(asked));
  };
  const named = (name: string | undefined) => ({ short: name ?? 'Others', long: name ?? 'Others' });
  const byPerson = isSeen(reading, 'missesByPerson') && scope.sees.missesByPerson.whose !== 'own';
  return [
    {
      id: 'by-week',
      caption: 'Steps by week',
      all: `All ${weeksShown} weeks`,
      map: once('missesByWeek', (those) => missesByWeek(those, { miss, weeks, zone: site.defaultZone })),
      titleOf: (week) => ({ short: shortPeriod(week), long: periodText(week) }),
    },
    ...(isSeen(reading, 'missesByTeam')
      ? [
          {
            id: 'by-team',
            caption: 'Steps by team, whenever due',
            all: 'All teams',
            map: once('missesByTeam', (those) => missesByTeam(those, miss)),
            titleOf: (team: string) =>
              team === noTeam
                ? { short: 'No team', long: 'In no team, or in none that you see' }
                : named(teamIn(scope, 'missesByTeam', team)),
          },
        ]
      : []),
    ...(byPerson
      ? [
          {
            id: 'by-person',
            caption: 'Steps by person, of you and those who report to you, whenever due',
            all: 'All of them',
            map: once('missesByPerson', (those) => missesByOwner(those, miss)),
            titleOf: (person: string) =>
              scope.self.has(person) ? { short: 'You', long: 'You' } : named(personIn(scope, 'missesByPerson', person)),
          },
        ]
      : []),
  ];
}

function mapHtml(reading: ReportReading, { id, caption, map, titleOf, all: allTitle }: NamedMap): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}"><table class="heat">
<caption id="${id}">${caption}</caption>
<thead><tr><th scope="col">Step</th>${map.columns.map((column) => {
    const { short, long } = titleOf(column);
    return html`<th scope="col"${short !== long && html` title="${long}"`}><bdi>${short}</bdi></th>`;
  })}<th scope="col">${allTitle}</th></tr></thead>
<tbody>${map.rows.map(
    ({ step, cells, all }) =>
      html`<tr><th scope="row"><bdi>${step.title}</bdi></th>${[...cells, all].map((cell) => cellHtml(reading, cell))}</tr>\n`,
  )}</tbody>
</table></div>`;
}

function cellHtml({ linkId, filter }: ReportReading, { missed, of, share, handoffs, behind }: Cell): Html {
  if (share === undefined) return html`<td class="heat-0">–</td>`;
  const said = html`<span>${Math.round(share * 100)}%</span><small>${missed} of ${of}</small>`;
  return html`<td class="heat-${heatOf(share)}">${
    handoffs.length === 0 || !behind ? said : html`<a href="${behindPath(linkId, filter, behind)}">${said}</a>`
  }</td>`;
}

/** The lowest share of each step of the scale but the first, which is none at all. */
const scale = [0, 0.1, 0.25, 0.45, 0.7] as const;

/** How dark a share is: 0 for none, 5 for the most. */
const heatOf = (share: number): number => (share === 0 ? 0 : scale.filter((from) => share > from).length);

function legendHtml(): Content {
  const percent = (share: number): string => `${Math.round(share * 100)}%`;
  const steps = scale.map((from, i) => {
    const to = scale[i + 1];
    return html`<li class="heat-${i + 1}">${to === undefined ? `more than ${percent(from)}` : i === 0 ? `up to ${percent(to)}` : `${percent(from)} to ${percent(to)}`}</li>`;
  });
  return html`<ul class="legend" aria-label="Colors"><li class="heat-0">none</li>${steps}</ul>
<p class="hint">Where few were due, read the count and not the share. A week has what was due in it.</p>`;
}

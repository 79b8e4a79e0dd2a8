import { defined } from '../../domain/fields/record.ts';
import { queryOf } from '../../domain/reports/filter-query.ts';
import type { Filter } from '../../domain/reports/filters.ts';
import type { Measured, MeasuredHandoff } from '../../domain/reports/measured-handoff.ts';
import { type AskedBeside, type ReportPageId, reportPath } from '../../domain/reports/report-address.ts';
import { personIn, teamIn } from '../../domain/reports/seen.ts';
import { periodAfter } from '../../domain/time/periods.ts';
import { monthOf } from '../../domain/time/weeks.ts';
import { type Content, html } from '../html.ts';
import { madeOnce } from './looked-at.ts';
import { periodText } from './period-text.ts';
import { type ReportReading, seenFor } from './report-reading.ts';
import { versionNames } from './version-names.ts';

/** Where the form stands. */
export interface FilterPlace {
  readonly page: ReportPageId;
  /** What the address asks for beside the filter, kept when the filter changes. */
  readonly kept?: AskedBeside;
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What can be chosen among, of what the reader may see: nothing that is not there. */
interface Choices {
  readonly months: readonly Choice[];
  readonly segments: readonly Choice[];
  readonly industries: readonly Choice[];
  readonly playbooks: readonly Choice[];
  readonly teams: readonly Choice[];
  readonly people: readonly Choice[];
}

/** The filter as a form that only asks: what is chosen stands in the address, and so can be kept and sent on within the company. */
export function filterForm(reading: ReportReading, { page, kept: beside }: FilterPlace): Content {
  const { filter, refused, linkId } = reading;
  const choices = withSeveral(choicesFor(reading), filter.playbook);
  const said = filterText(filter, choices);
  const { handoff, behind, status, overdue, waits, band } = filter;
  const list: Filter = defined({ handoff, status, overdue, waits, band, behind });
  const path = reportPath(linkId, page);
  const kept = [...new URLSearchParams(queryOf(list)), ...Object.entries(beside ?? {})];
  const fields = [
    selectHtml('from', 'Signed from', choices.months, filter.from),
    selectHtml('to', 'Signed until', choices.months, filter.to),
    selectHtml('segment', 'Segment', choices.segments, filter.segment),
    selectHtml('industry', 'Industry', choices.industries, filter.industry),
    selectHtml('playbook', 'Playbook', choices.playbooks, filter.playbook),
    selectHtml('team', 'Team', choices.teams, filter.team),
    selectHtml('person', 'Person', choices.people, filter.person),
  ].filter((field) => field !== undefined);
  return html`${
    refused.length > 0 &&
    html`<div class="note bad problems" role="alert" aria-labelledby="problems"><h2 id="problems">Part of this address can’t be used</h2>
<ul>${refused.map(({ field, problem, remedy }) => html`<li dir="auto"><strong>${field}</strong> ${problem}. ${remedy}</li>\n`)}</ul></div>`
  }${
    fields.length > 0 &&
    html`<details class="plain no-print"><summary>${said ? html`Filter: <bdi>${said}</bdi>` : 'Filter'}</summary>
<form class="card" method="get" action="${path}"><div class="filters">
${kept.map(([name, value]) => value !== undefined && html`<input type="hidden" name="${name}" value="${value}">`)}
${fields}
<div class="buttons"><button>Show</button>${said && html`<a href="${reportPath(linkId, page, list, beside)}">Remove the filter</a>`}</div>
</div></form></details>`
  }
${said && html`<p class="chosen">Only: <strong dir="auto">${said}</strong></p>`}${
  (filter.team ?? filter.person) !== undefined &&
  html`<p class="hint">These are the handoffs in which they have a part, with everybody’s steps in them. Managers’ own pages count the steps of their people alone.</p>`
}`;
}

/** A control for each that can make a difference; one choice makes none, unless it stands in the address. */
function selectHtml(name: string, label: string, choices: readonly Choice[], chosen: string | undefined): Content {
  if (choices.length < 2 && chosen === undefined) return undefined;
  const isKnown = chosen === undefined || choices.some(({ value }) => value === chosen);
  return html`<div class="field"><label for="filter-${name}">${label}</label><select id="filter-${name}" name="${name}"><option value="">Any</option>${[
    ...choices,
    ...(isKnown ? [] : [{ value: chosen, label: chosen }]),
  ].map(
    ({ value, label: said }) => html`<option value="${value}"${value === chosen && html` selected`}>${said}</option>`,
  )}</select></div>\n`;
}

/** Several versions at once are no choice of the form, and are one where a comparison leads to them. */
function withSeveral(choices: Choices, playbook: string | undefined): Choices {
  const hashes = playbook?.split(',') ?? [];
  if (playbook === undefined || hashes.length < 2) return choices;
  const names = hashes.map((hash) => choices.playbooks.find(({ value }) => value === hash)?.label ?? hash);
  return { ...choices, playbooks: [...choices.playbooks, { value: playbook, label: names.join('; ') }] };
}

function choicesFor(reading: ReportReading): Choices {
  const seen = seenFor(reading, 'measures');
  return madeOnce(seen, 'choices of the form', () => choicesAmong(reading, seen));
}

function choicesAmong({ scope, site, measured }: ReportReading, seen: Measured): Choices {
  const { handoffs } = seen;
  const followed = new Set(handoffs.map(({ playbook: { hash } }) => hash));
  return {
    months: monthsOf(seen, site.defaultZone),
    segments: valuesOf(handoffs, ({ segment }) => segment),
    industries: valuesOf(handoffs, ({ industry }) => industry),
    playbooks: playbookChoices(
      { playbooks: measured.playbooks.filter(({ hash }) => followed.has(hash)) },
      versionNames(seen, site.defaultZone),
    ),
    teams: named(handoffs.flatMap(teamIds), (id) => teamIn(scope, 'measures', id)),
    people: named(handoffs.flatMap(personIds), (id) => personIn(scope, 'measures', id)),
  };
}

/** Of both sides, and of whoever owns a step: each is a column of the heat map. */
const teamIds = ({ accountExecutiveTeam, customerSuccessManagerTeam, rounds }: MeasuredHandoff) => [
  accountExecutiveTeam,
  customerSuccessManagerTeam,
  ...new Set(rounds.map(({ team }) => team)),
];

const personIds = ({ accountExecutive, customerSuccessManager }: MeasuredHandoff) => [
  accountExecutive,
  customerSuccessManager,
];

function named(ids: readonly (string | undefined)[], nameOf: (id: string) => string | undefined): readonly Choice[] {
  return [...new Set(ids)]
    .flatMap((value): readonly Choice[] => {
      const label = value === undefined ? undefined : nameOf(value);
      return value === undefined || label === undefined ? [] : [{ value, label }];
    })
    .sort(byLabel);
}

const byLabel = (one: Choice, other: Choice): number => one.label.localeCompare(other.label, 'en');

const valuesOf = (
  handoffs: readonly MeasuredHandoff[],
  of: (handoff: MeasuredHandoff) => string | undefined,
): readonly Choice[] =>
  [...new Set(handoffs.map(of))]
    .flatMap((value) => (value === undefined ? [] : [{ value, label: value }]))
    .sort(byLabel);

/** From the first signature to the last, newest first. */
function monthsOf({ handoffs }: Measured, zone: string): readonly Choice[] {
  const months = new Set(handoffs.map(({ signedAt }) => monthOf(signedAt, zone)));
  const sorted = [...months].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const all: Choice[] = [];
  for (let month = last; month >= first; month = periodAfter(month, -1))
    all.push({ value: month, label: periodText(month) });
  return all;
}

/** A playbook by its name, and each of its versions by when the first handoff followed it. */
function playbookChoices(
  { playbooks }: Pick<Measured, 'playbooks'>,
  names: ReadonlyMap<string, string>,
): readonly Choice[] {
  const byName = [...Map.groupBy(playbooks, ({ name }) => name)];
  return byName.flatMap(([name, versions]) => [
    ...(byName.length > 1 || versions.length > 1 ? [{ value: name, label: name }] : []),
    ...(versions.length > 1 ? versions.map(({ hash }) => ({ value: hash, label: names.get(hash) ?? hash })) : []),
  ]);
}

function filterText(filter: Filter, choices: Choices): string {
  const labelIn = (among: readonly Choice[], value: string | undefined): string | undefined =>
    value === undefined ? undefined : (among.find((choice) => choice.value === value)?.label ?? value);
  const { from, to } = filter;
  const signed =
    from !== undefined && from === to
      ? `signed in ${periodText(from)}`
      : [from && `signed from ${periodText(from)}`, to && `signed until ${periodText(to)}`].filter(Boolean).join(', ');
  return [
    signed || undefined,
    labelIn(choices.segments, filter.segment),
    labelIn(choices.industries, filter.industry),
    labelIn(choices.playbooks, filter.playbook),
    labelIn(choices.teams, filter.team) && `team of ${labelIn(choices.teams, filter.team)}`,
    labelIn(choices.people, filter.person),
  ]
    .filter((each) => each !== undefined)
    .join(' · ');
}

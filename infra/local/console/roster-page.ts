import { nameOf } from '../../../functions/domain/people/people.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import { roleIds, roleTitle } from '../../../functions/domain/playbook/roles.ts';
import { type OpenStep, openSteps } from '../../../functions/domain/step/open-steps.ts';
import { businessCalendar, isAway, isWorkingMoment } from '../../../functions/domain/time/calendar.ts';
import { publicHolidays } from '../../../functions/domain/time/holidays.ts';
import { localTimeText } from '../../../functions/domain/time/local-time.ts';
import { zoneName } from '../../../functions/domain/time/wall-format.ts';
import { type Html, html } from '../../../functions/pages/html.ts';
import { badge } from '../../../functions/pages/operations/badge.ts';
import { openStepRow } from '../../../functions/pages/operations/handoff-card.ts';
import { counted } from '../../../functions/pages/operations/wording.ts';
import type { Handoff } from './overview.ts';
import { type Option, select } from './select.ts';
import type { Surroundings } from './surroundings.ts';

export interface RosterSurroundings extends Surroundings {
  /** Whether mail to an address is to bounce. */
  readonly bounces: (email: string) => boolean;
}

interface OpenStepOf {
  readonly handoff: Handoff;
  readonly step: OpenStep;
}

/** Most steps that are listed with somebody: the board has the others. */
const mostSteps = 5;

/** Who is there, when they work, and what is open with each of them. */
export function rosterPage(
  handoffs: readonly Handoff[],
  responsible: ReadonlyMap<string, number>,
  around: RosterSurroundings,
): Html {
  const open = Map.groupBy(
    handoffs.flatMap((handoff): OpenStepOf[] => openSteps(handoff, around.now).map((step) => ({ handoff, step }))),
    ({ step }) => step.asked.owner,
  );
  return html`<h1>Roster</h1>
<div class="columns" data-live="roster"><div>${roleIds.map((role, i) => {
    const people = [...around.people.values()].filter((person) => person.role === role);
    const section = html`<section class="card"><h2>${roleTitle(around.roles, role)}</h2><ul class="rows">${people.map(
      (person) =>
        personRow(
          person,
          {
            handoffs: responsible.get(person.email) ?? 0,
            steps: (open.get(person.email) ?? []).toSorted(
              (one, other) => Date.parse(one.step.asked.dueAt) - Date.parse(other.step.asked.dueAt),
            ),
          },
          around,
        ),
    )}</ul></section>`;
    return i === 1 ? html`${section}</div><div>` : section;
  })}</div></div>`;
}

function personRow(
  person: Person,
  work: { readonly handoffs: number; readonly steps: readonly OpenStepOf[] },
  around: RosterSurroundings,
): Html {
  const { availability, manager, capacity } = person;
  const calendar = businessCalendar(availability, publicHolidays);
  const now = new Date(around.now).toISOString();
  const away = isAway(now, calendar);
  const takes = [...(person.territories ?? []), ...(person.segments ?? []), ...(person.industries ?? [])];
  return html`<li><div class="line"><strong dir="auto">${person.name}</strong>${
    person.active
      ? away
        ? badge('away', 'soon')
        : badge(
            isWorkingMoment(now, calendar) ? 'at work' : 'not at work',
            isWorkingMoment(now, calendar) ? 'good' : 'quiet',
          )
      : badge('has left', 'bad')
  }${person.unreachable && badge('emails bounce', 'bad')}<span class="small soft end">${localTimeText(now, availability.zone)} ${zoneName(availability.zone)}</span></div>
<div class="small soft"><a href="/inbox?${new URLSearchParams({ to: person.email }).toString()}">${person.email}</a>${
    manager !== undefined && html`, manager <bdi>${nameOf(around.people, manager)}</bdi>`
  }</div>
<div class="small soft">${hoursText(availability)}${availability.holidays && `, holidays of ${[availability.holidays.country, availability.holidays.region].filter(Boolean).join('-')}`}${(
    availability.away ?? []
  )
    .map(({ from, to }) => `, away ${from} to ${to}`)
    .join('')}${(availability.closingDays ?? [])
    .map(({ from, to, name }) => `, closed ${from === to ? from : `${from} to ${to}`} (${name})`)
    .join('')}</div>
${takes.length > 0 && html`<div class="small soft" dir="auto">takes ${takes.join(', ')}</div>`}
${
  person.role === 'customerSuccessManager' &&
  html`<div class="small">${counted(work.handoffs, 'open handoff')}${capacity !== undefined && ` of at most ${capacity}`}</div>`
}
${
  work.steps.length > 0 &&
  html`<ul class="steps">${work.steps
    .slice(0, mostSteps)
    .map(
      ({ handoff, step }) =>
        html`<li class="soft small" dir="auto">${handoff.deal.customer.name}</li>${openStepRow(handoff, step, around)}`,
    )}</ul>${
    work.steps.length > mostSteps &&
    html`<p class="small"><a href="/?${new URLSearchParams({ person: person.email }).toString()}">And ${work.steps.length - mostSteps} more</a></p>`
  }`
}
${person.active && changeForm(person, around)}</li>\n`;
}

/** Away, deputy, bounces: what can be changed of somebody. */
function changeForm(person: Person, { people, bounces }: RosterSurroundings): Html {
  const { email, name, availability, deputy } = person;
  const colleagues = [...people.values()]
    .filter((each) => each.active && each.email !== email)
    .map((each): Option => [each.email, each.name]);
  const bouncing = bounces(email) || person.unreachable !== undefined;
  return html`<details class="small"><summary>Change <span class="unseen">${name}</span></summary>
<form class="controls filters" method="post" action="/roster"><input type="hidden" name="email" value="${email}">
<label>Away from <input type="date" name="from"></label><label>to <input type="date" name="to"></label><button class="quiet slim" name="change" value="away">Save</button>${
    (availability.away ?? []).length > 0 &&
    html` <button class="quiet slim" name="change" value="back">Never away</button>`
  }</form>
<form class="controls filters" method="post" action="/roster"><input type="hidden" name="email" value="${email}">
<label>Deputy ${select({ name: 'deputy', any: 'their manager' }, colleagues, deputy)}</label><button class="quiet slim" name="change" value="deputy">Save</button></form>
<form class="controls filters" method="post" action="/roster"><input type="hidden" name="email" value="${email}"><button class="quiet slim" name="change" value="${bouncing ? 'arrive' : 'bounce'}">${
    bouncing ? 'Let emails arrive again' : 'Let emails bounce'
  }</button></form></details>`;
}

/** 'mon tue wed 09:00–17:00, fri 09:00–15:00'. */
/** 'Mon–Thu 09:00–17:00, Fri 09:00–13:00': days beside each other with the same hours stand together. */
function hoursText({ hours }: Person['availability']): string {
  const spans: { first: string; last: string; span: string; until: number }[] = [];
  for (const [i, day] of weekdays.entries()) {
    const open = hours[day];
    if (open === undefined) continue;
    const [span, name] = [`${open.from}–${open.to}`, `${day.charAt(0).toUpperCase()}${day.slice(1)}`];
    const before = spans.at(-1);
    if (before?.span === span && before.until === i - 1) Object.assign(before, { last: name, until: i });
    else spans.push({ first: name, last: name, span, until: i });
  }
  return spans.map(({ first, last, span }) => `${first === last ? first : `${first}–${last}`} ${span}`).join(', ');
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

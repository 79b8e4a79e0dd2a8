import type { Person } from '../../../functions/domain/people/person.ts';
import { roleIds, roleTitle } from '../../../functions/domain/playbook/roles.ts';
import { businessCalendar, isAway, isWorkingMoment } from '../../../functions/domain/time/calendar.ts';
import { publicHolidays } from '../../../functions/domain/time/holidays.ts';
import { localTimeText } from '../../../functions/domain/time/local-time.ts';
import { zoneName } from '../../../functions/domain/time/wall-format.ts';
import { type Html, html } from '../../../functions/pages/html.ts';
import { openStepRow } from './handoff-card.ts';
import { badge } from './layout.ts';
import { type Handoff, openSteps, personName } from './overview.ts';
import type { Surroundings } from './surroundings.ts';
import { counted } from './wording.ts';

/** Who is there, when they work, and what is open with each of them. */
export function rosterPage(
  handoffs: readonly Handoff[],
  responsible: ReadonlyMap<string, number>,
  around: Surroundings,
): Html {
  const open = handoffs.flatMap((handoff) => openSteps(handoff, around.now).map((step) => ({ handoff, step })));
  return html`<h1>Roster</h1>
<div class="columns"><div>${roleIds.map((role, i) => {
    const people = [...around.people.values()].filter((person) => person.role === role);
    const section = html`<section class="card"><h2>${roleTitle(around.roles, role)}</h2><ul class="rows">${people.map(
      (person) =>
        personRow(
          person,
          {
            handoffs: responsible.get(person.email) ?? 0,
            steps: open
              .filter(({ step }) => step.asked.owner === person.email)
              .map(
                ({ handoff, step }) =>
                  html`<li class="soft small" dir="auto">${handoff.deal.customer.name}</li>${openStepRow(handoff.id, step, around)}`,
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
  work: { readonly handoffs: number; readonly steps: readonly Html[] },
  around: Surroundings,
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
  }${person.unreachable && badge('mail bounces', 'bad')}<span class="small soft end">${localTimeText(now, availability.zone)} ${zoneName(availability.zone)}</span></div>
<div class="small soft"><a href="/inbox?${new URLSearchParams({ to: person.email }).toString()}">${person.email}</a>${
    manager !== undefined && html`, manager <bdi>${personName(around.people, manager)}</bdi>`
  }</div>
<div class="small soft">${hoursText(availability)}${availability.holidays && `, holidays of ${[availability.holidays.country, availability.holidays.region].filter(Boolean).join('-')}`}${(
    availability.away ?? []
  )
    .map(({ from, to }) => `, away ${from} to ${to}`)
    .join('')}</div>
${takes.length > 0 && html`<div class="small soft" dir="auto">takes ${takes.join(', ')}</div>`}
${
  person.role === 'customerSuccessManager' &&
  html`<div class="small">${counted(work.handoffs, 'open handoff')}${capacity !== undefined && ` of at most ${capacity}`}</div>`
}
${work.steps.length > 0 && html`<ul class="steps">${work.steps}</ul>`}</li>\n`;
}

/** 'mon tue wed 09:00–17:00, fri 09:00–15:00'. */
function hoursText({ hours }: Person['availability']): string {
  const days = new Map<string, string[]>();
  for (const [day, open] of Object.entries(hours)) {
    if (open === undefined) continue;
    const span = `${open.from}–${open.to}`;
    days.set(span, [...(days.get(span) ?? []), day]);
  }
  return [...days].map(([span, names]) => `${names.join(' ')} ${span}`).join(', ');
}

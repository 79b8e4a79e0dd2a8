import type { Person } from '../../../functions/domain/people/person.ts';
import { roleIds, roleTitle } from '../../../functions/domain/playbook/roles.ts';
import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import { timeHtml } from '../../../functions/pages/operations/wording.ts';
import type { Surroundings } from './surroundings.ts';

/** Where reports are opened from. */
export const reportsPath = '/reports';

/** Whose reports to look at: each sees what is theirs to see. `asOf`: when all was last measured, UTC. */
export function reportsPage(asOf: string | undefined, { people, roles }: Surroundings): Html {
  const there = [...people.values()].filter(({ active }) => active);
  const ofRole = (role: (typeof roleIds)[number]): Content => {
    const those = there.filter((person) => person.role === role);
    if (those.length === 0) return undefined;
    return html`<section class="card"><h2>${roleTitle(roles, role)}</h2><ul class="rows">${those.map(rowHtml)}</ul></section>\n`;
  };
  return html`<h1>Reports</h1>
<p>Everybody sees what is theirs to see: managers their people, revenue operations everything, others their own. On AWS, emails bring the link.</p>
<p class="soft">${
    asOf === undefined
      ? 'Nothing is measured yet. Handoffs are measured every night: let time pass until tomorrow.'
      : html`All was last measured ${timeHtml(asOf)}.`
  }</p>
<div class="columns"><div>${[...roleIds].reverse().map(ofRole)}</div></div>`;
}

const rowHtml = ({ email, name }: Person): Html =>
  html`<li><form class="line" method="post" action="${reportsPath}"><input type="hidden" name="person" value="${email}"><strong dir="auto">${name}</strong><button class="quiet slim end">Open<span class="unseen"> reports of ${name}</span></button></form></li>\n`;

import type { People } from '../people/people.ts';
import { managerRoles } from '../playbook/roles.ts';
import type { HandoffRecord } from './handoff.ts';
import type { Link } from './link.ts';
import type { StepRecord } from './step-record.ts';

/**
 * Whether somebody is still what their link was made for, a month ago perhaps: whoever looks after a step is the manager of
 * its owner, or of whom they stand in for, or leads a side in this handoff, or is revenue operations, by the roster of today;
 * or stands in for one of those. Who owns or reviews a step is told by its record.
 */
export function stillActs(
  record: HandoffRecord,
  people: People,
  { asked, link: { person, as } }: { readonly asked: StepRecord; readonly link: Pick<Link, 'person' | 'as'> },
): boolean {
  if (as !== 'manager' && as !== 'revenueOperations') return true;
  const { people: roles } = record.state;
  const owners = [asked.owner, asked.standInFor, asked.exceptions?.at(-1)?.reviewer];
  const leads = as === 'manager' ? [...Object.values(managerRoles), 'revenueOperations' as const] : [as];
  const above = [
    ...(as === 'manager' ? owners.map((email) => people.get(email ?? '')?.manager) : []),
    ...leads.filter((role) => people.get(roles[role] ?? '')?.role === role).map((role) => roles[role]),
  ];
  const standIns = above.flatMap((email) => {
    const { deputy, manager, awayNotes = [] } = people.get(email ?? '') ?? {};
    return [deputy, manager, ...awayNotes.map((note) => note.deputy)];
  });
  return people.get(person)?.role === 'revenueOperations' || [...above, ...standIns].includes(person);
}

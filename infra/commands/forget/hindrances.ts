import type { Records } from '../../../functions/aws/records.ts';
import { listed } from '../../../functions/domain/fields/words.ts';
import { customerOf } from '../../../functions/domain/handoff/handoff.ts';
import { isOwed, titleOf } from '../../../functions/domain/handoff/step-rule.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import type { FoundPerson } from './find-person.ts';

/** Why somebody cannot be forgotten yet: a line each, with what to do first. None: they can. */
export async function hindrances(
  { desks, handoffs }: Pick<Records, 'desks' | 'handoffs'>,
  { email, found, roster }: { readonly email: string; readonly found: FoundPerson; readonly roster: readonly Person[] },
): Promise<readonly string[]> {
  const person = roster.find((each) => each.email === email);
  const { steps } = await desks.openWorkOf(email);
  const open = await Promise.all(
    steps.map(async ({ id, step }) => {
      const record = await handoffs.load(id);
      if (record && !isOwed(record, step)) return [];
      const title = record ? `“${titleOf(record, step)}” for ${customerOf(record)}` : step;
      return [`They own ${title} (${id}), which is open. Reassign it on its page, or on the page of their manager.`];
    }),
  );
  const holds = [...Map.groupBy(found.holds, ({ role }) => role)].map(([role, held]) => {
    const ids = held.map(({ id }) => id).sort();
    const [which, one] =
      ids.length === 1
        ? [`${ids[0]}, which is open`, 'the handoff']
        : [`${ids.length} open handoffs: ${ids.join(', ')}`, 'each'];
    return `They are the ${roleText(role)} of ${which}. Give ${one} to somebody else: reassign one of its steps with “and everything else of theirs”, or name another person in the CRM.`;
  });
  const others = roster.filter((each) => each.email !== email && each.active);
  const isLast = person?.role === 'revenueOperations' && !others.some(({ role }) => role === person.role);
  const reports = roster.filter(({ manager }) => manager === email).map(({ name }) => name);
  return [
    ...open.flat(),
    ...holds,
    ...(isLast
      ? [
          'Nobody else is in revenue operations, where every escalation ends. Import a roster with somebody there first.',
        ]
      : []),
    ...(reports.length > 0
      ? [
          `${listed(reports)} ${reports.length === 1 ? 'has' : 'have'} them as manager. Import a roster with another manager first.`,
        ]
      : []),
  ];
}

/** 'account executive' of `accountExecutive`. */
const roleText = (role: string): string => role.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

import type { Person } from '../../../functions/domain/people/person.ts';
import type { Roster } from '../../../functions/ports/roster.ts';
import type { Patience } from '../patience.ts';
import { isOutside, saidOf } from './read-handoffs.ts';
import type { RosterSeen } from './sight.ts';

interface ReadingRoster {
  readonly roster: Pick<Roster, 'everybody' | 'people' | 'openHandoffs'>;
  /** The mail addresses of everybody who is on it. */
  readonly emails: () => Promise<readonly string[]>;
  readonly again: Patience;
}

/** Everybody, and how much they have to do. An entry that cannot be read is named, and the others are read. */
export async function readRoster({ roster, emails, again }: ReadingRoster): Promise<RosterSeen> {
  const { people, unreadable } = await again(() => roster.everybody()).then(
    (everybody) => ({ people: everybody, unreadable: [] }),
    async (error: unknown) => {
      if (isOutside(error)) throw error;
      return oneByOne(await again(emails), { roster, again });
    },
  );
  const managers = people.filter(({ role }) => role === 'customerSuccessManager').map(({ email }) => email);
  const openHandoffs = new Map<string, number>();
  for (const email of managers)
    for (const [each, open] of await again(() => roster.openHandoffs([email]))) openHandoffs.set(each, open);
  return { people, unreadable, openHandoffs };
}

async function oneByOne(
  emails: readonly string[],
  { roster, again }: Pick<ReadingRoster, 'roster' | 'again'>,
): Promise<Pick<RosterSeen, 'people' | 'unreadable'>> {
  const people: Person[] = [];
  const unreadable: { what: string; why: string }[] = [];
  for (const email of emails)
    try {
      people.push(...(await again(() => roster.people([email]))).values());
    } catch (error) {
      if (isOutside(error)) throw error;
      unreadable.push({ what: email, why: saidOf(error) });
    }
  return { people, unreadable };
}

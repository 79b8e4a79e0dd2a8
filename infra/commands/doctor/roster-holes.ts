import { obstacleTo, takersOf } from '../../../functions/domain/people/assignment.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import { circleFrom } from '../../../functions/domain/people/roster-file.ts';
import { managerRoles, type RoleId } from '../../../functions/domain/playbook/roles.ts';
import type { Finding } from './finding.ts';
import type { Circumstances, Sight } from './sight.ts';

/** What the roster lacks for handoffs to go on: takers of customers, managers, deputies, revenue operations. */
export function rosterHoles(
  { roster, handoffs }: Pick<Sight, 'roster' | 'handoffs'>,
  known: Circumstances,
): readonly Finding[] {
  const active = roster.people.filter((person) => person.active);
  return [
    ...noTakers({ roster, handoffs }, known),
    ...missingRoles(active),
    ...lostReferences(roster.people, active),
    ...circles(active),
  ];
}

const withRoster = 'Change the roster, and import it with npm run roster.';

/** Territories, segments and industries that nobody can take today. */
function noTakers(
  { roster, handoffs }: Pick<Sight, 'roster' | 'handoffs'>,
  { playbookNamed, playbookName, ...known }: Circumstances,
): readonly Finding[] {
  const managers = roster.people.filter(({ role }) => role === 'customerSuccessManager');
  const obstacle = (person: Person) => obstacleTo(person, { ...known, openHandoffs: roster.openHandoffs });
  const free = managers.filter((person) => obstacle(person) === undefined);
  const because = (people: readonly Person[]) =>
    people.map((person) => `${person.name} ${obstacle(person)}`).join('; ');
  if (free.length === 0)
    return [
      {
        about: 'roster',
        wrong: `No customer success manager can take a customer today: ${because(managers) || 'the roster has none'}.`,
        mend: `Revenue operations is asked to name one for each deal. ${withRoster}`,
      },
    ];
  const open = handoffs.records.map(({ deal, state }) => ({ ...deal, segment: state.segment }));
  const rules = [
    { what: 'territory', of: open.map(({ territory }) => territory), takes: (person: Person) => person.territories },
    {
      what: 'segment',
      of: [...Object.keys(playbookNamed(playbookName)?.segments ?? {}), ...open.map(({ segment }) => segment)],
      takes: (person: Person) => person.segments,
    },
    { what: 'industry', of: open.map(({ industry }) => industry), takes: (person: Person) => person.industries },
  ];
  return rules.flatMap(({ what, of, takes }) =>
    distinct([...of.filter((value) => value !== undefined), ...managers.flatMap((person) => takes(person) ?? [])])
      .filter((value) => {
        const { specialists, generalists } = takersOf(value, free, takes);
        return specialists.length + generalists.length === 0;
      })
      .map((value): Finding => {
        const { specialists } = takersOf(value, managers, takes);
        const why = specialists.length === 0 ? 'no one lists it, and no one takes any' : because(specialists);
        return {
          about: `${what} ${value}`,
          wrong: `No customer success manager can take the ${what} ${value} today: ${why}.`,
          mend: `Its deals go to somebody who does not list it. ${withRoster}`,
        };
      }),
  );
}

/** Each once, whatever its case. */
const distinct = (values: readonly string[]): readonly string[] =>
  [
    ...new Map(values.map((value) => [value.trim().toLowerCase(), value.trim()] as const).toReversed()).values(),
  ].toReversed();

/** Roles that the rungs of every ladder count on. */
function missingRoles(active: readonly Person[]): readonly Finding[] {
  const nobody = (role: RoleId) => !active.some((person) => person.role === role);
  const operations: readonly Finding[] = nobody('revenueOperations')
    ? [
        {
          about: 'revenueOperations',
          wrong: 'Nobody active has the role revenueOperations, the last one who is told when a step stays open.',
          mend: withRoster,
        },
      ]
    : [];
  const reachable = active.some(({ role, unreachable }) => role === 'revenueOperations' && !unreachable);
  const unreached: readonly Finding[] =
    operations.length > 0 || reachable
      ? []
      : [
          {
            about: 'revenueOperations',
            wrong: 'Email reaches nobody who has the role revenueOperations.',
            mend: `Fix that first, as said under "people". ${withRoster}`,
          },
        ];
  const unled = [
    { doer: 'accountExecutive', leader: managerRoles.sales },
    { doer: 'customerSuccessManager', leader: managerRoles.success },
  ] as const;
  return [
    ...operations,
    ...unreached,
    ...unled.flatMap(({ doer, leader }): Finding[] => {
      const alone = active.filter(
        ({ role, manager }) => role === doer && !active.some(({ email }) => email === manager),
      );
      if (alone.length === 0 || !nobody(leader)) return [];
      return [
        {
          about: leader,
          wrong: `${alone.map(({ name }) => name).join(', ')}: no manager is there to be told, and nobody active has the role ${leader}.`,
          mend: `Name their manager. ${withRoster}`,
        },
      ];
    }),
  ];
}

/** Managers and deputies who have left, or were never there. */
function lostReferences(all: readonly Person[], active: readonly Person[]): readonly Finding[] {
  return active.flatMap((person) =>
    (['manager', 'deputy'] as const).flatMap((as): Finding[] => {
      const named = person[as];
      if (named === undefined || active.some(({ email }) => email === named)) return [];
      const why = all.some(({ email }) => email === named) ? 'is no longer active' : 'is not in the roster';
      return [
        {
          about: person.email,
          wrong: `${named}, the ${as} of ${person.name}, ${why}.`,
          mend: `Name another. ${withRoster}`,
        },
      ];
    }),
  );
}

/** Lines that come back to where they began, each once. */
function circles(active: readonly Person[]): readonly Finding[] {
  return (['manager', 'deputy'] as const).flatMap((as) => {
    const next = new Map(active.map((person) => [person.email, person[as]] as const));
    const found = new Map<string, readonly string[]>();
    for (const { email } of active) {
      const circle = circleFrom(email, next);
      const members = circle?.slice(1).toSorted().join();
      if (circle && members && !found.has(members)) found.set(members, circle);
    }
    return [...found.values()].map(
      (circle): Finding => ({
        about: circle[0] ?? '',
        wrong:
          as === 'manager'
            ? `They lead in a circle: ${circle.join(' → ')}.`
            : `They are deputies in a circle: ${circle.join(' → ')}. When all of them are away, their managers are asked.`,
        mend:
          as === 'manager'
            ? `Let the line of managers end. ${withRoster}`
            : `Name somebody else for one of them. ${withRoster}`,
      }),
    );
  });
}

import type { Person } from '../../functions/domain/people/person.ts';
import { askSteps, stepNaming } from '../../functions/domain/playbook/capabilities.ts';
import { freezePlaybook, variantsOf } from '../../functions/domain/playbook/freeze.ts';
import type { FrozenPlaybook, Playbook } from '../../functions/domain/playbook/playbook.ts';
import { type RoleId, roleIds } from '../../functions/domain/playbook/roles.ts';
import type { Finding } from './findings.ts';

/** Steps and rungs for a role that may be held by nobody. */
export function ownerFindings(playbook: Playbook, roster: readonly Person[] | undefined): readonly Finding[] {
  return variantsOf(playbook).flatMap((variant) => {
    const frozen = freezePlaybook(playbook, variant);
    return [...unnamed(frozen), ...(roster ? unheld(frozen, roster) : [])];
  });
}

/** The assignment rules may find nobody; then somebody has to name them. */
function unnamed(frozen: FrozenPlaybook): readonly Finding[] {
  const role = 'customerSuccessManager';
  if (!rolesOf(frozen).has(role) || stepNaming(frozen, role)) return [];
  return [
    {
      rule: 'nobody-named',
      about: [role],
      sentence: `When the assignment rules find no ${frozen.roles[role].name}, no step names one, and whoever is ${frozen.roles.revenueOperations.name} is asked to do all of their steps.`,
      remedy: `Add a step that names one ("names": "${role}").`,
    },
  ];
}

function unheld(frozen: FrozenPlaybook, roster: readonly Person[]): readonly Finding[] {
  const used = rolesOf(frozen);
  return roleIds.flatMap((role): Finding[] => {
    const what = used.get(role);
    if (!what || roster.some((person) => person.role === role && person.active)) return [];
    return [
      {
        rule: 'nobody-owns',
        about: [role],
        sentence: `Nobody active on the roster is ${frozen.roles[role].name}, who ${what}.`,
        remedy: 'Add somebody to the roster, or let another role do it.',
      },
    ];
  });
}

/** The roles that have something to do, with the first thing it is. */
function rolesOf({ steps, ladders }: FrozenPlaybook): ReadonlyMap<RoleId, string> {
  const used = new Map<RoleId, string>();
  const use = (role: RoleId, what: string) => used.set(role, used.get(role) ?? what);
  for (const { id, rule } of askSteps({ steps })) {
    use(rule.owner, `owns "${id}"`);
    for (const { tell } of ladders[rule.ladder]?.rungs ?? [])
      for (const who of tell) if (who !== 'owner' && who !== 'manager') use(who, `hears when "${id}" stays open`);
  }
  return used;
}

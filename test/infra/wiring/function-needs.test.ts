import { describe, expect, it } from 'vitest';
import { type PortActions, portActions } from '../../../functions/aws/port-actions.ts';
import type { PortMethod, WorldPart } from '../../../functions/ports/world.ts';
import { type FunctionName, functionNames } from '../../../infra/wiring/function-names.ts';
import { functionNeeds, type Needs } from '../../../infra/wiring/function-needs.ts';

/** Permissions one by one, e.g. `PutItem HANDOFF#*`. */
type Rights = readonly string[];

const tableRights = (table: Needs['table'] = {}): string[] =>
  Object.entries(table).flatMap(([action, keys]) => keys.map((key) => `${action} ${key}`));

const rightsNeeded = ({ table, openWork, sendsMail, executions, schedules, tokens }: Needs): Rights => [
  ...tableRights(table),
  ...(openWork ? ['open work'] : []),
  ...(sendsMail ? ['mail'] : []),
  ...(executions ?? []),
  ...(schedules ?? []).map((what) => `${what} schedule`),
  ...(tokens ?? []),
];

const rightsOf = ({ table, openWork, sendsMail, executions, schedule, token }: PortActions): Rights => [
  ...tableRights(table),
  ...(openWork ? ['open work'] : []),
  ...(sendsMail ? ['mail'] : []),
  ...(executions ? [executions] : []),
  ...(schedule ? [`${schedule} schedule`] : []),
  ...(token ? [token] : []),
];

const isPortMethod = (use: WorldPart): use is PortMethod => Object.hasOwn(portActions, use);

/** What the methods that a function is given do on AWS. */
async function rightsUsed(name: FunctionName): Promise<Rights> {
  const exported = Object.values(await import(`../../../functions/handlers/${name}.ts`));
  const handler = exported.find((each) => Object(each).functionName === name) as {
    readonly uses: readonly WorldPart[];
  };
  return handler.uses.filter(isPortMethod).flatMap((use) => rightsOf(portActions[use]));
}

const unique = (rights: Rights): Rights => [...new Set(rights)].sort();

describe('what a function may do', () => {
  it.each(functionNames)('is for %s what the ports it is given do, and nothing else', async (name) => {
    expect(unique(rightsNeeded(functionNeeds[name]))).toEqual(unique(await rightsUsed(name)));
  });

  it('is said once for each action and partition', () => {
    for (const name of functionNames) {
      const rights = rightsNeeded(functionNeeds[name]);
      expect(rights, name).toEqual([...new Set(rights)]);
    }
  });
});

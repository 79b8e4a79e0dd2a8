import { describe, expect, it } from 'vitest';
import { type PortActions, portActions } from '../../../functions/aws/port-actions.ts';
import type { PortMethod, WorldPart } from '../../../functions/ports/world.ts';
import { type FunctionName, functionNames } from '../../../infra/wiring/function-names.ts';
import { functionNeeds, type Needs } from '../../../infra/wiring/function-needs.ts';

/** Permissions one by one, e.g. `PutItem HANDOFF#*`. */
type Rights = readonly string[];

const tableRights = (table: Needs['table'] = {}): string[] =>
  Object.entries(table).flatMap(([action, keys]) => keys.map((key) => `${action} ${key}`));

const rightsNeeded = ({
  table,
  dropsOld,
  openWork,
  sendsMail,
  executions,
  schedules,
  tokens,
  putsEvents,
  sendsFacts,
  queuesWriteBacks,
}: Needs): Rights => [
  ...tableRights(table),
  ...tableRights(dropsOld),
  ...(openWork ? ['open work'] : []),
  ...(sendsMail ? ['mail'] : []),
  ...(executions ?? []),
  ...(schedules ?? []).map((what) => `${what} schedule`),
  ...(tokens ?? []),
  ...(putsEvents ? ['events'] : []),
  ...(sendsFacts ? ['facts'] : []),
  ...(queuesWriteBacks ? ['write-backs'] : []),
];

const rightsOf = ({
  table,
  openWork,
  sendsMail,
  executions,
  schedule,
  token,
  putsEvents,
  sendsFacts,
  queuesWriteBacks,
}: PortActions): Rights => [
  ...tableRights(table),
  ...(openWork ? ['open work'] : []),
  ...(sendsMail ? ['mail'] : []),
  ...(executions ? [executions] : []),
  ...(schedule ? [`${schedule} schedule`] : []),
  ...(token ? [token] : []),
  ...(putsEvents ? ['events'] : []),
  ...(sendsFacts ? ['facts'] : []),
  ...(queuesWriteBacks ? ['write-backs'] : []),
];

const isPortMethod = (use: WorldPart): use is PortMethod => Object.hasOwn(portActions, use);

/** What the methods that a function is given do on AWS. */
async function usesOf(name: FunctionName): Promise<readonly WorldPart[]> {
  const exported = Object.values(await import(`../../../functions/handlers/${name}.ts`));
  const handler = exported.find((each) => Object(each).functionName === name) as {
    readonly uses: readonly WorldPart[];
  };
  return handler.uses;
}

async function rightsUsed(name: FunctionName): Promise<Rights> {
  return (await usesOf(name)).filter(isPortMethod).flatMap((use) => rightsOf(portActions[use]));
}

const unique = (rights: Rights): Rights => [...new Set(rights)].sort();

describe('what a function may do', () => {
  it.each(functionNames)('is for %s what the ports it is given do, and nothing else', async (name) => {
    expect(unique(rightsNeeded(functionNeeds[name]))).toEqual(unique(await rightsUsed(name)));
  });

  it('is to speak with the CRM where a function does', async () => {
    for (const name of functionNames)
      expect(functionNeeds[name].crm === true, name).toBe((await usesOf(name)).includes('crmAccess'));
  });

  it('is said once for each action and partition', () => {
    for (const name of functionNames) {
      const rights = rightsNeeded(functionNeeds[name]);
      expect(rights, name).toEqual([...new Set(rights)]);
    }
  });
});

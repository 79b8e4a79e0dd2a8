import { InvokeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { grantsIn } from '../../../infra/account/iam/policy.ts';
import { functionNeeds } from '../../../infra/wiring/function-needs.ts';
import { roster } from '../../support/deals.ts';
import { at, fillOldMonths } from '../../support/old-months.ts';
import { roleOfFunction, rolesOf } from './permissions.ts';
import { type StoodUp, standUp } from './stand-up.ts';
import { type Synthesized, synthesize } from './synthesize.ts';

const functionName = 'handoff-sample-measure';
const night = 86_400_000;

/** Some nights pass in a stage that keeps months which are over. */
async function nightsIn(synthesized: Synthesized, nights = 2): Promise<StoodUp> {
  const start = Date.parse(at);
  const stood = await standUp({ synthesized, roster: roster(), start });
  const { clients, clock, world } = stood.system;
  await fillOldMonths(world);
  for (let i = 0; i < nights; i++) {
    clock.at(start + i * night, () =>
      clients.lambda.send(
        new InvokeCommand({
          FunctionName: functionName,
          Payload: Buffer.from(JSON.stringify({ time: new Date(clock.now()).toISOString() })),
        }),
      ),
    );
  }
  await clock.runToEnd();
  return stood;
}

const idsIn = async ({ system }: StoodUp): Promise<readonly string[]> =>
  (await system.world.measured.between('2000-01', '2100-01')).handoffs.map(({ id }) => id).toSorted();

/** The same, where the role of what measures lacks an action on the table. */
function without(action: string): Synthesized {
  const kept = synthesize({ retentionMonths: 13 });
  const role = roleOfFunction(kept, functionName);
  const { Resources } = kept.template;
  const text = JSON.stringify(Resources[role]).replaceAll(`"dynamodb:${action}"`, '"dynamodb:DescribeTable"');
  return { ...kept, template: { ...kept.template, Resources: { ...Resources, [role]: JSON.parse(text) } } };
}

describe('a stage that keeps thirteen months, stood up in the local account', () => {
  it('is allowed each call by which old months are deleted, and none that it never makes', async () => {
    const synthesized = synthesize({ retentionMonths: 13 });
    const stood = await nightsIn(synthesized);
    expect(stood.denied).toEqual([]);
    expect(stood.system.account.lambda.failures).toEqual([]);
    expect(await idsIn(stood)).toEqual(['kept', 'open', 'owing']);
    const role = roleOfFunction(synthesized, functionName);
    const used = stood.used.get(role);
    const others = new Set(grantsIn(rolesOf(synthesize())[roleOfFunction(synthesize(), functionName)] ?? []));
    const own = grantsIn(rolesOf(synthesized)[role] ?? []).filter((grant) => !others.has(grant));
    expect(own.length).toBeGreaterThanOrEqual(Object.values(functionNeeds.measure.dropsOld ?? {}).flat().length);
    expect(own.filter((grant) => !used?.has(grant))).toEqual([]);
    await stood.system.close();
  });

  it('is refused as on AWS where its role does not allow to delete: nothing is lost, and it fails loudly', async () => {
    const stood = await nightsIn(without('DeleteItem'), 1);
    expect(stood.denied.join()).toMatch(/dynamodb:DeleteItem/);
    expect(stood.system.account.lambda.failures.map(({ errorType }) => errorType)).toContain('AccessDeniedException');
    expect(await idsIn(stood)).toContain('kept');
    await stood.system.close();
  });

  it('where all is kept deletes nothing, and may not', async () => {
    const stood = await nightsIn(synthesize(), 1);
    expect(stood.denied).toEqual([]);
    expect(await idsIn(stood)).toEqual(['kept', 'old', 'older', 'open', 'owing']);
    await stood.system.close();
  });
});

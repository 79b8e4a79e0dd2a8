import { expect, it, onTestFinished } from 'vitest';
import { handoffRecords } from '../../../../functions/aws/handoff-records.ts';
import { createClock } from '../../../../infra/account/clock.ts';
import { createMirror } from '../../../../infra/local/console/mirror.ts';
import { tableName } from '../../../../infra/local/local-names.ts';
import { putOnBus } from '../../../../infra/local/put-event.ts';
import { createSystem } from '../../../../infra/local/system.ts';
import { roster, sampleEvent } from '../../../support/deals.ts';
import { tuesday } from './open-test-console.ts';

it('tells of a handoff what the table tells, as it goes on', async () => {
  const mirror = createMirror(tableName);
  const system = await createSystem({
    clock: createClock({ start: tuesday }),
    roster: roster(),
    siteUrl: 'http://127.0.0.1:4566',
    account: { onItemChange: mirror.hear },
  });
  onTestFinished(() => system.close());
  const records = handoffRecords(mirror.table);
  const id = 'D-2026-1041-1';
  expect(await records.load(id)).toBeUndefined();
  expect(await putOnBus(system, sampleEvent('complete-standard'))).toBeUndefined();
  for (const days of [0, 1, 9]) {
    await system.clock.advanceTo(tuesday + days * 86_400_000);
    const stands = await system.world.handoffs.load(id);
    expect(stands).toBeDefined();
    expect(await records.load(id)).toEqual(stands);
  }
  const step = Object.values((await records.load(id))?.steps ?? {})[0];
  if (step === undefined) throw new Error('No step is open.');
  await expect(records.changePerson(id, 'revenueOperations', 'a@example.com')).rejects.toThrow('only read');
});

it('forgets what is deleted, and keeps to its own table', async () => {
  const mirror = createMirror('ours');
  const item = { pk: { S: 'p' }, sk: { S: 's' } };
  mirror.hear({ table: 'ours', item, removed: false });
  mirror.hear({ table: 'theirs', item: { ...item, sk: { S: 't' } }, removed: false });
  expect(await mirror.table.get({ pk: 'p', sk: 's' })).toEqual({ pk: 'p', sk: 's' });
  expect(await mirror.table.get({ pk: 'p', sk: 't' })).toBeUndefined();
  mirror.hear({ table: 'ours', item, removed: true });
  expect(await mirror.table.get({ pk: 'p', sk: 's' })).toBeUndefined();
});

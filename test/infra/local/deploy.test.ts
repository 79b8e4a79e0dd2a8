import { expect, it, onTestFinished } from 'vitest';
import { createClock } from '../../../infra/account/clock.ts';
import { putOnBus } from '../../../infra/local/put-event.ts';
import { sampleEvent } from '../../../infra/local/sample-company.ts';
import { createSystem, silent } from '../../../infra/local/system.ts';
import { shippedPlaybooks } from '../../../statemachines/shipped-playbooks.ts';
import { roster } from '../../support/deals.ts';

it('reaches the handoffs that begin after it, and leaves those that run', async () => {
  const event = sampleEvent('complete-standard');
  const clock = createClock({ start: Date.parse('2026-11-20T15:00:00Z') });
  const system = await createSystem({
    ...{ clock, roster: roster(), siteUrl: 'http://127.0.0.1' },
    observerOf: () => silent,
  });
  onTestFinished(() => system.close());
  const win = async (dealId: string) => {
    await putOnBus(system, { ...event, detail: { ...event.detail, dealId } });
    await clock.settled();
  };
  const followed = async (dealId: string) => (await system.world.handoffs.load(`${dealId}-1`))?.playbook.name;
  await win('DEAL-1');
  await system.deploy(shippedPlaybooks.agency);
  await win('DEAL-2');
  expect([await followed('DEAL-1'), await followed('DEAL-2')]).toEqual(['default', 'agency']);
});

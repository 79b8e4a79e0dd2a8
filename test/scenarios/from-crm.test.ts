import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import { functionCalls } from '../../functions/aws/function-calls.ts';
import { inProcessSettings } from '../../infra/account/clients.ts';
import { createClock } from '../../infra/account/clock.ts';
import { drainQueues } from '../../infra/draining/drain-queues.ts';
import { queueCalls } from '../../infra/draining/queue-calls.ts';
import { playCrm } from '../../infra/local/crm/played-crm.ts';
import { type PlayedName, playedNames } from '../../infra/local/crm/played-names.ts';
import { queueName } from '../../infra/local/local-names.ts';
import { employPeople } from '../../infra/local/play/people.ts';
import { createSystem, silent } from '../../infra/local/system.ts';
import { deadLetterQueues } from '../../infra/wiring/queues.ts';
import { takerOf } from '../../infra/wiring/takers.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { course } from '../support/course.ts';
import { roster, sampleEvent } from '../support/deals.ts';

const siteUrl = 'http://handoff.example.com';
const hour = 3_600_000;

/** `told`: the address that the CRM knows, where it is another than the site's. */
async function openCompany(name: PlayedName, told = siteUrl) {
  const clock = createClock({ start: Date.parse('2026-11-17T08:00:00Z') });
  const crm = playCrm(name, { clock, siteUrl: told });
  const people = roster();
  const system = await createSystem({ clock, siteUrl, roster: people, crm: crm.settings, observerOf: () => silent });
  crm.attach(system.account);
  onTestFinished(() => system.close());
  const won = crm.fake.stages.find(({ phase }) => phase === 'won')?.id ?? '';
  const lost = crm.fake.stages.find(({ phase }) => phase === 'lost')?.id ?? '';
  const dealId = crm.fake.put(sampleEvent('complete-standard').detail);
  const shown = () => {
    const deal = crm.fake.deals().find((each) => each.dealId === dealId);
    return Object.fromEntries(
      (deal?.properties ?? []).filter(({ writtenBack }) => writtenBack).map(({ label, text }) => [label, text]),
    );
  };
  const executions = () => system.account.stepFunctions.executions();
  const employ = () => employPeople({ system, playbook, roster: people, manner: 'prompt', script: {} });
  return { system, clock, crm: crm.fake, dealId, won, lost, shown, executions, employ };
}

describe.each(playedNames)('a deal in %s', (name) => {
  it('that is dragged to won walks to its end, and the record of the CRM shows it', course, async () => {
    const { system, clock, crm, dealId, won, shown, employ } = await openCompany(name);
    employ();
    await clock.advanceTo(clock.now() + hour);
    crm.move(dealId, won);
    await clock.runToEnd();
    const record = await system.world.handoffs.load(`${dealId}-1`);
    expect(record?.state).toMatchObject({ status: 'complete', packagePercent: 100 });
    expect(shown()).toMatchObject({ 'Handoff status': 'complete', 'Handoff phase': 'complete' });
    const notes = crm.deals().find((each) => each.dealId === dealId)?.notes ?? [];
    expect(notes.map(({ text }) => text).join('\n')).toMatch(/signed off/);
    expect(new Set(notes.map(({ text }) => text)).size).toBe(notes.length);
    expect(system.account.deadLetters).toEqual([]);
    expect(system.account.lambda.failures).toEqual([]);
  });

  it('that is won is heard at API Gateway’s own address, which the CRM knows from before the stage had a name', async () => {
    const { system, clock, crm, dealId, won } = await openCompany(
      name,
      'https://a1b2c3.execute-api.eu-central-1.amazonaws.com',
    );
    crm.move(dealId, won);
    await clock.advanceTo(clock.now() + hour);
    expect((await system.world.handoffs.load(`${dealId}-1`))?.state.status).toBe('open');
  });

  it('that is lost again stops its handoff', async () => {
    const { system, clock, crm, dealId, won, lost, shown } = await openCompany(name);
    crm.move(dealId, won);
    await clock.advanceTo(clock.now() + 2 * hour);
    crm.move(dealId, lost);
    await clock.advanceTo(clock.now() + 2 * hour);
    expect((await system.world.handoffs.load(`${dealId}-1`))?.state.status).toBe('cancelled');
    expect(shown()['Handoff status']).toBe('canceled');
  });

  it.each([0, 1, 30, 400])(
    'is not lost when the CRM is out for six hours, %i seconds after it was won',
    course,
    async (after) => {
      const { system, clock, crm, dealId, won } = await openCompany(name);
      crm.move(dealId, won);
      await clock.advanceTo(clock.now() + after * 1000);
      crm.outage = 'down';
      await clock.advanceTo(clock.now() + 6 * hour);
      crm.outage = 'none';
      await clock.advanceTo(clock.now() + 2 * 24 * hour);
      expect((await system.world.handoffs.load(`${dealId}-1`))?.state.status).toBe('open');
      expect(system.account.deadLetters).toEqual([]);
    },
  );

  it(
    'that the CRM could not tell of for days waits among the dead letters, and begins when they are drained',
    course,
    async () => {
      const { system, clock, crm, dealId, won } = await openCompany(name);
      crm.outage = 'none';
      crm.move(dealId, won);
      // The CRM tells that something happened, and cannot be asked what.
      await clock.advanceTo(clock.now() + 1000);
      crm.outage = 'busy';
      await clock.advanceTo(clock.now() + 60 * hour);
      crm.outage = 'none';
      const drain = () =>
        drainQueues({
          queues: deadLetterQueues.map(queueName),
          call: queueCalls(new LambdaClient(inProcessSettings(system.account, 'lambda'))),
          functions: functionCalls(system.clients.lambda),
          takerOf: (queue) => takerOf(queue, (each) => each),
          say: () => undefined,
        });
      expect(system.account.deadLetters.length).toBeGreaterThan(0);
      await drain();
      await clock.advanceTo(clock.now() + hour);
      expect((await system.world.handoffs.load(`${dealId}-1`))?.state.status).toBe('open');
      expect(system.account.deadLetters).toEqual([]);
    },
  );
});

import { describe, expect, it } from 'vitest';
import { measure } from '../../../functions/verbs/measure.ts';
import { AwsError } from '../../../infra/account/wire/errors.ts';
import type { SmokeOptions } from '../../../infra/commands/smoke-deal.ts';
import { smokeDeal } from '../../../infra/commands/smoke-deal.ts';
import { anna } from '../../support/handoff-record.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

/** Tuesday 17 November 2026, 09:30 in Berlin. */
const at = '2026-11-17T08:30:00Z';

async function smoke(system: OpenSystem, more: Partial<SmokeOptions> = {}) {
  const said: string[] = [];
  const well = await smokeDeal({
    clients: system.clients,
    table: 'handoff',
    bus: 'default',
    stateMachineArn: system.stateMachineArn,
    at: system.now(),
    accountExecutive: anna,
    say: (line) => said.push(line),
    pause: () => system.clock.settled(),
    looks: 5,
    ...more,
  });
  return { well, said };
}

describe('the smoke test', () => {
  it('lets a deal through, takes it back, and says what it saw', async () => {
    const system = await openSystem({ at });
    const { well, said } = await smoke(system);
    expect(said).toEqual([
      'put     "Deal Closed Won" of deal SMOKE-20261117T083000000Z on the bus default',
      'saw     the execution SMOKE-20261117T083000000Z-1 RUNNING',
      expect.stringMatching(/^saw {5}the first mail sent: complete-package/),
      'put     "Deal Cancelled" on the bus',
      expect.stringMatching(/^saw {5}the execution ABORTED: Deal canceled: Smoke test/),
      'saw     2 mails about the end: sent, sent',
    ]);
    expect(well).toBe(true);
    expect((await system.load('SMOKE-20261117T083000000Z-1')).state.status).toBe('cancelled');
    expect(system.account.deadLetters).toEqual([]);
  });

  it('is in no report, however often it ran', async () => {
    const system = await openSystem({ at });
    await smoke(system);
    const also = ['SMOKE-20261117T083000000Z-1'];
    expect(await measure(system.world)({ at: '2026-11-18T01:10:00Z', also })).toMatchObject({ handoffs: 0, facts: 0 });
    expect(await system.world.measured.between('2026-11', '2026-11')).toMatchObject({ handoffs: [] });
    expect(await system.world.handoffs.unmeasured()).toEqual([]);
  });

  it('does not wait for the morning: at night it sees the step that does', async () => {
    const { well, said } = await smoke(await openSystem({ at: '2026-11-17T22:30:00Z' }));
    expect(said[2]).toBe(
      'saw     the step "complete-package" opened; its first mail waits until work begins, 2026-11-18T08:00:00Z',
    );
    expect(well).toBe(true);
  });

  it('finds its execution behind an alias', async () => {
    const system = await openSystem({ at });
    expect((await smoke(system, { stateMachineArn: `${system.stateMachineArn}:live` })).well).toBe(true);
  });

  it('says what it did not see', async () => {
    const system = await openSystem({ at });
    system.account.lambda.throttleNext('start-handoff', 1000);
    const { well, said } = await smoke(system);
    expect(well).toBe(false);
    expect(said.slice(1)).toEqual([
      expect.stringMatching(/^FAILED {2}It was not to be seen that its execution starts/),
      'put     "Deal Cancelled" on the bus, to leave nothing open',
    ]);
  });

  it('says that a mail was refused, and leaves nothing running', async () => {
    const system = await openSystem({ at });
    system.account.mailTrouble.reject(anna, 'Message contains attachments of illegal type.');
    const { well, said } = await smoke(system);
    expect(well).toBe(false);
    expect(said.join('\n')).toContain('FAILED  SES refused the first mail');
    await system.clock.settled();
    expect((await system.status('SMOKE-20261117T083000000Z-1')).status).toBe('ABORTED');
  });

  it('says what to look for when SES takes no mail at all, and leaves nothing running', async () => {
    const system = await openSystem({ at });
    system.account.mailTrouble.reject(anna, 'Email address is not verified.');
    const { well, said } = await smoke(system);
    expect(well).toBe(false);
    expect(said.join('\n')).toMatch(/FAILED {2}It was not to be seen that its first mail goes out .*not verified/);
    await system.clock.settled();
    expect((await system.status('SMOKE-20261117T083000000Z-1')).status).toBe('ABORTED');
  });

  it('says why the execution failed where SES allows no mail to somebody, and leaves nothing open', async () => {
    const denied = "User `arn:aws:sts::1:assumed-role/notify' is not authorized to perform `ses:SendRawEmail'";
    const system = await openSystem({
      at,
      refused: ({ service }) => {
        if (service === 'ses') throw new AwsError('AccessDenied', denied, { httpStatus: 403 });
      },
    });
    const { well, said } = await smoke(system);
    expect(well).toBe(false);
    expect(said.slice(1)).toEqual([
      'saw     the execution SMOKE-20261117T083000000Z-1 FAILED',
      expect.stringMatching(
        /^FAILED {2}The execution ended FAILED: MailForbidden: .*is not authorized to perform `ses:Send/,
      ),
      'put     "Deal Cancelled" on the bus, to leave nothing open',
      'saw     the handoff SMOKE-20261117T083000000Z-1 canceled',
    ]);
    expect((await system.load('SMOKE-20261117T083000000Z-1')).state.status).toBe('cancelled');
  });

  it('leaves nothing open of a deal whose event is taken later', async () => {
    const system = await openSystem({ at });
    system.account.lambda.throttleNext('start-handoff', 8);
    const { well, said } = await smoke(system, { looks: 1, pause: async () => undefined });
    expect(well).toBe(false);
    expect(said).toContain('put     "Deal Cancelled" on the bus, to leave nothing open');
    await system.until('2026-11-17T12:30:00Z');
    expect(system.account.stepFunctions.executions().filter(({ status }) => status === 'RUNNING')).toEqual([]);
    expect(system.mails().filter(({ tags }) => tags['kind'] === 'ask')).toEqual([]);
  });

  it('says that the bus is not there', async () => {
    const { said } = await smoke(await openSystem({ at }), { bus: 'elsewhere' });
    expect(said).toEqual([
      'FAILED  There is no bus elsewhere in this account and region. Look at what the stage deployed.',
    ]);
  });
});

import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  type SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { functionCalls } from '../../../../functions/aws/function-calls.ts';
import { type CancelOpen, cancelOpen, StillOpen } from '../../../../infra/commands/ending/cancel-open.ts';
import { openExecutions } from '../../../../infra/commands/ending/open-executions.ts';
import { patience } from '../../../../infra/commands/patience.ts';
import { functionArn } from '../../../../infra/local/local-names.ts';
import { course } from '../../../support/course.ts';
import { dealEvent } from '../../../support/deals.ts';
import { type OpenSystem, openSystem } from '../../../support/world.ts';

/** A Tuesday morning in Berlin. */
const at = '2026-11-17T09:00:00Z';
const deals = ['D-1', 'D-2', 'D-3'];

/** Handoffs that run, each with a mail to its account executive. */
async function running(): Promise<OpenSystem> {
  const system = await openSystem({ at });
  for (const dealId of deals) await system.win(dealEvent({ dealId, closedWonAt: at, package: {} }));
  return system;
}

/** As commands are patient, without waiting. */
const again = patience(async () => undefined);

const named = (name: string, members: object = {}) => Object.assign(new Error('It is so.'), { name, ...members });

function cancelation(system: OpenSystem, changes: Partial<CancelOpen> = {}): CancelOpen & { readonly said: string[] } {
  const functions = functionCalls(system.clients.lambda);
  const said: string[] = [];
  return {
    said,
    client: system.clients.sfn,
    again,
    stateMachineArn: `${system.stateMachineArn}:live`,
    handoffs: system.world.handoffs,
    stopDeal: (event) => functions.call(functionArn('stop-deal'), event),
    at: new Date(Date.parse(system.now()) + 60_000).toISOString(),
    reason: 'Handoff (production) is taken out of service.',
    say: (line) => said.push(line),
    pause: () => system.clock.settled(),
    looks: 10,
    ...changes,
  };
}

const statuses = (system: OpenSystem): Promise<string[]> =>
  Promise.all(
    deals.map(async (dealId) => {
      const { status, error, cause } = await system.status(`${dealId}-1`);
      return `${status} ${error}: ${cause}`;
    }),
  );

const mailsAboutTheEnd = (system: OpenSystem) => system.mails().filter(({ subject }) => /canceled/.test(subject));

/** Step Functions as it is in a large and busy account: one execution a page, and every other call is too many. */
function busy(sfn: SFNClient): SFNClient & { readonly calls: string[] } {
  const calls: string[] = [];
  const send = (command: unknown) => {
    calls.push(String(command?.constructor.name));
    if (calls.length % 2 === 1)
      return Promise.reject(named('ThrottlingException', { $fault: 'client', $metadata: {} }));
    if (command instanceof ListExecutionsCommand) command.input.maxResults = 1;
    return sfn.send(command as ListExecutionsCommand);
  };
  return { send, calls } as unknown as ReturnType<typeof busy>;
}

describe('the executions that are open', () => {
  it('are all of them, page by page, whatever they were started through and however busy AWS is', async () => {
    const system = await running();
    const { client, stateMachineArn } = cancelation(system);
    const crowded = busy(client);
    const found = await openExecutions({ client: crowded, again, stateMachineArn });
    expect(found.map((arn) => arn.split(':').at(-1)).sort()).toEqual(['D-1-1', 'D-2-1', 'D-3-1']);
    expect(crowded.calls).toHaveLength(6);
  });

  it('are none where there is no machine', async () => {
    const system = await openSystem({ at });
    const { client } = cancelation(system);
    const stateMachineArn = system.stateMachineArn.replace(/[^:]*$/, 'handoff-elsewhere');
    expect(await openExecutions({ client, again, stateMachineArn })).toEqual([]);
  });

  it('are not told wrong: AWS that is busy to the end, or says no, is an error', async () => {
    const system = await running();
    const { stateMachineArn } = cancelation(system);
    const never = (error: Error) => ({ send: () => Promise.reject(error) }) as unknown as SFNClient;
    for (const name of ['ThrottlingException', 'AccessDeniedException'])
      await expect(openExecutions({ client: never(named(name)), again, stateMachineArn })).rejects.toMatchObject({
        name,
      });
  });
});

describe('canceling what is open', () => {
  it('tells everybody in each handoff, and returns when nothing runs', async () => {
    const system = await running();
    const options = cancelation(system);
    expect(await cancelOpen(options)).toEqual({ canceled: 3, stopped: 0 });
    expect(options.said.toSorted()).toEqual(['canceled  D-1-1', 'canceled  D-2-1', 'canceled  D-3-1']);
    expect(await statuses(system)).toEqual(
      deals.map(() => expect.stringMatching(/^ABORTED Handoff\.Cancelled: .*taken out of service/)),
    );
    const told = mailsAboutTheEnd(system);
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(told[0]?.text).toContain('taken out of service');
    for (const id of ['D-1-1', 'D-2-1', 'D-3-1']) expect((await system.load(id)).state.status).toBe('cancelled');
  });

  it('survives throttling of every service it asks, over many pages', course, async () => {
    const system = await running();
    system.account.lambda.throttleNext('stop-deal', 2);
    const options = cancelation(system);
    expect(await cancelOpen({ ...options, client: busy(options.client) })).toEqual({ canceled: 3, stopped: 0 });
    expect((await statuses(system)).map((status) => status.split(' ')[0])).toEqual(['ABORTED', 'ABORTED', 'ABORTED']);
  });

  it('goes on where it was broken off, and tells nobody twice', course, async () => {
    const system = await running();
    const { stopDeal, ...options } = cancelation(system);
    let calls = 0;
    const dying = (event: unknown) =>
      ++calls > 2 ? Promise.reject(named('AccessDeniedException', { $metadata: {} })) : stopDeal(event);
    await expect(cancelOpen({ ...options, stopDeal: dying })).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await system.clock.settled();
    const before = mailsAboutTheEnd(system).length;
    expect(before).toBeGreaterThan(0);
    // Nobody is stopped behind the backs of its people because whoever asks lacks a permission.
    expect((await statuses(system)).filter((status) => status.startsWith('RUNNING'))).toHaveLength(1);
    const again = cancelation(system);
    expect(await cancelOpen(again)).toEqual({ canceled: 1, stopped: 0 });
    expect(await cancelOpen(again)).toEqual({ canceled: 0, stopped: 0 });
    // As many for the third as for each of the first two.
    expect(mailsAboutTheEnd(system)).toHaveLength((before / 2) * 3);
  });

  it('stops the execution of an open item with its handoff', async () => {
    const system = await running();
    const item = JSON.stringify({ handoffId: 'D-1-1', step: 'item-1' });
    await system.clients.sfn.send(new StopExecutionCommand({ executionArn: arnOf(system, 'D-1-1') }));
    const events: unknown[] = [];
    const options = cancelation(system);
    const client = {
      send: (command: unknown) =>
        command instanceof DescribeExecutionCommand && command.input.executionArn === arnOf(system, 'D-2-1')
          ? Promise.resolve({ status: 'RUNNING', input: item })
          : options.client.send(command as ListExecutionsCommand),
    } as unknown as SFNClient;
    const stopDeal = async (event: unknown) => {
      events.push(event);
      return { outcome: 'not open' };
    };
    await cancelOpen({ ...options, client, stopDeal });
    // One event for a handoff, whichever of its executions runs; what it leaves is stopped.
    expect(events.map((event) => Object(event).detail.dealId).sort()).toEqual(['D-1', 'D-3']);
    expect(
      (await statuses(system)).filter((status) => /Handoff\.StageEnds: .*taken out of service/.test(status)),
    ).toHaveLength(2);
  });

  it.each([
    [
      'the function is gone',
      { stopDeal: () => Promise.reject(named('ResourceNotFoundException', { $metadata: {} })) },
      'there is no function stop-deal any more',
    ],
    [
      'the function fails at it',
      { stopDeal: () => Promise.reject(named('TypeError')) },
      'stop-deal fails at it, TypeError: It is so.',
    ],
    [
      'the event is refused',
      { stopDeal: async () => ({ refused: [{ problem: 'names a deal without a handoff' }] }) },
      'stop-deal refuses it: names a deal without a handoff',
    ],
    ['the handoff has not begun', { handoffs: { load: async () => undefined } }, 'it has not begun'],
    [
      'the table is gone',
      { handoffs: { load: () => Promise.reject(named('ResourceNotFoundException')) } },
      'there is no table any more',
    ],
  ])('stops an execution where its people cannot be told, with a cause, and says so: %s', async (_, changes, why) => {
    const system = await running();
    const options = cancelation(system, changes);
    expect(await cancelOpen(options)).toEqual({ canceled: 0, stopped: 3 });
    expect(options.said.toSorted()).toEqual(
      ['D-1-1', 'D-2-1', 'D-3-1'].map(
        (id) => `stopped   ${id}: ${why}. Its people were not told, or not all of them: tell them yourself.`,
      ),
    );
    expect(await statuses(system)).toEqual(
      deals.map(() => 'ABORTED Handoff.StageEnds: Handoff (production) is taken out of service.'),
    );
  });

  it('says so when something runs all the same', async () => {
    const system = await running();
    const options = cancelation(system);
    const deaf = {
      send: (command: unknown) =>
        command instanceof StopExecutionCommand
          ? Promise.resolve({})
          : options.client.send(command as ListExecutionsCommand),
    } as unknown as SFNClient;
    const stopDeal = async () => ({ outcome: 'cancelled' });
    await expect(cancelOpen({ ...options, client: deaf, stopDeal })).rejects.toThrow(StillOpen);
  });
});

const arnOf = ({ stateMachineArn }: OpenSystem, id: string): string =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${id}`;

import { describe, expect, it } from 'vitest';
import {
  MailBlocked,
  MailInHand,
  MailQuotaExhausted,
  MailThrottled,
  MailTurn,
  MailUnavailable,
} from '../../../functions/ports/errors.ts';
import { announceInTurn } from '../../../functions/verbs/announce-in-turn.ts';
import { playbook } from '../../../statemachines/playbooks/default.ts';
import { roster, sampleEvent } from '../../support/deals.ts';
import { openSystem } from '../../support/world.ts';

const at = '2026-11-20T15:00:00Z';

describe('what is said as handoffs begin', () => {
  it('waits for its turn in the execution while the mail service is too busy, and goes out once', async () => {
    const system = await openSystem({ at, roster: roster(), playbook });
    system.account.mailTrouble.throttleNext(3);
    const id = await system.win(sampleEvent('incomplete'));
    await system.until(new Date(Date.parse(system.now()) + 60_000).toISOString());
    const begins = system.mails().filter(({ tags }) => tags['kind'] === 'handoff-begins');
    const readers = begins.map(({ recipients }) => recipients.join(' '));
    expect(readers.length).toBeGreaterThan(0);
    expect(new Set(readers).size).toBe(readers.length);
    expect(await system.status(id)).toEqual({ status: 'RUNNING' });
    const errors = system.account.lambda.failures.map(({ errorType }) => errorType);
    expect(new Set(errors)).toEqual(new Set(['MailTurn']));
  });

  const failing = async (error: Error) => {
    const system = await openSystem({ at, roster: roster(), playbook });
    // So that it has not gone out yet.
    system.account.mailTrouble.throttleNext(100);
    const handoffId = await system.win(sampleEvent('incomplete'));
    const world = { ...system.world, mail: { send: () => Promise.reject(error) } };
    return announceInTurn(world)({
      handoffId,
      step: 'tell-who-takes-over',
      say: 'handoff-begins',
      at: system.now(),
    });
  };

  it('names the moment of the turn in the error that the state catches', async () => {
    const error = await failing(new MailThrottled('slow')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MailTurn);
    expect(Date.parse((error as Error).message)).toBeGreaterThan(Date.parse(at));
  });

  it.each([
    new MailQuotaExhausted('full'),
    new MailBlocked('paused'),
    new MailInHand('theirs'),
    new MailUnavailable('lost'),
  ])('takes no turn for $name', async (error) => {
    await expect(failing(error)).rejects.toBe(error);
  });
});

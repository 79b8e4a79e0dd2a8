import { randomUUID } from 'node:crypto';
import { ExecutionNotRedrivable, RedriveExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { executionArnOf } from '../../../functions/aws/execution-names.ts';
import { executions, taskTokens } from '../../../functions/aws/step-functions.ts';
import { isOver } from '../../../functions/domain/handoff/step-rule.ts';
import type { WorldOf } from '../../../functions/ports/world.ts';
import type { Patience } from '../patience.ts';
import { claimedFor } from './claimed-mails.ts';
import type { Fix } from './finding.ts';

/** What a fix uses of the records. */
export const fixUses = [
  'handoffs.load',
  'deals.read',
  'deals.history',
  'mails.claim',
  'mails.release',
  'mails.hold',
] as const;

export interface Fixing {
  readonly records: WorldOf<typeof fixUses>;
  readonly sfn: SFNClient;
  readonly stateMachineArn: string;
  /** UTC. */
  readonly at: string;
  readonly again: Patience;
}

/** What was done, in words; `done: false` when nothing could be, and why. */
export interface Fixed {
  readonly done: boolean;
  readonly said: string;
}

/** Does what can be done without a person, once: what somebody else has done since is left as it is. */
export async function applyFix(fix: Fix, fixing: Fixing): Promise<Fixed> {
  const { records, sfn, stateMachineArn, again } = fixing;
  const { start, startItem } = executions(sfn, stateMachineArn);
  switch (fix.do) {
    case 'start': {
      const against = await againstStart(fix.handoff, fixing);
      if (against !== undefined) return { done: false, said: against };
      return started(await again(() => start(fix.handoff)), fix.handoff);
    }
    case 'start-item':
      return started(await again(() => startItem(fix.handoff, fix.step)), `for ${fix.step} of ${fix.handoff}`);
    case 'redrive':
      return redrive(fix.execution, fixing);
    case 'ask-again': {
      const record = await again(() => records.handoffs.load(fix.handoff));
      const { token, decision } = record?.steps[fix.step] ?? {};
      if (!record || decision) return { done: true, said: 'nothing to do any more: the step was decided' };
      if (!token) return { done: false, said: 'its execution waits for nothing at this moment; look again later' };
      const answer = await again(() => taskTokens(sfn).askAgain(token));
      if (answer === 'gone')
        return { done: false, said: 'its execution does not wait on the token that is recorded; look again later' };
      return {
        done: true,
        said: isOver(record, fix.step) ? 'woke its execution, which ends it' : 'woke its execution, which asks again',
      };
    }
    case 'hold-mail':
      return holdMail(fix, fixing);
  }
}

const started = (answer: 'started' | 'exists', what: string): Fixed =>
  answer === 'started'
    ? { done: true, said: `started the execution ${what}` }
    : { done: false, said: 'an execution of that name exists by now; look again' };

/** A deal that has not begun is not started when it was stopped, or won again, since: the event knows what is to become of it. */
async function againstStart(handoff: string, { records, again }: Fixing): Promise<string | undefined> {
  if (await again(() => records.handoffs.load(handoff))) return undefined;
  const stored = await again(() => records.deals.read(handoff));
  if (!stored) return 'its deal is not in the table any more';
  if (stored.calledOff !== undefined) return 'it was called off since';
  const { stops, episodes } = await again(() => records.deals.history(stored.deal.dealId));
  if (stops.length === 0 && episodes.length < 2) return undefined;
  return 'the deal was stopped or won again besides: send its "Deal Closed Won" event again, which knows what is to begin';
}

/** Takes the mail over from whoever began it, so that of all who come to it at once one decides, and holds it. */
async function holdMail(
  { handoff, key }: Extract<Fix, { do: 'hold-mail' }>,
  { records, at, again }: Fixing,
): Promise<Fixed> {
  const record = await again(() => records.handoffs.load(handoff));
  const settled = { done: true, said: 'nothing to do any more: what became of it is known' };
  if (record?.mails[key]?.status !== 'claimed') return settled;
  // Tried once: were its answer lost, a second try would be taken for whoever sends it.
  const token = randomUUID();
  const claim = await records.mails.claim(handoff, key, { at, token, lease: claimedFor });
  if (claim === 'in hand') return { done: false, said: 'somebody is sending it at this moment; look again later' };
  if (claim === 'sent' || claim === 'held') return settled;
  if (claim === 'claimed') {
    await again(() => records.mails.release(handoff, key, token));
    return settled;
  }
  await again(() => records.mails.hold(handoff, key, at));
  return { done: true, said: 'held it: it is not sent again. Whether it came, a person has to ask' };
}

async function redrive(name: string, { sfn, stateMachineArn, again }: Fixing): Promise<Fixed> {
  const executionArn = executionArnOf(stateMachineArn, name);
  try {
    await again(() => sfn.send(new RedriveExecutionCommand({ executionArn })));
    return { done: true, said: 'redrove it: it goes on where it stopped' };
  } catch (error) {
    if (!(error instanceof ExecutionNotRedrivable)) throw error;
    return { done: false, said: 'it cannot be redriven any more, or runs by now; look again' };
  }
}

import { DescribeExecutionCommand, ExecutionDoesNotExist, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { Handoffs } from '../../../functions/ports/handoffs.ts';
import { dealSource } from '../../wiring/deal-rules.ts';
import { isFromAws } from '../aws-failure.ts';
import type { ReadingExecutions } from '../read-executions.ts';
import { openExecutions } from './open-executions.ts';

export interface CancelOpen extends ReadingExecutions {
  readonly handoffs: Pick<Handoffs, 'load'>;
  /** Calls the function that takes an event which stops a deal, and waits for its answer. */
  readonly stopDeal: (event: unknown) => Promise<unknown>;
  /** ISO 8601, UTC: when the handoffs are canceled. */
  readonly at: string;
  /** In the words of the mails that tell it. */
  readonly reason: string;
  readonly say: (line: string) => void;
  /** Waits a moment before the next look. */
  readonly pause: () => Promise<void>;
  /** How often to look whether all have ended. */
  readonly looks: number;
}

/** How many handoffs were ended each way. */
export interface Canceled {
  /** Canceled: everybody in them is told, meetings are called off, reminders taken back. */
  readonly canceled: number;
  /** Executions that were only stopped: nobody was told. */
  readonly stopped: number;
}

/** How many handoffs are ended at a time: each sends mails, which SES takes one after another. */
const atATime = 4;

/** Executions still run, though they were stopped. */
export class StillOpen extends Error {
  override name = 'StillOpen';
}

/**
 * Ends every execution that runs, and returns when none does. A handoff is canceled as by an event of the CRM, so that its
 * people hear of it; what that does not end, or where it fails, is stopped with the reason as its cause. Broken off or
 * repeated, it goes on with what is open. Throws StillOpen when some run after all tries.
 */
export async function cancelOpen(options: CancelOpen): Promise<Canceled> {
  const seen = new Set<string>();
  let [canceled, stopped] = [0, 0];
  for (let round = 0; ; round++) {
    const open = await openExecutions(options);
    if (open.length === 0) return { canceled, stopped };
    if (round >= options.looks)
      throw new StillOpen(
        `${open.length} still run after they were stopped, the first of them ${open[0]}. Run this again.`,
      );
    for (let next = 0; next < open.length; next += atATime) {
      const ended = await Promise.all(open.slice(next, next + atATime).map((arn) => end(options, arn, seen)));
      canceled += ended.filter((how) => how === 'canceled').length;
      stopped += ended.filter((how) => how === 'stopped').length;
    }
    // What was started and stopped a moment ago is not on the list, or still on it.
    await options.pause();
  }
}

/** `seen`: the handoffs that were canceled in this run; of those only what was left over is stopped. */
async function end(
  options: CancelOpen,
  executionArn: string,
  seen: Set<string>,
): Promise<'canceled' | 'stopped' | 'ended'> {
  const { say } = options;
  const handoffId = await handoffOf(options, executionArn);
  if (handoffId === undefined) return 'ended';
  if (seen.has(handoffId)) {
    await stop(options, executionArn);
    return 'ended';
  }
  seen.add(handoffId);
  const trouble = await cancel(options, handoffId);
  if (trouble === undefined) {
    say(`canceled  ${handoffId}`);
    return 'canceled';
  }
  await stop(options, executionArn);
  say(`stopped   ${handoffId}: ${trouble}. Its people were not told, or not all of them: tell them yourself.`);
  return 'stopped';
}

/** Whose execution it is; undefined when it is gone. */
async function handoffOf({ client, again }: CancelOpen, executionArn: string): Promise<string | undefined> {
  try {
    const { status, input } = await again(() => client.send(new DescribeExecutionCommand({ executionArn })));
    if (status !== 'RUNNING') return undefined;
    const { handoffId } = Object(JSON.parse(input ?? '{}'));
    return typeof handoffId === 'string' ? handoffId : executionArn;
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
}

/**
 * Cancels a handoff the product's own way. Returns why it could not, a clause; undefined when it could. Rejects with what keeps
 * whoever asks from doing it, such as a permission: a handoff is not stopped behind its people's backs for that.
 */
async function cancel(options: CancelOpen, handoffId: string): Promise<string | undefined> {
  const { stopDeal, at, reason, again, pause } = options;
  const deal = await dealOf(options, handoffId);
  if (typeof deal === 'string') return deal;
  const event = { source: dealSource, 'detail-type': 'Deal Cancelled', time: at, detail: { ...deal, reason } };
  let trouble = '';
  for (let tried = 0; tried < triesOfFunction; tried++) {
    try {
      const { refused } = Object(await again(() => stopDeal(event)));
      return refused === undefined ? undefined : `stop-deal refuses it: ${refused[0]?.problem ?? 'no reason'}`;
    } catch (error) {
      if (isGone(error)) return 'there is no function stop-deal any more';
      if (isFromAws(error)) throw error;
      trouble = String(error);
    }
    await pause();
  }
  return `stop-deal fails at it, ${trouble}`;
}

/** How often the function may fail at a handoff. */
const triesOfFunction = 5;

/** The deal of a handoff, as an event names it; or why there is none, a clause. */
async function dealOf(
  { handoffs, again }: CancelOpen,
  handoffId: string,
): Promise<{ readonly dealId: string; readonly wonEpisode: number } | string> {
  try {
    const record = await again(() => handoffs.load(handoffId));
    return record ? { dealId: record.deal.dealId, wonEpisode: record.deal.wonEpisode } : 'it has not begun';
  } catch (error) {
    if (isGone(error)) return 'there is no table any more';
    throw error;
  }
}

const isGone = (error: unknown): boolean => error instanceof Error && error.name === 'ResourceNotFoundException';

async function stop({ client, again, reason }: CancelOpen, executionArn: string): Promise<void> {
  try {
    await again(() =>
      client.send(new StopExecutionCommand({ executionArn, error: 'Handoff.StageEnds', cause: reason.slice(0, 1000) })),
    );
  } catch (error) {
    if (!(error instanceof ExecutionDoesNotExist)) throw error;
  }
}

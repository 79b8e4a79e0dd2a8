import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Refusal } from '../../../functions/domain/fields/refusal.ts';
import { isHeard } from '../bus-rules.ts';
import type { EventToPut } from '../put-event.ts';
import type { System } from '../system.ts';
import { comeToRest } from './clock-moves.ts';
import { readRefusals } from './overview.ts';
import { handoffIds } from './register.ts';

/** What PutEvents answered, and what came of the event. */
export type Put =
  | { readonly outcome: 'not taken'; readonly code: string; readonly message: string }
  | { readonly outcome: 'unheard' | 'nothing new' | 'failed'; readonly eventId: string }
  | { readonly outcome: 'started'; readonly eventId: string; readonly handoffId: string }
  | { readonly outcome: 'refused'; readonly eventId: string; readonly refused: readonly Refusal[] };

/** Puts one event on the account's bus, as a CRM would, and waits for what comes of it. */
export async function putEvent(system: System, event: EventToPut): Promise<Put> {
  const before = await results(system);
  let answer: {
    readonly EventId?: string | undefined;
    readonly ErrorCode?: string | undefined;
    readonly ErrorMessage?: string | undefined;
  };
  try {
    const { Entries } = await system.clients.events.send(
      new PutEventsCommand({
        Entries: [{ Source: event.source, DetailType: event.detailType, Detail: event.detail }],
      }),
    );
    answer = Entries?.[0] ?? {};
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { outcome: 'not taken', code: error.name, message: error.message };
  }
  if (answer.ErrorCode !== undefined)
    return { outcome: 'not taken', code: answer.ErrorCode, message: answer.ErrorMessage ?? '' };
  await comeToRest(system.clock);
  const eventId = answer.EventId ?? '';
  const after = await results(system);
  // Several of one instant are in no order: the new one is the one that was not there.
  const refusal = after.refusals.find(({ key }) => !before.refusals.some((known) => known.key === key));
  if (refusal !== undefined) return { outcome: 'refused', eventId, refused: refusal.refused };
  const started = after.ids.find((id) => !before.ids.includes(id));
  if (started !== undefined) return { outcome: 'started', eventId, handoffId: started };
  if (after.failures > before.failures) return { outcome: 'failed', eventId };
  return { outcome: (await isHeard(system, event)) ? 'nothing new' : 'unheard', eventId };
}

async function results(system: System) {
  return {
    ids: handoffIds(system),
    refusals: await readRefusals(system),
    failures: system.account.lambda.failures.length,
  };
}

import { onTestFinished } from 'vitest';
import { createClock } from '../../infra/account/clock.ts';
import type { LimitedCall, Limits } from '../../infra/account/limits.ts';
import type { AwsError } from '../../infra/account/wire/errors.ts';
import { queueName } from '../../infra/local/local-names.ts';
import { employPeople } from '../../infra/local/play/people.ts';
import type { Manner } from '../../infra/local/play/script.ts';
import { putOnBus } from '../../infra/local/put-event.ts';
import { createSystem, type System, silent } from '../../infra/local/system.ts';
import { deadLetterQueues } from '../../infra/wiring/queues.ts';
import { type DealEvent, roster, sampleEvent } from './deals.ts';
import { full } from './playbooks/full.ts';

const sample = sampleEvent('complete-standard');
/** When the deal was won, milliseconds since the epoch. */
export const start = Date.parse(String(sample.detail['closedWonAt']));
export const handoffId = 'D-2026-1041-1';

/** A time in which a service refuses the calls made of it. */
export interface Outage {
  readonly hits: (call: LimitedCall) => boolean;
  /** How many calls it answers before, none when left out. */
  readonly after?: number;
  /** When it begins at the soonest, milliseconds since the epoch; when the deal is won, when left out. */
  readonly from?: number;
  /** Milliseconds. */
  readonly lasts: number;
  readonly error: AwsError;
  /** Of people; they answer at once when left out. */
  readonly manner?: Manner;
  /** The deal, the standard sample when left out. */
  readonly event?: DealEvent;
}

export interface Stricken extends System {
  /** How many dead letters there were: SQS keeps each for 14 days. */
  readonly givenUp: () => number;
}

/**
 * The whole system with a deal on its bus, people, and an outage. It spares the pages: whoever meets one
 * that fails tries again, which people here do not.
 */
export async function begun({
  hits,
  after = 0,
  from = start,
  lasts,
  error,
  manner = 'prompt',
  event = sample,
}: Outage): Promise<Stricken> {
  const clock = createClock({ start });
  let onPage = false;
  let [open, answered, until] = [false, 0, Number.POSITIVE_INFINITY];
  const limits: Limits = {
    admit: (call) => {
      if (!open || onPage || clock.now() < from || !hits(call) || clock.now() >= until || answered++ < after) return;
      until = Math.min(until, clock.now() + lasts);
      if (clock.now() < until) throw error;
    },
    occupy: () => ({ milliseconds: 0, free: () => undefined }),
    pace: () => 0,
  };
  const people = roster();
  const system = await createSystem({
    clock,
    roster: people,
    siteUrl: 'http://127.0.0.1:4566',
    playbook: full,
    account: { limits },
    observerOf: (name) => {
      const turn = (began: boolean) => () => {
        if (name === 'show-page' || name === 'decide-step') onPage = began;
      };
      return { ...silent, began: turn(true), ended: turn(false), failed: turn(false) };
    },
  });
  onTestFinished(() => system.close());
  let givenUp = 0;
  for (const queue of deadLetterQueues.map(queueName))
    system.account.queues.watch(queue, () => {
      givenUp += 1;
    });
  employPeople({ system, playbook: full, roster: people, manner, script: {} });
  open = true;
  await putOnBus(system, event);
  return { ...system, givenUp: () => givenUp };
}

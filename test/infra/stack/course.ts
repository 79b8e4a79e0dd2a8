import { expect } from 'vitest';
import type { Person } from '../../../functions/domain/people/person.ts';
import { stranger } from '../../../functions/domain/people/stranger.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { employPeople } from '../../../infra/local/play/people.ts';
import type { Manner, Script } from '../../../infra/local/play/script.ts';
import { putOnBus } from '../../../infra/local/put-event.ts';
import { playbook as synthesizedPlaybook } from '../../../statemachines/playbooks/default.ts';
import { roster, sampleEvent } from '../../support/deals.ts';
import { type Interruption, interrupted } from './interruptions.ts';
import { type StoodUp, standUp } from './stand-up.ts';
import type { Synthesized } from './synthesize.ts';

/** Milliseconds. */
export const day = 86_400_000;

/** A deal and what happens around it. */
export interface Course {
  readonly event?: ReturnType<typeof sampleEvent>;
  readonly manner?: Manner;
  readonly script?: Script;
  readonly roster?: readonly Person[];
  /** With the states of the playbook that was synthesized; that very one when left out. */
  readonly playbook?: Playbook;
  readonly before?: (stood: StoodUp, start: number) => void;
  /** Calls that go wrong, in what is stood up. */
  readonly interruptions?: (stood: () => StoodUp) => readonly Interruption[];
}

/** Colleagues who have left: with them the company is larger than what one query of the roster reads at once. */
export const others: readonly Person[] = Array.from({ length: 60 }, (_, i) => ({
  ...stranger(`left-${i}@example.com`, 'UTC'),
  active: false,
}));

/** Plays a deal to its end in what was synthesized. */
export async function playCourse(synthesized: Synthesized, options: Course): Promise<StoodUp> {
  const { event = sampleEvent('complete-standard'), manner = 'prompt', script = {} } = options;
  const start = Date.parse(String(event.detail['closedWonAt']));
  const people = [...(options.roster ?? roster()), ...others];
  const standing: { stood?: StoodUp } = {};
  const faults = interrupted(
    options.interruptions?.(() => {
      if (!standing.stood) throw new Error('Nothing stands yet.');
      return standing.stood;
    }) ?? [],
  );
  const stood = await standUp({
    synthesized,
    roster: people,
    start,
    faults,
    ...(options.playbook && { playbook: options.playbook }),
  });
  standing.stood = stood;
  const { system } = stood;
  options.before?.(stood, start);
  const playbook = options.playbook ?? synthesizedPlaybook;
  employPeople({ system, playbook, roster: people, manner, script });
  await putOnBus(system, event);
  await system.clock.runToEnd();
  await system.close();
  expect(faults.left()).toEqual([]);
  return stood;
}

import { parentPort, workerData } from 'node:worker_threads';
import type { Escalations } from '../../../functions/domain/playbook/playbook.ts';
import { shippedPlaybooks } from '../../../statemachines/shipped-playbooks.ts';
import { judge } from './judge.ts';
import type { Weather } from './random-faults.ts';
import { escalatingBy, storyOf } from './story.ts';

/** The seeds of one worker: every `step`-th from `from`, `to` included. */
export interface Share {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly weather: Weather;
  readonly escalations: Escalations;
  /** Whether reports are made on the way, and checked against the audit trails. */
  readonly isMeasured: boolean;
}

const { from, to, step, weather, escalations, isMeasured } = workerData as Share;

for (let seed = from; seed <= to; seed += step) {
  const { violations } = await judge(
    escalatingBy(escalations, storyOf(seed, Object.values(shippedPlaybooks), weather)),
    isMeasured,
  );
  parentPort?.postMessage(violations);
}

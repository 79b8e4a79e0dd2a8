import { handingAct } from '../domain/handoff/acts.ts';
import { type HandingOver, handedOver } from '../domain/handoff/handing-over.ts';
import type { StepRecord } from '../domain/handoff/step-record.ts';
import type { WorldOf } from '../ports/world.ts';

export const handOverUses = ['steps.handOver', 'audit.write', 'calendarOf'] as const;

/**
 * Gives a step to somebody else, and puts it on record. Undefined when it was decided or went to somebody else in the
 * meantime. Who is concerned hears of it when the step is asked again.
 */
export async function handOver(
  world: WorldOf<typeof handOverUses>,
  handing: Omit<HandingOver, 'calendarOf'>,
): Promise<{ readonly step: StepRecord; readonly token?: string } | undefined> {
  const { record, step, handed, people } = handing;
  const change = handedOver({ ...handing, calendarOf: world.calendarOf });
  const { id } = record.state;
  const result = await world.steps.handOver({ id, step: step.step, round: step.round, from: step.owner, change });
  if (!result.changed) return undefined;
  await world.audit.write(id, handingAct(handed, people, { step: step.step, ...change }).entry);
  const { standInFor: _, mailHeldUntil: __, ...rest } = step;
  return { step: { ...rest, ...change }, ...(result.token !== undefined && { token: result.token }) };
}

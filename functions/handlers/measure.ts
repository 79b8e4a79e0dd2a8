import { onLambda, stack } from '../aws/lambda-stack.ts';
import { dropOld, dropOldUses } from '../verbs/drop-old.ts';
import { type HandoffsMeasured, measure, measureUses } from '../verbs/measure.ts';

/** Once a day, by the schedule of the stage: the facts and rows that reports are made of; those past keeping are deleted. */
export const measureHandler = stack(
  'measure',
  [...measureUses, ...dropOldUses],
  (world) =>
    async ({ time }: { readonly time: string }, timeLeft): Promise<HandoffsMeasured> => {
      const at = new Date(time).toISOString();
      try {
        return await measure(world)({ at, timeLeft });
      } finally {
        await dropOld(world)({ at });
      }
    },
);

export const handler = onLambda(measureHandler);

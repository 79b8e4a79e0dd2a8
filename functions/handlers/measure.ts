import { onLambda, stack } from '../aws/lambda-stack.ts';
import { type HandoffsMeasured, measure, measureUses } from '../verbs/measure.ts';

/** Once a day, by the schedule of the stage: the facts and rows that reports are made of. */
export const measureHandler = stack(
  'measure',
  measureUses,
  (world) =>
    ({ time }: { readonly time: string }): Promise<HandoffsMeasured> =>
      measure(world)({ at: new Date(time).toISOString() }),
);

export const handler = onLambda(measureHandler);

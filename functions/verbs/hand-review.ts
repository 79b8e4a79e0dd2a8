import { handingAct } from '../domain/handoff/acts.ts';
import { pendingRequest } from '../domain/handoff/exceptions.ts';
import { type ReviewHanding, reviewHanded } from '../domain/handoff/review-handing.ts';
import type { StepRecord } from '../domain/handoff/step-record.ts';
import type { People } from '../domain/people/people.ts';
import type { WorldOf } from '../ports/world.ts';

export const handReviewUses = ['steps.change', 'audit.write', 'calendarOf'] as const;

/**
 * Gives the review of an exception to somebody else, and puts it on record. Undefined when it was decided or went to somebody
 * else in the meantime. Who is concerned hears of it when the step is asked again.
 */
export async function handReview(
  world: WorldOf<typeof handReviewUses>,
  {
    step,
    people,
    ...handing
  }: Omit<ReviewHanding, 'calendarOf'> & { readonly step: StepRecord; readonly people: People },
): Promise<{ readonly step: StepRecord; readonly token?: string } | undefined> {
  const { exceptions = [] } = step;
  const request = pendingRequest(step);
  if (!request) return undefined;
  const { calendarOf } = world;
  const { record, to, handed } = handing;
  const reviewed = reviewHanded(request, { ...handing, calendarOf });
  const changed = [...exceptions.slice(0, -1), reviewed];
  const { id } = record.state;
  const change = { exceptions: changed };
  const result = await world.steps.change({ id, step: step.step, round: step.round, change, standing: { exceptions } });
  if (!result.changed) return undefined;
  const { standInFor } = handing;
  const { because } = reviewed;
  const now = { step: step.step, owner: to.email, because, standInFor, review: true } as const;
  await world.audit.write(id, handingAct(handed, people, now).entry);
  return { step: { ...step, ...change }, ...(result.token !== undefined && { token: result.token }) };
}

import { unansweredRequest } from '../domain/handoff/exceptions.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { StepRecord } from '../domain/handoff/step-record.ts';
import type { People } from '../domain/people/people.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import type { WorldOf } from '../ports/world.ts';

export const tellWithdrawnUses = noticeUses;

/** The step was decided before the reviewer was: they need not decide any more. Told once, however often it is called. */
export async function tellWithdrawn(
  world: WorldOf<typeof tellWithdrawnUses>,
  {
    record,
    people,
    asked,
    by,
    at,
  }: { record: HandoffRecord; people: People; asked: StepRecord; by: string; at: Instant },
): Promise<void> {
  const request = unansweredRequest(asked);
  const person = people.get(request?.reviewer ?? '');
  if (!request || !person || person.email === by) return;
  const notice = { kind: 'exception-withdrawn', step: asked.step, by } as const;
  const key = `exception-withdrawn/${asked.step}/${request.at}/${person.email}`;
  await sendNotice(world, { record, people, person, notice, key, step: asked.step, at });
}

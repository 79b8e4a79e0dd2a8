import type { ExceptionAnswer } from '../domain/handoff/exception-request.ts';
import { flowFront } from '../domain/handoff/flow-front.ts';
import { type HandoffRecord, holderOf } from '../domain/handoff/handoff.ts';
import { opensOf } from '../domain/handoff/planned.ts';
import { type People, personOf } from '../domain/people/people.ts';
import { type Instant, nextWorkingMoment } from '../domain/time/calendar.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import type { WorldOf } from '../ports/world.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';

export const tellAnswerUses = ['calendarOf', ...involvedUses, ...noticeUses] as const;

type Telling = WorldOf<typeof tellAnswerUses>;

/** Whoever asked, and the customer success manager, hear of it; who gets a request by it anyway reads it there. */
export async function tellAnswer(
  world: Telling,
  { record, step, answer }: { record: HandoffRecord; step: string; answer: ExceptionAnswer },
): Promise<void> {
  const asked = record.steps[step];
  const owners = answer.fields.flatMap(({ owner }) => owner ?? []);
  const reads = new Set([answer.by, ...owners, ...(asked && !asked.decision ? [asked.owner] : [])]);
  const people = await involvedPeople(world, record);
  if (asked?.decision) for (const email of askedNext(world, { record, people, at: answer.at })) reads.add(email);
  for (const email of new Set([asked?.exceptions?.at(-1)?.by, holderOf(record, 'customerSuccessManager')])) {
    const person = people.get(email ?? '');
    if (!person || reads.has(person.email)) continue;
    const notice = { kind: 'exception-answered', step, answer } as const;
    const key = `exception-answered/${step}/${answer.at}/${person.email}`;
    await sendNotice(world, { record, people, person, notice, key, step, at: answer.at });
  }
}

/** Who is asked for what comes next at this moment: mail addresses. */
function askedNext(
  { calendarOf }: Pick<Telling, 'calendarOf'>,
  { record, people, at }: { readonly record: HandoffRecord; readonly people: People; readonly at: Instant },
): readonly string[] {
  const { reached } = flowFront({ record, opens: opensOf(record, people, calendarOf), at });
  return reached
    .flatMap(({ step, rule }) => record.steps[step]?.owner ?? holderOf(record, rule.owner) ?? [])
    .filter((email) => nextWorkingMoment(at, calendarOf(personOf(people, email))) === at);
}

import { answerKey, answerReaders } from '../domain/handoff/answer-readers.ts';
import type { ExceptionAnswer } from '../domain/handoff/exception-request.ts';
import { flowFront } from '../domain/handoff/flow-front.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { opensOf } from '../domain/handoff/planned.ts';
import { holderOf } from '../domain/handoff/roles-held.ts';
import { type People, personOf } from '../domain/people/people.ts';
import { type Instant, isWorkingMoment } from '../domain/time/calendar.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import type { WorldOf } from '../ports/world.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';

export const tellAnswerUses = ['calendarOf', ...involvedUses, ...noticeUses] as const;

type Telling = WorldOf<typeof tellAnswerUses>;

/** Whoever asked, and the customer success manager, hear of it; who gets a request at that moment reads it there. */
export async function tellAnswer(
  world: Telling,
  { record, step, answer }: { record: HandoffRecord; step: string; answer: ExceptionAnswer },
): Promise<void> {
  const people = await involvedPeople(world, record);
  const isDecided = record.steps[step]?.decision !== undefined;
  const askedNow = isDecided ? askedNext(world, { record, people, at: answer.at }) : [];
  for (const email of answerReaders(record, { step, answer })) {
    const person = people.get(email);
    if (!person || askedNow.includes(email)) continue;
    const notice = { kind: 'exception-answered', step, answer } as const;
    const key = answerKey({ step, answer }, email);
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
    .filter((email) => isWorkingMoment(at, calendarOf(personOf(people, email))));
}

import { nameOf, type People } from '../people/people.ts';
import { askSteps, meetingOfStep } from '../playbook/capabilities.ts';
import type { AskStep } from '../playbook/playbook.ts';
import type { HandoffRecord } from './handoff.ts';
import { lastSupplied } from './supplied.ts';

/** What whoever reviewed the brief wants answered in the internal meeting (S3). */
export interface MeetingQuestions {
  /** A name. */
  readonly by: string;
  readonly lines: readonly string[];
}

/** The reviewer's questions for the meeting, a line each; undefined when there are none. */
export function questionsFor(record: HandoffRecord, people: People): MeetingQuestions | undefined {
  const asked = lastSupplied(record, 'meetingQuestions');
  if (asked === undefined) return undefined;
  const lines = asked.value.split('\n').map((line) => line.trim());
  return { by: nameOf(people, asked.by), lines: lines.filter((line) => line !== '') };
}

/** The questions for the meeting that a step holds; none for a meeting with the customer. */
export function questionsAt(record: HandoffRecord, rule: AskStep, people: People): MeetingQuestions | undefined {
  const meeting = rule.holds === undefined ? undefined : meetingOfStep(record.playbook, rule);
  return meeting === undefined || meeting.withCustomer ? undefined : questionsFor(record, people);
}

/** The questions while the internal meeting is still to come. */
export function openQuestions(record: HandoffRecord, people: People): MeetingQuestions | undefined {
  const holding = askSteps(record.playbook).find(
    ({ rule }) => rule.holds !== undefined && !meetingOfStep(record.playbook, rule)?.withCustomer,
  );
  const isOver = holding !== undefined && record.steps[holding.id]?.decision !== undefined;
  return isOver ? undefined : questionsFor(record, people);
}

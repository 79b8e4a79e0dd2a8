import type { ExceptionAnswer } from './exception-request.ts';
import type { HandoffRecord } from './handoff.ts';
import { holderOf } from './roles-held.ts';

/** How an exception was decided, and on which step. */
export interface AnswerTold {
  readonly step: string;
  readonly answer: ExceptionAnswer;
}

/** Under this somebody is told how an exception was decided. */
export const answerKey = ({ step, answer }: AnswerTold, email: string): string =>
  `exception-answered/${step}/${answer.at}/${email}`;

/**
 * Who hears how an exception was decided, by mail address: whoever asked, and, where the handoff goes ahead without an answer, the
 * customer success manager, whom nobody told that it was asked for; not who decided, nor who brings what was granted, nor who goes on
 * with the step.
 */
export function answerReaders(record: HandoffRecord, { step, answer }: AnswerTold): readonly string[] {
  const asked = record.steps[step];
  const owners = answer.fields.flatMap(({ owner }) => owner ?? []);
  const know = [answer.by, ...owners, ...(asked && !asked.decision ? [asked.owner] : [])];
  const goesAhead = asked?.decision !== undefined || answer.fields.some(({ granted }) => granted);
  const concerned = [asked?.exceptions?.at(-1)?.by, goesAhead ? holderOf(record, 'customerSuccessManager') : undefined];
  return [...new Set(concerned.flatMap((email) => email ?? []))].filter((email) => !know.includes(email));
}

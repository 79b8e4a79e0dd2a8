import type { HandoffRecord } from '../handoff/handoff.ts';
import { lastSupplied, type Supplied } from '../handoff/supplied.ts';
import type { Instant } from '../time/calendar.ts';
import { type LiveMeeting, meetingsAhead } from './meeting-offers.ts';

/**
 * The internal meeting to come whose invitation went out before the questions for it were written, which go into its agenda
 * (S3); undefined when there is none, or when it was changed since, for then everybody got the questions with that.
 */
export function meetingToUpdate(
  record: HandoffRecord,
  at: Instant,
): { readonly live: LiveMeeting; readonly questions: Supplied } | undefined {
  const questions = lastSupplied(record, 'meetingQuestions');
  const live = meetingsAhead(record, at).find(
    ({ known, stands }) => !known.rule.withCustomer && Date.parse(stands.at) > Date.parse(at),
  );
  const isNew = live && questions && Date.parse(live.stands.changedAt) < Date.parse(questions.at);
  return isNew ? { live, questions } : undefined;
}

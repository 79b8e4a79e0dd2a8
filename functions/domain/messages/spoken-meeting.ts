import { knownMeeting } from '../handoff/meetings.ts';
import { spoken, spokenToCustomer } from '../handoff/spoken.ts';
import type { Meeting, MeetingInput } from './meeting-entry.ts';

interface Spoken {
  readonly input: MeetingInput;
  readonly meeting: Meeting;
}

/** A meeting in the words of whoever takes part: the customer's, where they do. */
export const spokenOfMeeting = (input: MeetingInput, meeting: Meeting): Spoken =>
  inWords(meeting.known.rule.withCustomer ? spokenToCustomer(input) : spoken(input), meeting);

/** The same for colleagues only. */
export const spokenToColleagues = (input: MeetingInput, meeting: Meeting): Spoken => inWords(spoken(input), meeting);

const inWords = (input: MeetingInput, meeting: Meeting): Spoken => ({
  input,
  meeting: { ...meeting, known: knownMeeting(input.record, meeting.stands.meeting) ?? meeting.known },
});

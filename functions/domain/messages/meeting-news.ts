import { listed } from '../fields/words.ts';
import { type Mailbox, nameOf, type People } from '../people/people.ts';
import { momentInZones } from '../time/wording.ts';
import type { Announced } from './announced.ts';
import { calledOf } from './ask-slots.ts';
import {
  agendaBlocks,
  calendarEntry,
  hostMailboxes,
  type Meeting,
  type MeetingInput,
  meetingFacts,
  meetingSubject,
  meetingZones,
  speakerAt,
} from './meeting-entry.ts';
import type { Block } from './message.ts';
import { customerMailboxes, dealFacts } from './parties.ts';
import { headerLine } from './wording.ts';

/** What has happened to a meeting, beside what its record says. */
export interface MeetingChange {
  /** Colleagues who have left it, and who take part in their place. */
  readonly left?: readonly string[];
  readonly joined?: readonly string[];
}

/**
 * The update for everybody who was invited: of a meeting with the customer, one mail to them with the colleagues in copy, which
 * says nothing internal; else one to the colleagues.
 */
export function movedMessage(input: MeetingInput, meeting: Meeting, change: MeetingChange = {}): Announced {
  const { known, stands } = meeting;
  const { people } = input;
  const entry = calendarEntry(input, meeting);
  const zones = meetingZones(input, meeting);
  const [before, reason] = change.joined ? [] : [stands.before, stands.reason];
  const news = change.joined
    ? peopleNews(people, change)
    : known.rule.withCustomer
      ? 'This meeting has a new time.'
      : `${calledOf(people, stands.by)} moved it.`;
  const subject = meetingSubject(input, entry, change.joined ? 'Updated: ' : 'Moved: ');
  const blocks: Block[] = [
    { paragraph: `${news} Accept the update to refresh your calendar.` },
    ...(known.rule.withCustomer || reason === undefined ? [] : [{ quote: reason, heading: 'Why' }]),
    {
      facts: [
        ...meetingFacts(entry, zones),
        ...(before === undefined ? [] : [{ label: 'Before', value: momentInZones(zones, before, entry.stamp) }]),
      ],
    },
    ...agendaBlocks(input, meeting),
  ];
  const announced = toEverybody(input, meeting, { subject, blocks });
  // Whoever joins is invited by a mail of their own.
  const others = (mailboxes: readonly Mailbox[]) => mailboxes.filter(({ email }) => !change.joined?.includes(email));
  return { ...announced, to: others(announced.to), cc: others(announced.cc) };
}

/** Who takes part in whose place. */
function peopleNews(people: People, { joined = [], left = [] }: MeetingChange): string {
  const named = (emails: readonly string[]) => listed(emails.map((email) => nameOf(people, email)));
  const who = joined.length > 0 ? joined : left;
  const part = who.length > 1 ? 'take part' : 'takes part';
  if (joined.length === 0) return `${named(left)} no longer ${part}.`;
  return `${named(joined)} ${part}${left.length === 0 ? ', too' : ` in place of ${named(left)}`}.`;
}

/** To colleagues: somebody wrote down questions for a meeting that they were invited to before; they are in its agenda now. */
export function agendaMessage(
  input: MeetingInput,
  meeting: Meeting,
  { by, to }: { readonly by: string; readonly to: readonly string[] },
): Announced {
  const entry = calendarEntry(input, meeting);
  const news = `${calledOf(input.people, by)} added questions to the agenda. Accept the update to see them in your calendar.`;
  const blocks: Block[] = [
    { paragraph: news },
    { facts: meetingFacts(entry, meetingZones(input, meeting)) },
    ...agendaBlocks(input, meeting),
  ];
  const announced = toEverybody(input, meeting, { subject: meetingSubject(input, entry, 'Questions: '), blocks });
  return { ...announced, to: announced.to.filter(({ email }) => to.includes(email)) };
}

/** To the customer, or to the colleagues where no customer takes part: the meeting does not take place. */
export function calledOffMessage(input: MeetingInput, meeting: Meeting): Announced {
  if (!meeting.known.rule.withCustomer) return calledOffForColleagues(input, meeting);
  const entry = calendarEntry(input, meeting);
  const sender = speakerAt(input, meeting.stands);
  const next = meeting.stands.ended || !sender ? '' : ` ${sender.name} will suggest another time.`;
  const blocks: Block[] = [
    { paragraph: `This meeting is canceled.${next} The update takes it out of your calendar.` },
    { facts: meetingFacts(entry, meetingZones(input, meeting)) },
    { paragraph: 'Questions? Just reply.' },
  ];
  const { cc: _cc, ...announced } = toEverybody(input, meeting, { subject: offSubject(input, meeting), blocks });
  return { ...announced, cc: [] };
}

/** To the colleagues who were invited, or only to some of them: who called it off, why, and what happens next. */
export function calledOffForColleagues(input: MeetingInput, meeting: Meeting, only?: readonly string[]): Announced {
  const { known, stands } = meeting;
  const { people, record } = input;
  const entry = calendarEntry(input, meeting);
  const planner = record.steps[known.planning.id]?.owner;
  const next =
    stands.ended || planner === undefined
      ? []
      : [{ paragraph: `Next: ${calledOf(people, planner)} picks a new time.` }];
  return {
    message: {
      subject: offSubject(input, meeting),
      preview: `${calledOf(people, stands.by)} canceled it.`,
      blocks: [
        {
          paragraph: `${calledOf(people, stands.by)} canceled it. The update takes it out of your calendar.`,
        },
        ...(stands.reason === undefined ? [] : [{ quote: stands.reason, heading: 'Why' }]),
        ...next,
        { facts: [...meetingFacts(entry, meetingZones(input, meeting)), ...dealFacts(record)] },
      ],
    },
    to: hostMailboxes(input, stands).filter(({ email }) => only?.includes(email) ?? true),
    cc: [],
    invitation: entry,
    toCustomer: false,
  };
}

/** To a colleague who takes part no longer: the meeting goes on without them. */
export function leftMessage(
  input: MeetingInput,
  meeting: Meeting,
  to: { email: string; joined: readonly string[] },
): Announced {
  const { people } = input;
  const entry = calendarEntry(input, {
    ...meeting,
    stands: { ...meeting.stands, status: 'off', hosts: [to.email], guests: [] },
  });
  const names = listed(to.joined.map((email) => calledOf(people, email)));
  const instead =
    names === ''
      ? 'This meeting takes place without you.'
      : `${names} ${to.joined.length > 1 ? 'take' : 'takes'} part in this meeting in your place.`;
  return {
    message: {
      subject: meetingSubject(input, entry, 'Off your list: '),
      preview: instead,
      blocks: [
        { paragraph: `${instead} The update takes it out of your calendar.` },
        {
          facts: [
            ...meetingFacts(calendarEntry(input, meeting), meetingZones(input, meeting)),
            ...dealFacts(input.record),
          ],
        },
      ],
    },
    to: hostMailboxes(input, { ...meeting.stands, hosts: [to.email] }),
    cc: [],
    invitation: entry,
    toCustomer: false,
  };
}

const offSubject = (input: MeetingInput, meeting: Meeting): string =>
  meetingSubject(input, calendarEntry(input, meeting), 'Canceled: ');

function toEverybody(
  input: MeetingInput,
  meeting: Meeting,
  { subject, blocks }: { readonly subject: string; readonly blocks: readonly Block[] },
): Announced {
  const { known, stands } = meeting;
  const { record, site } = input;
  const entry = calendarEntry(input, meeting);
  const colleagues = hostMailboxes(input, stands);
  const message = {
    subject,
    preview: momentInZones(meetingZones(input, meeting), stands.at, entry.stamp),
    blocks,
  };
  if (!known.rule.withCustomer)
    return {
      message: { ...message, blocks: [...blocks, { facts: dealFacts(record) }] },
      to: colleagues,
      cc: [],
      invitation: entry,
      toCustomer: false,
    };
  const sender = speakerAt(input, stands);
  return {
    message: { ...message, ...(sender && { signature: `${sender.name}\n${site.company}` }) },
    to: customerMailboxes(record, stands.guests),
    cc: colleagues,
    ...(sender && { fromName: headerLine(sender.name), replyTo: sender.email }),
    invitation: entry,
    toCustomer: true,
  };
}

import { listed } from '../fields/words.ts';
import { type Mailbox, nameOf, type People } from '../people/people.ts';
import { momentInZones } from '../time/wording.ts';
import type { Announced } from './announced.ts';
import {
  agendaBlocks,
  calendarEntry,
  hostMailboxes,
  type Meeting,
  type MeetingInput,
  meetingFacts,
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
  const when = momentInZones(zones.slice(0, 1), stands.at, entry.stamp);
  const [before, reason] = change.joined ? [] : [stands.before, stands.reason];
  const news = change.joined
    ? peopleNews(people, change)
    : known.rule.withCustomer
      ? 'The time of this meeting has changed.'
      : `${nameOf(people, stands.by)} moved this meeting.`;
  const subject = change.joined ? `Updated: ${entry.summary}` : `Moved: ${entry.summary}, now ${when}`;
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
  const news = `${nameOf(input.people, by)} wrote down questions for this meeting. They are in its agenda now: accept the update to have them in your calendar.`;
  const blocks: Block[] = [
    { paragraph: news },
    { facts: meetingFacts(entry, meetingZones(input, meeting)) },
    ...agendaBlocks(input, meeting),
  ];
  const announced = toEverybody(input, meeting, { subject: `Questions: ${entry.summary}`, blocks });
  return { ...announced, to: announced.to.filter(({ email }) => to.includes(email)) };
}

/** To the customer, or to the colleagues where no customer takes part: the meeting does not take place. */
export function calledOffMessage(input: MeetingInput, meeting: Meeting): Announced {
  if (!meeting.known.rule.withCustomer) return calledOffForColleagues(input, meeting);
  const entry = calendarEntry(input, meeting);
  const sender = speakerAt(input, meeting.stands);
  const next = meeting.stands.ended || !sender ? '' : ` ${sender.name} will suggest another time.`;
  const blocks: Block[] = [
    { paragraph: `This meeting does not take place.${next} The update takes it out of your calendar.` },
    { facts: meetingFacts(entry, meetingZones(input, meeting)) },
    { paragraph: 'Questions? Just reply to this mail.' },
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
    stands.ended || planner === undefined ? [] : [{ paragraph: `${nameOf(people, planner)} is asked for a new time.` }];
  return {
    message: {
      subject: offSubject(input, meeting),
      preview: `${nameOf(people, stands.by)} called it off.`,
      blocks: [
        {
          paragraph: `${nameOf(people, stands.by)} called this meeting off. The update takes it out of your calendar.`,
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
  const names = listed(to.joined.map((email) => nameOf(people, email)));
  const instead =
    names === ''
      ? 'This meeting takes place without you.'
      : `${names} ${to.joined.length > 1 ? 'take' : 'takes'} part in this meeting in your place.`;
  return {
    message: {
      subject: headerLine(`No longer yours: ${entry.summary}`),
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

const offSubject = (input: MeetingInput, meeting: Meeting): string => {
  const { summary, start, stamp } = calendarEntry(input, meeting);
  return headerLine(`Canceled: ${summary}, ${momentInZones(meetingZones(input, meeting).slice(0, 1), start, stamp)}`);
};

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
    subject: headerLine(subject),
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

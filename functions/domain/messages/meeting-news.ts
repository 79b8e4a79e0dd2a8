import type { StepRecord } from '../handoff/step-record.ts';
import { calledOf, type Mailbox, nameOf } from '../people/people.ts';
import { languageOf } from '../texts/texts.ts';
import { momentIn, momentInZones } from '../time/wording.ts';
import type { Announced } from './announced.ts';
import {
  agendaBlocks,
  calendarEntry,
  hostMailboxes,
  type Meeting,
  type MeetingInput,
  meetingFacts,
  meetingSubject,
  meetingZones,
  momentPreview,
  speakerAt,
} from './meeting-entry.ts';
import type { Block } from './message.ts';
import { customerMailboxes, dealFacts } from './parties.ts';
import { spokenOfMeeting, spokenToColleagues } from './spoken-meeting.ts';
import { headerLine, reasonOf, textsFor } from './wording.ts';

/** What has happened to a meeting, beside what its record says. */
export interface MeetingChange {
  /** Colleagues who have left it, and who take part in their place. */
  readonly left?: readonly string[];
  readonly joined?: readonly string[];
}

/** Who is asked for a new time of a meeting that was called off, and by when. */
export type AskedAgain = Pick<StepRecord, 'owner' | 'dueAt'>;

/**
 * The update for everybody who was invited: of a meeting with the customer, one mail to them with the colleagues in copy, which
 * says nothing internal; else one to the colleagues.
 */
export function movedMessage(given: MeetingInput, planned: Meeting, change: MeetingChange = {}): Announced {
  const { input, meeting } = spokenOfMeeting(given, planned);
  const { meeting: words, words: usual, sentences } = textsFor(input.site);
  const { known, stands } = meeting;
  const { people } = input;
  const entry = calendarEntry(input, meeting);
  const zones = meetingZones(input, meeting);
  const [before, reason] = change.joined ? [] : [stands.before, stands.reason];
  const isMoved = before !== undefined && before !== stands.at;
  // To the customer nobody of the company is named for it.
  const by = known.rule.withCustomer ? '' : calledOf(people, stands.by);
  const changed = isMoved ? words.movedIt : before === undefined ? words.placeChanged : words.lengthChanged;
  const news = change.joined ? peopleNews(input, change) : changed(by);
  const subject = meetingSubject(input, meeting, isMoved ? words.moved : words.updated);
  const blocks: Block[] = [
    { paragraph: sentences(news, words.accept) },
    ...(known.rule.withCustomer || reason === undefined ? [] : [{ quote: reason, heading: usual.why }]),
    {
      facts: [
        ...meetingFacts(input, entry, zones),
        ...(!isMoved ? [] : [{ label: words.before, value: momentInZones(zones, before, entry.stamp) }]),
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
function peopleNews({ people, site }: MeetingInput, { joined = [], left = [] }: MeetingChange): string {
  const { meeting: words, listed } = textsFor(site);
  const named = (emails: readonly string[]) => emails.map((email) => nameOf(people, email));
  return joined.length === 0 ? words.left(named(left)) : words.joined(named(joined), listed(named(left)));
}

/** To colleagues: somebody wrote down questions for a meeting that they were invited to before; they are in its agenda now. */
export function agendaMessage(
  given: MeetingInput,
  planned: Meeting,
  { by, to }: { readonly by: string; readonly to: readonly string[] },
): Announced {
  const { input, meeting } = spokenOfMeeting(given, planned);
  const { meeting: words } = textsFor(input.site);
  const entry = calendarEntry(input, meeting);
  const news = words.addedQuestions(calledOf(input.people, by));
  const blocks: Block[] = [
    { paragraph: news },
    { facts: meetingFacts(input, entry, meetingZones(input, meeting)) },
    ...agendaBlocks(input, meeting),
  ];
  const announced = toEverybody(input, meeting, { subject: meetingSubject(input, meeting, words.questions), blocks });
  return { ...announced, to: announced.to.filter(({ email }) => to.includes(email)) };
}

/** To the customer, or to the colleagues where no customer takes part: the meeting does not take place. */
export function calledOffMessage(given: MeetingInput, planned: Meeting, again?: AskedAgain): Announced {
  if (!planned.known.rule.withCustomer) return calledOffForColleagues(given, planned, { again });
  const { input, meeting } = spokenOfMeeting(given, planned);
  const { meeting: words, sentences } = textsFor(input.site);
  const entry = calendarEntry(input, meeting);
  const sender = speakerAt(input, meeting.stands);
  const next = meeting.stands.ended || !sender ? '' : words.willSuggest(sender.name);
  const blocks: Block[] = [
    { paragraph: sentences(words.isCanceled, next, words.takesOut) },
    { facts: meetingFacts(input, entry, meetingZones(input, meeting)) },
    { paragraph: words.reply },
  ];
  const { cc: _cc, ...announced } = toEverybody(input, meeting, { subject: offSubject(input, meeting), blocks });
  return { ...announced, cc: [] };
}

/** To the colleagues who were invited, or only to some of them: who called it off, why, and what happens next. */
export function calledOffForColleagues(
  given: MeetingInput,
  planned: Meeting,
  { only, again }: { readonly only?: readonly string[]; readonly again?: AskedAgain | undefined } = {},
): Announced {
  const { input, meeting } = spokenToColleagues(given, planned);
  const { meeting: words, words: usual, sentences } = textsFor(input.site);
  const { stands } = meeting;
  const { people, record } = input;
  const entry = calendarEntry(input, meeting);
  const [zone = input.site.defaultZone] = meetingZones(input, meeting);
  const next = again
    ? [{ paragraph: words.picksNew(calledOf(people, again.owner), momentIn(zone, again.dueAt, input.at)) }]
    : [];
  return {
    message: {
      language: languageOf(input.site.locale),
      subject: offSubject(input, meeting),
      preview: words.canceledIt(calledOf(people, stands.by)),
      blocks: [
        {
          paragraph: sentences(words.canceledIt(calledOf(people, stands.by)), words.takesOut),
        },
        ...(stands.reason === undefined
          ? []
          : [{ quote: reasonOf({ by: stands.by, reason: stands.reason }, input.site), heading: usual.why }]),
        ...next,
        { facts: [...meetingFacts(input, entry, meetingZones(input, meeting)), ...dealFacts(record, input.site)] },
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
  given: MeetingInput,
  planned: Meeting,
  to: { email: string; joined: readonly string[] },
): Announced {
  const { input, meeting } = spokenToColleagues(given, { ...planned, reader: to.email });
  const { meeting: words, sentences } = textsFor(input.site);
  const { people } = input;
  const entry = calendarEntry(input, {
    ...meeting,
    stands: { ...meeting.stands, status: 'off', hosts: [to.email], guests: [] },
  });
  const names = to.joined.map((email) => calledOf(people, email));
  const instead = names.length === 0 ? words.withoutYou : words.inYourPlace(names);
  return {
    message: {
      language: languageOf(input.site.locale),
      subject: meetingSubject(input, meeting, words.offYourList),
      preview: instead,
      blocks: [
        { paragraph: sentences(instead, words.takesOut) },
        {
          facts: [
            ...meetingFacts(input, calendarEntry(input, meeting), meetingZones(input, meeting)),
            ...dealFacts(input.record, input.site),
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
  meetingSubject(input, meeting, textsFor(input.site).meeting.canceled);

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
    language: languageOf(site.locale),
    subject,
    preview: momentPreview(meetingZones(input, meeting), stands.at, entry.stamp),
    blocks,
  };
  if (!known.rule.withCustomer)
    return {
      message: { ...message, blocks: [...blocks, { facts: dealFacts(record, site) }] },
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

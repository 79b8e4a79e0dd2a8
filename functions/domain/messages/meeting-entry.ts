import { excerpt } from '../fields/clean-text.ts';
import type { Fact } from '../handoff/fact.ts';
import { customerOf } from '../handoff/handoff.ts';
import { briefOf } from '../handoff/handoff-package.ts';
import { holders } from '../handoff/holders.ts';
import { questionsFor } from '../handoff/meeting-questions.ts';
import type { MeetingRecord } from '../handoff/meeting-record.ts';
import { type KnownMeeting, uidOf } from '../handoff/meetings.ts';
import { timesIn } from '../handoff/site.ts';
import { type Mailbox, mailboxOf } from '../people/people.ts';
import { type AgendaItem, agendaOf, type MeetingRule } from '../playbook/meetings.ts';
import type { Texts } from '../texts/en/en.ts';
import type { Instant } from '../time/calendar.ts';
import type { Locality } from '../time/locality.ts';
import { dateIn, momentInZones, timeIn } from '../time/wording.ts';
import type { AnnouncementInput } from './announced.ts';
import { questionBlocks } from './ask-details.ts';
import { preheaderOf, withoutEnd } from './filled.ts';
import type { Block, MeetingInvitation } from './message.ts';
import { customerMailboxes, customerZone, zonesOf } from './parties.ts';
import { headerLine, newsSubject, textsFor } from './wording.ts';

/** What calendar entries, and mails about them, are written from. */
export type MeetingInput = Pick<AnnouncementInput, 'record' | 'people' | 'site' | 'at'>;

/** A meeting of the playbook, and how it stands. */
export interface Meeting {
  readonly known: KnownMeeting;
  readonly stands: MeetingRecord;
  /** Who alone is told of it, and takes no part: their mail address. */
  readonly reader?: string;
}

/** The calendar entry of a meeting as it stands, for everybody who is invited. */
export function calendarEntry(input: MeetingInput, { known, stands }: Meeting): MeetingInvitation {
  const { record, people, site, at } = input;
  const [host = stands.by] = stands.hosts;
  const { name, email } = mailboxOf(people, host);
  return {
    uid: uidOf(record, stands, site),
    sequence: stands.sequence,
    stamp: at,
    start: stands.at,
    zone: people.get(host)?.availability.zone ?? site.defaultZone,
    minutes: stands.minutes,
    ...(stands.status === 'off' && { calledOff: true }),
    summary: titleOf(known.rule, input),
    description: calendarText(input, { known, stands }),
    ...(stands.place === undefined ? {} : { location: stands.place }),
    organizer: { name, email: site.repliesTo ?? email },
    attendees: [...customerMailboxes(record, stands.guests), ...hostMailboxes(input, stands)],
  };
}

/** The colleagues who are invited. */
export const hostMailboxes = ({ people }: MeetingInput, { hosts }: MeetingRecord): readonly Mailbox[] =>
  hosts.map((email) => mailboxOf(people, email));

/** Who speaks for the company at a meeting: the customer success manager, or whoever hosts it in their place. */
export function speakerAt(input: MeetingInput, stands: MeetingRecord): Mailbox | undefined {
  const hosts = hostMailboxes(input, stands);
  const [manager] = holders(input, ['customerSuccessManager']);
  return hosts.find(({ email }) => email === manager?.email) ?? hosts[0] ?? manager;
}

/** How a meeting is called in this handoff: 'Kickoff: Nordwind Logistik GmbH and Example Software'. */
const titleOf = ({ title }: MeetingRule, { record, site }: Pick<MeetingInput, 'record' | 'site'>): string =>
  headerLine(title.replaceAll('{customer}', customerOf(record)).replaceAll('{company}', site.company));

/**
 * A meeting's name and time, in the zone in which the mail tells it first: 'Handoff: Nordwind, Tue, Nov 24, 10 AM'. `write` says
 * what has become of it.
 */
export function meetingSubject(
  input: MeetingInput,
  meeting: Meeting,
  write: Texts['meeting']['subject'] = textsFor(input.site).meeting.subject,
): string {
  const { record, site, at } = input;
  const [told = site.defaultZone] = meetingZones(input, meeting);
  const name = titleOf(meeting.known.rule, input);
  // Of a long name the company's words can go, and never half a date.
  return newsSubject(record, (customer, withHour, tooMany) =>
    write(
      withoutEnd(name.replaceAll(customerOf(record), customer), tooMany),
      (withHour ? timeIn : dateIn)(told, meeting.stands.at, at),
    ),
  );
}

/** What a mail program shows beside an invitation: the time, in as many of the zones as there is room for. */
export const momentPreview = (zones: readonly Locality[], at: Instant, asOf: Instant): string =>
  preheaderOf(zones.map((_, i) => momentInZones(zones.slice(0, zones.length - i), at, asOf)));

/**
 * The zones in which a meeting is told: the customer's where they take part, and those of the colleagues; to its only reader in
 * theirs alone, where it is known.
 */
export function meetingZones(input: MeetingInput, { known, stands, reader = '' }: Meeting): readonly Locality[] {
  const { record, people, site } = input;
  const own = people.get(reader)?.availability.zone;
  if (own !== undefined) return [timesIn(own, site)];
  const zone = known.rule.withCustomer ? customerZone(record) : undefined;
  return [
    ...(zone === undefined ? [] : [zone]),
    ...zonesOf(people, hostMailboxes(input, stands), zone ?? site.defaultZone),
  ].map((each) => timesIn(each, site));
}

/** When, how long, where and with whom a meeting is. */
export function meetingFacts({ site }: MeetingInput, entry: MeetingInvitation, zones: readonly Locality[]): Fact[] {
  const { count, listed, meeting, words } = textsFor(site);
  return [
    { label: meeting.when, value: momentInZones(zones, entry.start, entry.stamp) },
    { label: meeting.length, value: count.minutes(entry.minutes) },
    ...(entry.location === undefined ? [] : [{ label: words.where, value: entry.location }]),
    { label: meeting.who, value: listed(entry.attendees.map(({ name }) => name)) },
  ];
}

/** The agenda in a mail; what the brief says about each point is for colleagues only. */
export function agendaBlocks(input: MeetingInput, { known, stands }: Meeting): Block[] {
  const { meeting: words } = textsFor(input.site);
  const agendaText = agendaTextIn(words);
  const agenda = agendaOf(known.rule, stands.minutes);
  if (known.rule.withCustomer) return [{ heading: words.agenda, list: agenda.map(agendaText) }];
  return [
    { heading: words.agenda },
    ...agendaLines(input, agenda).map(({ item, lines }): Block => {
      const heading = agendaText(item);
      if (item.pillar === undefined) return { heading };
      const given = lines.map(({ label, text }) => `${label}: ${excerpt(text, 160)}`);
      return { heading, list: given.length === 0 ? [words.nothingGiven] : given };
    }),
    ...questionBlocks(questionsFor(input.record, input.people), input.site),
  ];
}

/** 'Next steps, 5 min'. */
const agendaTextIn =
  (words: Texts['meeting']) =>
  ({ title, minutes }: AgendaItem): string =>
    words.minutes(title, minutes);

interface AgendaLines {
  readonly item: AgendaItem;
  /** What the brief says about it. */
  readonly lines: readonly { readonly label: string; readonly text: string }[];
}

function agendaLines({ record, people, site }: MeetingInput, agenda: readonly AgendaItem[]): AgendaLines[] {
  const { sections } = briefOf(record, people, { locale: site.locale });
  return agenda.map((item) => ({
    item,
    lines: sections
      .filter(({ pillar }) => pillar !== undefined && pillar === item.pillar)
      .flatMap((section) => section.lines),
  }));
}

/** Calendars are shared, and entries forwarded: what is sensitive about people and risks is in the mail only. */
function calendarText(input: MeetingInput, { known, stands }: Meeting): string {
  const { details, meeting: words } = textsFor(input.site);
  const agendaText = agendaTextIn(words);
  const agenda = agendaOf(known.rule, stands.minutes);
  const { roles } = input.record.playbook;
  if (known.rule.withCustomer) {
    const contact = speakerAt(input, stands);
    return [
      words.agenda,
      ...agenda.map((item) => `- ${agendaText(item)}`),
      ...(contact === undefined ? [] : ['', words.contact(contact.name, contact.email)]),
    ].join('\n');
  }
  const items = agendaLines(input, agenda).flatMap(({ item, lines }) => [
    '',
    agendaText(item),
    ...(item.pillar === 'context' || item.pillar === 'goals'
      ? lines.map(({ label, text }) => `- ${label}: ${excerpt(text, 160)}`)
      : item.pillar === undefined
        ? []
        : [`- ${words.seeBrief}`]),
  ]);
  const { accountExecutive, customerSuccessManager } = roles;
  const what = words.handoffOf(customerOf(input.record), accountExecutive.name, customerSuccessManager.name);
  const questions = questionsFor(input.record, input.people);
  const asked = questions ? ['', details.questionsOf(questions.by), ...questions.lines.map((line) => `- ${line}`)] : [];
  return [what, ...items, ...asked].join('\n');
}

import type { Pillar } from '../deal/package-fields.ts';
import { excerpt } from '../fields/clean-text.ts';
import { listed } from '../fields/words.ts';
import { doneDecision, givenNumber, givenText, whyNotDone } from '../handoff/decisions.ts';
import type { Fact } from '../handoff/fact.ts';
import { customerOf, holderOf } from '../handoff/handoff.ts';
import { briefOf } from '../handoff/handoff-package.ts';
import type { Mailbox } from '../people/people.ts';
import { momentInZones } from '../time/wording.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import type { Block, MeetingInvitation } from './message.ts';
import { dealFacts, holders, zonesOf } from './parties.ts';
import { headerLine } from './wording.ts';

/** S2: four pillars, none of which may be skipped. */
const pillarTitles: Readonly<Record<Pillar, string>> = {
  context: 'Context: why they bought, and what for',
  relationships: 'Relationships: who decides, champions and blocks',
  goals: 'Goals: what they expect by day 30, 60 and 90',
  risks: 'Risks: red flags and promises',
};

interface MeetingPlan {
  readonly input: AnnouncementInput;
  /** The step in which it was scheduled. */
  readonly step: string;
  readonly kind: 'internal-meeting' | 'kickoff';
  readonly summary: string;
  readonly description: string;
  readonly attendees: readonly Mailbox[];
}

/** The calendar entry of a meeting that was scheduled. Undefined when no time was decided. */
export function meetingOf({ input, step, kind, ...plan }: MeetingPlan): MeetingInvitation | undefined {
  const { record, site, at } = input;
  const decision = doneDecision(record, step);
  const start = givenText(decision, 'meetingAt');
  if (decision === undefined || start === '') return undefined;
  const place = givenText(decision, 'place');
  const [host] = holders(input, ['customerSuccessManager', 'accountExecutive']);
  return {
    uid: `${record.state.id}-${kind}@${hostOf(site.url)}`,
    sequence: Math.max(0, (record.steps[step]?.round ?? 1) - 1),
    stamp: at,
    start,
    minutes: givenNumber(decision, 'minutes') ?? 30,
    summary: headerLine(plan.summary),
    description: plan.description,
    ...(place === '' ? {} : { location: place }),
    organizer: { name: host?.name ?? site.name, email: site.sender ?? host?.email ?? decision.by },
    attendees: plan.attendees,
  };
}

/** Where and when a meeting is, in the zones of the people who read it. */
export function meetingFacts(meeting: MeetingInvitation, zones: readonly string[]): Fact[] {
  return [
    { label: 'When', value: momentInZones(zones, meeting.start, meeting.stamp) },
    { label: 'Length', value: `${meeting.minutes} minutes` },
    ...(meeting.location === undefined ? [] : [{ label: 'Where', value: meeting.location }]),
    { label: 'Who', value: listed(meeting.attendees.map(({ name }) => name)) },
  ];
}

/** S0–S2, S4: the internal handoff meeting in both calendars, with an agenda made from the brief. */
export function internalMeetingInvitation(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people, site } = input;
  const step = 'schedule-internal-meeting';
  const attendees = holders(input, ['accountExecutive', 'customerSuccessManager']);
  const customer = customerOf(record);
  const summary = `Internal handoff meeting: ${customer}`;
  const meeting = meetingOf({
    input,
    step,
    kind: 'internal-meeting',
    summary,
    description: calendarText(input),
    attendees,
  });
  if (meeting === undefined) return { nothing: whyNotDone(record, step) };
  const zones = zonesOf(people, attendees, site.defaultZone);
  const blocks: Block[] = [
    { paragraph: `The internal handoff meeting of ${customer} is scheduled. The invitation is attached.` },
    { facts: [...meetingFacts(meeting, zones), ...dealFacts(record)] },
    { heading: 'Agenda' },
    ...agendaBlocks(input),
  ];
  return {
    message: { subject: summary, preview: momentInZones(zones, meeting.start, meeting.stamp), blocks },
    to: attendees,
    cc: [],
    invitation: meeting,
    toCustomer: false,
  };
}

/** S2: meeting recorded, notes shared. */
export function internalMeetingNotes(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people, site, at } = input;
  const held = doneDecision(record, 'hold-internal-meeting');
  if (held === undefined) return { nothing: whyNotDone(record, 'hold-internal-meeting') };
  const to = holders(input, ['accountExecutive', 'customerSuccessManager']);
  const heldAt = givenText(held, 'heldAt') || held.at;
  const recording = givenText(held, 'recording');
  const questions = givenText(held, 'openQuestions');
  const accountExecutive = to.find(({ email }) => email === holderOf(record, 'accountExecutive'))?.name;
  const blocks: Block[] = [
    { paragraph: `The internal handoff meeting of ${customerOf(record)} was held. These are the notes.` },
    {
      facts: [
        { label: 'Held', value: momentInZones(zonesOf(people, to, site.defaultZone), heldAt, at) },
        ...dealFacts(record),
        ...(recording === '' ? [] : [{ label: 'Recording', value: recording }]),
      ],
    },
    { quote: givenText(held, 'notes'), heading: 'Outcome' },
    ...(questions === ''
      ? []
      : [
          { quote: questions, heading: 'Open questions' },
          { paragraph: `${accountExecutive ?? 'Sales'}: please answer them by replying to this mail.` },
        ]),
  ];
  return {
    message: {
      subject: `Notes of the internal handoff meeting: ${customerOf(record)}`,
      preview: excerpt(givenText(held, 'notes')),
      blocks,
    },
    to,
    cc: [],
    replyTo: held.by,
    toCustomer: false,
  };
}

interface AgendaItem {
  readonly pillar: Pillar;
  readonly heading: string;
  readonly lines: readonly { readonly label: string; readonly text: string }[];
}

const pillars: readonly Pillar[] = ['context', 'relationships', 'goals', 'risks'];

function agendaOf({ record, people }: AnnouncementInput): AgendaItem[] {
  const { sections } = briefOf(record, people);
  return pillars.map((pillar) => ({
    pillar,
    heading: pillarTitles[pillar],
    lines: sections.filter((section) => section.pillar === pillar).flatMap((section) => section.lines),
  }));
}

function agendaBlocks(input: AnnouncementInput): Block[] {
  return agendaOf(input).map(({ heading, lines }) => ({
    heading,
    list:
      lines.length === 0
        ? ['Nothing given yet: ask.']
        : lines.map(({ label, text }) => `${label}: ${excerpt(text, 160)}`),
  }));
}

/** Calendars are shared, and entries forwarded: what is sensitive about people and risks is in the mail only. */
function calendarText(input: AnnouncementInput): string {
  const items = agendaOf(input).flatMap(({ pillar, heading, lines }) => [
    '',
    heading,
    ...(pillar === 'context' || pillar === 'goals'
      ? lines.map(({ label, text }) => `- ${label}: ${excerpt(text, 160)}`)
      : ['- See the handover brief.']),
  ]);
  return [`Handoff of ${customerOf(input.record)} from sales to customer success.`, ...items].join('\n');
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : 'handoff.example';
}

import { excerpt } from '../fields/clean-text.ts';
import { listed } from '../fields/words.ts';
import { givenNumber, givenText, toldDecision, writtenTexts } from '../handoff/decisions.ts';
import type { Fact } from '../handoff/fact.ts';
import { customerOf, type Decision, holderOf } from '../handoff/handoff.ts';
import { briefOf } from '../handoff/handoff-package.ts';
import { questionsFor } from '../handoff/meeting-questions.ts';
import type { Mailbox } from '../people/people.ts';
import { choiceOf, meetingOfStep, stepAnnouncing } from '../playbook/capabilities.ts';
import { type AgendaItem, agendaOf, type MeetingRule } from '../playbook/meetings.ts';
import { roleTitle } from '../playbook/roles.ts';
import { momentInZones } from '../time/wording.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import { questionBlocks } from './ask-details.ts';
import type { Block, MeetingInvitation } from './message.ts';
import { dealFacts, holders, zonesOf } from './parties.ts';
import { headerLine } from './wording.ts';

/** A meeting that was planned: its rule, and the decision that says when. */
export interface PlannedMeeting {
  readonly id: string;
  readonly rule: MeetingRule;
  readonly step: string;
  readonly decision: Decision;
}

/** The meeting to which a mail invites; or why there is none. */
export function plannedMeeting({ record, say }: AnnouncementInput): PlannedMeeting | NothingToSay {
  const planning = stepAnnouncing(record.playbook, say);
  const told = toldDecision(record, planning);
  if ('nothing' in told) return told;
  const id = planning?.rule.plans ?? '';
  const rule = record.playbook.meetings[id];
  if (!planning || !rule || givenText(told.decision, 'meetingAt') === '') return { nothing: 'No meeting was planned.' };
  return { id, rule, step: planning.id, decision: told.decision };
}

/** How long it is to take. */
export const minutesOf = ({ rule, decision }: PlannedMeeting): number =>
  givenNumber(decision, 'minutes') ?? rule.minutes.usual;

/** 'Next steps, 5 min'. */
export const agendaText = ({ title, minutes }: AgendaItem): string => `${title}, ${minutes} min`;

interface Entry {
  readonly input: AnnouncementInput;
  readonly description: string;
  readonly attendees: readonly Mailbox[];
}

/** The calendar entry of a meeting that was planned. */
export function meetingOf(planned: PlannedMeeting, { input, description, attendees }: Entry): MeetingInvitation {
  const { record, site, at } = input;
  const { id, rule, step, decision } = planned;
  const place = givenText(decision, 'place');
  const [host] = holders(input, rule.who);
  return {
    uid: `${record.state.id}-${id}@${hostOf(site.url)}`,
    sequence: Math.max(0, (record.steps[step]?.round ?? 1) - 1),
    stamp: at,
    start: givenText(decision, 'meetingAt'),
    minutes: minutesOf(planned),
    summary: headerLine(titleOf(rule, input)),
    description,
    ...(place === '' ? {} : { location: place }),
    organizer: { name: host?.name ?? site.name, email: site.sender ?? host?.email ?? decision.by },
    attendees,
  };
}

/** How a meeting is called in this handoff: 'Kickoff: Nordwind Logistik GmbH and Example Software'. */
const titleOf = ({ title }: MeetingRule, { record, site }: AnnouncementInput): string =>
  title.replaceAll('{customer}', customerOf(record)).replaceAll('{company}', site.company);

/** Where and when a meeting is, in the zones of the people who read it. */
export function meetingFacts(meeting: MeetingInvitation, zones: readonly string[]): Fact[] {
  return [
    { label: 'When', value: momentInZones(zones, meeting.start, meeting.stamp) },
    { label: 'Length', value: `${meeting.minutes} minutes` },
    ...(meeting.location === undefined ? [] : [{ label: 'Where', value: meeting.location }]),
    { label: 'Who', value: listed(meeting.attendees.map(({ name }) => name)) },
  ];
}

/** S0–S2, S4: the internal handoff meeting in everybody's calendar, with an agenda made from the brief. */
export function internalMeetingInvitation(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people, site } = input;
  const planned = plannedMeeting(input);
  if ('nothing' in planned) return planned;
  const attendees = holders(input, planned.rule.who);
  const agenda = agendaLines(input, agendaOf(planned.rule, minutesOf(planned)));
  const meeting = meetingOf(planned, { input, description: calendarText(input, agenda), attendees });
  const zones = zonesOf(people, attendees, site.defaultZone);
  const blocks: Block[] = [
    { paragraph: `"${meeting.summary}" is scheduled. The invitation is attached.` },
    { facts: [...meetingFacts(meeting, zones), ...dealFacts(record)] },
    { heading: 'Agenda' },
    ...agendaBlocks(agenda),
    // In the mail only: what the reviewer wonders about is not for a calendar that others may see.
    ...questionBlocks(questionsFor(record, people)),
  ];
  return {
    message: { subject: meeting.summary, preview: momentInZones(zones, meeting.start, meeting.stamp), blocks },
    to: attendees,
    cc: [],
    invitation: meeting,
    toCustomer: false,
  };
}

/** S2: meeting recorded, notes shared. */
export function internalMeetingNotes(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people, site, at } = input;
  const holding = stepAnnouncing(record.playbook, input.say);
  const told = toldDecision(record, holding);
  if ('nothing' in told) return told;
  const { decision: held } = told;
  if (!holding) return { nothing: 'No step of this handoff holds the meeting.' };
  const rule = meetingOfStep(record.playbook, holding.rule);
  if (!rule) return { nothing: 'No step of this handoff holds the meeting.' };
  const title = titleOf(rule, input);
  const to = holders(input, rule.who);
  const heldAt = givenText(held, 'heldAt') || held.at;
  const links = choiceOf(holding.rule, held.choice)?.evidence.filter(({ kind }) => kind === 'link') ?? [];
  const accountExecutive = to.find(({ email }) => email === holderOf(record, 'accountExecutive'))?.name;
  const blocks: Block[] = [
    { paragraph: `"${title}" was held. These are the notes.` },
    {
      facts: [
        { label: 'Held', value: momentInZones(zonesOf(people, to, site.defaultZone), heldAt, at) },
        ...dealFacts(record),
        ...links
          .map(({ name, label }) => ({ label, value: givenText(held, name) }))
          .filter(({ value }) => value !== ''),
      ],
    },
    ...writtenTexts(holding.rule, held).map(({ label, text }) => ({ quote: text, heading: label })),
    ...(givenText(held, 'openQuestions') === ''
      ? []
      : [
          {
            paragraph: `${accountExecutive ?? roleTitle(record.playbook.roles, 'accountExecutive')}: please answer the open questions by replying to this mail.`,
          },
        ]),
  ];
  return {
    message: {
      subject: headerLine(`Notes: ${title}`),
      preview: excerpt(givenText(held, 'notes')),
      blocks,
    },
    to,
    cc: [],
    replyTo: held.by,
    toCustomer: false,
  };
}

interface AgendaLines {
  readonly item: AgendaItem;
  /** What the brief says about it. */
  readonly lines: readonly { readonly label: string; readonly text: string }[];
}

function agendaLines({ record, people }: AnnouncementInput, agenda: readonly AgendaItem[]): AgendaLines[] {
  const { sections } = briefOf(record, people);
  return agenda.map((item) => ({
    item,
    lines: sections
      .filter(({ pillar }) => pillar !== undefined && pillar === item.pillar)
      .flatMap((section) => section.lines),
  }));
}

function agendaBlocks(agenda: readonly AgendaLines[]): Block[] {
  return agenda.map(({ item, lines }) => {
    const heading = agendaText(item);
    if (item.pillar === undefined) return { heading };
    const given = lines.map(({ label, text }) => `${label}: ${excerpt(text, 160)}`);
    return { heading, list: given.length === 0 ? ['Nothing given yet: ask.'] : given };
  });
}

/** Calendars are shared, and entries forwarded: what is sensitive about people and risks is in the mail only. */
function calendarText(input: AnnouncementInput, agenda: readonly AgendaLines[]): string {
  const items = agenda.flatMap(({ item, lines }) => [
    '',
    agendaText(item),
    ...(item.pillar === 'context' || item.pillar === 'goals'
      ? lines.map(({ label, text }) => `- ${label}: ${excerpt(text, 160)}`)
      : item.pillar === undefined
        ? []
        : ['- See the brief.']),
  ]);
  const { accountExecutive, customerSuccessManager } = input.record.playbook.roles;
  const what = `Handoff of ${customerOf(input.record)} from the ${accountExecutive.name} to the ${customerSuccessManager.name}.`;
  return [what, ...items].join('\n');
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : 'handoff.example';
}

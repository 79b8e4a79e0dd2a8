import { givenText, toldDecision, writtenTexts } from '../handoff/decisions.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { holders } from '../handoff/holders.ts';
import { knownMeeting, meetingIn } from '../handoff/meetings.ts';
import { holderOf } from '../handoff/roles-held.ts';
import { timesIn } from '../handoff/site.ts';
import { roundsOf } from '../handoff/step-record.ts';
import { firstName } from '../people/first-name.ts';
import { calledOf, type Mailbox, mailboxOf } from '../people/people.ts';
import { choiceOf, meetingOfStep, stepAnnouncing } from '../playbook/capabilities.ts';
import type { MeetingRule } from '../playbook/meetings.ts';
import { roleTitle } from '../playbook/roles.ts';
import { languageOf } from '../texts/texts.ts';
import { momentInZones } from '../time/wording.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import { preheader } from './filled.ts';
import {
  agendaBlocks,
  calendarEntry,
  type Meeting,
  type MeetingInput,
  meetingFacts,
  meetingSubject,
  meetingZones,
  momentPreview,
} from './meeting-entry.ts';
import type { Block, Message } from './message.ts';
import { dealFacts, zonesOf } from './parties.ts';
import { spokenToColleagues } from './spoken-meeting.ts';
import { greeting, newsSubject, textsFor } from './wording.ts';

/** The meeting to which a mail invites; or why there is none. */
export function plannedMeeting({ record, say }: AnnouncementInput): Meeting | NothingToSay {
  const planning = stepAnnouncing(record.playbook, say);
  const told = toldDecision(record, planning);
  if ('nothing' in told) return told;
  const known = knownMeeting(record, planning?.rule.plans ?? '');
  const stands = meetingIn(record, planning?.rule.plans ?? '');
  if (!known || !stands) return { nothing: 'No meeting was planned.' };
  return stands.status === 'off' ? { nothing: 'The meeting was called off.' } : { known, stands };
}

/** Whoever was ever asked for something has a page to change it on, and is invited by the mail to all; else the host is. */
export function invitedWithAll(
  { steps }: Pick<HandoffRecord, 'steps'>,
  { hosts, changedAt }: Meeting['stands'],
): readonly string[] {
  const rounds = Object.values(steps).flatMap((step) => roundsOf(step));
  const before = rounds.filter(({ askedAt }) => Date.parse(askedAt) <= Date.parse(changedAt));
  const asked = new Set(before.map(({ owner }) => owner));
  const havePage = hosts.filter((host) => asked.has(host));
  return havePage.length > 0 ? havePage : hosts.slice(0, 1);
}

/** S0–S2, S4: the internal handoff meeting in everybody's calendar, with an agenda made from the brief. */
export function internalMeetingInvitation(input: AnnouncementInput): Announced | NothingToSay {
  const planned = plannedMeeting(input);
  if ('nothing' in planned) return planned;
  const { people } = input;
  const { message, invitation } = scheduled(input, planned);
  const change = textsFor(input.site).meeting.cameUp;
  return {
    message: { ...message, blocks: [...message.blocks, { paragraph: change }] },
    ...(invitation && { invitation }),
    to: invitedWithAll(input.record, planned.stands).map((email) => mailboxOf(people, email)),
    cc: [],
    toCustomer: false,
  };
}

function scheduled(input: MeetingInput, meeting: Meeting): Pick<Announced, 'message' | 'invitation'> {
  const entry = calendarEntry(input, meeting);
  const zones = meetingZones(input, meeting);
  return {
    message: {
      language: languageOf(input.site.locale),
      subject: meetingSubject(input, meeting),
      preview: momentPreview(zones, entry.start, entry.stamp),
      blocks: [
        { paragraph: textsFor(input.site).meeting.youMeet(momentInZones(zones, entry.start, entry.stamp)) },
        { facts: [...meetingFacts(input, entry, zones), ...dealFacts(input.record, input.site)] },
        ...agendaBlocks(input, meeting),
      ],
    },
    invitation: entry,
  };
}

/** The invitation of one colleague, with a link of their own to change or call off the meeting. */
export function colleagueInvitation(
  given: MeetingInput,
  planned: Meeting,
  to: { readonly email: string; readonly url: string },
): Pick<Announced, 'message' | 'invitation'> {
  const { input, meeting } = spokenToColleagues(given, planned);
  const { meeting: words, listed } = textsFor(input.site);
  const { message, invitation } = scheduled(input, meeting);
  const { people } = input;
  const person = people.get(to.email);
  const [first, ...rest] = message.blocks;
  const { handed, sequence } = meeting.stands;
  const left = handed?.sequence === sequence && handed.joined.includes(to.email) ? handed.left : [];
  const inPlace = listed(left.map((email) => mailboxOf(people, email).name));
  const invited: Message = {
    ...message,
    blocks: [
      ...(person ? [{ paragraph: greeting({ to: { person, as: 'participant' }, site: input.site }) }] : []),
      ...(inPlace === '' ? [] : [{ paragraph: words.youJoin(inPlace) }]),
      ...(first ? [first] : []),
      { paragraph: words.cameUpOwn },
      { button: { label: words.change, url: to.url } },
      ...rest,
    ],
  };
  return { message: invited, ...(invitation && { invitation }) };
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
  const { meeting: words } = textsFor(site);
  const to = whoTookPart(input, { rule, meeting: holding.rule.holds, by: held.by });
  const heldAt = givenText(held, 'heldAt') || held.at;
  const links = choiceOf(holding.rule, held.choice)?.evidence.filter(({ kind }) => kind === 'link') ?? [];
  const accountExecutive = to.find(({ email }) => email === holderOf(record, 'accountExecutive'))?.name;
  const blocks: Block[] = [
    { paragraph: words.shared(calledOf(people, held.by)) },
    {
      facts: [
        {
          label: words.held,
          value: momentInZones(
            zonesOf(people, to, site.defaultZone).map((zone) => timesIn(zone, site)),
            heldAt,
            at,
          ),
        },
        ...dealFacts(record, site),
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
            paragraph: words.answerQuestions(
              accountExecutive === undefined
                ? roleTitle(record.playbook.roles, 'accountExecutive')
                : firstName(accountExecutive),
            ),
          },
        ]),
  ];
  return {
    message: {
      subject: newsSubject(record, (customer) => words.notes(customer)),
      preview: preheader(givenText(held, 'notes')),
      blocks,
    },
    to,
    cc: [],
    replyTo: held.by,
    toCustomer: false,
  };
}

/**
 * Who gets the notes: everybody from the company who took part, whoever wrote them, and whose meeting it is, also when
 * somebody stood in for them: they go on from there.
 */
function whoTookPart(
  input: AnnouncementInput,
  { rule, meeting = '', by }: { readonly rule: MeetingRule; readonly meeting: string | undefined; readonly by: string },
): readonly Mailbox[] {
  const { record, people } = input;
  const hosts = meetingIn(record, meeting)?.hosts ?? [];
  const theirs = holders(input, rule.who).map(({ email }) => email);
  return [...new Set([...theirs, ...hosts, by])]
    .filter((email) => people.get(email)?.active)
    .map((email) => mailboxOf(people, email));
}

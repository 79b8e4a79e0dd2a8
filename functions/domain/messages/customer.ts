import { type ShareablePackage, shareable } from '../deal/shareable.ts';
import { cleanText, excerpt } from '../fields/clean-text.ts';
import type { StakeholderRole } from '../fields/values.ts';
import { givenList, givenText, toldDecision } from '../handoff/decisions.ts';
import { holderOf } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import type { Mailbox } from '../people/people.ts';
import { mailboxOf } from '../people/people.ts';
import { stepAnnouncing, stepApproving } from '../playbook/capabilities.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import { preheader } from './filled.ts';
import { agendaBlocks, calendarEntry, meetingFacts, meetingSubject, meetingZones, speakerAt } from './meeting-entry.ts';
import { invitedWithAll, plannedMeeting } from './meetings.ts';
import type { Block } from './message.ts';
import { customerMailboxes, holders } from './parties.ts';
import { richText } from './rich-text.ts';
import { headerLine } from './wording.ts';

// What the customer reads. Nothing internal may be used here: of the package only what they told us of themselves, and bought.

/** S0–S4: the mail the CSM approved, word for word, in their name, the account executive in copy. */
export function customerIntroduction(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people, site } = input;
  const told = toldDecision(record, stepAnnouncing(record.playbook, input.say));
  if ('nothing' in told) return told;
  const { decision: approved } = told;
  const sender = senderOf(input);
  if (sender === undefined) return nobodyToSend(input);
  const text = givenText(approved, 'text');
  const accountExecutive = holderOf(record, 'accountExecutive');
  return {
    message: {
      subject: headerLine(`Meet ${sender.name}, your contact at ${site.company}`),
      preview: preheader(richText(text)),
      blocks: [{ letter: cleanText(text).trim() }],
    },
    to: customerMailboxes(record, givenList(approved, 'recipients')),
    cc: accountExecutive === undefined ? [] : [mailboxOf(people, accountExecutive)],
    fromName: sender.name,
    replyTo: sender.email,
    toCustomer: true,
  };
}

/** S0, S1: the kickoff in the customer's calendar, the CSM's and the account executive's. */
export function kickoffInvitation(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people, site } = input;
  const planned = plannedMeeting(input);
  if ('nothing' in planned) return planned;
  const sender = speakerAt(input, planned.stands);
  if (sender === undefined) return nobodyToSend(input);
  const meeting = calendarEntry(input, planned);
  return {
    message: {
      subject: meetingSubject(input, meeting),
      preview: `We're looking forward to starting with you.`,
      blocks: [
        {
          paragraph: `We're looking forward to starting. The invitation is attached.`,
        },
        { facts: meetingFacts(meeting, meetingZones(input, planned)) },
        ...agendaBlocks(input, planned),
        { paragraph: `Someone to add, or another time? Reply to ${sender.name}.` },
      ],
      signature: `${sender.name}\n${site.company}`,
    },
    to: customerMailboxes(record, planned.stands.guests),
    cc: invitedWithAll(record, planned.stands).map((email) => mailboxOf(people, email)),
    fromName: sender.name,
    replyTo: sender.email,
    invitation: meeting,
    toCustomer: true,
  };
}

/** S3: self-serve customers get a sequence of mails in place of a kickoff. First: quick answers. */
export function onboardingFaq(input: AnnouncementInput): Announced | NothingToSay {
  const told = sharedWith(input);
  return toApprovedRecipients(input, {
    subject: (company) => `Your first week with ${company}: quick answers`,
    preview: 'What comes first, and whom to ask.',
    facts: [
      question('What did we buy?', [told.text('contract.planTier'), told.text('contract.purchase')]),
      question('What comes first?', [told.text('dealContext.primaryUseCase')]),
      question('Which tools connect?', told.list('technicalRequirements.integrations')),
      question('And our data?', [told.text('technicalRequirements.dataMigration')]),
    ],
    close: ({ name }) => `Stuck? Reply; ${name} answers.`,
  });
}

/** Second: their first goal, in the words in which they told us. */
export function onboardingFeatures(input: AnnouncementInput): Announced | NothingToSay {
  const told = sharedWith(input);
  const [metric] = told.metrics;
  return toApprovedRecipients(input, {
    subject: () => 'Your first goal, step by step',
    preview: 'Start small, with real data.',
    facts: [
      question('You want to start with', [told.text('dealContext.primaryUseCase')]),
      question('By day 30', [told.text('customerGoals.outcomes30Days')]),
      question('You see that it works when', metric ? [`${metric.name} reaches ${metric.target} ${metric.unit}`] : []),
    ],
    close: ({ name }) => `Want company? Reply, and ${name} finds a time.`,
  });
}

/** Third: whom to ask. */
export function onboardingContacts(input: AnnouncementInput): Announced | NothingToSay {
  const { stakeholders = [] } = checkedPackage(input.record).package;
  const named = (role: StakeholderRole) =>
    stakeholders.filter(({ roles }) => roles.includes(role)).map(({ name }) => name);
  const [sender] = holders(input, ['customerSuccessManager']);
  return toApprovedRecipients(input, {
    subject: (company) => `Who to ask at ${company}`,
    preview: 'One contact, and the people we have down for you.',
    facts: [
      question('Goals, plans, and anything else', sender ? [`${sender.name}, ${sender.email}`] : []),
      question('Day-to-day contact we have for you', named('day-to-day')),
      question('Technical contact we have for you', named('technical')),
    ],
    close: () => 'Something wrong here? Reply.',
  });
}

const sharedWith = ({ record }: AnnouncementInput): ShareablePackage => shareable(checkedPackage(record).package);

interface Question {
  readonly label: string;
  readonly value: string;
}

/** What the customer told us about it; none where nothing is known. */
function question(label: string, said: readonly (string | undefined)[]): readonly Question[] {
  const told = said.flatMap((each) => each || []);
  return told.length === 0 ? [] : [{ label, value: excerpt(told.join(', '), 300) }];
}

const nobodyToSend = ({ record }: AnnouncementInput): NothingToSay => ({
  nothing: `Nobody is named as ${record.playbook.roles.customerSuccessManager.name}.`,
});

function senderOf(input: AnnouncementInput): Mailbox | undefined {
  return holders(input, ['customerSuccessManager'])[0];
}

/** A mail of the sequence. Fewer than two facts are not worth one. */
interface Onboarding {
  readonly subject: (company: string) => string;
  readonly preview: string;
  readonly facts: readonly (readonly Question[])[];
  readonly close: (sender: Mailbox) => string;
}

/** To the people who were approved for these mails; to nobody if that was skipped. */
function toApprovedRecipients(
  input: AnnouncementInput,
  { subject, preview, facts, close }: Onboarding,
): Announced | NothingToSay {
  const { record, site } = input;
  const told = toldDecision(record, stepApproving(record.playbook, input.say));
  if ('nothing' in told) return told;
  const { decision: approved } = told;
  const sender = senderOf(input);
  if (sender === undefined) return nobodyToSend(input);
  const known = facts.flat();
  if (known.length < 2) return { nothing: 'The package says too little for this mail.' };
  return {
    message: {
      subject: headerLine(subject(site.company)),
      preview,
      blocks: [
        { paragraph: 'Hello,' },
        ...known.flatMap(({ label, value }): Block[] => [{ heading: label }, { paragraph: value }]),
        { paragraph: close(sender) },
      ],
      signature: `${sender.name}\n${site.company}`,
    },
    to: customerMailboxes(record, givenList(approved, 'recipients')),
    cc: [],
    fromName: sender.name,
    replyTo: sender.email,
    toCustomer: true,
  };
}

import { type ShareablePackage, shareable } from '../deal/shareable.ts';
import { cleanText, excerpt } from '../fields/clean-text.ts';
import type { StakeholderRole } from '../fields/values.ts';
import { givenList, givenText, toldDecision } from '../handoff/decisions.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import { holders } from '../handoff/holders.ts';
import { holderOf } from '../handoff/roles-held.ts';
import { firstName } from '../people/first-name.ts';
import type { Mailbox } from '../people/people.ts';
import { mailboxOf } from '../people/people.ts';
import { stepAnnouncing, stepApproving } from '../playbook/capabilities.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import { preheader } from './filled.ts';
import { agendaBlocks, calendarEntry, meetingFacts, meetingSubject, meetingZones, speakerAt } from './meeting-entry.ts';
import { invitedWithAll, plannedMeeting } from './meetings.ts';
import type { Block } from './message.ts';
import { customerMailboxes } from './parties.ts';
import { richText } from './rich-text.ts';
import { headerLine, textsFor } from './wording.ts';

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
      subject: headerLine(textsFor(site).toCustomer.meet(sender.name, site.company)),
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
  const { toCustomer: words } = textsFor(site);
  const planned = plannedMeeting(input);
  if ('nothing' in planned) return planned;
  const sender = speakerAt(input, planned.stands);
  if (sender === undefined) return nobodyToSend(input);
  const meeting = calendarEntry(input, planned);
  return {
    message: {
      subject: meetingSubject(input, planned),
      preview: words.kickoffPreview,
      blocks: [
        {
          paragraph: words.kickoff,
        },
        { facts: meetingFacts(input, meeting, meetingZones(input, planned)) },
        ...agendaBlocks(input, planned),
        { paragraph: words.someone(sender.name) },
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
  const { toCustomer: words } = textsFor(input.site);
  const told = sharedWith(input);
  return toApprovedRecipients(input, {
    subject: words.faq,
    preview: words.faqPreview,
    facts: [
      question(words.bought, [told.text('contract.planTier'), told.text('contract.purchase')]),
      question(words.first, [told.text('dealContext.primaryUseCase')]),
      question(words.tools, told.list('technicalRequirements.integrations')),
      question(words.data, [told.text('technicalRequirements.dataMigration')]),
    ],
    close: ({ name }) => words.stuck(name),
  });
}

/** Second: their first goal, in the words in which they told us. */
export function onboardingFeatures(input: AnnouncementInput): Announced | NothingToSay {
  const { toCustomer: words, inUnit } = textsFor(input.site);
  const told = sharedWith(input);
  const [metric] = told.metrics;
  return toApprovedRecipients(input, {
    subject: words.goal,
    preview: words.goalPreview,
    facts: [
      question(words.startWith, [told.text('dealContext.primaryUseCase')]),
      question(words.byDay30, [told.text('customerGoals.outcomes30Days')]),
      question(words.works, metric ? [`${metric.name}: ${inUnit(metric.target, metric.unit)}`] : []),
    ],
    close: ({ name }) => words.company(name),
  });
}

/** Third: whom to ask. */
export function onboardingContacts(input: AnnouncementInput): Announced | NothingToSay {
  const { toCustomer: words } = textsFor(input.site);
  const { contacts } = sharedWith(input);
  const named = (role: StakeholderRole) => contacts.filter(({ roles }) => roles.includes(role)).map(({ name }) => name);
  const [sender] = holders(input, ['customerSuccessManager']);
  return toApprovedRecipients(input, {
    subject: words.who,
    preview: words.whoPreview,
    facts: [
      question(words.goals, sender ? [`${sender.name}, ${sender.email}`] : []),
      question(words.dayToDay, named('day-to-day')),
      question(words.technical, named('technical')),
    ],
    close: () => words.wrong,
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
  const to = customerMailboxes(record, givenList(approved, 'recipients'));
  const known = facts.flat();
  if (known.length < 2) return { nothing: 'The package says too little for this mail.' };
  return {
    message: {
      subject: headerLine(subject(site.company)),
      preview,
      blocks: [
        { paragraph: hiTo(to, site) },
        ...known.flatMap(({ label, value }): Block[] => [{ heading: label }, { paragraph: value }]),
        { paragraph: close(sender) },
      ],
      signature: `${sender.name}\n${site.company}`,
    },
    to,
    cc: [],
    fromName: sender.name,
    replyTo: sender.email,
    toCustomer: true,
  };
}

/** By first names, where the stakeholder map names them all. */
function hiTo(to: readonly Mailbox[], site: AnnouncementInput['site']): string {
  const { toCustomer: words } = textsFor(site);
  if (to.some(({ name, email }) => name === email)) return words.hello;
  return words.hi(
    to.map(({ name }) => name),
    { firstOf: firstName, customer: '' },
  );
}

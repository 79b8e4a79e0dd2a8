import { cleanText, excerpt } from '../fields/clean-text.ts';
import { givenList, givenText, toldDecision } from '../handoff/decisions.ts';
import { customerOf, type HandoffRecord, holderOf } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import type { Mailbox } from '../people/people.ts';
import { mailboxOf } from '../people/people.ts';
import { stepAnnouncing, stepApproving } from '../playbook/capabilities.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import { agendaBlocks, calendarEntry, meetingFacts, meetingZones, speakerAt } from './meeting-entry.ts';
import { invitedWithAll, plannedMeeting } from './meetings.ts';
import type { Block, Message } from './message.ts';
import { customerMailboxes, holders } from './parties.ts';

// What the customer reads. Nothing internal may be used here: of the package only the names of the people, the zone, and the
// use case they told us themselves.

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
      subject: `${sender.name} is your contact at ${site.company} from here on`,
      preview: excerpt(text, 140),
      blocks: [{ verbatim: cleanText(text).trim() }],
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
      subject: meeting.summary,
      preview: `You are invited to the kickoff with ${site.company}.`,
      blocks: [
        {
          paragraph: `You are invited to the kickoff of ${customerOf(record)} with ${site.company}. A calendar entry is attached.`,
        },
        { facts: meetingFacts(meeting, meetingZones(input, planned)) },
        ...agendaBlocks(input, planned),
        { paragraph: 'Does the time not suit you, or should somebody else join? Just reply to this mail.' },
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

const faqSubject = (company: string) => `Getting started with ${company}: the questions most people ask`;
const featuresSubject = (company: string) => `Getting started with ${company}: what to try first`;

/** S3: self-serve customers get a sequence of mails in place of a kickoff. First: frequent questions. */
export function onboardingFaq(input: AnnouncementInput): Announced | NothingToSay {
  return toApprovedRecipients(input, ({ sender, company }) => ({
    subject: faqSubject(company),
    preview: 'Answers to what comes up in the first days.',
    blocks: [
      { paragraph: 'These are the questions most people ask in their first days, with short answers.' },
      {
        heading: 'What should we do first?',
        list: [
          'Sign in once yourself, then invite the people who will work with it every day.',
          'Start with the one thing that matters most to you. The rest can wait.',
        ],
      },
      {
        heading: 'Who should be involved?',
        list: ['One person who decides, one who uses it daily, and one who can help with technical questions.'],
      },
      {
        heading: 'How do we bring in our data?',
        list: ['Begin with a small part of it, check the result, then bring in the rest.'],
      },
      {
        heading: 'What if we get stuck?',
        list: [`Reply to this mail. It reaches ${sender.name}, a person, not a machine.`],
      },
    ],
  }));
}

/** Second: the key features, starting from the use case the customer told us. */
export function onboardingFeatures(input: AnnouncementInput): Announced | NothingToSay {
  return toApprovedRecipients(input, ({ sender, company }) => ({
    subject: featuresSubject(company),
    preview: 'A short path through the key features.',
    blocks: [
      { paragraph: `Here is a short path through ${company}, in the order in which it pays off.` },
      ...useCaseBlocks(input.record),
      {
        heading: 'The path',
        list: [
          'Set up the first use case from beginning to end, with real data, however small.',
          'Show it to two colleagues who will use it, and watch where they hesitate.',
          'Connect the systems that you already work with.',
          'Look at the reports after a week: they show what is used and what is not.',
        ],
      },
      {
        paragraph: `Would you like to be shown one of these? Reply to this mail, and ${sender.name} will find a time.`,
      },
    ],
  }));
}

/** Third: contacts and resources. */
export function onboardingContacts(input: AnnouncementInput): Announced | NothingToSay {
  return toApprovedRecipients(input, ({ sender, company }) => ({
    subject: `Getting started with ${company}: whom to ask`,
    preview: 'Your contacts, and where to find help.',
    blocks: [
      { paragraph: 'Whom to ask, and what to have at hand when you do.' },
      {
        facts: [
          { label: 'Your contact', value: sender.name },
          { label: 'Mail', value: sender.email },
        ],
      },
      {
        heading: 'Where to look',
        list: [
          `First questions: our mail "${faqSubject(company)}".`,
          `Step by step through the key features: our mail "${featuresSubject(company)}".`,
          `Anything else: reply, and ${sender.name} sends you what helps.`,
        ],
      },
      {
        heading: 'So that we can help quickly',
        list: [
          'Say what you wanted to do, what you did, and what happened instead.',
          'Add a picture of the screen if you can.',
          'Say by when you need it.',
        ],
      },
      {
        paragraph: `Is something going well, or not at all? ${sender.name} would like to hear of both. Reply to this mail at any time.`,
      },
    ],
  }));
}

const nobodyToSend = ({ record }: AnnouncementInput): NothingToSay => ({
  nothing: `Nobody is named as ${record.playbook.roles.customerSuccessManager.name}.`,
});

function senderOf(input: AnnouncementInput): Mailbox | undefined {
  return holders(input, ['customerSuccessManager'])[0];
}

interface Letterhead {
  readonly sender: Mailbox;
  readonly company: string;
}

/** To the people who were approved for these mails; to nobody if that was skipped. */
function toApprovedRecipients(
  input: AnnouncementInput,
  write: (letterhead: Letterhead) => Message,
): Announced | NothingToSay {
  const { record, site } = input;
  const told = toldDecision(record, stepApproving(record.playbook, input.say));
  if ('nothing' in told) return told;
  const { decision: approved } = told;
  const sender = senderOf(input);
  if (sender === undefined) return nobodyToSend(input);
  const message = write({ sender, company: site.company });
  return {
    message: {
      ...message,
      blocks: [{ paragraph: 'Hello,' }, ...message.blocks],
      signature: `${sender.name}\n${site.company}`,
    },
    to: customerMailboxes(record, givenList(approved, 'recipients')),
    cc: [],
    fromName: sender.name,
    replyTo: sender.email,
    toCustomer: true,
  };
}

function useCaseBlocks(record: HandoffRecord): Block[] {
  const useCase = checkedPackage(record).package.dealContext?.primaryUseCase;
  return useCase === undefined
    ? []
    : [{ quote: excerpt(useCase, 300), heading: 'You told us that you want to start with' }];
}

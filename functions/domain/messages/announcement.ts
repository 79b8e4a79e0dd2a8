import { capitalized } from '../fields/words.ts';
import { spoken, spokenToCustomer } from '../handoff/spoken.ts';
import type { Mailbox } from '../people/people.ts';
import { type Announcement, announcementRule } from '../playbook/announcements.ts';
import { stepAnnouncing } from '../playbook/capabilities.ts';
import { languageOf } from '../texts/texts.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import { availabilityCloses, availabilityEnded } from './availability.ts';
import { handoffBegins } from './beginning.ts';
import {
  customerIntroduction,
  kickoffInvitation,
  onboardingContacts,
  onboardingFaq,
  onboardingFeatures,
} from './customer.ts';
import { preheader } from './filled.ts';
import { feedback, firstValue, handoffConfirmation, lowScore } from './follow-ups.ts';
import { internalMeetingInvitation, internalMeetingNotes } from './meetings.ts';
import type { Block } from './message.ts';
import { renewalReminder } from './renewal.ts';
import { greetingOf, headerLine } from './wording.ts';

const writers: Readonly<Record<Announcement, (input: AnnouncementInput) => Announced | NothingToSay>> = {
  'handoff-begins': handoffBegins,
  'internal-meeting-invitation': internalMeetingInvitation,
  'internal-meeting-notes': internalMeetingNotes,
  'customer-introduction': customerIntroduction,
  'kickoff-invitation': kickoffInvitation,
  'handoff-confirmation': handoffConfirmation,
  'availability-closes': availabilityCloses,
  'availability-ended': availabilityEnded,
  feedback,
  'first-value': firstValue,
  'low-score': lowScore,
  'onboarding-faq': onboardingFaq,
  'onboarding-features': onboardingFeatures,
  'onboarding-contacts': onboardingContacts,
  'renewal-reminder': renewalReminder,
};

/** The mail that tells what happened, and whom; or why there is none to send (a skipped step announces nothing). */
export function announcementMessage(given: AnnouncementInput): Announced | NothingToSay {
  const input = announcementRule(given.say).toCustomer ? spokenToCustomer(given) : spoken(given);
  const announced = writers[input.say](input);
  if ('nothing' in announced) return announced;
  if (announced.to.length === 0) return { nothing: 'Nobody is known to whom this could be told.' };
  const { message } = announced;
  return {
    ...announced,
    message: {
      ...message,
      language: languageOf(input.site.locale),
      subject: headerLine(message.subject),
      preview: preheader(message.preview),
      blocks: [...message.blocks, ...offerBlocks(input)],
    },
    ...(announced.fromName === undefined ? {} : { fromName: headerLine(announced.fromName) }),
  };
}

/** What begins with the name of whoever alone reads it. */
const greetsOne: ReadonlySet<Announcement> = new Set([
  'handoff-begins',
  'availability-closes',
  'availability-ended',
  'renewal-reminder',
]);

/** The same for one colleague alone, in a mail of its own. */
export function announcementToOne(input: AnnouncementInput, to: Mailbox): Announced | NothingToSay {
  const announced = announcementMessage({ ...input, reader: to.email });
  if ('nothing' in announced || !greetsOne.has(input.say)) return announced;
  const { message } = announced;
  const hi = { paragraph: greetingOf(to, spoken(input).site) };
  return { ...announced, message: { ...message, blocks: [hi, ...message.blocks] } };
}

/** The optional step that the mail offers its reader, in the words of its rule. */
function offerBlocks({ record, say, url }: AnnouncementInput): Block[] {
  const offers = stepAnnouncing(record.playbook, say)?.rule.announce?.offers;
  const offered = offers === undefined ? undefined : record.playbook.steps[offers];
  if (url === undefined || offered?.kind !== 'ask') return [];
  return [{ paragraph: offered.what }, { button: { label: capitalized(offered.ask), url } }];
}

import type { Instant } from '../calendar.ts';
import { excerpt } from '../clean-text.ts';
import type { Gap } from '../completeness.ts';
import type { HandoffRecord } from '../handoff.ts';
import type { Announcement } from '../playbook.ts';
import { gapBlocks } from './ask-details.ts';
import type { Audience, Block, Message, People, SiteFacts } from './message.ts';
import { dealFacts } from './parties.ts';
import { capitalised, customerOf, greeting, headerLine, momentIn, nameOf } from './wording.ts';

/** What happened. People are mail addresses. */
export type Notice =
  | {
      readonly kind: 'exception-requested';
      readonly by: string;
      readonly reason: string;
      readonly gaps: readonly Gap[];
    }
  | { readonly kind: 'fresh-link'; readonly step: string }
  | { readonly kind: 'handoff-cancelled'; readonly by: string; readonly reason: string }
  /** A crash left it unknown whether a customer mail went out; it is not sent again until somebody has looked. */
  | { readonly kind: 'customer-mail-held'; readonly say: Announcement }
  | {
      readonly kind: 'reassigned-away';
      readonly step: string;
      readonly newOwner: string;
      readonly by: string;
      readonly reason?: string;
    };

export interface NoticeInput {
  readonly record: HandoffRecord;
  readonly notice: Notice;
  /** `url`, where there is something to open. */
  readonly to: Audience;
  readonly people: People;
  readonly at: Instant;
  readonly site: SiteFacts;
}

interface Telling {
  readonly subject: string;
  readonly blocks: readonly Block[];
  readonly button?: string;
}

/** A mail to one person about something that somebody did, or that went wrong. */
export function noticeMessage(input: NoticeInput): Message {
  const { to, record } = input;
  const { subject, blocks, button } = telling(input);
  const first = blocks.find((block) => 'paragraph' in block);
  return {
    subject: headerLine(subject),
    preview: excerpt(first !== undefined && 'paragraph' in first ? first.paragraph : subject, 140),
    blocks: [
      { paragraph: greeting(to) },
      ...blocks,
      { facts: dealFacts(record) },
      ...(button === undefined || to.url === undefined ? [] : [{ button: { label: button, url: to.url } }]),
    ],
  };
}

function telling({ record, notice, people, to, at }: NoticeInput): Telling {
  const customer = customerOf(record);
  const titleOf = (step: string) => record.playbook.steps[step]?.title ?? step;
  switch (notice.kind) {
    case 'exception-requested': {
      const by = nameOf(people, notice.by);
      return {
        subject: `Exception requested: ${customer}`,
        blocks: [
          { paragraph: `${by} asks you to let the handoff of ${customer} go on although the package is not complete.` },
          { quote: notice.reason, heading: 'Why' },
          ...gapBlocks(notice.gaps),
          {
            paragraph: `If you grant it, name who will supply what is missing, and by when. Until then the package stays with ${by}.`,
          },
        ],
        button: 'Decide on the exception',
      };
    }
    case 'fresh-link': {
      const asked = record.steps[notice.step];
      return {
        subject: `A fresh link: ${titleOf(notice.step)}: ${customer}`,
        blocks: [
          { paragraph: `Here is a fresh link to "${titleOf(notice.step)}". The old one no longer works.` },
          ...(asked === undefined || asked.decision !== undefined
            ? []
            : [{ paragraph: `Due ${momentIn(to.person.availability.zone, asked.dueAt, at)}.` }]),
          { paragraph: 'Did you not ask for it? Then nothing has happened; you can delete this mail.' },
        ],
        button: capitalised(titleOf(notice.step)),
      };
    }
    case 'handoff-cancelled':
      return {
        subject: `Handoff cancelled: ${customer}`,
        blocks: [
          { paragraph: `The handoff of ${customer} has been cancelled by ${nameOf(people, notice.by)}.` },
          { quote: notice.reason, heading: 'Why' },
          { paragraph: 'Nothing more is asked of you, and the links in earlier mails no longer do anything.' },
        ],
      };
    case 'customer-mail-held':
      return {
        subject: `Please look: a mail to the customer may not have gone out: ${customer}`,
        blocks: [
          {
            paragraph: `Something broke off while "${customerMails[notice.say] ?? notice.say}" was being sent to ${customer}. We do not know whether it went out, so it will not be sent a second time by itself.`,
          },
          {
            heading: 'What to do',
            list: [
              'Ask whether the mail has arrived; the people in copy can tell.',
              'If it has not, send it yourself.',
            ],
          },
        ],
        button: 'See the step',
      };
    case 'reassigned-away': {
      const reason = notice.reason ?? '';
      return {
        subject: `No longer yours: ${titleOf(notice.step)}: ${customer}`,
        blocks: [
          {
            paragraph: `${nameOf(people, notice.by)} has handed "${titleOf(notice.step)}" to ${nameOf(people, notice.newOwner)}. There is nothing left for you to do, and your link to it only shows how it stands.`,
          },
          ...(reason === '' ? [] : [{ quote: reason, heading: 'Why' }]),
        ],
      };
    }
  }
}

const customerMails: Readonly<Partial<Record<Announcement, string>>> = {
  'customer-introduction': 'the introduction',
  'kickoff-invitation': 'the kickoff invitation',
  'onboarding-faq': 'the onboarding mail on frequent questions',
  'onboarding-features': 'the onboarding mail on key features',
  'onboarding-contacts': 'the onboarding mail on contacts and resources',
};

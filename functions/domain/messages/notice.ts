import { excerpt } from '../fields/clean-text.ts';
import { capitalized, listed } from '../fields/words.ts';
import { customerOf, titleOf } from '../handoff/handoff.ts';
import { nameOf } from '../people/people.ts';
import { announcementRule } from '../playbook/announcements.ts';
import { momentIn } from '../time/wording.ts';
import { exceptionAnswered, exceptionWithdrawn } from './exceptions.ts';
import { gapsOwed } from './gaps-owed.ts';
import { handedAway, takenOver } from './handing.ts';
import type { Message } from './message.ts';
import { nobodyThere, troubleOver, waiting } from './news.ts';
import type { Notice, NoticeInput, Telling } from './notice-input.ts';
import { itemSettled, itemsEnded } from './open-items.ts';
import { dealFacts } from './parties.ts';
import { greeting, headerLine } from './wording.ts';

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

function telling(input: NoticeInput): Telling {
  const { record, notice, people, to, at } = input;
  const customer = customerOf(record);
  switch (notice.kind) {
    case 'exception-answered':
      return exceptionAnswered(input, notice);
    case 'exception-withdrawn':
      return exceptionWithdrawn(input, notice);
    case 'fresh-link': {
      const asked = record.steps[notice.step];
      return {
        subject: `A fresh link: ${titleOf(record, notice.step)}: ${customer}`,
        blocks: [
          { paragraph: `Here is a fresh link to "${titleOf(record, notice.step)}". The old one no longer works.` },
          ...(asked === undefined || asked.decision !== undefined
            ? []
            : [{ paragraph: `Due ${momentIn(to.person.availability.zone, asked.dueAt, at)}.` }]),
          { paragraph: 'Did you not ask for it? Then nothing has happened; you can delete this mail.' },
        ],
        button: capitalized(titleOf(record, notice.step)),
      };
    }
    case 'handoff-cancelled':
      return {
        subject: `Handoff canceled: ${customer}`,
        blocks: [
          { paragraph: `The handoff of ${customer} has been canceled by ${nameOf(people, notice.by)}.` },
          { quote: notice.reason, heading: 'Why' },
          { paragraph: 'Nothing more is asked of you, and the links in earlier mails no longer do anything.' },
        ],
      };
    case 'handoff-abandoned':
      return {
        subject: `Given up: ${customer}`,
        blocks: [
          {
            paragraph: `"${titleOf(record, notice.step)}" has been open for so long that the handoff of ${customer} has been given up. Nobody looks after this customer now, and the links in earlier mails no longer do anything.`,
          },
          ...(notice.reason === '' ? [] : [{ quote: notice.reason, heading: 'Why' }]),
          {
            heading: 'What to do: one of the two',
            list: [
              'Win the deal again in the CRM, as a new won episode: a new handoff then starts.',
              'Take the customer over by hand, and agree on who looks after them.',
            ],
          },
        ],
      };
    case 'gaps-owed':
    case 'gaps-still-owed':
      return gapsOwed(input, notice);
    case 'item-settled':
      return itemSettled(input, notice);
    case 'items-ended':
      return itemsEnded(input, notice);
    case 'customer-mail-held':
      return {
        subject: `Please look: a mail to the customer may not have gone out: ${customer}`,
        blocks: [
          {
            paragraph: `Something broke off while "${announcementRule(notice.say).called}" was being sent to ${customer}. We do not know whether it went out, so it will not be sent a second time by itself.`,
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
    case 'customer-mail-bounced':
      return customerMailBounced(notice, customer);
    case 'colleague-mail-bounced':
      return {
        subject: `Mail does not reach ${notice.address}: ${customer}`,
        blocks: [
          {
            paragraph: `A mail to ${notice.address} about the handoff of ${customer} came back. They have a part in it, but are not on the roster, so nobody is told in their place by itself.`,
          },
          {
            heading: 'What to do',
            list: [
              'Tell them in person what is waiting.',
              `Ask ${record.playbook.roles.revenueOperations.name} to put them on the roster.`,
            ],
          },
        ],
      };
    case 'handed-away':
      return handedAway(input, notice);
    case 'taken-over':
      return takenOver(input, notice);
    case 'waiting':
      return waiting(input, notice);
    case 'trouble-over':
      return troubleOver(input, notice);
    case 'nobody-there':
      return nobodyThere(input, notice);
  }
}

function customerMailBounced(notice: Extract<Notice, { kind: 'customer-mail-bounced' }>, customer: string): Telling {
  const addresses = listed(notice.addresses);
  const happened = {
    bounced: `Mail to ${addresses} came back: the address does not exist, or takes no mail from us.`,
    complained: `${addresses} reported a mail of ours as spam.`,
    rejected: `The mail service refused a mail to ${addresses} because of what it contains. It was not delivered.`,
  }[notice.what];
  const unsent =
    notice.unsent &&
    `So "${announcementRule(notice.unsent).called}" has not been sent${notice.addresses.length === 1 ? ' to this address' : ' to these addresses'}.`;
  return {
    subject: `Please look: ${notice.what === 'complained' ? 'a customer reported our mail as spam' : 'a mail did not reach the customer'}: ${customer}`,
    blocks: [
      { paragraph: unsent ? `${happened} ${unsent}` : happened },
      {
        heading: 'What to do',
        list:
          notice.what === 'rejected'
            ? ['Look at what the mail said and linked to, and write to the customer yourself.']
            : [
                notice.what === 'complained'
                  ? 'Talk to the customer before anything else is written to them.'
                  : 'Ask the customer for the right address, and write yourself what they have missed.',
                'The system does not write there again, unless somebody enters the address once more in a later step of the handoff.',
              ],
      },
    ],
  };
}

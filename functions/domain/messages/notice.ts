import { cleanLine } from '../fields/clean-text.ts';
import { capitalized, listed } from '../fields/words.ts';
import { customerOf, type HandoffRecord, titleOf } from '../handoff/handoff.ts';
import { firstName } from '../people/first-name.ts';
import { announcementRule } from '../playbook/announcements.ts';
import { momentIn } from '../time/wording.ts';
import { calledOf } from './ask-slots.ts';
import { exceptionAnswered, exceptionWithdrawn } from './exceptions.ts';
import { preheader } from './filled.ts';
import { gapsOwed } from './gaps-owed.ts';
import { handedAway, takenOver } from './handing.ts';
import type { Message } from './message.ts';
import { nobodyThere, troubleOver, waiting } from './news.ts';
import type { Notice, NoticeInput, Telling } from './notice-input.ts';
import { itemSettled, itemsEnded } from './open-items.ts';
import { customerMailboxes, dealFacts } from './parties.ts';
import { greeting, newsSubject, timesFor } from './wording.ts';

/** A mail to one person about something that somebody did, or that went wrong. */
export function noticeMessage(input: NoticeInput): Message {
  const { to, record, notice } = input;
  const isOfDesk = notice.kind === 'fresh-desk';
  const { subject, blocks, button } = telling(input);
  const first = blocks.find((block) => 'paragraph' in block);
  return {
    ...(isOfDesk && to.url !== undefined && { desk: to.url }),
    subject: newsSubject(record, (customer) => subject.replaceAll(customerOf(record), customer)),
    preview: preheader(first !== undefined && 'paragraph' in first ? first.paragraph : subject),
    blocks: [
      { paragraph: greeting(to) },
      ...blocks,
      ...(isOfDesk ? [] : [{ facts: dealFacts(record) }]),
      ...(button === undefined || to.url === undefined ? [] : [{ button: { label: button, url: to.url } }]),
    ],
  };
}

function telling(input: NoticeInput): Telling {
  const { record, notice, people, to, site, at } = input;
  const customer = customerOf(record);
  switch (notice.kind) {
    case 'exception-answered':
      return exceptionAnswered(input, notice);
    case 'exception-withdrawn':
      return exceptionWithdrawn(input, notice);
    case 'fresh-link': {
      const asked = record.steps[notice.step];
      return {
        subject: `Your new link: ${customer}, ${titleOf(record, notice.step)}`,
        blocks: [
          { paragraph: `This opens "${titleOf(record, notice.step)}". The old link no longer works.` },
          ...(asked === undefined || asked.decision !== undefined
            ? []
            : [{ paragraph: `Due ${momentIn(timesFor({ to, site }), asked.dueAt, at)}.` }]),
          { paragraph: "Didn't ask? Ignore this; nothing changed." },
        ],
        button: 'Open the step',
      };
    }
    case 'fresh-desk':
      return {
        subject: 'Your new link to your desk',
        blocks: [
          { paragraph: 'Your desk shows what waits for you, what waits for others, and your customers.' },
          { paragraph: "It works for 7 days. Didn't ask? Ignore this; nothing changed." },
        ],
        button: 'Open my desk',
      };
    case 'handoff-cancelled':
      return {
        subject: `${customer}: handoff canceled`,
        blocks: [
          { paragraph: `${capitalized(calledOf(people, notice.by))} ended the handoff of ${customer}.` },
          { quote: notice.reason, heading: 'Why' },
          { paragraph: "Nothing more to do. The customer wasn't told; decide who does." },
        ],
      };
    case 'handoff-abandoned':
      return {
        subject: `${customer}: handoff closed without an owner`,
        blocks: [
          {
            paragraph: `"${titleOf(record, notice.step)}" stayed open too long. Name someone for ${customer}, or win the deal again in the CRM to restart.`,
          },
          ...(notice.reason === '' ? [] : [{ quote: notice.reason, heading: 'Why' }]),
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
        subject: `${customer}: check whether our email arrived`,
        blocks: [
          {
            paragraph: `"${announcementRule(notice.say).called}" may not have gone out. Ask someone in copy before sending it yourself. We won't send it twice.`,
          },
        ],
        button: 'Open the step',
      };
    case 'customer-mail-bounced':
      return customerMailBounced(notice, record);
    case 'colleague-mail-bounced':
      return {
        subject: `Email isn't reaching ${notice.address}: ${customer}`,
        blocks: [
          {
            paragraph: `An email about ${customer} came back. Tell ${notice.address} what's waiting. They aren't on the roster: ask ${record.playbook.roles.revenueOperations.name} to add them.`,
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

type CustomerMailBounced = Extract<Notice, { kind: 'customer-mail-bounced' }>;

function customerMailBounced(notice: CustomerMailBounced, record: HandoffRecord): Telling {
  const customer = customerOf(record);
  const contacts = listed(customerMailboxes(record, notice.addresses).map(({ name }) => firstName(name)));
  const unsent = notice.unsent ? `${capitalized(announcementRule(notice.unsent).called)} wasn't sent there.` : '';
  const again = "We don't write there again, unless someone enters the address in a later step.";
  const said = {
    bounced: {
      subject: `${customer}: email to ${contacts} came back`,
      text: `It didn't arrive. ${unsent} Ask for the right address and write yourself. ${again}`,
    },
    complained: {
      subject: `${customer}: email reported as spam`,
      text: `${unsent} Call before writing again. ${again}`,
    },
    rejected: {
      subject: `${customer}: email to ${contacts} was refused`,
      text: `The mail service refused it because of its content. ${unsent} Check what it says and links to, and write yourself.`,
    },
  }[notice.what];
  return { subject: said.subject, blocks: [{ paragraph: cleanLine(said.text) }, { list: [...notice.addresses] }] };
}

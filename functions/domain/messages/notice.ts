import { customerOf } from '../handoff/handoff.ts';
import { spoken } from '../handoff/spoken.ts';
import { titleOf } from '../handoff/step-rule.ts';
import { operationsOf } from '../handoff/who-is-asked.ts';
import { firstName } from '../people/first-name.ts';
import { meetingsEnded } from '../step/meeting-offers.ts';
import { languageOf } from '../texts/texts.ts';
import { momentIn } from '../time/wording.ts';
import { calledIn } from './ask-slots.ts';
import { dealChanged } from './deal-changed.ts';
import { draftStarted, earlyNotice } from './drafts.ts';
import { exceptionAnswered, exceptionWithdrawn } from './exceptions.ts';
import { preheader } from './filled.ts';
import { gapsOwed } from './gaps-owed.ts';
import { handedAway, takenOver } from './handing.ts';
import type { Message } from './message.ts';
import { nobodyThere, notOnRoster, troubleOver, waiting } from './news.ts';
import type { Notice, NoticeInput, Telling } from './notice-input.ts';
import { itemSettled, itemsEnded } from './open-items.ts';
import { customerMailboxes, dealFacts } from './parties.ts';
import { greeting, newsSubject, reasonOf, textsFor, timesFor } from './wording.ts';

/** A mail to one person about something that somebody did, or that went wrong. */
export function noticeMessage(given: NoticeInput): Message {
  const input = spoken(given);
  const { to, record, notice, site } = input;
  const isOfDesk = notice.kind === 'fresh-desk';
  const { subject, blocks, button } = telling(input);
  const first = blocks.find((block) => 'paragraph' in block);
  // The brief is long: it stands last.
  const [said, briefs] = [false, true].map((is) => blocks.filter((block) => 'brief' in block === is));
  return {
    language: languageOf(site.locale),
    ...(isOfDesk && to.url !== undefined && { desk: to.url }),
    subject: newsSubject(record, (customer) => subject.replaceAll(customerOf(record), customer)),
    preview: preheader(first !== undefined && 'paragraph' in first ? first.paragraph : subject),
    blocks: [
      { paragraph: greeting(input) },
      ...(said ?? []),
      ...(isOfDesk ? [] : [{ facts: dealFacts(record, site) }]),
      ...(button === undefined || to.url === undefined ? [] : [{ button: { label: button, url: to.url } }]),
      ...(briefs ?? []),
    ],
  };
}

/** What the customer has heard of the end, and what not: that a meeting with them is off, but never why. */
function customerKnows({ record, to, site, at }: NoticeInput): readonly string[] {
  const { news } = textsFor(site);
  const off = meetingsEnded(record, at).filter(
    ({ known, stands }) => known.rule.withCustomer && stands.guests.length > 0,
  );
  const [first] = off;
  if (!first) return [news.customerUnaware];
  return [
    ...off.map(({ stands }) => {
      const names = customerMailboxes(record, stands.guests).map(({ name }) => name);
      return news.knowOff(names, momentIn(timesFor({ to, site }), stands.at, at));
    }),
    news.knowNotWhy,
  ];
}

function telling(input: NoticeInput): Telling {
  const { record, notice, people, to, site, at } = input;
  const { news, bounced, called, capital, desk, late, sentences, words } = textsFor(site);
  const customer = customerOf(record);
  switch (notice.kind) {
    case 'exception-answered':
      return exceptionAnswered(input, notice);
    case 'exception-withdrawn':
      return exceptionWithdrawn(input, notice);
    case 'fresh-link': {
      const asked = record.steps[notice.step];
      const title = titleOf(record, notice.step);
      return {
        subject: news.newLink(customer, title),
        blocks: [
          { paragraph: news.opens(title) },
          ...(asked === undefined || asked.decision !== undefined
            ? []
            : [{ paragraph: late.isDue(momentIn(timesFor({ to, site }), asked.dueAt, at)) }]),
          { paragraph: news.ignore },
        ],
        button: words.openStep,
      };
    }
    case 'fresh-desk':
      return {
        subject: desk.subject,
        blocks: [{ paragraph: desk.shows }, { paragraph: desk.days }],
        button: desk.open,
      };
    case 'handoff-cancelled':
      return {
        subject: news.canceled(customer),
        blocks: [
          { paragraph: news.ended(capital(calledIn(site, people, notice.by)), customer) },
          { quote: reasonOf(notice, site), heading: words.why },
          { paragraph: sentences(news.nothingMore, ...customerKnows(input)) },
        ],
      };
    case 'handoff-abandoned': {
      const why = news.abandonedWhy(notice.reason);
      return {
        subject: news.abandoned(customer),
        blocks: [
          { paragraph: news.tooLong(titleOf(record, notice.step), customer) },
          ...(why === '' ? [] : [{ quote: why, heading: words.why }]),
        ],
      };
    }
    case 'gaps-owed':
    case 'gaps-still-owed':
      return gapsOwed(input, notice);
    case 'item-settled':
      return itemSettled(input, notice);
    case 'items-ended':
      return itemsEnded(input, notice);
    case 'customer-mail-held':
      return {
        subject: news.held(customer),
        blocks: [{ paragraph: news.heldText(called[notice.say]) }],
        button: words.openStep,
      };
    case 'customer-mail-bounced':
      return customerMailBounced(notice, input);
    case 'colleague-mail-bounced': {
      const { address } = notice;
      return {
        subject: bounced.colleague(customer, address),
        blocks: [{ paragraph: bounced.colleagueText(customer, address, operationsFor(input)) }],
      };
    }
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
    case 'not-on-roster':
      return notOnRoster(input, notice);
    case 'early-notice':
      return earlyNotice(input, notice);
    case 'draft-started':
      return draftStarted(input, notice);
    case 'deal-changed':
      return dealChanged(input, notice);
  }
}

type CustomerMailBounced = Extract<Notice, { kind: 'customer-mail-bounced' }>;

function customerMailBounced(notice: CustomerMailBounced, { record, site }: NoticeInput): Telling {
  const { bounced, called, listed, sentences } = textsFor(site);
  const customer = customerOf(record);
  const contacts = listed(customerMailboxes(record, notice.addresses).map(({ name }) => firstName(name)));
  const unsent = notice.unsent ? bounced.unsent(called[notice.unsent]) : '';
  const said = {
    bounced: {
      subject: bounced.back(customer, contacts),
      text: sentences(bounced.backText, unsent, bounced.backHint, bounced.again),
    },
    complained: { subject: bounced.spam(customer), text: sentences(unsent, bounced.spamHint, bounced.again) },
    rejected: {
      subject: bounced.refused(customer, contacts),
      text: sentences(bounced.refusedText, unsent, bounced.refusedHint),
    },
  }[notice.what];
  return { subject: said.subject, blocks: [{ paragraph: said.text }, { list: [...notice.addresses] }] };
}

/** Who looks after the roster, by first name; by their role, where that is the reader or nobody. */
function operationsFor({ record, people, to, site }: NoticeInput): string {
  const operations = operationsOf(record, people)?.email;
  return operations === undefined || operations === to.person.email
    ? record.playbook.roles.revenueOperations.name
    : calledIn(site, people, operations);
}

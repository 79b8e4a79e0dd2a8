import { holderOf } from '../handoff/handoff.ts';
import { holders } from '../handoff/holders.ts';
import { timesIn } from '../handoff/site.ts';
import { tellingTime } from '../handoff/telling-time.ts';
import { managerOf } from '../handoff/who-is-asked.ts';
import { firstName } from '../people/first-name.ts';
import type { RoleId } from '../playbook/roles.ts';
import type { Instant } from '../time/calendar.ts';
import { dateIn } from '../time/wording.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import { preheader } from './filled.ts';
import type { Block } from './message.ts';
import { dealFacts } from './parties.ts';
import { newsSubject, textsFor } from './wording.ts';

/** S0–S2: sales answered questions for two weeks (enterprise: 60 days); now the window closes. */
export function availabilityCloses(input: AnnouncementInput): Announced | NothingToSay {
  const { at, site } = input;
  const { availability: words, sentences } = textsFor(site);
  const sales = nameOrRole(input, 'accountExecutive');
  const successor = nameOrRole(input, 'customerSuccessManager');
  const end = availabilityEndsAt(input);
  if (end !== undefined && Date.parse(end) <= Date.parse(at))
    return { nothing: 'Escalations to sales end at the same time; that mail says both.' };
  const after = end ? words.until(dateOf(input, end), sales) : words.fromNow(successor);
  return tell(input, {
    subject: (customer) => words.subject(customer, successor),
    blocks: [{ paragraph: sentences(words.thanks(sales), after) }],
  });
}

/** S0, S1: escalation-only until day 30 after close; that ends too. */
export function availabilityEnded(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people, site } = input;
  const { availability: words } = textsFor(site);
  const seller = people.get(holderOf(record, 'accountExecutive') ?? '');
  const manager = seller && managerOf(record, people, seller);
  const sales = nameOrRole(input, 'accountExecutive');
  const successor = nameOrRole(input, 'customerSuccessManager');
  const closer = manager ? firstName(manager.name) : words.theirManager;
  // After a late introduction both end at once, and this is the only mail that says so.
  const ends = record.mails['availability-closes'] === undefined ? words.both : words.escalations;
  return tell(input, {
    subject: (customer) => words.ended(customer, successor),
    blocks: [
      {
        paragraph: words.signed({
          date: dateOf(input, record.deal.closedWonAt),
          seller: sales,
          what: ends,
          tell: closer,
        }),
      },
    ],
  });
}

/** When the window in which sales answers questions closes; undefined while its anchor is open. */
export function availabilityClosesAt(input: AnnouncementInput): Instant | undefined {
  return tellingTime(input, 'availability-closes');
}

function availabilityEndsAt(input: AnnouncementInput): Instant | undefined {
  return tellingTime(input, 'availability-ended');
}

/** Who holds the role, by first name; 'the account executive' when nobody does. */
function nameOrRole(input: AnnouncementInput, role: RoleId): string {
  const [holder] = holders(input, [role]);
  return holder ? firstName(holder.name) : textsFor(input.site).words.the(input.record.playbook.roles[role].name);
}

function dateOf({ record, people, site, at }: AnnouncementInput, moment: Instant): string {
  const zone = people.get(holderOf(record, 'customerSuccessManager') ?? '')?.availability.zone ?? site.defaultZone;
  return dateIn(timesIn(zone, site), moment, at);
}

interface News {
  readonly subject: (customer: string) => string;
  readonly blocks: readonly Block[];
}

function tell(input: AnnouncementInput, { subject, blocks }: News): Announced {
  const line = newsSubject(input.record, subject);
  const first = blocks.find((block) => 'paragraph' in block);
  return {
    message: {
      subject: line,
      preview: preheader(first !== undefined && 'paragraph' in first ? first.paragraph : line),
      blocks: [...blocks, { facts: dealFacts(input.record, input.site) }],
    },
    to: holders(input, ['accountExecutive', 'customerSuccessManager']),
    cc: [],
    toCustomer: false,
  };
}

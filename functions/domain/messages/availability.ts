import { holders } from '../handoff/holders.ts';
import { holderOf } from '../handoff/roles-held.ts';
import { timesIn } from '../handoff/site.ts';
import { tellingTime } from '../handoff/telling-time.ts';
import { managerOf } from '../handoff/who-is-asked.ts';
import { calledOf } from '../people/people.ts';
import type { RoleId } from '../playbook/roles.ts';
import type { Instant } from '../time/calendar.ts';
import { daysBetween } from '../time/formats.ts';
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
  const { sales, successor, isSeller, isSuccessor } = sides(input);
  const end = availabilityEndsAt(input);
  if (end !== undefined && Date.parse(end) <= Date.parse(at))
    return { nothing: 'Escalations to sales end at the same time; that mail says both.' };
  const until =
    end && (isSeller ? words.untilYou(dateOf(input, end), successor) : words.until(dateOf(input, end), sales));
  return tell(input, {
    subject: (customer) => words.subject(customer, isSuccessor ? words.you : successor),
    blocks: [
      {
        paragraph: sentences(
          isSuccessor ? '' : words.thanks(sales),
          until ?? words.fromNow(isSuccessor ? words.you : successor),
        ),
      },
    ],
  });
}

/** S0, S1: escalation-only until day 30 after close; that ends too, and questions with it where the introduction came late. */
export function availabilityEnded(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people, site, at } = input;
  const { availability: words } = textsFor(site);
  const seller = people.get(holderOf(record, 'accountExecutive') ?? '');
  const manager = seller && managerOf(record, people, seller);
  const { sales, successor, isSeller, isSuccessor } = sides(input);
  const day = daysBetween(record.deal.closedWonAt, at, zoneOf(input));
  const tellWhom = manager ? calledOf(people, manager.email) : words.theirManager;
  return tell(input, {
    subject: (customer) => words.ended(customer, isSuccessor ? undefined : successor),
    blocks: [{ paragraph: isSeller ? words.youAreOff(day, successor) : words.offCall(day, sales, tellWhom) }],
  });
}

/** Both sides by first name, and whether one of them alone reads it. */
function sides(input: AnnouncementInput) {
  const isReader = (role: RoleId) => input.reader !== undefined && holders(input, [role])[0]?.email === input.reader;
  return {
    sales: nameOrRole(input, 'accountExecutive'),
    successor: nameOrRole(input, 'customerSuccessManager'),
    isSeller: isReader('accountExecutive'),
    isSuccessor: isReader('customerSuccessManager'),
  };
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
  return holder
    ? calledOf(input.people, holder.email)
    : textsFor(input.site).words.the(input.record.playbook.roles[role].name);
}

const zoneOf = ({ record, people, site }: AnnouncementInput): string =>
  people.get(holderOf(record, 'customerSuccessManager') ?? '')?.availability.zone ?? site.defaultZone;

const dateOf = (input: AnnouncementInput, moment: Instant): string =>
  dateIn(timesIn(zoneOf(input), input.site), moment, input.at);

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

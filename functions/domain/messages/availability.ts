import { capitalized } from '../fields/words.ts';
import { doneDecision } from '../handoff/decisions.ts';
import { dueByRule } from '../handoff/due-rule.ts';
import { anchorsOf, customerOf, holderOf, tellingHolderOf } from '../handoff/handoff.ts';
import type { Announcement } from '../playbook/announcements.ts';
import { stepMarking, tellsOf } from '../playbook/capabilities.ts';
import type { RoleId } from '../playbook/roles.ts';
import type { Instant } from '../time/calendar.ts';
import { dateIn } from '../time/wording.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import type { Block } from './message.ts';
import { dealFacts, holders } from './parties.ts';

/** S0–S2: sales answered questions for two weeks (enterprise: 60 days); now the window closes. */
export function availabilityCloses(input: AnnouncementInput): Announced | NothingToSay {
  const { record, at } = input;
  const sales = capitalized(nameOrRole(input, 'accountExecutive'));
  const successor = nameOrRole(input, 'customerSuccessManager');
  const introduced = anchorsOf(record).introductionSent;
  const since = introduced === undefined ? '' : ` since ${sinceWhen(input, introduced)}`;
  const end = availabilityEndsAt(input);
  if (end !== undefined && Date.parse(end) <= Date.parse(at))
    return { nothing: 'Escalations to sales end at the same time; that mail says both.' };
  const after = end
    ? `Until ${dateOf(input, end)}, ${sales} is still there for escalations: a promise in dispute, a contact who does not answer, a risk to the contract. Everyday questions go to ${successor}.`
    : `From today on, questions about this customer go to ${successor}.`;
  return tell(input, {
    subject: `Sales availability ends today: ${customerOf(record)}`,
    blocks: [
      {
        paragraph: `${sales} has been available for questions about ${customerOf(record)}${since}. That window closes today.`,
      },
      { paragraph: after },
    ],
  });
}

/** S0, S1: escalation-only until day 30 after close; that ends too. */
export function availabilityEnded(input: AnnouncementInput): Announced | NothingToSay {
  const { record } = input;
  // After a late introduction both end at once, and this is the only mail that says so.
  const ends = record.mails['availability-closes'] === undefined ? 'questions and escalations' : 'escalations';
  return tell(input, {
    subject: `Escalations to sales end: ${customerOf(record)}`,
    blocks: [
      {
        paragraph: `${customerOf(record)} was won on ${dateOf(input, record.deal.closedWonAt)}. From today on, ${ends} about this customer no longer go to ${nameOrRole(input, 'accountExecutive')}.`,
      },
      {
        paragraph: `${capitalized(nameOrRole(input, 'customerSuccessManager'))} looks after the customer alone. What sales should still know goes through the managers.`,
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

function tellingTime({ record, people, calendarOf }: AnnouncementInput, say: Announcement): Instant | undefined {
  const opens = tellsOf(record.playbook).find(({ tell }) => tell.say === say && !tell.silent)?.tell.opens;
  // The calendar by which the mail itself is sent.
  const owner = people.get(tellingHolderOf(record));
  return opens && owner && dueByRule(opens, anchorsOf(record), calendarOf(owner))?.at;
}

function sinceWhen(input: AnnouncementInput, introduced: Instant): string {
  const introducing = stepMarking(input.record.playbook, 'introductionSent');
  const done = introducing && doneDecision(input.record, introducing.id);
  const how = done === undefined ? '' : ', when the customer was introduced';
  return `${dateOf(input, introduced)}${how}`;
}

/** Who holds the role, by name; 'the account executive' when nobody does. */
function nameOrRole(input: AnnouncementInput, role: RoleId): string {
  return holders(input, [role])[0]?.name ?? `the ${input.record.playbook.roles[role].name}`;
}

function dateOf({ record, people, site, at }: AnnouncementInput, moment: Instant): string {
  const zone = people.get(holderOf(record, 'customerSuccessManager') ?? '')?.availability.zone ?? site.defaultZone;
  return dateIn(zone, moment, at);
}

function tell(input: AnnouncementInput, { subject, blocks }: { subject: string; blocks: Block[] }): Announced {
  const first = blocks.find((block) => 'paragraph' in block);
  return {
    message: {
      subject,
      preview: first !== undefined && 'paragraph' in first ? first.paragraph : subject,
      blocks: [...blocks, { facts: dealFacts(input.record) }],
    },
    to: holders(input, ['accountExecutive', 'customerSuccessManager']),
    cc: [],
    toCustomer: false,
  };
}

import { excerpt } from '../fields/clean-text.ts';
import { capitalized } from '../fields/words.ts';
import type { Fact } from '../handoff/fact.ts';
import { askedStep, customerOf, promisedAtOf } from '../handoff/handoff.ts';
import { mailboxOf, nameOf, type People } from '../people/people.ts';
import { type RoleId, roleTitle } from '../playbook/roles.ts';
import { momentIn, reckoning, timeIn } from '../time/wording.ts';
import { askDetails } from './ask-details.ts';
import type { AskInput, Situation } from './ask-situation.ts';
import { urgency } from './ask-urgency.ts';
import type { AskKind, Block, Message } from './message.ts';
import { returnedSubject } from './returned-gaps.ts';
import { greeting, headerLine } from './wording.ts';

const prefixes: Readonly<Record<AskKind, string>> = {
  ask: '',
  warn: 'Reminder: ',
  remind: 'Reminder: ',
  breach: 'Overdue: ',
  escalate: 'Escalation: ',
  stall: 'Stalled: ',
  nag: 'Still open: ',
};

/**
 * What one person is told about one step: the ask, a reminder, that it is late, or that it has climbed the ladder (S4: owner,
 * owner's manager, revenue operations). Times are in the reader's zone. Throws when the step was never asked.
 */
export function askMessage(input: AskInput): Message {
  const { record, to, people, at } = input;
  const found = askedStep(record, input.step);
  if (found === undefined) throw new Error(`The step "${input.step}" has not been asked.`);
  const { rule, asked } = found;
  const situation: Situation = { ...input, rule, asked, forOwner: to.as === 'owner' };
  const { zone } = to.person.availability;
  const isLate = Date.parse(at) > Date.parse(asked.dueAt);

  const called = asked.item?.title ?? rule.ask;
  const task = input.kind === 'ask' ? capitalized(called) : called;
  const due = `${isLate ? 'was due' : 'due'} ${timeIn(zone, asked.dueAt, at)}`;
  const { lead, after } = urgency(situation);
  const details = askDetails(situation);
  const blocks: Block[] = [
    { paragraph: greeting(to) },
    ...lead.map((paragraph) => ({ paragraph })),
    ...(situation.forOwner ? [{ paragraph: rule.what }, { paragraph: rule.why }] : []),
    ...details.before,
    { facts: factsOf(situation) },
    ...(to.url === undefined ? [] : [{ button: { label: buttonOf(situation), url: to.url } }]),
    ...after,
    ...details.after,
  ];
  return {
    subject: headerLine(returnedSubject(situation) ?? `${prefixes[input.kind]}${task}: ${customerOf(record)} (${due})`),
    preview: excerpt(lead[0] ?? rule.what, 140),
    blocks,
    signature: reason(situation, nameOf(people, asked.owner)),
  };
}

function buttonOf({ forOwner, rule, to }: Situation): string {
  if (forOwner) return capitalized(rule.ask);
  return to.as === 'reader' ? 'See the step' : 'See the step and act';
}

function reason({ forOwner, to, rule }: Situation, owner: string): string {
  const why = {
    owner: `"${rule.title}" is yours in this handoff`,
    manager: `you are the next to be told when ${owner} does not act`,
    reviewer: 'you review this handoff',
    revenueOperations: 'you look after the handoff process',
    reader: 'this step matters to your part in the handoff',
    participant: 'you take part in this handoff',
  }[forOwner ? 'owner' : to.as];
  return `You get this mail because ${why}. The link is yours alone: please do not forward it.`;
}

function factsOf(situation: Situation): Fact[] {
  const { record, people, asked, rule, to, at, forOwner } = situation;
  const { zone } = to.person.availability;
  const counted = (because: string) =>
    `${capitalized(reckoning(because, people.get(asked.owner)?.availability.zone === zone))}.`;
  const involved = (role: RoleId): Fact[] => {
    const email = record.state.people[role];
    if (email === undefined || email === to.person.email) return [];
    return [{ label: roleTitle(record.playbook.roles, role), value: nameAndAddress(people, email) }];
  };
  return [
    { label: 'Customer', value: customerOf(record) },
    { label: 'Deal', value: excerpt(record.deal.name, 120) },
    ...(forOwner
      ? []
      : [
          { label: 'Step', value: rule.title },
          { label: 'Owner', value: nameAndAddress(people, asked.owner) },
          { label: 'Asked', value: momentIn(zone, asked.askedAt, at) },
        ]),
    { label: 'Due', value: momentIn(zone, asked.dueAt, at) },
    { label: 'How it is counted', value: counted(asked.because) },
    ...(promisedAtOf(asked) === asked.dueAt || asked.promise === undefined
      ? []
      : [
          { label: 'Promised', value: momentIn(zone, promisedAtOf(asked), at) },
          { label: 'How the promise is counted', value: counted(asked.promise) },
        ]),
    ...involved('accountExecutive'),
    ...involved('customerSuccessManager'),
  ];
}

function nameAndAddress(people: People, email: string): string {
  const { name } = mailboxOf(people, email);
  return name === email ? email : `${name}, ${email}`;
}

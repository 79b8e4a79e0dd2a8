import { excerpt } from '../fields/clean-text.ts';
import { capitalized } from '../fields/words.ts';
import { inCharge } from '../handoff/exceptions.ts';
import type { Fact } from '../handoff/fact.ts';
import { customerOf, promisedAtOf } from '../handoff/handoff.ts';
import { mailboxOf, nameOf, type People } from '../people/people.ts';
import { type RoleId, roleTitle } from '../playbook/roles.ts';
import { dateIn, momentIn, reckoning, timeIn } from '../time/wording.ts';
import { askDetails } from './ask-details.ts';
import type { AskInput, Situation } from './ask-situation.ts';
import { urgency } from './ask-urgency.ts';
import { handedLead, handedSubject } from './handing.ts';
import type { AskKind, Block, Message } from './message.ts';
import { dealFacts } from './parties.ts';
import { returnedSubject } from './returned-gaps.ts';
import { greeting, headerLine } from './wording.ts';

/** How the subject of each kind begins. */
export const prefixes: Readonly<Record<AskKind, string>> = {
  ask: '',
  warn: 'Reminder: ',
  remind: 'Reminder: ',
  breach: 'Overdue: ',
  escalate: 'Escalation: ',
  stall: 'Stalled: ',
  nag: 'Still open: ',
};

/** What is said about one step, in parts: alone it is a mail, with others a section of one. */
export interface AskPart {
  readonly situation: Situation;
  /** 'due Mon, Nov 23, 4 PM', 'was due …'. */
  readonly due: string;
  readonly lead: readonly string[];
  /** What is asked, and what to know before. */
  readonly blocks: readonly Block[];
  /** Its times. */
  readonly times: readonly Fact[];
  /** The button, and what the reader can do beside. */
  readonly doing: readonly Block[];
  /** Which handoff it is about, and who is involved. */
  readonly facts: readonly Fact[];
  /** What to read at length, last. */
  readonly closing: readonly Block[];
  /** Why the reader gets it. */
  readonly reason: string;
}

/** The parts of what one person is told about one step. Times are in the reader's zone. Throws when the step was never asked. */
export function askPart(input: AskInput): AskPart {
  const { record, to, people, at } = input;
  const found = inCharge(record, input.step);
  if (found === undefined) throw new Error(`The step "${input.step}" has not been asked.`);
  const { rule, asked, request } = found;
  // Whoever reviews an exception is asked like the owner of a step.
  const forOwner = to.as === (request ? 'reviewer' : 'owner');
  const situation: Situation = { ...input, rule, asked, ...(request && { request }), forOwner };
  const isLate = Date.parse(at) > Date.parse(asked.dueAt);
  const { lead, after } = urgency(situation);
  const details = askDetails(situation);
  return {
    situation,
    due: `${isLate ? 'was due' : 'due'} ${timeIn(to.person.availability.zone, asked.dueAt, at)}`,
    lead,
    blocks: [
      ...(isFirstAsk(situation) ? handedLead(situation) : []),
      ...inPlaceBlocks(situation),
      ...lead.map((paragraph) => ({ paragraph })),
      ...(situation.forOwner ? [{ paragraph: rule.what }, { paragraph: rule.why }] : []),
      ...details.before,
    ],
    times: stepFacts(situation),
    doing: [...(to.url === undefined ? [] : [{ button: { label: buttonOf(situation), url: to.url } }]), ...after],
    facts: handoffFacts(situation),
    closing: details.after,
    reason: reason(situation, nameOf(people, asked.owner)),
  };
}

/** Why it comes to the reader and not to somebody who is away. */
function inPlaceBlocks({ to, people, at }: Situation): Block[] {
  if (!to.standsInFor) return [];
  const { email, until } = to.standsInFor;
  const untilText = until ? ` until ${dateIn(to.person.availability.zone, until, at)}` : '';
  return [{ paragraph: `${nameOf(people, email)} is away${untilText}, so you are told in their place.` }];
}

/** Whether its owner is asked for the first time, and not reminded. */
const isFirstAsk = ({ kind, forOwner }: Situation): boolean => kind === 'ask' && forOwner;

/**
 * What one person is told about one step: the ask, a reminder, that it is late, or that it has climbed the ladder (S4: owner,
 * owner's manager, revenue operations). Times are in the reader's zone. Throws when the step was never asked.
 */
export function askMessage(input: AskInput): Message {
  const { situation, due, lead, blocks, times, doing, facts, closing, reason: why } = askPart(input);
  const { rule, record, to } = situation;
  const called = situation.asked.item?.title ?? rule.ask;
  const task = input.kind === 'ask' ? capitalized(called) : called;
  const usual = `${prefixes[input.kind]}${task}: ${customerOf(record)} (${due})`;
  return {
    subject: headerLine(
      (isFirstAsk(situation) ? handedSubject(situation) : undefined) ?? returnedSubject(situation) ?? usual,
    ),
    preview: excerpt(lead[0] ?? rule.what, 140),
    blocks: [{ paragraph: greeting(to) }, ...blocks, { facts: [...facts, ...times] }, ...doing, ...closing],
    signature: why,
  };
}

function buttonOf({ forOwner, rule, to }: Situation): string {
  if (forOwner) return capitalized(rule.ask);
  return to.as === 'reader' ? 'See the step' : 'See the step and act';
}

function reason({ forOwner, to, rule, request }: Situation, owner: string): string {
  const why = {
    owner: request ? 'you decide on exceptions in this handoff' : `"${rule.title}" is yours in this handoff`,
    manager: `you are the next to be told when ${owner} does not act`,
    reviewer: 'you review this handoff',
    revenueOperations: 'you look after the handoff process',
    reader: 'this step matters to your part in the handoff',
    participant: 'you take part in this handoff',
  }[forOwner ? 'owner' : to.as];
  return `You get this mail because ${why}. The link is yours alone: please do not forward it.`;
}

/** When it is due, and why then; for whoever is not its owner, whose it is. */
function stepFacts(situation: Situation): Fact[] {
  const { people, asked, rule, to, at, forOwner } = situation;
  const { zone } = to.person.availability;
  const counted = (because: string) =>
    `${capitalized(reckoning(because, people.get(asked.owner)?.availability.zone === zone))}.`;
  return [
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
  ];
}

/** Which handoff it is, and who else has a part in it. */
function handoffFacts({ record, people, to }: Situation): Fact[] {
  const involved = (role: RoleId): Fact[] => {
    const email = record.state.people[role];
    if (email === undefined || email === to.person.email) return [];
    return [{ label: roleTitle(record.playbook.roles, role), value: nameAndAddress(people, email) }];
  };
  return [...dealFacts(record), ...involved('accountExecutive'), ...involved('customerSuccessManager')];
}

function nameAndAddress(people: People, email: string): string {
  const { name } = mailboxOf(people, email);
  return name === email ? email : `${name}, ${email}`;
}

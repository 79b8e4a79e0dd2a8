import { inCharge } from '../handoff/exceptions.ts';
import type { Fact } from '../handoff/fact.ts';
import { customerOf, promisedAtOf } from '../handoff/handoff.ts';
import { mailboxOf, nameOf, type People } from '../people/people.ts';
import { type RoleId, roleTitle } from '../playbook/roles.ts';
import { zoneOf } from '../time/locality.ts';
import { dateIn, momentIn, reckoning, timeIn } from '../time/wording.ts';
import { askDetails } from './ask-details.ts';
import type { Urgency } from './ask-facts.ts';
import type { AskInput, Situation } from './ask-situation.ts';
import { requestWording } from './ask-slots.ts';
import { urgency } from './ask-urgency.ts';
import { preheader, subjectLine } from './filled.ts';
import { handedLead, handedSubject } from './handing.ts';
import type { Block, Message } from './message.ts';
import { dealFacts } from './parties.ts';
import { returnedSubject } from './returned-gaps.ts';
import { greeting, headerLine, timesFor } from './wording.ts';

/** What is said about one step, in parts: alone it is a mail, with others a section of one. */
export interface AskPart {
  readonly situation: Situation;
  readonly urgency: Urgency;
  /** 'due Mon, Nov 23, 4 PM', 'was due …'. */
  readonly due: string;
  /** What to do, by when, why; and what to know before. */
  readonly blocks: readonly Block[];
  /** The button, and what happens otherwise. */
  readonly doing: readonly Block[];
  /** What is missing, asked or not so yet. */
  readonly details: readonly Block[];
  /** Its times. */
  readonly times: readonly Fact[];
  /** Which handoff it is about, and who is involved. */
  readonly facts: readonly Fact[];
  /** What to read at length, last. */
  readonly closing: readonly Block[];
  /** Why the reader gets it, and why it is due then. */
  readonly reason: string;
}

/** The parts of what one person is told about one step. Times are in the reader's zone. Throws when the step was never asked. */
export function askPart(input: AskInput): AskPart {
  const { record, to, site, people, at } = input;
  const found = inCharge(record, input.step);
  if (found === undefined) throw new Error(`The step "${input.step}" has not been asked.`);
  const { rule, asked, request } = found;
  // Whoever reviews an exception is asked like the owner of a step.
  const forOwner = to.as === (request ? 'reviewer' : 'owner');
  const situation: Situation = { ...input, rule, asked, ...(request && { request }), forOwner };
  const isLate = Date.parse(at) > Date.parse(asked.dueAt);
  const said = urgency(situation);
  const details = askDetails(situation);
  return {
    situation,
    urgency: said,
    due: `${isLate ? 'was due' : 'due'} ${timeIn(timesFor({ to, site }), asked.dueAt, at)}`,
    blocks: [
      ...(isFirstAsk(situation) ? handedLead(situation) : []),
      ...inPlaceBlocks(situation),
      ...details.lead,
      ...said.lead.map((paragraph) => ({ paragraph })),
    ],
    doing: [
      ...(to.url === undefined ? [] : [{ button: { label: buttonOf(situation), url: to.url } }]),
      ...(said.otherwise === '' ? [] : [{ paragraph: said.otherwise }]),
    ],
    details: details.details,
    times: stepFacts(situation),
    facts: handoffFacts(situation),
    closing: details.closing,
    reason: `${reason(situation, nameOf(people, asked.owner))} ${dueReason(situation)}`,
  };
}

/** Why it comes to the reader and not to somebody who is away. */
function inPlaceBlocks({ to, site, people, at }: Situation): Block[] {
  if (!to.standsInFor) return [];
  const { email, until } = to.standsInFor;
  const untilText = until ? ` until ${dateIn(timesFor({ to, site }), until, at)}` : '';
  return [{ paragraph: `${nameOf(people, email)} is away${untilText}, so you're told instead.` }];
}

/** Whether its owner is asked for the first time, and not reminded. */
const isFirstAsk = ({ kind, forOwner }: Situation): boolean => kind === 'ask' && forOwner;

/**
 * What one person is told about one step: the ask, a reminder, that it is late, or that it has climbed the ladder (S4: owner,
 * owner's manager, revenue operations). Times are in the reader's zone. Throws when the step was never asked.
 */
export function askMessage(input: AskInput): Message {
  const { situation, urgency: said, blocks, details, times, doing, facts, closing, reason: why } = askPart(input);
  return {
    subject: subjectOf(situation, said),
    preview: preheader(said.preheader),
    blocks: [
      { paragraph: greeting(situation.to) },
      ...blocks,
      ...doing,
      ...details,
      { facts: [...times, ...facts] },
      ...closing,
    ],
    signature: why,
  };
}

/** The subject of a mail about one step: what came from somebody else or came back says so. */
export function subjectOf(situation: Situation, { subject }: Urgency): string {
  const write = (isFirstAsk(situation) ? handedSubject(situation) : undefined) ?? returnedSubject(situation) ?? subject;
  return headerLine(subjectLine(customerOf(situation.record), write));
}

function buttonOf(situation: Situation): string {
  const { forOwner, to } = situation;
  if (forOwner) return requestWording(situation).button;
  return to.as === 'reader' ? 'See the step' : 'Open the step';
}

function reason({ forOwner, to, rule, request }: Situation, owner: string): string {
  if (forOwner) {
    const yours = request ? 'This decision is yours' : 'This step is yours';
    return `${yours}; so is the link, so don't forward it.`;
  }
  const why = {
    owner: `"${rule.title}" is yours`,
    manager: `you can help when ${owner} doesn't answer`,
    reviewer: 'you review this handoff',
    revenueOperations: 'you look after the handoff process',
    reader: 'this step matters to your part in the handoff',
    participant: 'you take part in this handoff',
  }[to.as];
  return `You get this because ${why}. The link is yours, so don't forward it.`;
}

/** 'Due then because: 24 h after …', in the owner's zone; and of a promise that is another. */
function dueReason({ people, asked, to, site }: Situation): string {
  const zone = timesFor({ to, site });
  const counted = (because: string) => reckoning(because, people.get(asked.owner)?.availability.zone === zoneOf(zone));
  const due = `Due then because: ${counted(asked.because)}.`;
  if (promisedAtOf(asked) === asked.dueAt || asked.promise === undefined) return due;
  return `${due} Promised because: ${counted(asked.promise)}.`;
}

/** When it is due; for whoever is not its owner, whose it is. */
function stepFacts({ people, asked, rule, to, site, at, kind, forOwner }: Situation): Fact[] {
  const zone = timesFor({ to, site });
  return [
    ...(forOwner && kind === 'ask' ? [] : [{ label: 'Step', value: rule.title }]),
    ...(forOwner
      ? []
      : [
          { label: 'Owner', value: nameAndAddress(people, asked.owner) },
          { label: 'Asked', value: momentIn(zone, asked.askedAt, at) },
        ]),
    { label: 'Due', value: momentIn(zone, asked.dueAt, at) },
    ...(promisedAtOf(asked) === asked.dueAt
      ? []
      : [{ label: 'Promised', value: momentIn(zone, promisedAtOf(asked), at) }]),
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

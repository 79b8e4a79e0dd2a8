import { defined } from '../fields/record.ts';
import { chargeOf } from '../handoff/exceptions.ts';
import type { Fact } from '../handoff/fact.ts';
import { customerOf } from '../handoff/handoff.ts';
import { inWordsOfFields } from '../handoff/handoff-package.ts';
import { timesIn } from '../handoff/site.ts';
import { spoken } from '../handoff/spoken.ts';
import { promisedAtOf } from '../handoff/step-record.ts';
import { calledOf, mailboxOf, nameAndAddress, nameOf } from '../people/people.ts';
import { type RoleId, roleTitle } from '../playbook/roles.ts';
import { languageOf } from '../texts/texts.ts';
import type { Instant } from '../time/calendar.ts';
import { dayIn } from '../time/formats.ts';
import { momentIn, reckoning, timeIn } from '../time/wording.ts';
import { askDetails } from './ask-details.ts';
import type { Urgency } from './ask-facts.ts';
import type { AskInput, Situation } from './ask-situation.ts';
import { requestWording } from './ask-slots.ts';
import { urgency } from './ask-urgency.ts';
import { answeredSubject } from './exceptions.ts';
import { preheader, subjectLine } from './filled.ts';
import { handedLead, handedSubject } from './handing.ts';
import type { Block, Message } from './message.ts';
import { dealFacts } from './parties.ts';
import { returnedSubject } from './returned-gaps.ts';
import { whyDue } from './why-due.ts';
import { greeting, headerLine, textsFor, timesFor } from './wording.ts';

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
  /** Why the reader gets it. */
  readonly reason: string;
  /** Why it is due then; '' where that can't be told. */
  readonly whyDue: string;
}

/** The parts of what one person is told about one step. Times are in the reader's zone. Throws when the step was never asked. */
export function askPart(given: AskInput): AskPart {
  const input = spoken(given);
  const { record, to, site, people, at } = input;
  const found = chargeOf(record, input.step, to.as);
  if (found === undefined) throw new Error(`The step "${input.step}" has not been asked.`);
  const { rule, asked, request, rests } = found;
  // Whoever reviews an exception is asked like the owner of a step.
  const forOwner = to.as === (request ? 'reviewer' : 'owner');
  const gaps = inWordsOfFields(input.gaps, record.playbook);
  const situation: Situation = { ...input, gaps, ...{ rule, asked, forOwner }, ...defined({ request, rests }) };
  const isLate = Date.parse(at) > Date.parse(asked.dueAt);
  const said = urgency(situation);
  const details = askDetails(situation);
  return {
    situation,
    urgency: said,
    due: rests
      ? textsFor(site).exceptions.onceDecided(calledOf(people, rests.reviewer))
      : textsFor(site).ask.due(timeIn(timesFor({ to, site }), asked.dueAt, at), isLate),
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
    reason: reason(situation, nameOf(people, asked.owner)),
    whyDue: rests ? '' : dueReason(situation),
  };
}

/** Why it comes to the reader and not to somebody who is away. */
function inPlaceBlocks({ to, site, people, at }: Situation): Block[] {
  if (!to.standsInFor) return [];
  const { email, until } = to.standsInFor;
  // A time of whoever is away, wherever the reader is.
  const zone = people.get(email)?.availability.zone ?? site.defaultZone;
  const back = until ? momentIn(timesIn(zone, site), until, at) : '';
  return [{ paragraph: textsFor(site).ask.stoodInFor(calledOf(people, email), back) }];
}

/** Whether its owner is asked for the first time, and not reminded. */
const isFirstAsk = ({ kind, forOwner }: Situation): boolean => kind === 'ask' && forOwner;

/**
 * What one person is told about one step: the ask, a reminder, that it is late, or that it has climbed the ladder (S4: owner,
 * owner's manager, revenue operations). Times are in the reader's zone. Throws when the step was never asked.
 */
export function askMessage(input: AskInput): Message {
  const { situation, urgency: said, blocks, details, times, doing, facts, closing, ...why } = askPart(input);
  return {
    language: languageOf(situation.site.locale),
    subject: subjectOf(situation, said),
    preview: preheader(said.preheader),
    blocks: [
      { paragraph: greeting(situation) },
      ...blocks,
      ...doing,
      ...details,
      { facts: [...times, ...facts] },
      ...closing,
    ],
    signature: textsFor(situation.site).sentences(why.reason, why.whyDue),
  };
}

/** The subject of a mail about one step: what came from somebody else or came back says so. */
export function subjectOf(situation: Situation, { subject }: Urgency): string {
  const given = () =>
    (isFirstAsk(situation) ? handedSubject(situation) : undefined) ??
    answeredSubject(situation) ??
    returnedSubject(situation);
  // Where nothing is due yet, that comes first.
  const write = (situation.rests ? undefined : given()) ?? subject;
  return headerLine(subjectLine(customerOf(situation.record), write));
}

function buttonOf(situation: Situation): string {
  const { forOwner, to } = situation;
  if (forOwner) return requestWording(situation).button;
  const { words } = textsFor(situation.site);
  return to.as === 'reader' ? words.seeStep : words.openStep;
}

function reason({ forOwner, to, rule, request, site }: Situation, owner: string): string {
  const { ask } = textsFor(site);
  if (forOwner) return ask.yours(request !== undefined);
  const { toldWhy } = ask;
  const why = { ...toldWhy, owner: toldWhy.owner(rule.title), manager: toldWhy.manager(owner) }[to.as];
  return ask.told(why);
}

/** 'Due then because: 24 h after …', in the owner's zone; and of a promise that is another. */
function dueReason(situation: Situation): string {
  const { asked, site, people, to, at } = situation;
  const { due: words, sentences, capital } = textsFor(site);
  const owner = people.get(asked.owner);
  // Of somebody who is not on the roster nobody knows whose clock it was counted by.
  if (!owner) return '';
  const { zone } = owner.availability;
  // Reasons name days without their year.
  if (yearIn(at, zone) > yearIn(asked.dueAt, zone)) return '';
  const isOwnersZone = zone === to.person.availability.zone;
  const why = whyDue(situation);
  const told = (because: string | undefined) => (because === undefined ? undefined : reckoning(because, isOwnersZone));
  const [due, promised] = [told(why.due), told(why.promised)];
  const isOther = promisedAtOf(asked) !== asked.dueAt && asked.promise !== undefined;
  // With the time in it, in the owner's zone, the reason is a sentence of its own: 'Due Wed, Nov 25, 1 PM Sydney time: 24 h after …'.
  if (!isOwnersZone)
    return sentences(...[due, isOther ? promised : undefined].map((text) => (text ? `${capital(text)}.` : '')));
  return sentences(
    due === undefined ? '' : words.because(due),
    isOther && promised !== undefined ? words.promisedBecause(promised) : '',
  );
}

const yearIn = (at: Instant, zone: string): string => dayIn(at, zone).slice(0, 4);

/** When it is due; for whoever is not its owner, whose it is. */
function stepFacts({ people, asked, rule, to, site, at, kind, forOwner, rests }: Situation): Fact[] {
  const zone = timesFor({ to, site });
  const { words } = textsFor(site);
  return [
    ...(forOwner && kind === 'ask' ? [] : [{ label: words.step, value: rule.title }]),
    ...(forOwner
      ? []
      : [
          { label: words.owner, value: nameAndAddress(mailboxOf(people, asked.owner)) },
          { label: words.asked, value: momentIn(zone, asked.askedAt, at) },
        ]),
    ...(rests ? [] : [{ label: words.due, value: momentIn(zone, asked.dueAt, at) }]),
    ...(rests || promisedAtOf(asked) === asked.dueAt
      ? []
      : [{ label: words.promised, value: momentIn(zone, promisedAtOf(asked), at) }]),
  ];
}

/** Which handoff it is, and who else has a part in it. */
function handoffFacts({ record, people, to, site }: Situation): Fact[] {
  const involved = (role: RoleId): Fact[] => {
    const email = record.state.people[role];
    if (email === undefined || email === to.person.email) return [];
    return [{ label: roleTitle(record.playbook.roles, role), value: nameAndAddress(mailboxOf(people, email)) }];
  };
  return [...dealFacts(record, site), ...involved('accountExecutive'), ...involved('customerSuccessManager')];
}

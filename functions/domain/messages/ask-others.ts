import { calledOf } from '../people/people.ts';
import { momentIn } from '../time/wording.ts';
import { behindLead, canBeReassigned, lateText, type Urgency, waitsText } from './ask-facts.ts';
import { everybodyAsked, helpersSoFar, helpText } from './ask-helpers.ts';
import type { Situation } from './ask-situation.ts';
import { askedFor, verbOf } from './ask-slots.ts';
import { naggingText, weekly } from './ask-weekly.ts';
import { textsFor, timesFor } from './wording.ts';

/** What whoever can help is told: a manager, revenue operations, or somebody it matters to. */
export function forOthers(situation: Situation): Urgency {
  const { kind, people, at, asked, to, site } = situation;
  const zone = timesFor({ to, site });
  const owner = calledOf(people, asked.owner);
  const verb = verbOf(situation);
  const waits = waitsText(situation);
  const { others: words, late, sentences, listed } = textsFor(site);
  const due = late.wasDue(momentIn(zone, asked.dueAt, at));
  const isDue = late.isDue(momentIn(zone, asked.dueAt, at));
  const askedText = words.asked(owner, momentIn(zone, asked.askedAt, at), verb);
  const after = actText(situation);
  const knowing = everybodyAsked(situation, to.person.email);
  switch (kind) {
    case 'nag':
      return weekly(situation);
    case 'stall':
      return {
        subject: (customer) => words.stalled(customer, askedFor(situation)),
        preheader: waits || due,
        lead: [
          sentences(askedText, due),
          sentences(words.allKnow(listed(knowing), knowing.length), naggingText(situation)),
        ],
        otherwise: sentences(waits, after),
      };
    case 'ask':
    case 'warn':
    case 'remind':
      return {
        subject: (customer) => words.wasAsked(customer, owner, verb),
        preheader: isDue,
        lead: [sentences(askedText, isDue, waits)],
        otherwise: after,
      };
    case 'breach':
    case 'escalate': {
      const lateness = lateText(situation);
      const isStranger = people.get(asked.owner)?.isStranger === true;
      const isLast = to.as === 'revenueOperations';
      const helpers = helpersSoFar(situation).filter((email) => email !== to.person.email);
      const known = [owner, ...helpers.map((email) => calledOf(people, email))];
      return {
        subject: (customer) =>
          isLast && lateness !== '' ? words.overdue(customer, verb, lateness) : words.help(customer, owner, verb),
        preheader: waits || due,
        lead: [
          sentences(askedText, due, waits),
          ...(isStranger && to.as === 'manager' ? [words.stranger(owner)] : []),
          ...behindLead(situation, owner),
          isLast && helpers.length > 0 && canBeReassigned(situation)
            ? sentences(late.knows(known), words.reassign, helpText(situation))
            : sentences(after, helpText(situation)),
        ],
        otherwise: '',
      };
    }
  }
}

/** What a reader can do about it. */
export function actText(situation: Situation): string {
  const { to, people, asked, site } = situation;
  const { others } = textsFor(site);
  const owner = calledOf(people, asked.owner);
  if (to.as === 'reader') return others.talkTo(owner);
  return canBeReassigned(situation) ? others.talk : others.talkFirst(owner);
}

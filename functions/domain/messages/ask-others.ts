import { listed } from '../fields/words.ts';
import { titleOf } from '../handoff/handoff.ts';
import { momentIn } from '../time/wording.ts';
import {
  behindLead,
  everybodyAsked,
  helpersSoFar,
  helpText,
  lateText,
  sentences,
  type Urgency,
  waitsText,
} from './ask-facts.ts';
import type { Situation } from './ask-situation.ts';
import { calledOf, verbOf } from './ask-slots.ts';
import { naggingText, weekly } from './ask-weekly.ts';
import { timesFor } from './wording.ts';

/** What whoever can help is told: a manager, revenue operations, or somebody it matters to. */
export function forOthers(situation: Situation): Urgency {
  const { kind, people, at, asked, to, site, record } = situation;
  const zone = timesFor({ to, site });
  const owner = calledOf(people, asked.owner);
  const verb = verbOf(situation);
  const waits = waitsText(situation);
  const due = `It was due ${momentIn(zone, asked.dueAt, at)}.`;
  const askedText = `${owner} was asked ${momentIn(zone, asked.askedAt, at)} to ${verb}.`;
  const after = actText(situation);
  switch (kind) {
    case 'nag':
      return weekly(situation);
    case 'stall':
      return {
        subject: (customer) => `Stalled: ${customer} at ${titleOf(record, situation.step)}`,
        preheader: waits || due,
        lead: [
          sentences(askedText, due),
          `${sentences(`${listed(everybodyAsked(situation))} all know, and it's still open.`, 'Agree on who acts.')} ${naggingText(situation)}`,
        ],
        otherwise: sentences(waits, after),
      };
    case 'ask':
    case 'warn':
    case 'remind':
      return {
        subject: (customer) => `${customer}: ${owner} was asked to ${verb}`,
        preheader: `Due ${momentIn(zone, asked.dueAt, at)}.`,
        lead: [sentences(askedText, `Due ${momentIn(zone, asked.dueAt, at)}.`, waits)],
        otherwise: after,
      };
    case 'breach':
    case 'escalate': {
      const late = lateText(situation);
      const isLast = to.as === 'revenueOperations';
      const others = helpersSoFar(situation).filter((email) => email !== to.person.email);
      const known = [owner, ...others.map((email) => calledOf(people, email))];
      return {
        subject: (customer) =>
          isLast && late !== '' ? `${customer}: ${verb}, ${late} overdue` : `${customer}: help ${owner} ${verb}`,
        preheader: waits || due,
        lead: [
          sentences(askedText, due, waits),
          ...behindLead(situation, owner),
          isLast && others.length > 0
            ? sentences(`${listed(known)} know.`, 'Reassign or skip it.', helpText(situation))
            : sentences(after, helpText(situation)),
        ],
        otherwise: '',
      };
    }
  }
}

/** What a reader can do about it. */
function actText({ to, people, asked, request }: Situation): string {
  const owner = calledOf(people, asked.owner);
  if (to.as === 'reader') return `Talk to ${owner}, or add a note for everyone on the page.`;
  return request ? `Talk to ${owner} first, then skip or cancel.` : 'Talk first, then reassign, skip, or cancel.';
}

import { excerpt } from '../fields/clean-text.ts';
import { capitalized, listed } from '../fields/words.ts';
import { customerOf, pauseAt } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import { momentIn, soonIn, soonWith, timeIn } from '../time/wording.ts';
import {
  behindLead,
  fillsPackage,
  helpersSoFar,
  helpText,
  isFirstHelp,
  isResumed,
  packageText,
  sentences,
  shortly,
  timeLeft,
  toldInThisRung,
  toldLine,
  type Urgency,
  waitsText,
} from './ask-facts.ts';
import { forOthers } from './ask-others.ts';
import type { Situation } from './ask-situation.ts';
import { askSlots, calledOf, requestWording, verbOf } from './ask-slots.ts';
import { weekly } from './ask-weekly.ts';
import { filled, filledLine } from './filled.ts';
import { timesFor } from './wording.ts';

/** What is said about a step to its owner, or to whoever can help. */
export function urgency(situation: Situation): Urgency {
  if (situation.forOwner) return forOwner(situation);
  const said = forOthers(situation);
  return { ...said, lead: [...said.lead, ...whyTold(situation)] };
}

/** Somebody is told before their turn, because the owner cannot be. */
function whyTold({ people, asked }: Situation): string[] {
  if (!people.get(asked.owner)?.unreachable) return [];
  return [`You're hearing now because email to ${calledOf(people, asked.owner)} bounces.`];
}

function forOwner(situation: Situation): Urgency {
  const { kind, record, people, asked, to, site, at } = situation;
  const zone = timesFor({ to, site });
  const verb = verbOf(situation);
  const due = momentIn(zone, asked.dueAt, at);
  const waits = waitsText(situation);
  const help = helpText(situation);
  switch (kind) {
    case 'ask':
      return requested(situation);
    case 'warn':
    case 'remind': {
      const left = timeLeft(situation);
      if (isResumed(situation)) {
        return {
          subject: (customer, withHour) =>
            `${customer} pause over: ${verb} by ${soonWith(withHour)(zone, asked.dueAt, at)}`,
          preheader: 'Heard nothing? Pause again.',
          lead: [`You have ${left} left, as before the pause. Heard nothing? Pause again.`],
          otherwise: sentences(waits, help),
        };
      }
      return fillsPackage(situation) && kind === 'remind'
        ? packageReminder(situation)
        : {
            subject: (customer) => `${customer}: ${shortly(situation)} left to ${verb}`,
            preheader: waits || `Due ${due}.`,
            lead: [sentences(`${capitalized(left)} until ${due}.`, waits, packageText(situation))],
            otherwise: help,
          };
    }
    case 'breach':
      return {
        subject: (customer) => `Overdue: ${verb} for ${customer}`,
        preheader: waits || `It was due ${due}.`,
        lead: [
          ...behindLead(situation),
          sentences(`This was due ${due}.`, waits, 'Finish it now, or reassign or pause it on the same page.', help),
        ],
        otherwise: '',
      };
    case 'escalate': {
      const told = toldInThisRung(situation);
      const helper = told[0] ?? 'Your manager';
      const first = isFirstHelp(situation);
      const stands = `You were asked to ${verb}; it was due ${due}.`;
      return {
        subject: (customer) => `${helper} can help${first ? '' : ' too'}: ${customer}`,
        preheader: waits || `It was due ${due}.`,
        lead: [
          first
            ? `${stands} We've told ${listed(told)}, as announced. Finish it now, or agree on who takes over.`
            : `${stands} ${listed(told)} can now reassign it or clear the way. Tell them what blocks you: just reply.`,
        ],
        otherwise: sentences(waits, help),
      };
    }
    case 'stall':
      return {
        subject: (customer) => `Stalled: ${customer} needs you to ${verb}`,
        preheader: waits || `It was due ${due}.`,
        lead: [
          situation.rule.settles
            ? `This was due ${due}. ${customerOf(record)} is still without it.`
            : 'Everything after this step is on hold. Finishing it restarts the rest.',
          ...toldLine(helpersSoFar(situation).map((email) => calledOf(people, email))),
        ],
        otherwise: waits,
      };
    case 'nag':
      return weekly(situation);
  }
}

/** The request itself, in the words of the table. */
function requested(situation: Situation): Urgency {
  const { asked, at, to, site, request, people, gaps } = situation;
  const zone = timesFor({ to, site });
  const wording = requestWording(situation);
  const slots = askSlots(situation);
  const pause = pauseAt(asked, at);
  const asker = request && `${calledOf(people, request.by)} asks. `;
  const lead = [
    ...(pause
      ? [`Paused until ${timeIn(zone, pause.until, at)}, waiting for the customer: ${excerpt(pause.reason, 200)}`]
      : []),
    ...behindLead(situation),
    ...filled(wording.body, slots).map((line, i) => (i === 0 && asker ? `${asker}${line}` : line)),
  ];
  const nothingMissing = request && gaps.length === 0;
  return {
    subject: (customer, withHour) => {
      const line = filledLine(wording.subject, askSlots(situation, withHour));
      if (line !== '') return `${customer}: ${line}`;
      return nothingMissing ? `${customer}: decide on an exception` : `${customer}: ${verbOf(situation)}`;
    },
    preheader: filledLine(wording.preheader, slots),
    lead,
    otherwise: sentences(waitsText(situation), helpText(situation)),
  };
}

/** The package half done: how far, and what is quickest next. */
function packageReminder(situation: Situation): Urgency {
  const { record, gaps, to, site, asked, at } = situation;
  const zone = timesFor({ to, site });
  const missing = new Set(gaps.map(({ path }) => path)).size;
  const next = [...new Map(gaps.map((gap) => [gap.path, gap.label])).values()].slice(0, 2);
  const reviewer = askSlots(situation)('reviewer');
  return {
    subject: (customer) => `${customer}: package ${checkedPackage(record).percent}% done, ${missing} to go`,
    preheader: next.length === 0 ? '' : `Quickest next: ${listed(next)}.`,
    lead: [
      sentences(
        `${capitalized(timeLeft(situation))} left.`,
        next.length === 0 ? '' : `Quickest next: ${listed(next)}.`,
        reviewer === ''
          ? ''
          : `Can't get one? Ask ${reviewer} for an exception now rather than at ${soonIn(zone, asked.dueAt, at)}.`,
      ),
    ],
    otherwise: sentences(waitsText(situation), helpText(situation)),
  };
}

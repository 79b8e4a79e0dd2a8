import { excerpt } from '../fields/clean-text.ts';
import { customerOf } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import { pauseAt } from '../handoff/step-record.ts';
import { calledOf } from '../people/people.ts';
import { flowSteps, stepsBefore } from '../playbook/playbook.ts';
import { momentIn, soonIn, soonWith, timeIn } from '../time/wording.ts';
import {
  actNow,
  behindLead,
  fillsPackage,
  isResumed,
  packageText,
  timeLeft,
  toldLine,
  type Urgency,
  waitsText,
} from './ask-facts.ts';
import { helpersSoFar, helpText, isFirstHelp, toldInThisRung } from './ask-helpers.ts';
import { forOthers } from './ask-others.ts';
import type { Situation } from './ask-situation.ts';
import { askSlots, requestWording, verbOf } from './ask-slots.ts';
import { weekly } from './ask-weekly.ts';
import { whyTold } from './away.ts';
import { filled, filledLine } from './filled.ts';
import { textsFor, timesFor } from './wording.ts';

/** What is said about a step to its owner, or to whoever can help. */
export function urgency(situation: Situation): Urgency {
  if (situation.forOwner) return forOwner(situation);
  const said = forOthers(situation);
  return { ...said, lead: [...said.lead, ...whyTold(situation)] };
}

function forOwner(situation: Situation): Urgency {
  const { kind, people, asked, to, site, at } = situation;
  const zone = timesFor({ to, site });
  const { late, sentences } = textsFor(site);
  const verb = verbOf(situation);
  const due = momentIn(zone, asked.dueAt, at);
  const waits = waitsText(situation);
  const help = helpText(situation);
  switch (kind) {
    case 'ask':
      return situation.rests ? resting(situation, situation.rests) : requested(situation);
    case 'warn':
    case 'remind': {
      const left = timeLeft(situation);
      if (isResumed(situation)) {
        return {
          subject: (customer, withHour) => late.pauseOver(customer, verb, soonWith(withHour)(zone, asked.dueAt, at)),
          preheader: late.pauseHint,
          // What was overdue before the pause has no time left.
          lead: [sentences(isPast(situation) ? late.wasDue(due) : late.pauseLead(left), late.pauseHint)],
          otherwise: sentences(waits, help),
        };
      }
      return fillsPackage(situation) && kind === 'remind'
        ? packageReminder(situation)
        : {
            subject: (customer) => late.leftSubject(customer, timeLeft(situation, true), verb),
            preheader: waits || late.isDue(due),
            lead: [sentences(late.left(left, due), waits, packageText(situation))],
            otherwise: help,
          };
    }
    case 'breach':
      return {
        subject: (customer) => late.overdue(customer, verb),
        preheader: waits || late.wasDue(due),
        lead: [...behindLead(situation), late.overdueLead(due, waits, actNow(situation), help)],
        otherwise: '',
      };
    case 'escalate':
      return escalated(situation);
    case 'stall':
      return {
        subject: (customer) => late.stalled(customer, verb),
        preheader: waits || late.wasDue(due),
        lead: [
          stalledText(situation, due),
          ...toldLine(
            helpersSoFar(situation).map((email) => calledOf(people, email)),
            site,
          ),
        ],
        otherwise: waits,
      };
    case 'nag':
      return weekly(situation);
  }
}

/** What a step that is stalled keeps from going on: whatever comes after it, or the end. */
function stalledText({ record, rule, asked, site }: Situation, due: string): string {
  const { late } = textsFor(site);
  if (rule.settles) return late.stalledItem(due, customerOf(record));
  const { flow, steps } = record.playbook;
  const waits = flowSteps(flow).some((id) => {
    const later = steps[id];
    const comes = later?.kind === 'ask' || (later?.by !== 'scheduler' && later?.tells.some(({ silent }) => !silent));
    return comes && stepsBefore(flow, id).includes(asked.step);
  });
  return waits ? late.stalledStep : late.stalledLast(due);
}

const isPast = ({ asked, at }: Situation): boolean => Date.parse(asked.dueAt) <= Date.parse(at);

/** Who can help now or is asked to, named; where everybody whom the rung tells knows already, or nobody is above, no more than that it is late. */
function escalated(situation: Situation): Urgency {
  const { asked, to, site, at } = situation;
  const verb = verbOf(situation);
  const due = momentIn(timesFor({ to, site }), asked.dueAt, at);
  const waits = waitsText(situation);
  const { late, sentences, listed } = textsFor(site);
  const { mailed, later } = toldInThisRung(situation);
  const first = isFirstHelp(situation);
  const subject = (customer: string): string => {
    const [helper] = mailed;
    if (helper !== undefined) return late.canHelp(customer, helper, first);
    const [next] = later;
    return next ? late.willBeAsked(customer, next.names, next.morning) : late.overdue(customer, verb);
  };
  const told = first ? late.toldThem : late.canReassign;
  return {
    subject,
    preheader: waits || late.wasDue(due),
    lead: [
      sentences(
        late.stands(verb, due),
        mailed.length === 0 ? '' : told(listed(mailed)),
        ...later.map(({ names, morning, inDigest }) =>
          (inDigest ? late.inDigest : late.inMorning)(listed(names), morning, first),
        ),
      ),
    ],
    otherwise: sentences(waits, helpText(situation)),
  };
}

/** The request itself, in the words of the table. */
function requested(situation: Situation): Urgency {
  const { asked, at, to, site, request, people, gaps } = situation;
  const zone = timesFor({ to, site });
  const { ask, sentences } = textsFor(site);
  const wording = requestWording(situation);
  const slots = askSlots(situation);
  const pause = pauseAt(asked, at);
  const asker = request && ask.asks(calledOf(people, request.by));
  const lead = [
    ...(pause ? [ask.paused(timeIn(zone, pause.until, at), excerpt(pause.reason, 200))] : []),
    ...behindLead(situation),
    ...filled(wording.body, slots).map((line, i) => (i === 0 && asker ? `${asker}${line}` : line)),
  ];
  const nothingMissing = request && gaps.length === 0;
  return {
    subject: (customer, withHour) => {
      const line = filledLine(wording.subject, askSlots(situation, withHour));
      if (line !== '') return `${customer}: ${line}`;
      return nothingMissing ? ask.decide(customer) : `${customer}: ${verbOf(situation)}`;
    },
    preheader: filledLine(wording.preheader, slots),
    lead,
    otherwise: sentences(waitsText(situation), helpText(situation)),
  };
}

/** A step that came to somebody while somebody else decides on an exception of it: what they can do, and what they need not. */
function resting(
  { people, to, site, at }: Situation,
  { by, reviewer: email, dueAt }: NonNullable<Situation['rests']>,
): Urgency {
  const { exceptions: words } = textsFor(site);
  const reviewer = calledOf(people, email);
  const until = momentIn(timesFor({ to, site }), dueAt, at);
  const isLate = Date.parse(at) > Date.parse(dueAt);
  return {
    subject: (customer) => words.decidesFirst(customer, reviewer),
    preheader: words.nothingDue(reviewer),
    lead: [words.rests({ asker: calledOf(people, by), reviewer, until, isLate })],
    otherwise: words.restsMeanwhile,
  };
}

/** The package half done: how far, and what is quickest next. */
function packageReminder(situation: Situation): Urgency {
  const { record, gaps, to, site, asked, at } = situation;
  const zone = timesFor({ to, site });
  const { late, sentences, listed, percent } = textsFor(site);
  const missing = new Set(gaps.map(({ path }) => path)).size;
  const next = [...new Map(gaps.map((gap) => [gap.path, gap.label])).values()].slice(0, 2);
  const quickest = next.length === 0 ? '' : late.quickest(listed(next));
  const reviewer = askSlots(situation)('reviewer');
  return {
    subject: (customer) => late.reminder(customer, percent(checkedPackage(record).percent), missing),
    preheader: quickest,
    lead: [
      sentences(
        late.leftAlone(timeLeft(situation)),
        quickest,
        reviewer === '' ? '' : late.askReviewer(reviewer, soonIn(zone, asked.dueAt, at)),
      ),
    ],
    otherwise: sentences(waitsText(situation), helpText(situation)),
  };
}

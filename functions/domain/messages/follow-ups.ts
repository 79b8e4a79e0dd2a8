import { boundsOf } from '../fields/number-kinds.ts';
import { anchorsOf } from '../handoff/anchors.ts';
import {
  doneDecision,
  givenNumber,
  givenText,
  skippedDecision,
  toldDecision,
  whyNotDone,
  writtenTexts,
} from '../handoff/decisions.ts';
import { customerOf } from '../handoff/handoff.ts';
import { holders } from '../handoff/holders.ts';
import { lateReasonsOf } from '../handoff/late-reasons.ts';
import { yesAfterNo } from '../handoff/negative-answers.ts';
import { holderOf } from '../handoff/roles-held.ts';
import { timesIn } from '../handoff/site.ts';
import type { Decision } from '../handoff/step-record.ts';
import { ruleIn, titleOf } from '../handoff/step-rule.ts';
import { stillOpen } from '../handoff/still-open.ts';
import { timelinessOf } from '../handoff/timeliness.ts';
import { firstName } from '../people/first-name.ts';
import { calledOf, nameOf } from '../people/people.ts';
import { choiceOf, scoringStep, stepAnnouncing } from '../playbook/capabilities.ts';
import type { AskStep } from '../playbook/playbook.ts';
import { roleTitle } from '../playbook/roles.ts';
import type { Instant } from '../time/calendar.ts';
import { daysBetween } from '../time/formats.ts';
import { dateIn } from '../time/wording.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import { availabilityClosesAt } from './availability.ts';
import { preheader } from './filled.ts';
import type { Block } from './message.ts';
import { dealFacts } from './parties.ts';
import { greetingOf, newsSubject, textsFor } from './wording.ts';

/** S2, S3: the account executive is told that it is complete, and what is still open, each with its owner. Time to completion: contract signature → this mail, in days. */
export function handoffConfirmation(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people, at, site } = input;
  const confirming = stepAnnouncing(record.playbook, input.say);
  const decision = confirming && (skippedDecision(record, confirming.id) ?? doneDecision(record, confirming.id));
  if (!confirming || !decision) return { nothing: whyNotDone(record, confirming?.id ?? '') };
  const to = holders(input, ['accountExecutive']);
  const zone = people.get(to[0]?.email ?? '')?.availability.zone ?? site.defaultZone;
  const customer = customerOf(record);
  const days = daysBetween(record.deal.closedWonAt, decision.at, zone);
  const { count, followUp: words, words: usual } = textsFor(site);
  const took = days <= 0 ? words.onTheDay : words.after(count.days(days));
  const skipped = decision.choice === 'skipped';
  const by = calledOf(people, decision.by);
  const lead = skipped ? words.skipped(by, took) : words.signedOff(by, took, customer);
  const closes = availabilityClosesAt(input);
  const times = timesIn(zone, site);
  const open = stillOpen({ record, people, at, zone: times });
  const blocks: Block[] = [
    { paragraph: greetingOf(to[0], site) },
    { paragraph: lead },
    ...(skipped ? [{ quote: givenText(decision, 'reason'), heading: usual.why }] : []),
    ...(closes === undefined || Date.parse(closes) <= Date.parse(at)
      ? []
      : [
          {
            paragraph: words.stay(dateIn(times, closes, at)),
          },
        ]),
    ...(open.length === 0
      ? []
      : [{ heading: words.stillOpen, list: open.map(({ title, says }) => `${title}: ${says}`) }]),
    { facts: dealFacts(record, site) },
    ...(skipped ? [] : quotes(confirming.rule, decision)),
    ...lateReasonsOf(record, decision.evidence).map(({ title, reason }) => ({
      quote: reason,
      heading: words.whyLate(title),
    })),
  ];
  return {
    message: {
      subject: newsSubject(record, (name) => words.subject(name, to[0] ? firstName(to[0].name) : '')),
      preview: preheader(lead),
      blocks,
    },
    to,
    cc: [],
    toCustomer: false,
  };
}

/** S4: what went well, what context was missing, early signs of engagement; mailed to the account executive. */
export function feedback(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people, site } = input;
  const { followUp: words } = textsFor(site);
  const giving = stepAnnouncing(record.playbook, input.say);
  const told = toldDecision(record, giving);
  if ('nothing' in told || !giving) return { nothing: 'nothing' in told ? told.nothing : '' };
  const { decision: given } = told;
  const to = holders(input, ['accountExecutive']);
  const from = calledOf(people, given.by);
  const blocks: Block[] = [
    { paragraph: greetingOf(to[0], site) },
    { paragraph: words.looksBack(from, customerOf(record)) },
    ...quotes(giving.rule, given),
    { facts: dealFacts(record, site) },
    { paragraph: words.talk(from) },
  ];
  return {
    message: {
      subject: newsSubject(record, (customer) => words.feedback(customer, from)),
      preview: words.feedbackPreview,
      blocks,
    },
    to,
    cc: [],
    replyTo: given.by,
    toCustomer: false,
  };
}

/** S2, S4: the customer reached their first milestone: sales hears when, and what was learned. Time to value: contract signature → then, in days. */
export function firstValue(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people, at, site } = input;
  const recording = stepAnnouncing(record.playbook, input.say);
  const later = recording && yesAfterNo(record, recording.id);
  const told = later ? { decision: later } : toldDecision(record, recording);
  if ('nothing' in told || !recording) return { nothing: 'nothing' in told ? told.nothing : '' };
  const reached = later ? givenText(later, 'heldAt') || later.at : anchorsOf(record).firstValueReached;
  if (reached === undefined) return { nothing: 'The customer has not reached first value yet.' };
  const to = holders(input, ['accountExecutive', 'salesManager']);
  const zone = people.get(to[0]?.email ?? '')?.availability.zone ?? site.defaultZone;
  const days = daysBetween(record.deal.closedWonAt, reached, zone);
  const { count, followUp: words } = textsFor(site);
  const after = days <= 0 ? words.onTheDay : words.after(count.days(days));
  const lead = words.reached(customerOf(record), dateIn(timesIn(zone, site), reached, at), after);
  return {
    message: {
      subject: newsSubject(record, words.reachedSubject),
      preview: preheader(lead),
      blocks: [{ paragraph: lead }, ...quotes(recording.rule, told.decision), { facts: dealFacts(record, site) }],
    },
    to,
    cc: [],
    replyTo: told.decision.by,
    toCustomer: false,
  };
}

/** S2: a score below target alerts the managers and revenue operations. */
export function lowScore(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people, at, site } = input;
  const scoring = scoringStep(record.playbook);
  const told = toldDecision(record, scoring);
  const target = scoring?.rule.scores;
  if ('nothing' in told || !scoring || !target) return { nothing: 'nothing' in told ? told.nothing : '' };
  const { decision: rated } = told;
  const score = givenNumber(rated, target.field);
  if (score === undefined) return { nothing: whyNotDone(record, scoring.id) };
  if (score >= target.atLeast) return { nothing: `The score of ${score} meets the target.` };
  const field = choiceOf(scoring.rule, rated.choice)?.evidence.find(({ name }) => name === target.field);
  const scale = boundsOf({ kind: 'score', ...field }).max;
  const { followUp: words, percent } = textsFor(site);
  const by = nameOf(people, rated.by);
  const lead = words.rated(calledOf(people, rated.by), { score, scale, target: target.atLeast });
  const late = Object.values(record.steps)
    .filter((round) => timelinessOf({ playbook: record.playbook, rule: ruleIn(record, round.step), round }) === 'late')
    .map((step) => `${titleOf(record, step.step)} (${nameOf(people, step.owner)})`);
  const accountExecutive = holderOf(record, 'accountExecutive');
  const { roles } = record.playbook;
  const blocks: Block[] = [
    { paragraph: lead },
    ...quotes(scoring.rule, rated),
    {
      facts: [
        ...dealFacts(record, site),
        ...(accountExecutive === undefined
          ? []
          : [{ label: roleTitle(roles, 'accountExecutive'), value: nameOf(people, accountExecutive) }]),
        { label: roleTitle(roles, 'customerSuccessManager'), value: by },
        { label: words.atSigning, value: words.complete(percent(record.state.packagePercent)) },
      ],
    },
    ...(late.length === 0 ? [] : [{ heading: words.lateSteps, list: late }]),
    {
      paragraph: words.talkBoth(dateIn(timesIn(site.defaultZone, site), inAWeek(at), at)),
    },
  ];
  return {
    message: {
      subject: newsSubject(record, (customer) => words.ratedSubject(customer, score, scale)),
      preview: preheader(lead),
      blocks,
    },
    to: holders(input, ['successManager', 'salesManager', 'revenueOperations']),
    cc: [],
    replyTo: rated.by,
    toCustomer: false,
  };
}

/** UTC. */
const inAWeek = (at: Instant): Instant => new Date(Date.parse(at) + 7 * 86_400_000).toISOString();

const quotes = (rule: AskStep, decision: Decision): Block[] =>
  writtenTexts(rule, decision).map(({ label, text }) => ({ quote: text, heading: label }));

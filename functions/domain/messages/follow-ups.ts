import { excerpt } from '../fields/clean-text.ts';
import { doneDecision, givenNumber, givenText, whyNotDone } from '../handoff/decisions.ts';
import { customerOf, holderOf, isLate } from '../handoff/handoff.ts';
import { nameOf } from '../people/people.ts';
import { dateIn } from '../time/wording.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import { availabilityClosesAt } from './availability.ts';
import type { Block } from './message.ts';
import { dealFacts, holders } from './parties.ts';

const day = 86_400_000;

/** S2, S3: the account executive is told that it is complete. Time to completion: contract signature → this mail, in days. */
export function handoffConfirmation(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people, at, site, url } = input;
  const decision = record.steps['confirm-handoff']?.decision;
  if (decision === undefined) return { nothing: whyNotDone(record, 'confirm-handoff') };
  const to = holders(input, ['accountExecutive']);
  const zone = people.get(to[0]?.email ?? '')?.availability.zone ?? site.defaultZone;
  const customer = customerOf(record);
  const days = Math.max(0, Math.floor((Date.parse(decision.at) - Date.parse(record.deal.closedWonAt)) / day));
  const took = days === 0 ? 'on the day of the signature' : `${days} day${days === 1 ? '' : 's'} after the signature`;
  const skipped = decision.choice === 'skipped';
  const lead = skipped
    ? `The handoff of ${customer} is complete, ${took}. ${nameOf(people, decision.by)} left out the sign-off: ${givenText(decision, 'reason')}`
    : `The handoff of ${customer} is complete, ${took}. ${nameOf(people, decision.by)} has taken over.`;
  const closes = availabilityClosesAt(input);
  const blocks: Block[] = [
    { paragraph: `Hello ${to[0]?.name ?? ''},` },
    { paragraph: lead },
    ...(closes === undefined || Date.parse(closes) <= Date.parse(at)
      ? []
      : [
          {
            paragraph: `Please stay available for questions until ${dateIn(zone, closes, at)}. We tell you when that ends.`,
          },
        ]),
    { facts: dealFacts(record) },
    ...quotes(input, [
      ['right', 'What went right'],
      ['wrong', 'What went wrong'],
      ['better', 'What could be better'],
    ]),
    ...(url === undefined
      ? []
      : [
          { paragraph: 'How did it go from your side? If you like, say it in two minutes. Nobody will remind you.' },
          { button: { label: 'Say how it went', url } },
        ]),
  ];
  return {
    message: { subject: `Handoff complete: ${customer}`, preview: lead, blocks },
    to,
    cc: [],
    toCustomer: false,
  };
}

/** S4: what went well, what context was missing, early signs of engagement; mailed to the account executive. */
export function feedback(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people } = input;
  const given = doneDecision(record, 'give-feedback');
  if (given === undefined) return { nothing: whyNotDone(record, 'give-feedback') };
  const to = holders(input, ['accountExecutive']);
  const from = nameOf(people, given.by);
  const blocks: Block[] = [
    { paragraph: `Hello ${to[0]?.name ?? ''},` },
    { paragraph: `${from} looks back on the handoff of ${customerOf(record)}.` },
    { quote: givenText(given, 'wentWell'), heading: 'What went well' },
    { quote: givenText(given, 'missingContext'), heading: 'What context was missing' },
    { quote: givenText(given, 'earlySignals'), heading: 'Early signs of engagement' },
    { facts: dealFacts(record) },
    { paragraph: `Questions? Reply to this mail: it reaches ${from}.` },
  ];
  return {
    message: {
      subject: `Feedback on the handoff: ${customerOf(record)}`,
      preview: `${from} looks back on the handoff.`,
      blocks,
    },
    to,
    cc: [],
    replyTo: given.by,
    toCustomer: false,
  };
}

/** S2: a score below target alerts the managers and revenue operations. */
export function lowScore(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people } = input;
  const rated = doneDecision(record, 'rate-handoff');
  const rule = record.playbook.steps['rate-handoff'];
  const target = rule?.kind === 'ask' ? rule.target : undefined;
  const score = givenNumber(rated, target?.field ?? 'score');
  if (rated === undefined || score === undefined) return { nothing: whyNotDone(record, 'rate-handoff') };
  if (target !== undefined && score >= target.atLeast) return { nothing: `The score of ${score} meets the target.` };
  const aim = target === undefined ? '' : `; the target is ${target.atLeast}`;
  const by = nameOf(people, rated.by);
  const lead = `${by} rates the handoff of ${customerOf(record)} ${score} of 10${aim}.`;
  const late = Object.values(record.steps)
    .filter((step) => isLate(step))
    .map((step) => `${record.playbook.steps[step.step]?.title ?? step.step} (${nameOf(people, step.owner)})`);
  const accountExecutive = holderOf(record, 'accountExecutive');
  const blocks: Block[] = [
    { paragraph: lead },
    { quote: givenText(rated, 'why'), heading: 'Why' },
    {
      facts: [
        ...dealFacts(record),
        ...(accountExecutive === undefined
          ? []
          : [{ label: 'Account executive', value: nameOf(people, accountExecutive) }]),
        { label: 'Customer success manager', value: by },
        { label: 'Package at signature', value: `${record.state.packagePercent} % complete` },
      ],
    },
    ...(late.length === 0 ? [] : [{ heading: 'Steps that were late', list: late }]),
    { paragraph: 'Please look at it together with both, and agree on what will be different next time.' },
  ];
  return {
    message: {
      subject: `Low handoff score: ${customerOf(record)} (${score} of 10)`,
      preview: excerpt(lead, 140),
      blocks,
    },
    to: holders(input, ['successManager', 'salesManager', 'revenueOperations']),
    cc: [],
    replyTo: rated.by,
    toCustomer: false,
  };
}

function quotes({ record }: AnnouncementInput, fields: readonly (readonly [string, string])[]): Block[] {
  const decision = doneDecision(record, 'confirm-handoff');
  return fields.flatMap(([field, heading]) => {
    const quote = givenText(decision, field);
    return quote === '' ? [] : [{ quote, heading }];
  });
}

import { anchorsOf } from '../handoff/anchors.ts';
import { dueByRule } from '../handoff/due-rule.ts';
import { atLeastOf, dueTimes } from '../handoff/due-times.ts';
import { customerOf } from '../handoff/handoff.ts';
import { briefOf } from '../handoff/handoff-package.ts';
import { bothSides, holders } from '../handoff/holders.ts';
import { timesIn } from '../handoff/site.ts';
import { standingOf } from '../handoff/who-is-asked.ts';
import { officeCalendars } from '../people/absence.ts';
import { calledOf, nameAndAddress, personOf } from '../people/people.ts';
import { askSteps, stepMarking } from '../playbook/capabilities.ts';
import type { AskStep } from '../playbook/playbook.ts';
import { roleTitle } from '../playbook/roles.ts';
import type { Instant } from '../time/calendar.ts';
import { momentIn, withinText } from '../time/wording.ts';
import type { Announced, AnnouncementInput, NothingToSay } from './announced.ts';
import { preheader } from './filled.ts';
import type { Block } from './message.ts';
import { newsSubject, textsFor } from './wording.ts';

/** S3, S4: at the trigger, who takes over, the brief so far, and the dates ahead: to both sides. */
export function handoffBegins(input: AnnouncementInput): Announced | NothingToSay {
  const { record, people, site, reader } = input;
  const { begins: words } = textsFor(site);
  const { roles } = record.playbook;
  const [successor] = holders(input, ['customerSuccessManager']);
  const [seller] = holders(input, ['accountExecutive']);
  if (!successor) return { nothing: `Nobody is named as ${roles.customerSuccessManager.name}.` };
  const customer = customerOf(record);
  const calledFrom = seller?.email === reader ? words.you : calledOf(people, seller?.email ?? '');
  const takesOver = words.takesOver(
    successor.email === reader ? undefined : calledOf(people, successor.email),
    seller === undefined ? '' : calledFrom,
  );
  const lead = words.lead(customer, takesOver, reader !== undefined);
  const facts = (['customerSuccessManager', 'accountExecutive'] as const).flatMap((role) =>
    holders(input, [role]).map((holder) => ({ label: roleTitle(roles, role), value: nameAndAddress(holder) })),
  );
  return {
    message: {
      subject: newsSubject(record, (called) => words.subject(called, takesOver)),
      preview: preheader(lead),
      blocks: [
        { paragraph: lead },
        { facts },
        ...datesAhead(input),
        { brief: briefOf(record, input.people, { locale: site.locale }) },
      ],
    },
    to: bothSides(input),
    cc: [],
    toCustomer: false,
  };
}

interface DateAhead {
  readonly label: string;
  readonly value: string;
  /** UTC; of what counts from something that is still to come, when that is due. */
  readonly at: Instant;
  /** It would have been due before the deal was received. */
  readonly isLate?: boolean;
}

/**
 * What is due from the signature on, in the calendar and zone of each step's owner, with who is asked in their place
 * while they are away; and what is due from a step of these on.
 */
function datesAhead(input: AnnouncementInput): Block[] {
  const { record, site } = input;
  const { begins: words, within: apart } = textsFor(site);
  const steps = askSteps(record.playbook).filter(
    ({ rule }) => !rule.optional && !rule.names && !(rule.fills === 'package' && record.state.packageComplete),
  );
  const anchors = anchorsOf(record);
  const counted = steps.flatMap(({ id, rule }) =>
    rule.due.after === 'closedWon' || (anchors[rule.due.after] && !rule.opens) ? dateOf(input, id, rule) : [],
  );
  const after = steps.flatMap(({ rule }): DateAhead[] => {
    const marking = rule.opens || anchors[rule.due.after] ? undefined : stepMarking(record.playbook, rule.due.after);
    const first = marking && counted.find(({ label }) => label === marking.rule.title);
    const [holder] = holders(input, [rule.owner]);
    if (!marking || !first || !holder) return [];
    const { within } = rule.due;
    const when = within === 'same day' ? apart.sameDay : apart.of(withinText(within, site.locale));
    const who = askedAt(input, holder.email, first.at);
    return [{ label: rule.title, value: words.relative(when, marking.rule.title, who), at: first.at }];
  });
  const inOrder = [...counted, ...after].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  if (inOrder.length === 0) return [];
  return [
    { heading: words.ahead },
    ...(inOrder.some(({ isLate }) => isLate) ? [{ paragraph: words.received(receivedText(input)) }] : []),
    { facts: inOrder.map(({ label, value }) => ({ label, value })) },
  ];
}

/** The promise; or what their owner is held to where the step is asked too late for it. */
function dateOf(input: AnnouncementInput, id: string, rule: AskStep): DateAhead[] {
  const { record, people, at, site, calendarOf } = input;
  const [holder] = holders(input, [rule.owner]);
  const person = holder && personOf(people, holder.email);
  const calendar = person && officeCalendars(calendarOf)(person);
  const promise = calendar && dueByRule(rule.due, anchorsOf(record), calendar);
  if (!promise) return [];
  const soonest = dueTimes(promise, { askedAt: at, atLeast: atLeastOf(record.playbook, rule), calendar });
  const { dueAt } = record.steps[id] ?? soonest;
  const who = askedAt(input, person.email, dueAt);
  return [
    {
      label: rule.title,
      value: textsFor(site).begins.dated(momentIn(timesIn(person.availability.zone, site), dueAt, at), who),
      at: dueAt,
      isLate: Date.parse(promise.at) <= Date.parse(record.state.startedAt),
    },
  ];
}

/** When the deal was received: by the clock of whoever takes over, unless somebody alone reads it. */
function receivedText({ record, people, site, at, reader }: AnnouncementInput): string {
  const email = reader ?? record.state.people.customerSuccessManager;
  const zone = (email === undefined ? undefined : people.get(email)?.availability.zone) ?? site.defaultZone;
  return momentIn(timesIn(zone, site), record.state.startedAt, at);
}

/** Who is asked for what somebody has to do at a time: they, or who stands in for them then. */
function askedAt({ record, people, site, calendarOf }: AnnouncementInput, email: string, at: Instant): string {
  const holder = personOf(people, email);
  const { asked } = standingOf(holder, { record, people, calendarOf, at });
  return asked.email === holder.email ? holder.name : textsFor(site).begins.standIn(asked.name, holder.name);
}

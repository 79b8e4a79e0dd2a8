import { dueByRule } from '../handoff/due-rule.ts';
import { anchorsOf, customerOf } from '../handoff/handoff.ts';
import { briefOf } from '../handoff/handoff-package.ts';
import { bothSides, holders } from '../handoff/holders.ts';
import { timesIn } from '../handoff/site.ts';
import { standingOf } from '../handoff/who-is-asked.ts';
import { officeCalendars } from '../people/absence.ts';
import { firstName } from '../people/first-name.ts';
import { personOf } from '../people/people.ts';
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
  const { record, site, reader } = input;
  const { begins: words } = textsFor(site);
  const { roles } = record.playbook;
  const [successor] = holders(input, ['customerSuccessManager']);
  const [seller] = holders(input, ['accountExecutive']);
  if (!successor) return { nothing: `Nobody is named as ${roles.customerSuccessManager.name}.` };
  const customer = customerOf(record);
  const calledFrom = seller?.email === reader ? words.you : firstName(seller?.name ?? '');
  const takesOver = words.takesOver(
    successor.email === reader ? undefined : firstName(successor.name),
    seller === undefined ? '' : calledFrom,
  );
  const lead = words.lead(customer, takesOver, reader !== undefined);
  const facts = (['customerSuccessManager', 'accountExecutive'] as const).flatMap((role) =>
    holders(input, [role]).map(({ name, email }) => ({ label: roleTitle(roles, role), value: `${name}, ${email}` })),
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
  /** UTC; of what counts from something that is still to come, when that is promised. */
  readonly at: Instant;
}

/**
 * What is promised from the signature on, in the calendar and zone of each step's owner, with who is asked in their place
 * while they are away; and what is promised from a step of these on.
 */
function datesAhead(input: AnnouncementInput): Block[] {
  const { record, site } = input;
  const { begins: words, within: apart } = textsFor(site);
  const steps = askSteps(record.playbook).filter(
    ({ rule }) => !rule.optional && !rule.names && !(rule.fills === 'package' && record.state.packageComplete),
  );
  const anchors = anchorsOf(record);
  const counted = steps.flatMap(({ rule }) =>
    rule.due.after === 'closedWon' || (anchors[rule.due.after] && !rule.opens) ? dateOf(input, rule) : [],
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
  return [{ heading: words.ahead }, { facts: inOrder.map(({ label, value }) => ({ label, value })) }];
}

function dateOf(input: AnnouncementInput, rule: AskStep): DateAhead[] {
  const { record, people, at, site, calendarOf } = input;
  const [holder] = holders(input, [rule.owner]);
  const person = holder && personOf(people, holder.email);
  const due = person && dueByRule(rule.due, anchorsOf(record), officeCalendars(calendarOf)(person));
  if (!person || !due) return [];
  const who = askedAt(input, person.email, due.at);
  return [
    {
      label: rule.title,
      value: textsFor(site).begins.dated(momentIn(timesIn(person.availability.zone, site), due.at, at), who),
      at: due.at,
    },
  ];
}

/** Who is asked for what somebody has to do at a time: they, or who stands in for them then. */
function askedAt({ record, people, site, calendarOf }: AnnouncementInput, email: string, at: Instant): string {
  const holder = personOf(people, email);
  const { asked } = standingOf(holder, { record, people, calendarOf, at });
  return asked.email === holder.email ? holder.name : textsFor(site).begins.standIn(asked.name, holder.name);
}

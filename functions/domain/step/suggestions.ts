import { withDealFacts } from '../deal/completeness.ts';
import { answerAt } from '../deal/package.ts';
import { answerText } from '../fields/answer.ts';
import type { Suggestion } from '../fields/field-rule.ts';
import { kinds } from '../fields/kinds.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import { customerContacts, introductionText } from '../handoff/introduction-text.ts';
import { meetingCalledOff } from '../handoff/meeting-rounds.ts';
import { meetingSlot, type Slot, type TakenTime } from '../handoff/meeting-slot.ts';
import { promisedFor } from '../handoff/meeting-time.ts';
import { endOf, knownMeeting, meetingIn } from '../handoff/meetings.ts';
import { troubledAddresses } from '../handoff/reachability.ts';
import { holderOf } from '../handoff/roles-held.ts';
import type { SiteFacts } from '../handoff/site.ts';
import { spokenToCustomer } from '../handoff/spoken.ts';
import { planOf } from '../handoff/standing-plan.ts';
import { ruleIn } from '../handoff/step-rule.ts';
import { lastSupplied } from '../handoff/supplied.ts';
import { firstName } from '../people/first-name.ts';
import type { CalendarOf, People } from '../people/people.ts';
import { nameOf } from '../people/people.ts';
import { meetingOfStep } from '../playbook/capabilities.ts';
import { askStep } from '../playbook/playbook.ts';
import type { BusinessCalendar, Instant } from '../time/calendar.ts';
import { businessCalendar } from '../time/calendar.ts';

export interface SuggestionsInput {
  readonly record: HandoffRecord;
  readonly step: string;
  readonly people: People;
  readonly at: Instant;
  readonly calendarOf: CalendarOf;
  readonly site: SiteFacts;
  /** IANA zone in which date and time fields are filled. */
  readonly zone: string;
}

/** What a proposal for a meeting is made from. */
export type SlotInput = Pick<SuggestionsInput, 'record' | 'step' | 'people' | 'at' | 'calendarOf'>;

/** What the form of a step already says, by field name, as `parseEvidence` reads it in the same zone: nobody types what is known. */
export function suggestions(input: SuggestionsInput): Readonly<Record<string, string>> {
  const fields = ruleIn(input.record, input.step).choices.flatMap(({ evidence }) => evidence);
  return Object.fromEntries(
    fields.flatMap((field) => {
      const known = field.suggest
        ? suggesters[field.suggest](input)
        : kinds[field.kind].suggest?.(usualOf(input), field);
      const text = answerText(field.kind, known, input.zone);
      return text === '' ? [] : [[field.name, text]];
    }),
  );
}

/** What is known, as an answer to a field; the field's kind writes it into the form. */
const suggesters: Readonly<Record<Suggestion, (input: SuggestionsInput) => unknown>> = {
  meetingSlot: (input) => proposedSlot(input)?.at,
  scheduledMeeting: ({ record, step, at }) => {
    const { holds } = askStep(record.playbook, step);
    const planned = holds === undefined ? undefined : meetingIn(record, holds);
    return planned?.status === 'planned' && Date.parse(planned.at) <= Date.parse(at) ? planned.at : at;
  },
  introductionText: (input) => {
    const { record, people, site } = spokenToCustomer(input);
    const line = lastSupplied(record, 'personalLine');
    const accountExecutive = holderOf(record, 'accountExecutive') ?? '';
    // The customer knows who sold to them by first name, but nobody who stood in for them.
    const name = nameOf(people, line?.by ?? '');
    const by = line?.by === accountExecutive ? firstName(name) : name;
    return introductionText({
      record,
      package: checkedPackage(record).package,
      customerSuccessManager: nameOf(people, holderOf(record, 'customerSuccessManager') ?? ''),
      accountExecutive: nameOf(people, accountExecutive),
      company: site.company,
      personalLine: line && { text: line.value, by },
    });
  },
  customerContacts: ({ record }) => {
    // Mailing one of these again takes a person's word, not a form that was filled in for them.
    const troubled = troubledAddresses(record);
    return customerContacts(checkedPackage(record).package)
      .map(({ email }) => email)
      .filter((email) => !troubled.has(email.toLowerCase()));
  },
  stakeholderMap: ({ record }) => answerAt(withDealFacts(record.package, record.deal), 'stakeholders'),
  successPlan: ({ record }) => planOf(record).text,
};

/** As long as the meeting usually takes. */
function usualOf({ record, step }: SuggestionsInput): { readonly minutes?: number } {
  const meeting = meetingOfStep(record.playbook, askStep(record.playbook, step));
  return meeting ? { minutes: meeting.minutes.usual } : {};
}

/**
 * A time for the meeting that a step plans, at which all who take part work, or as nearly as can be; never when this handoff has
 * another meeting, nor the one that was called off. Undefined where there is none.
 */
export function proposedSlot({ record, step, people, at, calendarOf }: SlotInput): Slot | undefined {
  const rule = askStep(record.playbook, step);
  const meeting = meetingOfStep(record.playbook, rule);
  if (!meeting) return undefined;
  const owner = record.steps[step]?.owner;
  const attendees = [owner, ...meeting.who.map((role) => holderOf(record, role))];
  const calendars = [...new Set(attendees)].flatMap((email) => {
    const person = email === undefined ? undefined : people.get(email);
    return person === undefined ? [] : [calendarOf(person)];
  });
  const customer = meeting.withCustomer ? customerHours(record) : [];
  const [first, ...rest] = calendars;
  const known = rule.plans === undefined ? undefined : knownMeeting(record, rule.plans);
  const before = known && promisedFor({ record, known, now: at, people, calendarOf });
  const proposed = meetingSlot({
    at,
    minutes: meeting.minutes.usual,
    calendars: first === undefined ? customer : [first, ...customer, ...rest],
    taken: takenTimes(record, rule.plans),
    ...(before === undefined ? {} : { before }),
  });
  // Of whoever is not on the roster nobody knows when they work.
  const isKnown = attendees.every(
    (email) => email === undefined || (people.has(email) && people.get(email)?.isStranger !== true),
  );
  return proposed && { ...proposed, inHours: proposed.inHours && isKnown };
}

/** When the other meetings of a handoff are, and when the one to plan was to be before it was called off. */
function takenTimes(record: HandoffRecord, planning: string | undefined): readonly TakenTime[] {
  const planned = Object.keys(record.playbook.meetings).flatMap((id) => {
    const meeting = id === planning ? meetingCalledOff(record, id) : meetingIn(record, id);
    return meeting && (id === planning || meeting.status === 'planned') ? [meeting] : [];
  });
  return planned.map((meeting) => ({ from: meeting.at, until: endOf(meeting) }));
}

/** Office hours where the customer works; their holidays are not known. */
function customerHours(record: HandoffRecord): BusinessCalendar[] {
  const zone = checkedPackage(record).package.communication?.timeZone;
  if (zone === undefined) return [];
  const hours = { from: '09:00', to: '18:00' };
  const week = { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours };
  return [businessCalendar({ zone, hours: week }, () => new Map())];
}

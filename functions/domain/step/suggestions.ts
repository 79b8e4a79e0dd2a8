import { withDealFacts } from '../deal/completeness.ts';
import { answerAt } from '../deal/package.ts';
import { answerText } from '../fields/answer.ts';
import type { Suggestion } from '../fields/field-rule.ts';
import { kinds } from '../fields/kinds.ts';
import { doneDecision, givenText } from '../handoff/decisions.ts';
import { anchorsOf, type HandoffRecord, holderOf } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import { customerContacts, introductionText } from '../handoff/introduction-text.ts';
import { meetingSlot } from '../handoff/meeting-slot.ts';
import { troubledAddresses } from '../handoff/reachability.ts';
import type { SiteFacts } from '../handoff/site.ts';
import type { CalendarOf, People } from '../people/people.ts';
import { nameOf } from '../people/people.ts';
import { anchorNames, askStep } from '../playbook/playbook.ts';
import type { BusinessCalendar, Instant } from '../time/calendar.ts';
import { businessCalendar } from '../time/calendar.ts';
import { dueAfter } from '../time/due.ts';

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

/** Each scheduled meeting: the step that plans it and the step that holds it. */
const meetings = [
  { plans: 'schedule-internal-meeting', holds: 'hold-internal-meeting', withCustomer: false },
  { plans: 'schedule-kickoff', holds: 'hold-kickoff', withCustomer: true },
] as const;

/** What the form of a step already says, by field name, as `parseEvidence` reads it in the same zone: nobody types what is known. */
export function suggestions(input: SuggestionsInput): Readonly<Record<string, string>> {
  const fields = askStep(input.record.playbook, input.step).choices.flatMap(({ evidence }) => evidence);
  return Object.fromEntries(
    fields.flatMap((field) => {
      const known = field.suggest
        ? suggesters[field.suggest](input)
        : kinds[field.kind].suggest?.({ minutes: usualMinutes(input.step) }, field);
      const text = answerText(field.kind, known, input.zone);
      return text === '' ? [] : [[field.name, text]];
    }),
  );
}

/** What is known, as an answer to a field; the field's kind writes it into the form. */
const suggesters: Readonly<Record<Suggestion, (input: SuggestionsInput) => unknown>> = {
  meetingSlot: slotFor,
  scheduledMeeting: ({ record, step, at }) => {
    const meeting = meetings.find(({ holds }) => holds === step);
    const planned = meeting === undefined ? '' : givenText(doneDecision(record, meeting.plans), 'meetingAt');
    return planned !== '' && Date.parse(planned) <= Date.parse(at) ? planned : at;
  },
  introductionText: ({ record, people, site }) =>
    introductionText({
      record,
      package: checkedPackage(record).package,
      customerSuccessManager: nameOf(people, holderOf(record, 'customerSuccessManager') ?? ''),
      accountExecutive: nameOf(people, holderOf(record, 'accountExecutive') ?? ''),
      company: site.company,
    }),
  customerContacts: ({ record }) => {
    // Mailing one of these again takes a person's word, not a form that was filled in for them.
    const troubled = troubledAddresses(record);
    return customerContacts(checkedPackage(record).package)
      .map(({ email }) => email)
      .filter((email) => !troubled.has(email.toLowerCase()));
  },
  stakeholderMap: ({ record }) => answerAt(withDealFacts(record.package, record.deal), 'stakeholders'),
};

/** Half an hour inside, an hour with the customer. */
function usualMinutes(step: string): number {
  return meetings.some(({ plans, withCustomer }) => plans === step && withCustomer) ? 60 : 30;
}

function slotFor({ record, step, people, at, calendarOf }: SuggestionsInput): Instant | undefined {
  const meeting = meetings.find(({ plans }) => plans === step);
  const owner = record.steps[step]?.owner;
  const attendees = [owner, holderOf(record, 'customerSuccessManager'), holderOf(record, 'accountExecutive')];
  const calendars = [...new Set(attendees)].flatMap((email) => {
    const person = email === undefined ? undefined : people.get(email);
    return person === undefined ? [] : [calendarOf(person)];
  });
  const customer = meeting?.withCustomer ? customerHours(record) : [];
  const [first, ...rest] = calendars;
  const holder = holderCalendar({ record, people, calendarOf }, meeting?.holds);
  const before = holder && heldBy(record, { calendar: holder, step: meeting?.holds ?? '' });
  return meetingSlot({
    at,
    minutes: usualMinutes(step),
    calendars: first === undefined ? customer : [first, ...customer, ...rest],
    ...(before === undefined ? {} : { before }),
  });
}

/** When the meeting should have been held, by the rule of the step that holds it. */
function heldBy(
  record: HandoffRecord,
  { calendar, step }: { readonly calendar: BusinessCalendar; readonly step: string },
): Instant | undefined {
  const rule = record.playbook.steps[step];
  if (rule?.kind !== 'ask') return undefined;
  const { after, within } = rule.due;
  const anchor = anchorsOf(record)[after];
  return anchor && dueAfter({ within, anchor, anchorName: anchorNames[after], calendar }).at;
}

function holderCalendar(
  { record, people, calendarOf }: Pick<SuggestionsInput, 'record' | 'people' | 'calendarOf'>,
  step: string | undefined,
): BusinessCalendar | undefined {
  const rule = step === undefined ? undefined : record.playbook.steps[step];
  const holder = rule?.kind === 'ask' ? people.get(holderOf(record, rule.owner) ?? '') : undefined;
  return holder && calendarOf(holder);
}

/** Office hours where the customer works; their holidays are not known. */
function customerHours(record: HandoffRecord): BusinessCalendar[] {
  const zone = checkedPackage(record).package.communication?.timeZone;
  if (zone === undefined) return [];
  const hours = { from: '09:00', to: '18:00' };
  const week = { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours };
  return [businessCalendar({ zone, hours: week }, () => new Map())];
}

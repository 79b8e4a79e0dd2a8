import type { Gap } from '../deal/completeness.ts';
import { excerpt } from '../fields/clean-text.ts';
import { type EvidenceField, optionsOf } from '../fields/field-rule.ts';
import { kinds } from '../fields/kinds.ts';
import { pendingRequest } from '../handoff/exceptions.ts';
import { askedFields, type FloorItem } from '../handoff/floor.ts';
import { gapFieldsOf, saidNow } from '../handoff/gap-fields.ts';
import { type HandoffRecord, isClosed } from '../handoff/handoff.ts';
import { lateReasonFields, signsOff } from '../handoff/late-reasons.ts';
import type { Link } from '../handoff/link.ts';
import { type ChosenTime, timeDoubts } from '../handoff/meeting-time.ts';
import { knownMeeting } from '../handoff/meetings.ts';
import { otherReviewers } from '../handoff/reviewer.ts';
import type { SiteFacts } from '../handoff/site.ts';
import type { StepRecord } from '../handoff/step-record.ts';
import { type CalendarOf, calledOf, type People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { AskStep } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { localTimeValue, readLocalTime } from '../time/local-time.ts';
import { colleaguesOf, deputiesOf, whoCanBeNamed } from './colleagues.ts';
import type { FieldPart, FieldView } from './field-view.ts';
import { awayHint } from './in-your-place.ts';
import { fieldsFor, fieldsOfAction, offeredMeetingActions } from './meeting-offers.ts';
import { withHours, withZones } from './meeting-zones.ts';
import { type AwayText, awayTextAt, personOption } from './person-options.ts';
import { grantFields, reviewFields } from './review-form.ts';
import { actionFields, actionsOf, actionTitles, everythingOf, type ReservedAction } from './step-actions.ts';
import { suggestions } from './suggestions.ts';

export interface ChoiceView {
  readonly id: string;
  /** The button. */
  readonly label: string;
  readonly fields: readonly FieldView[];
}

export interface ActionView extends Omit<ChoiceView, 'id'> {
  readonly id: ReservedAction;
  /** The heading above the form. */
  readonly title: string;
  /** What the form says beside its fields. */
  readonly says?: string;
}

/** What offers are made from. */
interface Offering {
  readonly record: HandoffRecord;
  readonly rule: AskStep;
  readonly asked: StepRecord;
  readonly link: Link;
  readonly people: People;
  readonly roster?: readonly Person[];
  readonly at: Instant;
  /** IANA zone in which times are typed. */
  readonly zone: string;
  readonly calendarOf: CalendarOf;
  readonly site: SiteFacts;
  readonly floor: readonly FloorItem[];
  /** What the step's owner is to supply to the package. */
  readonly gaps: readonly Gap[];
}

/** The choices of the playbook that are open to somebody in the link's capacity, filled in as far as they are known. */
export function offeredChoices(found: Offering): ChoiceView[] {
  const { rule, link, record, people, at, calendarOf, site, zone, floor, gaps, roster = [] } = found;
  const offered = rule.choices
    .filter(({ by = ['owner'] }) => by.some((as) => as === link.as))
    .filter(({ does }) => does !== 'grant-exception' || mayDecide(found));
  if (offered.length === 0) return [];
  const values = suggestions({ record, step: link.step, people, at, calendarOf, site, zone });
  const proposed = proposedTime(found, values);
  const nameable = {
    roster,
    colleagues: whoCanBeNamed({ ...found, roster }),
    segments: record.playbook.segments,
    parts: () => partsOf(record),
    awayText: awayTextAt(found),
  };
  return offered.map((choice) => {
    const grants = choice.does === 'grant-exception';
    const reasons = signsOff(rule, choice.id) ? lateReasonFields(record, { at, zone }) : [];
    const fields = grants
      ? [...grantFields(choice), ...reviewFields(gaps)]
      : [...askedFields(choice, floor), ...doubtsOfSuggested(found, values), ...reasons];
    return {
      id: choice.id,
      label: choice.label,
      fields: fields
        .filter((field) => canBeAnswered(field, nameable.colleagues))
        .map((field) => fieldView(field, values[field.name] ?? presetOf(field, found), nameable))
        .map((field) => withZones(field, { record, people, zone, at }, rule.plans))
        .map((field) => withHours(field, proposed)),
    };
  });
}

/** A colleague is asked for only where there is anybody to name: a step can always be answered. */
const canBeAnswered = ({ from }: EvidenceField, colleagues: readonly Person[]): boolean =>
  from !== 'colleagues' || colleagues.length > 0;

/** What a form says before anybody has typed: whoever asked to go ahead without an answer is the first to bring it. */
function presetOf(field: EvidenceField & { readonly preset?: string }, { rule, asked }: Offering): string {
  const grant = rule.choices.find(({ does }) => does === 'grant-exception');
  const names = grant?.evidence.find(({ kind }) => kind === 'emails')?.name;
  return field.preset ?? (names !== undefined && field.name === names ? asked.owner : '');
}

/** What a time that is suggested needs a word about: the form asks for it at once. */
function doubtsOfSuggested(found: Offering, values: Readonly<Record<string, string>>): readonly EvidenceField[] {
  const proposed = proposedTime(found, values);
  return proposed ? fieldsFor(timeDoubts(proposed), { hasReason: false }) : [];
}

/** The time of the meeting that a form holds before anybody has typed. */
function proposedTime(found: Offering, values: Readonly<Record<string, string>>): ChosenTime | undefined {
  const { record, rule, at, zone, people, calendarOf } = found;
  const known = rule.plans === undefined ? undefined : knownMeeting(record, rule.plans);
  const suggested = readLocalTime(values['meetingAt'] ?? '', zone);
  if (!known || !('at' in suggested)) return undefined;
  const time = { at: suggested.at, minutes: known.rule.minutes.usual };
  return { record, known, time, now: at, people, calendarOf, zone };
}

/**
 * What they can do beside; an optional step has nothing to hand over, to pause or to skip. Everybody
 * can say that they are away, and change a meeting they take part in, also where the step is somebody else's now.
 */
export function offeredActions(found: Offering, state: 'act' | 'read-only'): ActionView[] {
  const { link, rule, asked, record, roster = [] } = found;
  const person = roster.find(({ email }) => email === link.person);
  const away: readonly ReservedAction[] = person ? ['away'] : [];
  const nameable = { roster, segments: record.playbook.segments, parts: nothingApart };
  const colleagues = colleaguesOf({ ...found, roster });
  const grant = rule.choices.find(({ does }) => does === 'grant-exception');
  const isAsked = pendingRequest(asked) !== undefined;
  const reviews = isAsked && grant?.by?.some((as) => as === link.as) && mayDecide(found);
  const request = pendingRequest(asked);
  const mayPass = request && (link.as === 'reviewer' || link.as === 'revenueOperations') && mayDecide(found);
  const reviewers = mayPass ? otherReviewers({ ...found, by: request.by, roster }, request.reviewer) : [];
  const named: Partial<Record<ReservedAction, readonly Person[]>> = { 'hand-review': reviewers };
  const offered: readonly ReservedAction[] =
    rule.optional || state === 'read-only'
      ? away
      : [
          ...(grant && link.as === 'owner' && !isAsked ? (['request-exception'] as const) : []),
          ...(reviews ? (['decline-exception'] as const) : []),
          ...(reviewers.length > 0 ? (['hand-review'] as const) : []),
          ...actionsOf[link.as],
          ...away,
        ];
  return [
    ...offeredMeeting(found),
    ...offered
      .filter((id) => id !== 'reassign' || colleagues.length > 0)
      .filter((id) => id !== 'cancel' || !isClosed(record.state.status))
      .map((id) =>
        id === 'away' && person
          ? offeredAway(person, { record, roster })
          : actionView(id, fieldsInWords(id, found), { ...nameable, colleagues: named[id] ?? colleagues }),
      ),
  ];
}

/** The fields of an action: whoever reassigns somebody else's step reads whose everything it is. */
function fieldsInWords(id: ReservedAction, { asked, link, people }: Offering): readonly EvidenceField[] {
  const holder = asked.standInFor ?? asked.owner;
  if (id !== 'reassign' || holder === link.person) return actionFields[id];
  const label = everythingOf(calledOf(people, holder));
  return actionFields[id].map((field) => (field.name === 'everything' ? { ...field, label } : field));
}

/** The form by which somebody says that they are away; it asks who stands in only where there is anybody to name. */
export function offeredAway(
  person: Person,
  { record, roster }: { readonly record: HandoffRecord | undefined; readonly roster: readonly Person[] },
): ActionView {
  const colleagues = deputiesOf(person, { record, roster });
  const canName = colleagues.length > 0;
  const hint = awayHint(person, { record, people: new Map(roster.map((each) => [each.email, each])), canName });
  const fields = actionFields.away
    .filter((field) => canBeAnswered(field, colleagues))
    .map((field) => (field.from === undefined ? field : { ...field, hint }));
  const view = actionView('away', fields, { roster, colleagues, segments: [], parts: nothingApart });
  return canName ? view : { ...view, says: hint };
}

function actionView(
  id: ReservedAction,
  fields: readonly EvidenceField[],
  about: Nameable & { readonly values?: Readonly<Record<string, string>> },
): ActionView {
  const { values = {} } = about;
  return { id, ...actionTitles[id], fields: fields.map((field) => fieldView(field, values[field.name] ?? '', about)) };
}

/** What they can do about the meeting that the step plans or holds, also once the step is decided. */
export function offeredMeeting({
  record,
  people,
  link,
  at,
  zone,
}: Pick<Offering, 'record' | 'people' | 'link' | 'at' | 'zone'>): ActionView[] {
  const offered = offeredMeetingActions(record, link, at);
  if (!offered) return [];
  const { stands } = offered.meeting;
  const values = {
    meetingAt: localTimeValue(stands.at, zone),
    minutes: String(stands.minutes),
    place: stands.place ?? '',
  };
  const about = { roster: [], colleagues: [], segments: [], parts: nothingApart, values };
  return offered.actions
    .map((id) => actionView(id, fieldsOfAction(record, { link, at }, id), about))
    .map((action) => ({
      ...action,
      fields: action.fields.map((field) => withZones(field, { record, people, zone, at }, stands.meeting)),
    }));
}

/** The forms of a page. */
interface Forms {
  readonly choices: readonly ChoiceView[];
  readonly actions: readonly ActionView[];
}

/** The view with more fields in the form of a choice or an action, empty, where they do not stand there yet. */
export function withFields<View extends Forms>(view: View, form: string, fields: readonly EvidenceField[]): View {
  const nameable = { roster: [], colleagues: [], segments: [], parts: nothingApart };
  const more = fields.map((field) => fieldView(field, '', nameable));
  const extended = <Offered extends Omit<ChoiceView, 'label'>>(offered: Offered): Offered =>
    offered.id === form
      ? {
          ...offered,
          fields: [...offered.fields, ...more.filter(({ name }) => offered.fields.every((has) => has.name !== name))],
        }
      : offered;
  return { ...view, choices: view.choices.map(extended), actions: view.actions.map(extended) };
}

/** Never who asked for the exception, nor the owner who benefits, in whatever capacity their link is. */
function mayDecide({ link, asked }: Offering): boolean {
  const request = pendingRequest(asked);
  if (link.as === 'reviewer' && request?.reviewer !== link.person) return false;
  return link.person !== asked.owner && link.person !== request?.by;
}

/** Whom fields may name. */
interface Nameable {
  readonly roster: readonly Person[];
  readonly colleagues: readonly Person[];
  /** The segments of the playbook. */
  readonly segments: readonly string[];
  /** What gaps can be about. */
  readonly parts: () => readonly FieldPart[];
  /** Of whoever is named to take something over; nothing is said without it. */
  readonly awayText?: AwayText;
}

const nothingApart = (): readonly FieldPart[] => [];

const partsOf = (record: HandoffRecord): readonly FieldPart[] =>
  gapFieldsOf(record).map(({ path, section, label }) => ({
    part: path,
    group: section,
    label,
    now: excerpt(saidNow(record, path), 160),
  }));

function fieldView({ options, from, ...field }: EvidenceField, value: string, nameable: Nameable): FieldView {
  const names = optionsOf({ options }, nameable.segments);
  const offered = from === undefined ? names?.map(optionOf) : peopleFrom(from, nameable);
  const parts = kinds[field.kind].ofPart === undefined ? [] : nameable.parts();
  return { ...field, value, ...(offered && { options: offered }), ...(parts.length > 0 && { parts }) };
}

const optionOf = (name: string) => ({ value: name, label: name });

function peopleFrom(from: NonNullable<EvidenceField['from']>, { roster, colleagues, awayText }: Nameable) {
  if (from === 'colleagues') return colleagues.map((person) => personOption(person));
  const named = roster.filter(({ role, active }) => role === from.role && active);
  return named.map((person) => personOption(person, awayText));
}

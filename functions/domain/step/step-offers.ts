import { type HandoffRecord, isClosed, type Link, type StepRecord } from '../handoff/handoff.ts';
import type { SiteFacts } from '../handoff/site.ts';
import type { CalendarOf, People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { AskStep, EvidenceField } from '../playbook/playbook.ts';
import type { RoleId } from '../playbook/roles.ts';
import type { Instant } from '../time/calendar.ts';
import { actionFields, actionsOf, actionTitles, type ReservedAction } from './step-actions.ts';
import { suggestions } from './suggestions.ts';

/** A field as the page shows it: an evidence field with what stands in it. */
export interface FieldView extends EvidenceField {
  readonly value: string;
  /** Whom a field of kind `customerSuccessManager` offers. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

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
}

/** The choices of the playbook that are open to somebody in the link's capacity, filled in as far as they are known. */
export function offeredChoices(found: Offering): ChoiceView[] {
  const { rule, link, record, people, at, calendarOf, site, zone, roster = [] } = found;
  const offered = rule.choices.filter(({ by = ['owner'] }) => by.includes(link.as));
  if (offered.length === 0) return [];
  const values = suggestions({ record, step: link.step, people, at, calendarOf, site, zone });
  const managers = roster.filter(({ role, active }) => role === 'customerSuccessManager' && active);
  return offered.map(({ id, label, evidence }) => ({
    id,
    label,
    fields: evidence.map((field) => fieldView(field, { value: values[field.name] ?? '', people: managers })),
  }));
}

/** What they can do beside; an optional step has nothing to hand over, to pause or to skip. */
export function offeredActions({ link, rule, asked, record, roster = [] }: Offering): ActionView[] {
  if (rule.optional) return [];
  const colleagues = colleaguesOf(rule, asked.owner, roster);
  const exception = link.step === 'complete-package' && link.as === 'owner';
  const offered: readonly ReservedAction[] = [
    ...(exception ? (['request-exception'] as const) : []),
    ...actionsOf[link.as],
  ];
  return offered
    .filter((id) => id !== 'reassign' || colleagues.length > 0)
    .filter((id) => id !== 'cancel' || !isClosed(record.state.status))
    .map((id) => ({
      id,
      ...actionTitles[id],
      fields: actionFields[id].map((field) => fieldView(field, { value: '', people: colleagues })),
    }));
}

function fieldView(field: EvidenceField, { value, people }: { value: string; people: readonly Person[] }): FieldView {
  if (field.kind !== 'customerSuccessManager') return { ...field, value };
  return {
    ...field,
    value,
    options: people.map(({ email, name }) => ({ value: email, label: `${name}, ${email}` })),
  };
}

/** Colleagues who may take over from the owner of a step: active, of the same side, those of the same role first. */
function colleaguesOf(rule: Pick<AskStep, 'owner'>, owner: string, roster: readonly Person[]): Person[] {
  const side = sides.find((roles) => roles.includes(rule.owner)) ?? [];
  return roster
    .filter(({ active, email, role }) => active && email !== owner && side.includes(role))
    .sort((a, b) => side.indexOf(a.role) - side.indexOf(b.role) || a.name.localeCompare(b.name, 'en'));
}

const sides: readonly (readonly RoleId[])[] = [
  ['accountExecutive', 'salesManager'],
  ['customerSuccessManager', 'successManager'],
  ['revenueOperations'],
];

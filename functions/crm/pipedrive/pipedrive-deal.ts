import { type DealCondition, leftOutBecause } from '../../domain/deal/deal-condition.ts';
import { isRecord, recordOf, type UnknownRecord } from '../../domain/fields/record.ts';
import type { CrmDeal, DealState } from '../../ports/crm.ts';
import { CrmUnavailable } from '../../ports/errors.ts';
import { type CrmContact, typedContacts } from '../contacts.ts';
import { dayOf, mapProperties } from '../mapping.ts';
import type { NamedColleagues } from '../named-colleague.ts';
import { proposalPlace } from '../proposed.ts';
import { purchaseText } from '../purchase.ts';
import { isPutInAsWon, signedBefore } from '../put-in-as-won.ts';
import { instantIn, isNumericId, textOf } from '../reading.ts';
import { crm } from './pipedrive-api.ts';
import { askedOfPeople, listed, proposedFrom, roleNames, rules } from './pipedrive-mapping.ts';

/** The keys of a company's custom fields by their names in lower case. */
export type FieldKeys = ReadonlyMap<string, string>;

/** All that is read of a deal, as Pipedrive answers it. */
export interface DealParts {
  readonly deal: UnknownRecord;
  readonly organization: UnknownRecord | undefined;
  readonly persons: readonly UnknownRecord[];
  /** What fields that name colleagues by id say instead. */
  readonly colleagues: NamedColleagues;
  readonly products: readonly UnknownRecord[];
  readonly owner: UnknownRecord | undefined;
  readonly stages: readonly UnknownRecord[];
  readonly dealKeys: FieldKeys;
  readonly personKeys: FieldKeys;
  /** Where people see it. */
  readonly url: string;
  /** What is so of deals that are handed over. */
  readonly conditions: readonly DealCondition[];
}

/** The keys in what `dealFields` or `personFields` answer. Of two fields of one name, the first counts. */
export function keysIn(fields: readonly UnknownRecord[]): FieldKeys {
  const keys = new Map<string, string>();
  for (const { field_name: name, field_code: key } of fields)
    if (typeof name === 'string' && typeof key === 'string' && !keys.has(keyOfName(name)))
      keys.set(keyOfName(name), key);
  return keys;
}

export const keyOfName = (name: string): string => name.trim().toLowerCase();

/** The deal that its parts make. Throws `CrmUnavailable` for half a deal. */
export function dealOf(parts: DealParts): CrmDeal {
  const { deal, owner, stages } = parts;
  const { dealId, stage, phase, changedAt, from } = standingOf(deal, stages);
  const wonAt = wonAtOf(deal);
  const closesOn = dayOf(deal['expected_close_date']);
  const lostReason = textOf(deal['lost_reason']).trim();
  const leftOut = leftOutBecause(valuesOf(deal, parts.dealKeys, parts.conditions), parts.conditions);
  const contacts = contactsOf(parts);
  const people = typedContacts(contacts, roleNames);
  const { facts, notes } = mapProperties(propertiesOf(parts, people.text, contacts[0]?.name), rules);
  const email = textOf(owner?.['email']);
  return {
    dealId,
    stage,
    phase,
    ...(phase === 'won' && wonAt !== undefined && { wonAt }),
    ...(phase !== 'won' && phase !== 'lost' && closesOn !== undefined && { expectedCloseOn: closesOn }),
    ...(phase === 'lost' && lostReason !== '' && { lostReason }),
    ...(leftOut !== undefined && { leftOut }),
    changedAt,
    facts: { dealId, crmRecord: parts.url, ...facts, ...(email !== '' && { accountExecutive: email }) },
    notes: [
      ...notes,
      ...people.notes,
      ...parts.colleagues.notes,
      ...(owner?.['active_flag'] === false ? [`The deal's owner is deactivated in ${crm}.`] : []),
      ...(from === undefined ? ["No stage of the deal's pipeline is one from which deals count as proposed."] : []),
    ],
  };
}

/**
 * When a deal was won: when it got this status. One that was added with it was signed when the import says, in that time or, where it
 * sets none, in the expected close date.
 */
export function wonAtOf(deal: UnknownRecord): string | undefined {
  const expected = dayOf(deal['expected_close_date']);
  const wonAt = instantIn(deal['won_time']) ?? instantIn(deal['close_time']);
  const addedAt = instantIn(deal['add_time']);
  if (wonAt === undefined) return expected;
  return addedAt !== undefined && isPutInAsWon(wonAt, addedAt) ? signedBefore(wonAt, expected) : wonAt;
}

/** Where a deal stands, as a list shows it; `email`: of its owner. Throws `CrmUnavailable` for half a deal. */
export function dealStateOf(deal: UnknownRecord, stages: readonly UnknownRecord[], email: string): DealState {
  const { dealId, stage, phase, changedAt } = standingOf(deal, stages);
  const name = textOf(deal['title']);
  return { ...{ dealId, name, stage, phase, changedAt }, ...(email !== '' && { accountExecutive: email }) };
}

/** `from`: the place from which deals of its pipeline count as proposed. */
function standingOf(
  deal: UnknownRecord,
  stages: readonly UnknownRecord[],
): Pick<CrmDeal, 'dealId' | 'stage' | 'phase' | 'changedAt'> & { readonly from: number | undefined } {
  const { id, status, stage_id: stageId, pipeline_id: pipelineId } = deal;
  const changedAt = instantIn(deal['update_time']) ?? instantIn(deal['add_time']);
  if (!isNumericId(id) || changedAt === undefined) throw new CrmUnavailable(`${crm} answered with half a deal.`);
  const stage = stages.find((each) => each['id'] === stageId);
  const from = proposalIn(stages.filter((each) => each['pipeline_id'] === pipelineId));
  const place = stage && namedStage(stage).place;
  const open = from !== undefined && place !== undefined && place >= from ? 'proposed' : 'early';
  const phase = status === 'won' || status === 'lost' ? status : open;
  return { dealId: String(id), stage: textOf(stage?.['name']), phase, changedAt, from };
}

/** The place from which deals count as proposed in a pipeline, given its stages. */
export const proposalIn = (pipeline: readonly UnknownRecord[]): number | undefined =>
  proposalPlace(pipeline.map(namedStage), proposedFrom);

const namedStage = ({ name, order_nr: place }: UnknownRecord) => ({
  names: [textOf(name)],
  place: typeof place === 'number' ? place : 0,
});

/** The main person first, then in an order that stays: the same deal is to read the same. */
function contactsOf({ deal, persons, personKeys }: DealParts): readonly CrmContact[] {
  const isMain = (person: UnknownRecord): number => (person['id'] === deal['person_id'] ? 0 : 1);
  return byId(persons)
    .toSorted((one, other) => isMain(one) - isMain(other))
    .map((person) => contactOf(person, personKeys));
}

/** The deal's fields by the names that rules know them by: its own, custom ones as people see them, `organization.name`. */
function propertiesOf(
  { deal, organization, products, dealKeys, colleagues }: DealParts,
  people: string,
  mainPerson: string | undefined,
): UnknownRecord {
  return {
    ...fieldsOf(deal, dealKeys),
    ...colleagues.properties,
    'organization.name': organization?.['name'],
    'organization.website': organization?.['website'],
    'organization.country': recordOf(organization?.['address'])['country'],
    'person.name': mainPerson,
    [listed.people]: people,
    [listed.products]: purchaseText(
      byId(products).map(({ name, quantity }) => ({
        name: textOf(name),
        quantity: typeof quantity === 'number' ? quantity : undefined,
      })),
    ),
  };
}

/** The deal's own fields, and custom ones by the names that rules know them by. */
export const fieldsOf = ({ custom_fields: custom, ...fields }: UnknownRecord, keys: FieldKeys): UnknownRecord => ({
  ...named(
    { custom_fields: custom },
    keys,
    rules.map(({ property }) => property),
  ),
  ...fields,
});

/** What is in the field that the API or people call `name`; undefined where deals have no such field. */
export function fieldNamed(
  { custom_fields: custom, ...own }: UnknownRecord,
  keys: FieldKeys,
  name: string,
): { readonly value: unknown } | undefined {
  const values = { ...recordOf(custom), ...own };
  const key = name in values || isCustomKey(name, keys) ? name : keys.get(keyOfName(name));
  if (key === undefined || !(key in values || isCustomKey(key, keys))) return undefined;
  return { value: plain(values[key]) };
}

/** A deal may lack custom fields that are empty. Others that it lacks are known to it under another name. */
const isCustomKey = (key: string, keys: FieldKeys): boolean =>
  /^[0-9a-f]{40}$/.test(key) && [...keys.values()].includes(key);

const valuesOf = (deal: UnknownRecord, keys: FieldKeys, conditions: readonly DealCondition[]): UnknownRecord =>
  Object.fromEntries(conditions.map(({ property }) => [property, fieldNamed(deal, keys, property)?.value]));

const numberOf = ({ id }: UnknownRecord): number => Number(textOf(id)) || 0;

const byId = (records: readonly UnknownRecord[]): readonly UnknownRecord[] =>
  records.toSorted((one, other) => numberOf(one) - numberOf(other));

/** The values of custom fields by the names that are asked for. */
function named(record: UnknownRecord, keys: FieldKeys, names: readonly string[]): UnknownRecord {
  const values = recordOf(record['custom_fields']);
  return Object.fromEntries(
    names.flatMap((name): [string, unknown][] => {
      const key = keys.get(keyOfName(name));
      return key === undefined ? [] : [[name, plain(values[key])]];
    }),
  );
}

/** Options come with their labels, amounts, addresses and periods as objects; users by their ids, or with their addresses. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain).map(textOf).join('\n');
  if (!isRecord(value)) return value;
  const { label, email } = value;
  return label ?? (typeof email === 'string' ? email : (value['value'] ?? value['name']));
}

function contactOf(person: UnknownRecord, keys: FieldKeys): CrmContact {
  const { emails, labels } = person;
  const addresses = (Array.isArray(emails) ? emails : []).filter(isRecord);
  const primary = addresses.find(({ primary: isPrimary }) => isPrimary === true) ?? addresses[0];
  const asked = named(person, keys, Object.values(askedOfPeople));
  return {
    name: textOf(person['name']),
    email: textOf(primary?.['value']),
    roles: [
      textOf(asked[askedOfPeople.roles]).replaceAll('\n', ','),
      ...byId((Array.isArray(labels) ? labels : []).filter(isRecord)).map(({ label }) => textOf(label)),
    ],
    hasOwnRoles: textOf(asked[askedOfPeople.roles]).trim() !== '',
    influence: textOf(asked[askedOfPeople.influence]),
    stays: textOf(asked[askedOfPeople.stays]),
    notes: textOf(asked[askedOfPeople.notes]),
  };
}

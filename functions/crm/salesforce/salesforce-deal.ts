import { type DealCondition, leftOutBecause } from '../../domain/deal/deal-condition.ts';
import { isRecord, recordOf, type UnknownRecord } from '../../domain/fields/record.ts';
import type { CrmDeal, DealPhase, DealState } from '../../ports/crm.ts';
import { CrmUnavailable } from '../../ports/errors.ts';
import { type CrmContact, type TypedContacts, typedContacts } from '../contacts.ts';
import { contactFields } from '../custom-fields.ts';
import { dayOf, mapProperties } from '../mapping.ts';
import type { NamedColleagues } from '../named-colleague.ts';
import { purchaseText } from '../purchase.ts';
import { isPutInAsWon, signedBefore } from '../put-in-as-won.ts';
import { instantIn, textOf } from '../reading.ts';
import { crm } from './salesforce-api.ts';
import { isRecordId, longId } from './salesforce-events.ts';
import { fieldName, listed, lostReasonField, onlyCurrency, roleNames, rules } from './salesforce-mapping.ts';

/** What of an opportunity, its account and its contacts there is to be read: `Amount`, `Account.Website`, `Contact.Email`. */
export interface DealShape {
  readonly fields: ReadonlySet<string>;
  /** `OpportunityContactRoles`, … */
  readonly lists: ReadonlySet<string>;
}

/** The places of the stages by API name, and from which of them deals count as proposed. */
export interface StageOrder {
  readonly places: ReadonlyMap<string, number>;
  readonly proposal: number | undefined;
}

/** What every organization has, and the deal cannot be understood without. */
const always = [
  'Id',
  'StageName',
  'IsWon',
  'IsClosed',
  'CloseDate',
  'SystemModstamp',
  'Owner.Email',
  'Owner.IsActive',
] as const;
/** Where an organization has none, the day on which an opportunity closed says when it was won. */
const stageChangedAt = 'LastStageChangeDate';
/** What says when an opportunity was won, beside the day on which it closed. */
export const wonTimes = [stageChangedAt, 'CreatedDate'] as const;

/**
 * When an opportunity was won: when its stage changed last. One whose stage never changed was put in as won, perhaps long after it
 * was signed.
 */
export function wonAtOf(record: UnknownRecord): string | undefined {
  const closedOn = dayOf(record['CloseDate']);
  const [changedAt, createdAt] = wonTimes.map((name) => instantIn(record[name]));
  const enteredAt = changedAt ?? (stageChangedAt in record ? createdAt : undefined);
  if (enteredAt === undefined) return closedOn;
  const isPutIn = createdAt !== undefined && isPutInAsWon(enteredAt, createdAt);
  return isPutIn ? signedBefore(enteredAt, closedOn) : enteredAt;
}

const asked = {
  roles: `Contact.${fieldName(contactFields.roles.name)}`,
  influence: `Contact.${fieldName(contactFields.influence.name)}`,
  stays: `Contact.${fieldName(contactFields.stays.name)}`,
  notes: `Contact.${fieldName(contactFields.notes.name)}`,
} as const;

// In an order that stays: the same deal is to read the same.
const lists: Readonly<Record<string, { readonly fields: readonly string[]; readonly order: string }>> = {
  [listed.people]: {
    fields: ['Role', 'Contact.Name', 'Contact.Email', ...Object.values(asked)],
    order: 'IsPrimary DESC, Id',
  },
  [listed.products]: { fields: ['Quantity', 'Description', 'Product2.Name'], order: 'Id' },
};

/**
 * The query for an opportunity with all that the mapping and the conditions ask for, as far as the organization has it. Throws RangeError
 * for what is no id.
 */
export function dealQuery(dealId: string, shape: DealShape, conditions: readonly DealCondition[] = []): string {
  if (!isRecordId(dealId)) throw new RangeError('An id of Salesforce has 15 or 18 letters and digits.');
  const wanted = [
    ...[...wonTimes, lostReasonField],
    ...conditions.map(({ property }) => property),
    ...rules.flatMap(({ property, currency }) => [property, ...(currency === undefined ? [] : [currency])]),
  ];
  const fields = new Set([...always, ...wanted.filter((name) => shape.fields.has(name))]);
  const within = Object.entries(lists).flatMap(([name, list]) => {
    if (!shape.lists.has(name)) return [];
    const there = list.fields.filter((field) => !field.startsWith('Contact.') || shape.fields.has(field));
    return [`(SELECT ${there.join(', ')} FROM ${name} ORDER BY ${list.order})`];
  });
  return `SELECT ${[...fields, ...within].join(', ')} FROM Opportunity WHERE Id = '${dealId}' LIMIT 1`;
}

/** The query for where opportunities stand, by their ids. */
export const statesQuery = (ids: readonly string[]): string =>
  `SELECT Id, Name, StageName, IsWon, IsClosed, SystemModstamp, Owner.Email FROM Opportunity WHERE Id IN (${ids.map((id) => `'${id}'`).join(',')})`;

/** Where the opportunity of a record that `statesQuery` found stands. Throws `CrmUnavailable` for half a record. */
export const dealStateOf = (record: UnknownRecord, order: StageOrder): DealState => ({
  ...standingOf(record, order),
  name: textOf(record['Name']),
  ...ownerIn(record),
});

function standingOf(
  record: UnknownRecord,
  order: StageOrder,
): Pick<CrmDeal, 'dealId' | 'stage' | 'phase' | 'changedAt'> {
  const { Id: id, StageName: stage, IsWon: isWon, IsClosed: isClosed } = record;
  const changedAt = instantIn(record['SystemModstamp']);
  if (!isRecordId(id) || typeof isWon !== 'boolean' || typeof isClosed !== 'boolean' || changedAt === undefined)
    throw new CrmUnavailable(`${crm} answered with half an opportunity.`);
  const name = textOf(stage);
  const phase = isWon ? 'won' : isClosed ? 'lost' : phaseOfOpen(name, order);
  return { dealId: longId(id), stage: name, phase, changedAt };
}

/** What an opportunity is read with. */
interface DealAround {
  readonly order: StageOrder;
  /** What fields that name colleagues by id say instead. */
  readonly colleagues: NamedColleagues;
  readonly apiUrl: string;
  /** What is so of opportunities that are handed over. */
  readonly conditions: readonly DealCondition[];
}

/** The deal of a record that `dealQuery` found. `apiUrl`: where people see it, too. Throws `CrmUnavailable` for half a record. */
export function dealOf(record: UnknownRecord, { order, apiUrl, colleagues, conditions }: DealAround): CrmDeal {
  const { dealId, stage, phase, changedAt } = standingOf(record, order);
  const closesOn = dayOf(record['CloseDate']);
  const people = peopleIn(record);
  const { facts, notes } = mapProperties({ ...propertiesOf(record, people), ...colleagues.properties }, rules);
  const wonAt = wonAtOf(record);
  const lostReason = textOf(record[lostReasonField]).trim();
  const leftOut = leftOutBecause(flat(record), conditions);
  const crmRecord = `${apiUrl}/lightning/r/Opportunity/${dealId}/view`;
  return {
    dealId,
    stage,
    phase,
    ...(phase === 'won' && wonAt !== undefined && { wonAt }),
    ...(phase !== 'won' && phase !== 'lost' && closesOn !== undefined && { expectedCloseOn: closesOn }),
    ...(phase === 'lost' && lostReason !== '' && { lostReason }),
    ...(leftOut !== undefined && { leftOut }),
    changedAt,
    facts: { dealId, crmRecord, ...facts, ...ownerIn(record) },
    notes: [
      ...notes,
      ...people.notes,
      ...colleagues.notes,
      ...(recordOf(record['Owner'])['IsActive'] === false ? [`The deal's owner is deactivated in ${crm}.`] : []),
      ...(order.proposal === undefined ? ['No stage is one from which deals count as proposed.'] : []),
    ],
  };
}

function phaseOfOpen(stage: string, { places, proposal }: StageOrder): DealPhase {
  const place = places.get(stage);
  return place !== undefined && proposal !== undefined && place >= proposal ? 'proposed' : 'early';
}

function ownerIn(record: UnknownRecord): { readonly accountExecutive?: string } {
  const email = textOf(recordOf(record['Owner'])['Email']);
  return email === '' ? {} : { accountExecutive: email };
}

function peopleIn(record: UnknownRecord): TypedContacts {
  const people = rowsIn(record[listed.people]).map((row): CrmContact => {
    const { Role: role, 'Contact.Name': name, 'Contact.Email': email, ...more } = flat(row);
    return {
      ...{ name: textOf(name), email: textOf(email), roles: [textOf(role), textOf(more[asked.roles])] },
      ...{
        hasOwnRoles: textOf(more[asked.roles]).trim() !== '',
        influence: textOf(more[asked.influence]),
        stays: textOf(more[asked.stays]),
        notes: textOf(more[asked.notes]),
      },
    };
  });
  return typedContacts(people, roleNames);
}

/** The record's fields by name, those of its account as `Account.Name`, its lists as people would type them. */
function propertiesOf(record: UnknownRecord, people: TypedContacts): UnknownRecord {
  const items = rowsIn(record[listed.products]).map(({ Product2: product, Description: text, Quantity: quantity }) => ({
    name: textOf(recordOf(product)['Name']) || textOf(text),
    quantity: typeof quantity === 'number' ? quantity : undefined,
  }));
  return {
    CurrencyIsoCode: onlyCurrency,
    ...flat(record),
    [listed.people]: people.text,
    [listed.products]: purchaseText(items),
  };
}

/** The query for a user. Throws RangeError for what is no id. */
export function userQuery(id: string): string {
  if (!isUserId(id)) throw new RangeError('An id of a user begins with 005.');
  return `SELECT Email, IsActive FROM User WHERE Id = '${id}' LIMIT 1`;
}

/** Ids of users begin so, in every organization. */
export const isUserId = (value: unknown): boolean => isRecordId(value) && value.startsWith('005');

/** `Account.Name` for the name in the account. */
export const flat = (record: UnknownRecord): UnknownRecord =>
  Object.fromEntries(
    Object.entries(record).flatMap(([name, value]): [string, unknown][] =>
      isRecord(value)
        ? Object.entries(value).map(([inner, part]): [string, unknown] => [`${name}.${inner}`, part])
        : [[name, value]],
    ),
  );

/** What a query inside the query found: null where it found nothing. */
function rowsIn(list: unknown): readonly UnknownRecord[] {
  const { records } = recordOf(list);
  return Array.isArray(records) ? records.filter(isRecord) : [];
}

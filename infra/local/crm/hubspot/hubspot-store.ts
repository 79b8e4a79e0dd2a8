import { hubspotProperties } from '../../../../functions/crm/hubspot/hubspot-properties.ts';
import type { Clock } from '../../../account/clock.ts';

/** A value that a property had. */
interface EarlierValue {
  readonly value: string;
  readonly timestamp: string;
  readonly sourceType: ChangeSource;
}

export type ChangeSource = 'CRM_UI' | 'INTEGRATION';

/** A record as HubSpot keeps it: all values are texts. */
export interface StoredObject {
  readonly type: string;
  readonly id: string;
  readonly properties: Record<string, string>;
  /** Of each property, the newest first. */
  readonly history: Record<string, EarlierValue[]>;
  readonly createdAt: string;
  updatedAt: string;
  archived: boolean;
  mergedInto?: string;
}

export interface StoredOwner {
  readonly id: string;
  /** The same person as a user, by whom others go. */
  readonly userId: number;
  readonly email: string;
  archived: boolean;
}

interface Association {
  readonly deal: string;
  readonly type: string;
  readonly id: string;
  readonly types: readonly { readonly category: string; readonly typeId: number; readonly label: string | null }[];
}

export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
  readonly groupName: string;
}

/** Properties that HubSpot has by itself, as far as anybody here asks for them. */
const standard: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '0-3': {
    dealname: 'Deal name',
    dealstage: 'Deal stage',
    pipeline: 'Pipeline',
    dealtype: 'Deal type',
    amount: 'Amount',
    deal_currency_code: 'Currency',
    closedate: 'Close date',
    closed_lost_reason: 'Closed lost reason',
    closed_won_reason: 'Closed won reason',
    hubspot_owner_id: 'Deal owner',
    hs_merged_object_ids: 'Merged Deal IDs',
  },
  '0-2': {
    name: 'Company name',
    domain: 'Domain',
    website: 'Website',
    country: 'Country',
    timezone: 'Time zone',
    industry: 'Industry',
  },
  '0-1': { firstname: 'First name', lastname: 'Last name', email: 'Email', hs_buying_role: 'Buying role' },
  '0-8': { name: 'Name', quantity: 'Quantity', price: 'Unit price', hs_recurring_billing_period: 'Term' },
  '0-46': { hs_timestamp: 'Activity date', hs_note_body: 'Note body' },
};

/** Properties that HubSpot calculates, and nobody writes. */
export const calculated =
  /^hs_(is_closed|is_closed_won|merged_object_ids|lastmodifieddate|object_id|v2_date_entered_.*)$|^createdate$/;

export type HubspotStore = ReturnType<typeof createHubspotStore>;

/** The records of one portal. `isBare`: nobody has created our properties yet. */
export function createHubspotStore(clock: Clock, isBare: boolean) {
  const objects = new Map<string, StoredObject>();
  const owners = new Map<string, StoredOwner>();
  const associations: Association[] = [];
  /** Of properties, by type and name. */
  const groups = new Set(isBare ? [] : ['0-3 handoff', '0-1 handoff']);
  const definitions = new Map(
    Object.entries(standard).map(([type, properties]) => [
      type,
      new Map(
        Object.entries(properties).map(([name, label]): [string, PropertyDefinition] => [
          name,
          { name, label, type: 'string', fieldType: 'text', groupName: 'dealinformation' },
        ]),
      ),
    ]),
  );
  if (!isBare)
    for (const { objectType, name, label, type, fieldType } of hubspotProperties)
      definitions.get(objectType)?.set(name, { name, label, type, fieldType, groupName: 'handoff' });

  let created = 0;
  const nextId = (): string => String(15_000_000_000 + ++created);
  const now = (): string => new Date(clock.now()).toISOString();
  const key = (type: string, id: string): string => `${type} ${id}`;

  function set(object: StoredObject, name: string, value: string, sourceType: ChangeSource): boolean {
    if ((object.properties[name] ?? '') === value) return false;
    object.properties[name] = value;
    object.history[name] = [{ value, timestamp: now(), sourceType }, ...(object.history[name] ?? [])];
    object.updatedAt = now();
    return true;
  }

  return {
    groups,
    definitions,
    create(type: string, properties: Readonly<Record<string, string>>, source: ChangeSource = 'CRM_UI'): StoredObject {
      const at = now();
      const object = { type, id: nextId(), properties: {}, history: {}, createdAt: at, updatedAt: at, archived: false };
      for (const [name, value] of Object.entries(properties)) if (value !== '') set(object, name, value, source);
      objects.set(key(type, object.id), object);
      return object;
    },
    /** The record, or of a merged one the record that lives on; archived ones too. */
    get(type: string, id: string): StoredObject | undefined {
      let object = objects.get(key(type, id));
      while (object?.mergedInto !== undefined) object = objects.get(key(type, object.mergedInto));
      return object;
    },
    all: (type: string): readonly StoredObject[] => [...objects.values()].filter((object) => object.type === type),
    /** Sets properties; resolves to the names of those that changed. */
    update: (object: StoredObject, properties: Readonly<Record<string, string>>, source: ChangeSource): string[] =>
      Object.entries(properties).flatMap(([name, value]) => (set(object, name, value, source) ? [name] : [])),
    /** Something changed in it that is none of its properties. */
    touch(object: StoredObject): void {
      object.updatedAt = now();
    },
    associate: (association: Association): number => associations.push(association),
    associated: (deal: string, type: string): readonly Association[] =>
      associations.filter((each) => each.deal === deal && each.type === type),
    /** The owner with a mail address; made where there is none. */
    ownerOf(email: string): StoredOwner {
      const known = [...owners.values()].find((owner) => owner.email === email.toLowerCase());
      if (known) return known;
      const nth = owners.size + 1;
      const owner = {
        id: String(7_000_000 + nth),
        userId: 9_500_000 + nth,
        email: email.toLowerCase(),
        archived: false,
      };
      owners.set(owner.id, owner);
      return owner;
    },
    owner: (id: string): StoredOwner | undefined => owners.get(id),
    userOf: (userId: string): StoredOwner | undefined =>
      [...owners.values()].find((each) => `${each.userId}` === userId),
  };
}

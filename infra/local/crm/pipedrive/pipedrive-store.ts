import { createHash } from 'node:crypto';
import { pipedriveFields } from '../../../../functions/crm/pipedrive/pipedrive-fields.ts';
import type { Clock } from '../../../account/clock.ts';
import type { FakeStage } from '../fake-crm.ts';
import { written } from './pipedrive-shapes.ts';

/** Pipedrive's own pipeline, as every new company has it. Won and lost are no stages there, but a status. */
export const openStages = [
  { id: '1', label: 'Qualified', phase: 'early' },
  { id: '2', label: 'Contact Made', phase: 'early' },
  { id: '3', label: 'Demo Scheduled', phase: 'early' },
  { id: '4', label: 'Proposal Made', phase: 'proposed' },
  { id: '5', label: 'Negotiations Started', phase: 'proposed' },
] as const satisfies readonly FakeStage[];

export const fakeStages: readonly FakeStage[] = [
  ...openStages,
  { id: 'won', label: 'Won', phase: 'won' },
  { id: 'lost', label: 'Lost', phase: 'lost' },
];

export type FieldType = 'varchar' | 'text' | 'double' | 'date';

export interface FieldDefinition {
  readonly field_name: string;
  readonly field_code: string;
  readonly field_type: FieldType;
  readonly is_custom_field: boolean;
}

export interface StoredDeal {
  readonly id: number;
  title: string;
  readonly owner_id: number;
  readonly person_id: number | null;
  readonly org_id: number | null;
  readonly pipeline_id: 1;
  stage_id: number;
  value: number;
  currency: string;
  status: 'open' | 'won' | 'lost' | 'deleted';
  won_time: string | null;
  lost_time: string | null;
  lost_reason: string | null;
  expected_close_date: string | null;
  readonly add_time: string;
  update_time: string;
  is_deleted: boolean;
  is_archived: boolean;
  custom_fields: Readonly<Record<string, unknown>>;
}

export interface StoredPerson {
  readonly id: number;
  readonly name: string;
  readonly org_id: number | null;
  readonly emails: readonly { readonly value: string; readonly primary: boolean; readonly label: string }[];
  readonly custom_fields: Readonly<Record<string, unknown>>;
}

export interface StoredOrganization {
  readonly id: number;
  readonly name: string;
  readonly website: string | null;
  readonly address: { readonly value: string; readonly country: string } | null;
}

export interface StoredUser {
  readonly id: number;
  readonly name: string;
  readonly email: string;
}

export interface StoredNote {
  readonly id: number;
  readonly deal_id: number;
  readonly content: string;
  readonly add_time: string;
}

export type PipedriveStore = ReturnType<typeof createPipedriveStore>;

/** A custom field; its key is another in each company, and always the same here. */
export const customField = (name: string, type: FieldType): FieldDefinition => ({
  ...{ field_name: name, field_type: type, is_custom_field: true },
  field_code: createHash('sha1').update(`local ${name}`).digest('hex'),
});

const standardFields = ['title', 'value', 'currency', 'status', 'stage_id', 'expected_close_date'].map(
  (name): FieldDefinition => ({
    ...{ field_name: name, field_code: name, field_type: 'varchar', is_custom_field: false },
  }),
);

/** The records of a company. `isBare`: nobody has added our fields. */
export function createPipedriveStore(clock: Clock, isBare: boolean) {
  const deals = new Map<number, StoredDeal>();
  const persons = new Map<number, StoredPerson>();
  const organizations = new Map<number, StoredOrganization>();
  const users = new Map<number, StoredUser>();
  const notes: StoredNote[] = [];
  /** Who takes part in which deal. */
  const participants: { readonly dealId: number; readonly personId: number }[] = [];
  const products: { readonly dealId: number; readonly name: string; readonly quantity: number }[] = [];
  const dealFields = [...standardFields];
  const personFields: FieldDefinition[] = [];
  if (!isBare) {
    for (const { object, name, type } of pipedriveFields)
      (object === 'Deal' ? dealFields : personFields).push(customField(name, type));
  }

  const add = <T extends { readonly id: number }>(records: Map<number, T>, first: number, record: Omit<T, 'id'>): T => {
    const added = { ...record, id: first + records.size } as T;
    records.set(added.id, added);
    return added;
  };

  return {
    ...{ deals, persons, organizations, users, notes, participants, products, dealFields, personFields },
    addDeal: (
      values: Pick<StoredDeal, 'title' | 'owner_id' | 'person_id' | 'org_id'> & Partial<StoredDeal>,
    ): StoredDeal => {
      const now = written(clock.now());
      return add(deals, 101, {
        ...{ pipeline_id: 1, stage_id: 1, value: 0, currency: 'USD', status: 'open', custom_fields: {} },
        ...{ won_time: null, lost_time: null, lost_reason: null, expected_close_date: null },
        ...{ add_time: now, update_time: now, is_deleted: false, is_archived: false },
        ...values,
      });
    },
    addPerson: (values: Omit<StoredPerson, 'id'>): StoredPerson => add(persons, 501, values),
    organizationOf(values: Omit<StoredOrganization, 'id'>): StoredOrganization {
      const known = [...organizations.values()].find(({ name }) => name === values.name);
      if (!known) return add(organizations, 301, values);
      const changed = { ...known, ...values };
      organizations.set(known.id, changed);
      return changed;
    },
    /** The user with an email address; made where there is none. */
    userOf(email: string): StoredUser {
      const known = [...users.values()].find((user) => user.email === email);
      return known ?? add(users, 901, { email, name: email.split('@')[0] ?? email });
    },
    /** Sets a deal's fields and what follows of them; returns what those said before that changed. */
    update(deal: StoredDeal, values: Partial<StoredDeal>): Readonly<Record<string, unknown>> {
      const before = { ...deal };
      const now = written(clock.now());
      const status = values.status ?? deal.status;
      const closing = status !== deal.status && {
        won_time: status === 'won' ? now : null,
        lost_time: status === 'lost' ? now : null,
      };
      const custom = { ...deal.custom_fields, ...values.custom_fields };
      Object.assign(deal, closing, values, { custom_fields: custom });
      const changed = Object.entries(before).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify({ ...deal }[name as keyof StoredDeal]),
      );
      if (changed.length === 0) return {};
      deal.update_time = now;
      return Object.fromEntries([...changed, ['update_time', before.update_time]]);
    },
  };
}

import { type SalesforceField, salesforceFields } from '../../../../functions/crm/salesforce/salesforce-fields.ts';
import type { FakeStage } from '../fake-crm.ts';

/** A field as a describe shows it. */
export interface FieldDefinition {
  readonly name: string;
  readonly label: string;
  readonly type:
    | 'id'
    | 'string'
    | 'textarea'
    | 'url'
    | 'email'
    | 'date'
    | 'datetime'
    | 'double'
    | 'boolean'
    | 'reference';
  /** In characters; of texts only. */
  readonly length: number;
  readonly updateable: boolean;
}

/** An object of the organization: its fields, and what it is related to. */
export interface ObjectDefinition {
  /** What the ids of its records begin with. */
  readonly prefix: string;
  readonly fields: ReadonlyMap<string, FieldDefinition>;
  /** The records it points to, by the relation's name: by which field, to which object. */
  readonly parents: Readonly<Record<string, { readonly field: string; readonly object: string }>>;
  /** The records that point to it, by the relation's name. */
  readonly lists: Readonly<Record<string, { readonly field: string; readonly object: string }>>;
}

/** Salesforce's own stages, as every new organization has them; some of them. */
export const fakeStages = [
  { id: 'Prospecting', label: 'Prospecting', phase: 'early' },
  { id: 'Qualification', label: 'Qualification', phase: 'early' },
  { id: 'Proposal/Price Quote', label: 'Proposal/Price Quote', phase: 'proposed' },
  { id: 'Negotiation/Review', label: 'Negotiation/Review', phase: 'proposed' },
  { id: 'Closed Won', label: 'Closed Won', phase: 'won' },
  { id: 'Closed Lost', label: 'Closed Lost', phase: 'lost' },
] as const satisfies readonly FakeStage[];

const lengths: Readonly<Partial<Record<FieldDefinition['type'], number>>> = {
  ...{ string: 255, url: 255, email: 80, id: 18, reference: 18, textarea: 32_768 },
};

/** `Name:string` is a field that people write, `Id:id!` one that Salesforce does. */
const standard = (...fields: readonly string[]): readonly FieldDefinition[] =>
  fields.map((field) => {
    const [name = '', type = ''] = field.replace('!', '').split(':');
    const known = type as FieldDefinition['type'];
    const label = name.replace(/(?<=.)Id$/, '').replace(/([a-z])([A-Z])/g, '$1 $2');
    return { name, label, type: known, length: lengths[known] ?? 0, updateable: !field.endsWith('!') };
  });

const describedTypes = {
  ...{ LongTextArea: 'textarea', Text: 'string', Url: 'url', Date: 'date', Number: 'double' },
} as const satisfies Readonly<Record<SalesforceField['type'], FieldDefinition['type']>>;

/** What Handoff's setup adds to an object. */
const added = (to: SalesforceField['object']): readonly FieldDefinition[] =>
  salesforceFields
    .filter(({ object }) => object === to)
    .map(({ name, label, type, length }) => {
      const described = describedTypes[type];
      return { name, label, type: described, length: length ?? lengths[described] ?? 0, updateable: true };
    });

const byName = (...fields: readonly FieldDefinition[]): ReadonlyMap<string, FieldDefinition> =>
  new Map(fields.map((field) => [field.name, field]));

const stamped = ['CreatedDate:datetime!', 'LastModifiedDate:datetime!', 'SystemModstamp:datetime!'] as const;

/** What administrators made of an organization. */
export interface OrganizationOptions {
  /** Nobody has added our fields. */
  readonly isBare: boolean;
  /** It has several currencies. */
  readonly hasCurrencies: boolean;
  /** Fields and lists that the integration's user may not see: `Account.Website`, `Opportunity.OpportunityLineItems`. */
  readonly hidden: readonly string[];
}

/** The objects of an organization, as the integration's user sees them. */
export function objectsOf(options: OrganizationOptions): ReadonlyMap<string, ObjectDefinition> {
  const all = allObjects(options);
  for (const path of options.hidden) {
    const [object = '', name = ''] = path.split('.');
    const definition = all.get(object);
    if (!definition) continue;
    const without = <T>(entries: Iterable<readonly [string, T]>) => [...entries].filter(([each]) => each !== name);
    all.set(object, {
      ...definition,
      fields: new Map(without(definition.fields)),
      lists: Object.fromEntries(without(Object.entries(definition.lists))),
    });
  }
  return all;
}

function allObjects(options: OrganizationOptions): Map<string, ObjectDefinition> {
  const currency = options.hasCurrencies ? ['CurrencyIsoCode:string'] : [];
  const ours = (fields: readonly FieldDefinition[]) => (options.isBare ? [] : fields);
  return new Map<string, ObjectDefinition>([
    [
      'Opportunity',
      {
        prefix: '006',
        fields: byName(
          ...standard('Id:id!', 'Name:string', 'AccountId:reference', 'OwnerId:reference', 'StageName:string'),
          ...standard('IsWon:boolean!', 'IsClosed:boolean!', 'CloseDate:date', 'Amount:double', ...currency),
          ...standard('Type:string'),
          ...standard('LastStageChangeDate:datetime!', 'Description:textarea', 'NextStep:string', ...stamped),
          ...ours(added('Opportunity')),
        ),
        parents: {
          Account: { field: 'AccountId', object: 'Account' },
          Owner: { field: 'OwnerId', object: 'User' },
        },
        lists: {
          OpportunityContactRoles: { field: 'OpportunityId', object: 'OpportunityContactRole' },
          OpportunityLineItems: { field: 'OpportunityId', object: 'OpportunityLineItem' },
        },
      },
    ],
    [
      'Account',
      {
        prefix: '001',
        fields: byName(...standard('Id:id!', 'Name:string', 'Website:url', 'Industry:string', 'BillingCountry:string')),
        ...{ parents: {}, lists: {} },
      },
    ],
    [
      'Contact',
      {
        prefix: '003',
        fields: byName(...standard('Id:id!', 'Name:string!', 'Email:email'), ...ours(added('Contact'))),
        ...{ parents: {}, lists: {} },
      },
    ],
    [
      'OpportunityContactRole',
      {
        prefix: '00K',
        fields: byName(
          ...standard('Id:id!', 'OpportunityId:reference!', 'ContactId:reference', 'Role:string', 'IsPrimary:boolean'),
        ),
        parents: { Contact: { field: 'ContactId', object: 'Contact' } },
        lists: {},
      },
    ],
    [
      'OpportunityLineItem',
      {
        prefix: '00k',
        fields: byName(
          ...standard('Id:id!', 'OpportunityId:reference!', 'Product2Id:reference', 'Quantity:double'),
          ...standard('Description:string'),
        ),
        parents: { Product2: { field: 'Product2Id', object: 'Product2' } },
        lists: {},
      },
    ],
    ['Product2', { prefix: '01t', fields: byName(...standard('Id:id!', 'Name:string')), parents: {}, lists: {} }],
    [
      'User',
      {
        prefix: '005',
        fields: byName(...standard('Id:id!', 'Name:string!', 'Email:email', 'IsActive:boolean')),
        ...{ parents: {}, lists: {} },
      },
    ],
    ['Organization', { prefix: '00D', fields: byName(...standard('Id:id!', 'Name:string')), parents: {}, lists: {} }],
    [
      'OpportunityStage',
      {
        prefix: '01J',
        fields: byName(
          ...standard('Id:id!', 'ApiName:string!', 'MasterLabel:string!', 'SortOrder:double!', 'IsActive:boolean!'),
          ...standard('IsClosed:boolean!', 'IsWon:boolean!'),
        ),
        ...{ parents: {}, lists: {} },
      },
    ],
    [
      'Task',
      {
        prefix: '00T',
        fields: byName(
          ...standard('Id:id!', 'WhatId:reference', 'Subject:string', 'Status:string', 'ActivityDate:date'),
          ...standard('Description:textarea', ...stamped),
        ),
        ...{ parents: {}, lists: {} },
      },
    ],
  ]);
}

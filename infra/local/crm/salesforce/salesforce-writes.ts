import { recordOf } from '../../../../functions/domain/fields/record.ts';
import type { CrmAnswer } from '../../../../functions/ports/crm-access.ts';
import { type FieldDefinition, fakeStages } from './salesforce-objects.ts';
import { answered, refusedWith, type SalesforceOrg } from './salesforce-shapes.ts';
import type { SalesforceStore, StoredRecord } from './salesforce-store.ts';

/** What Salesforce does not take of a write; undefined when it takes all. */
export function refusalOfWrite(
  { store, demanded }: SalesforceOrg,
  record: StoredRecord,
  values: Readonly<Record<string, unknown>>,
): CrmAnswer | undefined {
  const refusal = refusalOfValues(store, 'Opportunity', values);
  if (refusal) return refusal;
  const stage = values['StageName'];
  if (stage !== undefined && !fakeStages.some(({ id }) => id === stage))
    return refusedWith(
      400,
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `Stage: bad value for restricted picklist field: ${String(stage)}`,
    );
  const missing = demanded().filter((name) => (values[name] ?? record[name] ?? '') === '');
  if (missing.length === 0) return undefined;
  return refusedWith(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', `Fill in before you save: ${missing.join(', ')}.`);
}

function refusalOfValues(
  store: SalesforceStore,
  object: string,
  values: Readonly<Record<string, unknown>>,
): CrmAnswer | undefined {
  for (const [name, value] of Object.entries(values)) {
    const field = store.objects.get(object)?.fields.get(name);
    if (!field) return refusedWith(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object}`);
    if (!field.updateable)
      return refusedWith(
        400,
        'INVALID_FIELD_FOR_INSERT_UPDATE',
        `Unable to create/update fields: ${name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      );
    const refusal = value === null ? undefined : refusalOfValue(field, value);
    if (refusal) return refusal;
  }
  return undefined;
}

const forms: Readonly<Partial<Record<FieldDefinition['type'], (value: unknown) => boolean>>> = {
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)),
  double: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
};

function refusalOfValue({ label, type, length }: FieldDefinition, value: unknown): CrmAnswer | undefined {
  const isRight = forms[type] ?? ((each: unknown) => typeof each === 'string');
  if (!isRight(value))
    return refusedWith(
      400,
      'JSON_PARSER_ERROR',
      `Cannot deserialize instance of ${type} from VALUE_STRING value ${String(value)} or request may be missing a required field`,
    );
  if (length === 0 || String(value).length <= length) return undefined;
  const message = `${label}: data value too large: ${String(value)} (max length=${length})`;
  return refusedWith(400, 'STRING_TOO_LONG', message);
}

/** `POST …/sobjects/Task`: a task of an opportunity. */
export function createdTask(store: SalesforceStore, body: unknown): CrmAnswer {
  const values = recordOf(body);
  const refusal = refusalOfValues(store, 'Task', values);
  if (refusal) return refusal;
  const id = values['WhatId'];
  if (store.deleted.has(String(id))) return refusedWith(400, 'ENTITY_IS_DELETED', 'entity is deleted');
  if (!store.get('Opportunity', id))
    return refusedWith(400, 'MALFORMED_ID', `Related To ID: id value of incorrect type: ${String(id)}`);
  const { Id } = store.create('Task', values);
  return answered(201, { id: Id, success: true, errors: [] });
}

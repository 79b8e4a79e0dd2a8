import { isRecord, recordOf } from '../../../../functions/domain/fields/record.ts';
import type { CrmAnswer } from '../../../../functions/ports/crm-access.ts';
import { answered, badRequest, notFound, refusedWith } from './hubspot-shapes.ts';
import { calculated, type HubspotStore, type PropertyDefinition, type StoredObject } from './hubspot-store.ts';

interface InvalidValue {
  readonly error: string;
  readonly name: string;
  readonly message: string;
}

/** What a value has to be, by the type of its property. */
const formOf: Readonly<Record<string, { readonly form: RegExp; readonly error: string }>> = {
  date: { form: /^\d{4}-\d\d-\d\d$|^\d{12,13}$/, error: 'INVALID_DATE' },
  number: { form: /^-?\d+(\.\d+)?$/, error: 'INVALID_INTEGER' },
};

/** The properties of a write as texts, or what HubSpot refuses in them. */
export function writable(
  { definitions }: HubspotStore,
  type: string,
  body: unknown,
): { readonly properties: Readonly<Record<string, string>> } | { readonly refused: CrmAnswer } {
  const given = recordOf(body)['properties'];
  if (!isRecord(given)) return { refused: badRequest('Invalid input JSON: properties is missing') };
  const properties = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value === null ? '' : String(value)]),
  );
  const invalid = Object.entries(properties).flatMap(([name, value]) => problemOf(definitions.get(type), name, value));
  if (invalid.length === 0) return { properties };
  const values = invalid.map((each) => ({ isValid: false, ...each }));
  return { refused: badRequest(`Property values were not valid: ${JSON.stringify(values)}`) };
}

function problemOf(
  definitions: ReadonlyMap<string, PropertyDefinition> | undefined,
  name: string,
  value: string,
): readonly InvalidValue[] {
  if (calculated.test(name)) return [{ error: 'READ_ONLY_VALUE', name, message: `"${name}" is a read only property` }];
  const definition = definitions?.get(name);
  if (definition === undefined)
    return [{ error: 'PROPERTY_DOESNT_EXIST', name, message: `Property "${name}" does not exist` }];
  const expected = formOf[definition.type];
  if (value === '' || expected === undefined || expected.form.test(value)) return [];
  return [{ error: expected.error, name, message: `${value} was not a valid ${definition.type}.` }];
}

/** An administrator's rule: these properties must say something when a deal is written to, whoever writes. */
export function brokenRule(
  demanded: readonly string[],
  deal: StoredObject,
  properties: Readonly<Record<string, string>>,
): CrmAnswer | undefined {
  const missing = demanded.filter((name) => !(properties[name] ?? deal.properties[name]));
  if (missing.length === 0) return undefined;
  const errors = missing.map((name) => ({
    message: `${name} is required at this stage`,
    code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY',
    context: { propertyName: [name] },
  }));
  return badRequest('Some required properties were not set.', { errors });
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** `POST /crm/objects/…/0-46`: a note, and the deals it belongs to. */
export function addNote(store: HubspotStore, body: unknown): CrmAnswer {
  const written = writable(store, '0-46', body);
  if ('refused' in written) return written.refused;
  if (!written.properties['hs_timestamp']) return badRequest('hs_timestamp is required for a note');
  const deals = listOf(recordOf(body)['associations']).map(recordOf);
  const isOfDeal = deals.every(({ types }) =>
    listOf(types).some((type) => recordOf(type)['associationTypeId'] === 214),
  );
  if (!isOfDeal) return badRequest('One or more association types are not valid for a note and a deal');
  const ids = deals.map(({ to }) => String(recordOf(to)['id']));
  const found = ids.map((id) => store.get('0-3', id));
  if (found.some((deal) => deal === undefined || deal.archived)) return notFound();
  const note = store.create('0-46', written.properties, 'INTEGRATION');
  for (const deal of found) if (deal) store.associate({ deal: deal.id, type: '0-46', id: note.id, types: [] });
  return answered(201, {
    id: note.id,
    properties: note.properties,
    createdAt: note.createdAt,
    updatedAt: note.updatedAt,
  });
}

/** `POST /crm/properties/…/{type}` and `…/groups`. */
export function createDefinition(store: HubspotStore, type: string, body: unknown): CrmAnswer {
  const { name, label, type: valueType, fieldType, groupName } = recordOf(body);
  const definitions = store.definitions.get(type);
  if (!definitions || typeof name !== 'string' || !/^[a-z][a-z0-9_]{0,99}$/.test(name) || typeof label !== 'string')
    return badRequest('Invalid input JSON: a property needs a name and a label');
  if (!['string', 'number', 'date'].includes(String(valueType)) || typeof fieldType !== 'string')
    return badRequest('Invalid input JSON: type or fieldType is not valid');
  if (!store.groups.has(`${type} ${groupName}`))
    return badRequest(`Property group "${String(groupName)}" does not exist`);
  if (definitions.has(name))
    return refusedWith(409, `A property named '${name}' already exists.`, { category: 'OBJECT_ALREADY_EXISTS' });
  const definition = { name, label, type: String(valueType), fieldType, groupName: String(groupName) };
  definitions.set(name, definition);
  return answered(201, definition);
}

export function createGroup(store: HubspotStore, type: string, body: unknown): CrmAnswer {
  const { name, label } = recordOf(body);
  if (typeof name !== 'string' || typeof label !== 'string') return badRequest('Invalid input JSON');
  if (store.groups.has(`${type} ${name}`))
    return refusedWith(409, `A property group named '${name}' already exists.`, { category: 'OBJECT_ALREADY_EXISTS' });
  store.groups.add(`${type} ${name}`);
  return answered(201, { name, label, displayOrder: -1, archived: false });
}

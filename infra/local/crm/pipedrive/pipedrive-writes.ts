import { isRecord } from '../../../../functions/domain/fields/record.ts';
import type { CrmAnswer } from '../../../../functions/ports/crm-access.ts';
import { answered, badRequest, notEmulated, notFound, written } from './pipedrive-shapes.ts';
import {
  customField,
  type FieldDefinition,
  type FieldType,
  openStages,
  type PipedriveStore,
  type StoredDeal,
} from './pipedrive-store.ts';
import type { WebhookSender } from './pipedrive-webhooks.ts';

type Given = Readonly<Record<string, unknown>>;
type Change = { readonly values: Partial<StoredDeal> } | { readonly refused: CrmAnswer };

const isText = (value: unknown): value is string => typeof value === 'string';

/** Fields of a deal that the API takes, each with what it has to be. */
const changeable: Readonly<Record<string, (value: unknown) => boolean>> = {
  title: (value) => isText(value) && value !== '',
  value: (value) => typeof value === 'number',
  currency: (value) => isText(value) && /^[A-Z]{3}$/.test(value),
  status: (value) => value === 'open' || value === 'won' || value === 'lost',
  stage_id: (value) => openStages.some(({ id }) => Number(id) === value),
  lost_reason: (value) => value === null || isText(value),
  expected_close_date: (value) => value === null || isDay(value),
  custom_fields: isRecord,
};

/** What a write to a deal changes, or what Pipedrive refuses in it. */
export function changeIn({ dealFields }: PipedriveStore, body: Given): Change {
  for (const [name, value] of Object.entries(body)) {
    const isRight = Object.hasOwn(changeable, name) ? changeable[name] : undefined;
    if (!isRight) return { refused: badRequest(`${name}: unknown field`) };
    if (!isRight(value)) return { refused: badRequest(`${name}: ${JSON.stringify(value)} is not valid`) };
  }
  const custom = isRecord(body['custom_fields']) ? body['custom_fields'] : {};
  for (const [key, value] of Object.entries(custom)) {
    const field = dealFields.find(({ field_code: code, is_custom_field: isCustom }) => isCustom && code === key);
    if (!field) return { refused: badRequest(`custom_fields: unknown key ${key}`) };
    const problem = value === null ? undefined : problemOf(field, value);
    if (problem !== undefined) return { refused: badRequest(`custom_fields.${key}: ${problem}`) };
  }
  return { values: body as Partial<StoredDeal> };
}

const isDay = (value: unknown): boolean =>
  isText(value) && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));

const longest: Readonly<Partial<Record<FieldType, number>>> = { varchar: 255, text: 65_535 };

function problemOf({ field_type: type }: FieldDefinition, value: unknown): string | undefined {
  if (type === 'double') return typeof value === 'number' ? undefined : `${String(value)} is no number`;
  if (type === 'date') return isDay(value) ? undefined : `${String(value)} is no date`;
  if (!isText(value)) return 'a string is expected';
  const most = longest[type] ?? 0;
  return value.length > most ? `"${value}" is longer than ${most} characters` : undefined;
}

const fieldTypes: ReadonlySet<unknown> = new Set<FieldType>(['varchar', 'text', 'double', 'date']);

/** `POST /api/v2/dealFields`. Pipedrive takes two fields of one name; so does this. */
export function addedField(fields: FieldDefinition[], body: Given): CrmAnswer {
  const { field_name: name, field_type: type } = body;
  if (!isText(name) || name === '') return badRequest('field_name: a string is expected');
  if (!fieldTypes.has(type)) return notEmulated(`fields of the type ${JSON.stringify(type)}`);
  const known = fields.filter(({ field_name: each }) => each === name).length;
  const made = customField(name, type as FieldType);
  const field = known === 0 ? made : { ...made, field_code: made.field_code.slice(0, 39) + known };
  fields.push(field);
  return answered(201, field);
}

/** `POST /api/v1/notes`: a note of a deal. */
export function addedNote(store: PipedriveStore, body: Given, now: number): CrmAnswer {
  const { content, deal_id: dealId, add_time: at } = body;
  if (!isText(content) || content === '') return badRequest('content: a string is expected');
  if (at !== undefined && !(isText(at) && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(at)))
    return badRequest('add_time: YYYY-MM-DD HH:MM:SS is expected');
  const deal = typeof dealId === 'number' ? store.deals.get(dealId) : undefined;
  if (deal === undefined || deal.is_deleted) return notFound('Deal');
  const time = isText(at) ? `${at.replace(' ', 'T')}Z` : written(now);
  const note = { id: store.notes.length + 1, deal_id: deal.id, content, add_time: time };
  store.notes.push(note);
  return answered(201, note);
}

/** `POST /api/v1/webhooks`. */
export function addedWebhook(sender: WebhookSender, body: Given): CrmAnswer {
  const text = (name: string): string => (isText(body[name]) ? body[name] : '');
  if (body['version'] !== '2.0') return notEmulated('webhooks of a version other than 2.0');
  if (!/^https?:\/\//.test(text('subscription_url'))) return badRequest('subscription_url: an address is expected');
  if (!['*', 'create', 'change', 'delete'].includes(text('event_action'))) return badRequest('event_action: invalid');
  if (text('event_object') !== 'deal') return notEmulated(`webhooks of ${text('event_object')}`);
  const { id } = sender.register({
    ...{ subscription_url: text('subscription_url'), event_action: text('event_action'), event_object: 'deal' },
    ...{ name: text('name'), http_auth_user: text('http_auth_user'), http_auth_password: text('http_auth_password') },
  });
  return answered(201, { id, is_active: 1, version: '2.0' });
}

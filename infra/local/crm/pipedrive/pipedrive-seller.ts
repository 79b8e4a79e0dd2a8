import { contactFields, customFields } from '../../../../functions/crm/custom-fields.ts';
import { fieldName } from '../../../../functions/crm/pipedrive/pipedrive-mapping.ts';
import { soldDeal } from '../sold-deal.ts';
import { type FieldDefinition, openStages, type PipedriveStore, type StoredDeal } from './pipedrive-store.ts';

/** Within two weeks, as every seller says. */
const closesIn = 14 * 24 * 60 * 60_000;

/** What a seller makes of an event's detail: the deal with all that belongs to it, in the stage `proposed`. `now`: milliseconds. */
export function sold(store: PipedriveStore, detail: Readonly<Record<string, unknown>>, now: number): StoredDeal {
  const { name, customer, seller, value, texts, contacts } = soldDeal(detail);
  const organization = store.organizationOf({
    name: customer.name,
    website: customer.website === '' ? null : customer.website,
    address: customer.country === '' ? null : { value: customer.country, country: customer.country },
  });
  const people = contacts.map(({ name: person, email, roles, influence, stays, notes }) =>
    store.addPerson({
      ...{ name: person, org_id: organization.id },
      emails: email === '' ? [] : [{ value: email, primary: true, label: 'work' }],
      custom_fields: keyed(store.personFields, [
        [contactFields.roles.name, roles.join(', ')],
        [contactFields.influence.name, influence],
        [contactFields.stays.name, stays],
        [contactFields.notes.name, notes],
      ]),
    }),
  );
  const deal = store.addDeal({
    ...{ title: name, owner_id: store.userOf(seller).id, org_id: organization.id, person_id: people[0]?.id ?? null },
    stage_id: Number(openStages.find(({ phase }) => phase === 'proposed')?.id),
    ...(value && { value: value.amount, currency: value.currency }),
    expected_close_date: new Date(now + closesIn).toISOString().slice(0, 10),
    custom_fields: keyed(
      store.dealFields,
      customFields.map(({ name: field, is }) => {
        const text = texts[field] ?? '';
        return [field, is === 'number' && text !== '' ? Number(text) : text];
      }),
    ),
  });
  for (const { id } of people.slice(1)) store.participants.push({ dealId: deal.id, personId: id });
  return deal;
}

/** Values by the keys of their fields, as far as the company has those. */
function keyed(
  fields: readonly FieldDefinition[],
  values: readonly (readonly [name: string, value: unknown])[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    values.flatMap(([name, value]) => {
      const field = fields.find(({ field_name: each }) => each === fieldName(name));
      return field && value !== '' ? [[field.field_code, value]] : [];
    }),
  );
}

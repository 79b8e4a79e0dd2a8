import type { UnknownRecord } from '../../domain/fields/record.ts';
import type { Instant } from '../../domain/time/calendar.ts';
import {
  type Crm,
  type CrmNote,
  type DealRead,
  type DealState,
  mostStates,
  type WonDeal,
  type WonDeals,
  type WriteBackField,
  type WriteBackValues,
  type Written,
} from '../../ports/crm.ts';
import type { CrmAnswer } from '../../ports/crm-access.ts';
import { CrmUnavailable } from '../../ports/errors.ts';
import type { CrmConnection, CrmConnector } from '../crm-connector.ts';
import { kept, keptEach } from '../kept.ts';
import { type CrmColleague, colleaguesNamed } from '../named-colleague.ts';
import { instantIn, isNumericId, textOf } from '../reading.ts';
import { expectSuccess, noProperty, refusalText } from '../refusal.ts';
import { crm, errorIn, idIn, pipedriveApi } from './pipedrive-api.ts';
import {
  dealOf,
  dealStateOf,
  type FieldKeys,
  fieldNamed,
  fieldsOf,
  keyOfName,
  keysIn,
  wonAtOf,
} from './pipedrive-deal.ts';
import { readPipedriveEvent } from './pipedrive-events.ts';
import { rules, writtenTo } from './pipedrive-mapping.ts';
import { pipedriveProblem } from './pipedrive-signature.ts';

/** Pipedrive: deals, heard of by webhooks of version 2, read and written by the API of version 2, notes and users by version 1. */
export const pipedrive: CrmConnector = {
  title: crm,
  secretNames: {
    apiToken: 'the API token of the user whose deals Handoff sees',
    webhookUser: 'the user name that webhooks come with',
    webhookPassword: 'the password that webhooks come with',
  },
  webhookProblem: (request, { secrets }) =>
    pipedriveProblem(
      request,
      secrets.flatMap(({ webhookUser, webhookPassword }) =>
        webhookUser && webhookPassword ? [{ user: webhookUser, password: webhookPassword }] : [],
      ),
    ),
  hear: readPipedriveEvent,
  connect,
};

const isThere = (deal: UnknownRecord): boolean => deal['is_deleted'] !== true && deal['status'] !== 'deleted';
const goneText = 'There is no such deal in Pipedrive, or none that the user of the token may see.';

function connect(connection: CrmConnection): Crm {
  const api = pipedriveApi(connection);
  const { now, settings } = connection;
  const { apiUrl, deals: conditions = [] } = settings;
  const keysFor = (of: 'dealFields' | 'personFields') => async () =>
    keysIn(await api.all({ path: `/api/v2/${of}?limit=500`, what: 'list the fields' }));
  const dealKeys = kept(keysFor('dealFields'), now);
  const personKeys = kept(keysFor('personFields'), now);
  const dealOnly = async (id: string): Promise<readonly UnknownRecord[]> => {
    const deal = await api.record({ path: `/api/v2/deals/${id}`, what: 'read a deal' });
    return deal === undefined ? [] : [deal];
  };
  const user = (id: string) => api.record({ path: `/api/v1/users/${id}`, what: 'read a user' });
  const knownUser = keptEach(user, now);
  const stages = kept(() => api.all({ path: '/api/v2/stages?limit=500', what: 'list the stages' }), now);

  async function colleagueOf(id: string): Promise<CrmColleague | undefined> {
    const found = await user(id);
    return found && { email: textOf(found['email']), isActive: found['active_flag'] !== false };
  }

  /** The keys of fields, among them those that conditions name; somebody may have added one since we looked. */
  async function keysWith(deal: UnknownRecord): Promise<FieldKeys> {
    const unknown = (keys: FieldKeys) => conditions.find(({ property }) => !fieldNamed(deal, keys, property));
    const keys = await dealKeys.get();
    if (unknown(keys) === undefined) return keys;
    dealKeys.forget();
    const again = await dealKeys.get();
    const lacking = unknown(again);
    if (lacking) throw noProperty(crm, lacking.property);
    return again;
  }

  async function readDeal(dealId: string): Promise<DealRead> {
    if (!isNumericId(dealId)) return { gone: goneText };
    const path = `/api/v2/deals/${dealId}`;
    const deal = await api.record({ path: `${path}?include_option_labels=true`, what: 'read a deal' });
    if (deal === undefined || !isThere(deal)) return { gone: goneText };
    const [organizationId, ownerId] = [idIn(deal['org_id']), idIn(deal['owner_id'])];
    const [organization, owner, persons, products] = await Promise.all([
      organizationId === undefined
        ? undefined
        : api.record({ path: `/api/v2/organizations/${organizationId}`, what: 'read an organization' }),
      ownerId === undefined ? undefined : user(ownerId),
      api.all({
        path: `/api/v2/persons?deal_id=${dealId}&include_labels=true&include_option_labels=true&limit=500`,
        what: "list a deal's persons",
      }),
      // Where the company doesn't use products, there is no such list.
      api.all({ path: `${path}/products?limit=500`, what: "list a deal's products", orNone: true }),
    ]);
    const keys = await keysWith(deal);
    const colleagues = await colleaguesNamed(fieldsOf(deal, keys), {
      crm,
      rules,
      isId: isNumericId,
      find: colleagueOf,
    });
    const parts = {
      ...{ deal, organization, owner, persons, products, colleagues },
      ...{ stages: await stages.get(), dealKeys: keys, personKeys: await personKeys.get() },
      url: `${apiUrl}/deal/${dealId}`,
      conditions,
    };
    return { deal: dealOf(parts) };
  }

  async function dealStates(dealIds: readonly string[]): Promise<readonly DealState[]> {
    const ids = dealIds.filter(isNumericId);
    if (ids.length === 0) return [];
    const query = new URLSearchParams({ ids: ids.join(','), limit: String(mostStates) });
    const { records } = await api.page({ path: `/api/v2/deals?${query}`, what: 'list deals' });
    const listed = new Set(records.map(({ id }) => textOf(id)));
    const others: UnknownRecord[] = [];
    // Lists leave out deals that were archived, as companies do with those they have won.
    for (const id of ids.filter((each) => !listed.has(each))) others.push(...(await dealOnly(id)));
    const deals = [...records, ...others].filter(isThere);
    const emails = new Map<string, string>();
    for (const id of new Set(deals.flatMap((deal) => idIn(deal['owner_id']) ?? [])))
      emails.set(id, textOf((await knownUser(id))?.['email']));
    const all = deals.length > 0 ? await stages.get() : [];
    return deals.map((deal) => dealStateOf(deal, all, emails.get(textOf(deal['owner_id'])) ?? ''));
  }

  /** Deals that were archived are not among them: Pipedrive leaves them out of its lists. */
  async function wonSince(since: Instant, next?: string): Promise<WonDeals> {
    // To the second, as the API takes it, so that nothing of that second is missed.
    const from = `${new Date(since).toISOString().slice(0, 19)}Z`;
    const asked = new URLSearchParams({
      ...{ status: 'won', updated_since: from, sort_by: 'update_time', sort_direction: 'asc', limit: '500' },
      ...(next !== undefined && { cursor: next }),
    });
    const page = await api.page({ path: `/api/v2/deals?${asked}`, what: 'list won deals' });
    return { deals: page.records.map(wonDealOf), ...(page.next !== undefined && { next: page.next }) };
  }

  async function write(dealId: string, values: WriteBackValues): Promise<Written> {
    if (!isNumericId(dealId)) return 'gone';
    const named = Object.entries(values).map(([field, value]) => ({ name: writtenTo[field as WriteBackField], value }));
    if (named.length === 0) return 'written';
    let keys = await dealKeys.get();
    const lacking = () => named.filter(({ name }) => !keys.has(keyOfName(name))).map(({ name }) => `"${name}"`);
    if (lacking().length > 0) {
      // Somebody may have added them since we looked.
      dealKeys.forget();
      keys = await dealKeys.get();
    }
    if (lacking().length > 0) return { refused: `Deals have no field ${lacking().join(', ')}.` };
    const fields = Object.fromEntries(named.map(({ name, value }) => [keys.get(keyOfName(name)) ?? name, value]));
    const what = 'write to a deal';
    const path = `/api/v2/deals/${dealId}`;
    const answer = await api.call({ method: 'PATCH', path, body: { custom_fields: fields }, what });
    return writtenBy(answer, Object.values(fields), what);
  }

  async function addNote(dealId: string, { text, at }: CrmNote): Promise<Written> {
    if (!isNumericId(dealId)) return 'gone';
    const what = 'add a note to a deal';
    // Notes are HTML.
    const content = text
      .replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
      .split('\n')
      .join('<br>');
    const body = { content, deal_id: Number(dealId), add_time: at.slice(0, 19).replace('T', ' ') };
    return writtenBy(
      await api.call({ method: 'POST', path: '/api/v1/notes', body, what }),
      [content, text, ...text.split('\n')],
      what,
    );
  }

  return { readDeal, dealStates, wonSince, write, addNote };
}

function wonDealOf(record: UnknownRecord): WonDeal {
  const { id, title } = record;
  const [changedAt, wonAt] = [instantIn(record['update_time']), wonAtOf(record)];
  if (!isNumericId(id) || changedAt === undefined) throw new CrmUnavailable(`${crm} listed half a deal.`);
  return { dealId: String(id), name: textOf(title), ...(wonAt !== undefined && { wonAt }), changedAt };
}

function writtenBy(answer: CrmAnswer, written: readonly unknown[], what: string): Written {
  if (answer.status === 404 || answer.status === 410) return 'gone';
  if (answer.status === 400 || answer.status === 422)
    return { refused: refusalText(errorIn(answer), written) || `Pipedrive answered ${answer.status}.` };
  expectSuccess(answer, { crm, what });
  return 'written';
}

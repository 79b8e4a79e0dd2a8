import { longId } from '../../../../functions/crm/salesforce/salesforce-events.ts';
import type { Clock } from '../../../account/clock.ts';
import { fakeStages, type ObjectDefinition, type OrganizationOptions, objectsOf } from './salesforce-objects.ts';

/** A record by the names of its fields; null or left out where a field says nothing. */
export type StoredRecord = { Id: string; [field: string]: unknown };

export type SalesforceStore = ReturnType<typeof createSalesforceStore>;

/** How Salesforce writes moments. */
export const written = (time: number): string => new Date(time).toISOString().replace('Z', '+0000');

/** The records of an organization, with what Salesforce keeps of them by itself. */
export function createSalesforceStore(clock: Clock, options: OrganizationOptions) {
  const objects: ReadonlyMap<string, ObjectDefinition> = objectsOf(options);
  const records = new Map([...objects.keys()].map((name) => [name, new Map<string, StoredRecord>()]));
  /** The ids of opportunities that were deleted: an API tells those from ones that never were. */
  const deleted = new Map<string, StoredRecord>();

  function create(object: string, values: Readonly<Record<string, unknown>>): StoredRecord {
    const { prefix = '', fields } = objects.get(object) ?? {};
    const number = (records.get(object)?.size ?? 0) + deleted.size + 1;
    const now = written(clock.now());
    const has = (name: string) => fields?.has(name) === true;
    const record: StoredRecord = {
      Id: longId(`${prefix}Hs00000${String(number).padStart(5, '0')}`),
      ...Object.fromEntries(
        ['CreatedDate', 'LastModifiedDate', 'SystemModstamp'].filter(has).map((name) => [name, now]),
      ),
      ...Object.fromEntries(Object.entries(values).filter(([name]) => has(name))),
    };
    records.get(object)?.set(record.Id, record);
    return record;
  }

  for (const [place, { id, label, phase }] of fakeStages.entries())
    create('OpportunityStage', {
      ...{ ApiName: id, MasterLabel: label, SortOrder: place + 1, IsActive: true },
      ...{ IsWon: phase === 'won', IsClosed: phase === 'won' || phase === 'lost' },
    });

  return {
    objects,
    deleted: deleted as Pick<ReadonlyMap<string, StoredRecord>, 'has'>,
    create,
    /** By either length of its id. */
    get: (object: string, id: unknown): StoredRecord | undefined =>
      typeof id === 'string' ? records.get(object)?.get(longId(id)) : undefined,
    all: (object: string): readonly StoredRecord[] => [...(records.get(object)?.values() ?? [])],
    /** Sets fields of an opportunity, and what follows of them. Returns the names of those that changed. */
    update(record: StoredRecord, values: Readonly<Record<string, unknown>>): readonly string[] {
      const same = (name: string) => (record[name] ?? null) === (values[name] ?? null);
      const changed = Object.keys(values).filter((name) => !same(name));
      if (changed.length === 0) return [];
      Object.assign(record, values);
      const now = written(clock.now());
      if (changed.includes('StageName'))
        Object.assign(record, closingOf(record['StageName']), { LastStageChangeDate: now });
      Object.assign(record, { LastModifiedDate: now, SystemModstamp: now });
      return [...changed, 'LastModifiedDate'];
    },
    remove(record: StoredRecord): void {
      records.get('Opportunity')?.delete(record.Id);
      deleted.set(record.Id, record);
    },
    /** Out of the Recycle Bin, as it was; undefined where it isn't in there. */
    restore(id: string): StoredRecord | undefined {
      const record = deleted.get(longId(id));
      if (!record) return undefined;
      deleted.delete(record.Id);
      records.get('Opportunity')?.set(record.Id, Object.assign(record, { SystemModstamp: written(clock.now()) }));
      return record;
    },
    /** The user with an email address; made where there is none. */
    userOf(email: string): StoredRecord {
      const known = [...(records.get('User')?.values() ?? [])].find((user) => user['Email'] === email);
      return known ?? create('User', { Email: email, Name: email.split('@')[0], IsActive: true });
    },
  };
}

/** What Salesforce says of an opportunity by its stage. */
export function closingOf(stage: unknown): { readonly IsWon: boolean; readonly IsClosed: boolean } {
  const phase = fakeStages.find(({ id }) => id === stage)?.phase;
  return { IsWon: phase === 'won', IsClosed: phase === 'won' || phase === 'lost' };
}

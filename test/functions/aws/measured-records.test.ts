import { describe, expect, it } from 'vitest';
import { type Item, openTable, type Table } from '../../../functions/aws/dynamodb.ts';
import { measuredRecords } from '../../../functions/aws/measured-records.ts';
import type { RecordedFact } from '../../../functions/domain/reports/fact.ts';
import type { MeasuredHandoff } from '../../../functions/domain/reports/measured-handoff.ts';
import { anna, lena } from '../../support/handoff-record.ts';
import { measuredHandoff, measuredPlaybooks } from '../../support/measured.ts';
import { openRecords } from '../../support/records.ts';

const asOf = '2026-11-22T01:10:00Z';

/** A row that hardly compresses, so that few of them fill an item. */
const heavy = (id: string, kilobytes: number): MeasuredHandoff =>
  measuredHandoff({
    id,
    notKnown: Array.from({ length: kilobytes * 32 }, () => crypto.randomUUID().replaceAll('-', '')),
  });

const byId = (handoffs: readonly MeasuredHandoff[]) =>
  handoffs.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((each) => JSON.stringify(each).length);

/** A table whose answers at half the price may be from before: while `beStale` was said, each is the one before it once more. */
function slowTable(table: Table) {
  const reads: string[] = [];
  let last: Item[] = [];
  let isStale = false;
  const query: Table['query'] = async (options) => {
    if (options.values[':pk'] !== 'MEASURED#2026-11') return table.query(options);
    reads.push(options.ConsistentRead ? 'as they stand' : 'cheap');
    const answer = isStale && !options.ConsistentRead ? last : await table.query(options);
    isStale = false;
    if (!options.ConsistentRead) last = answer;
    return answer;
  };
  return {
    ...{ table: { ...table, query }, reads },
    beStale: () => {
      isStale = true;
    },
  };
}

/** The state as code wrote it that did not note how often chunks are written. */
const asEarlierVersion = (table: Table) =>
  table.update(
    { pk: 'MEASURED#ALL', sk: 'MEASURED' },
    {
      UpdateExpression: 'REMOVE #written ADD version :one',
      ExpressionAttributeNames: { '#written': 'written 2026-11' },
      values: { ':one': 1 },
    },
  );

describe('rows of reports', () => {
  it('are there by the month of their signature, and say as of when', async () => {
    const { measured } = (await openRecords()).records;
    expect(await measured.between('2026-01', '2026-12')).toEqual({ asOf: undefined, handoffs: [], playbooks: [] });
    const [october, november] = [
      measuredHandoff({ id: 'o', signedAt: '2026-10-31T23:59:59Z' }),
      measuredHandoff({ id: 'n' }),
    ];
    await measured.save({ asOf, handoffs: [november, october], playbooks: measuredPlaybooks });
    expect(await measured.between('2026-11', '2026-11')).toEqual({
      asOf,
      handoffs: [november],
      playbooks: measuredPlaybooks,
    });
    expect((await measured.between('2026-01', '2026-12')).handoffs).toEqual([october, november]);
    expect((await measured.between('2026-12', '2027-12')).handoffs).toEqual([]);
  });

  it('are written over where they stand, whoever else reads them', async () => {
    const { records, system } = await openRecords();
    const other = measuredRecords(openTable(system.clients.dynamodb, 'handoff'));
    const rows = ['a', 'b', 'c'].map((id) => measuredHandoff({ id }));
    await records.measured.save({ asOf, handoffs: rows, playbooks: [] });
    expect((await other.between('2026-11', '2026-11')).handoffs).toEqual(rows);
    const ended = measuredHandoff({ id: 'b', status: 'complete', endedAt: asOf });
    await records.measured.save({ asOf: '2026-11-23T01:10:00Z', handoffs: [ended], playbooks: [] });
    const now = await other.between('2026-11', '2026-11');
    expect(now).toMatchObject({ asOf: '2026-11-23T01:10:00Z', handoffs: [{ id: 'a' }, ended, { id: 'c' }] });
    expect(await other.unfinished()).toEqual({ ids: ['a', 'c'], canceled: new Map(), asOf: '2026-11-23T01:10:00Z' });
  });

  it('are unfinished while somebody owes an answer', async () => {
    const { measured } = (await openRecords()).records;
    const openItems = { opened: 1, settled: 0, overdue: 0, owed: 1 };
    const row = measuredHandoff({ id: 'a', status: 'complete', endedAt: asOf, openItems });
    const canceled = measuredHandoff({ id: 'c', status: 'cancelled', endedAt: asOf });
    const others = [{ ...row, id: 'b', status: 'stalled' as const }, canceled, { ...canceled, id: 'd', openItems }];
    await measured.save({ asOf, handoffs: [row, ...others], playbooks: [] });
    expect(await measured.unfinished()).toEqual({ ids: ['a', 'b', 'd'], canceled: new Map([['c', asOf]]), asOf });
  });

  it('stay in their item while it has room, and never outgrow one', async () => {
    const { records, system } = await openRecords();
    const first = Array.from({ length: 10 }, (_, i) => heavy(`a${i}`, 24));
    await records.measured.save({ asOf, handoffs: first, playbooks: [] });
    const more = Array.from({ length: 14 }, (_, i) => heavy(`b${i}`, 40));
    await records.measured.save({ asOf, handoffs: more, playbooks: [] });
    const grown = first.map(({ id }) => heavy(id, 90));
    await records.measured.save({ asOf, handoffs: grown, playbooks: [] });
    const items = await openTable(system.clients.dynamodb, 'handoff').query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': 'MEASURED#2026-11' },
    });
    expect(items.length).toBeGreaterThan(2);
    for (const { rows } of items) expect((rows as Uint8Array).length).toBeLessThanOrEqual(350_000);
    const { handoffs } = await records.measured.between('2026-11', '2026-11');
    expect(byId(handoffs)).toEqual(byId([...grown, ...more]));
  });

  it('are lost to nobody who saves at the same time', async () => {
    const { records, system } = await openRecords();
    const other = measuredRecords(openTable(system.clients.dynamodb, 'handoff'));
    await records.measured.save({ asOf, handoffs: [measuredHandoff({ id: 'a' })], playbooks: [] });
    await Promise.all([
      records.measured.save({ asOf, handoffs: [measuredHandoff({ id: 'b' })], playbooks: [] }),
      other.save({ asOf, handoffs: [measuredHandoff({ id: 'c' })], playbooks: [] }),
    ]);
    const { handoffs } = await records.measured.between('2026-11', '2026-11');
    expect(handoffs.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c']);
  });

  it('are read at half the price, and once more where that answer is from before', async () => {
    const { records, system } = await openRecords();
    const { table, reads, beStale } = slowTable(openTable(system.clients.dynamodb, 'handoff'));
    const before = ['a', 'b'].map((id) => measuredHandoff({ id }));
    await records.measured.save({ asOf, handoffs: before, playbooks: [] });
    const measured = measuredRecords(table);
    expect((await measured.between('2026-11', '2026-11')).handoffs).toEqual(before);
    expect(reads.splice(0)).toEqual(['cheap']);
    const ended = measuredHandoff({ id: 'b', status: 'complete', endedAt: asOf });
    await records.measured.save({ asOf: '2026-11-23T01:10:00Z', handoffs: [ended], playbooks: [] });
    beStale();
    expect((await measured.between('2026-11', '2026-11')).handoffs).toEqual([before[0], ended]);
    expect(reads.splice(0)).toEqual(['cheap', 'as they stand']);
    beStale();
    expect((await measured.unfinished()).ids).toEqual(['a']);
    expect(reads.splice(0)).toEqual(['cheap', 'as they stand']);
    // What was dropped is not missed.
    await records.measured.drop([ended]);
    expect((await measured.between('2026-11', '2026-11')).handoffs).toEqual(before.slice(0, 1));
    expect(reads.splice(0)).toEqual(['cheap']);
    await records.measured.drop(before);
    await records.measured.save({ asOf, handoffs: [ended], playbooks: [] });
    expect((await measured.between('2026-11', '2026-11')).handoffs).toEqual([ended]);
    expect(reads.splice(0)).toEqual(['cheap']);
    await asEarlierVersion(openTable(system.clients.dynamodb, 'handoff'));
    expect((await measured.between('2026-11', '2026-11')).handoffs).toEqual([ended]);
    expect(reads).toEqual(['as they stand']);
  });

  it('follow playbooks that stand since the first handoff that followed them', async () => {
    const { measured } = (await openRecords()).records;
    const [playbook] = measuredPlaybooks;
    if (!playbook) throw new Error('a playbook is expected');
    await measured.save({ asOf, handoffs: [], playbooks: [playbook] });
    await measured.save({ asOf, handoffs: [], playbooks: [{ ...playbook, since: '2025-01-01T00:00:00Z' }] });
    await measured.save({ asOf, handoffs: [], playbooks: [{ ...playbook, since: '2026-05-01T00:00:00Z' }] });
    const { playbooks } = await measured.between('2026-11', '2026-11');
    expect(playbooks).toEqual([{ ...playbook, since: '2025-01-01T00:00:00Z' }]);
  });
});

describe('facts', () => {
  const fact = (key: string, more: Partial<RecordedFact> = {}) =>
    ({
      kind: 'stalled',
      handoff: 'h',
      key,
      at: '2026-11-20T10:00:00Z',
      revision: 1,
      recordedAt: asOf,
      ...more,
    }) as RecordedFact;

  it('stand with their handoff, and in their week with what they superseded', async () => {
    const { facts } = (await openRecords()).records;
    expect(await facts.of('h')).toEqual([]);
    const [one, two] = [fact('a'), fact('b', { at: '2026-11-23T00:00:00Z' })];
    expect(await facts.record({ handoffId: 'h', news: [one, two], standing: [one, two], over: [] })).toBe(true);
    const revised = fact('a', { revision: 2, step: 'x' } as Partial<RecordedFact>);
    // The second time it stands already.
    for (const isFirst of [true, false])
      expect(await facts.record({ handoffId: 'h', news: [revised], standing: [revised, two], over: [one, two] })).toBe(
        isFirst,
      );
    expect(await facts.of('h')).toEqual([revised, two]);
    expect(await facts.inWeek('2026-W47')).toEqual([one, revised]);
    expect(await facts.inWeek('2026-W48')).toEqual([two]);
    expect(await facts.inWeek('2026-W49')).toEqual([]);
  });
});

describe('what stands of a handoff', () => {
  const fact = (key: string, revision = 1): RecordedFact => ({
    ...{ kind: 'stalled', handoff: 'h', key, at: '2026-11-20T10:00:00Z' },
    ...{ revision, recordedAt: asOf },
  });

  it('is not written over by who knew less of it, and by who knew it as an earlier version wrote it', async () => {
    const { records, system } = await openRecords();
    const { facts } = records;
    const [one, two, three] = [fact('a'), fact('b'), fact('b', 2)];
    const input = { handoffId: 'h', news: [two] };
    expect(await facts.record({ handoffId: 'h', news: [one], standing: [one], over: [] })).toBe(true);
    expect(await facts.record({ ...input, standing: [two], over: [] })).toBe(false);
    expect(await facts.of('h')).toEqual([one]);
    expect(await facts.record({ ...input, standing: [one, two], over: [one] })).toBe(true);
    expect(await facts.of('h', { maybeStale: true })).toEqual([one, two]);
    const table = openTable(system.clients.dynamodb, 'handoff');
    const key = { pk: 'FACTSOF#h', sk: 'FACTS' };
    const { version, ...earlier } = (await table.get(key)) ?? {};
    expect(version).toBe(2);
    await table.put(earlier);
    expect(await facts.record({ ...input, news: [three], standing: [one, three], over: [one, two] })).toBe(true);
    expect((await table.get(key))?.['version']).toBe(3);
  });

  it('stands in its week as well, where somebody slower found the same without having read it', async () => {
    const { facts } = (await openRecords()).records;
    const [one, again] = [fact('a'), { ...fact('a'), recordedAt: '2026-11-24T01:10:00.000Z' }];
    expect(await facts.record({ handoffId: 'h', news: [one], standing: [one], over: [] })).toBe(true);
    expect(await facts.record({ handoffId: 'h', news: [again], standing: [again], over: [] })).toBe(false);
    expect(await facts.inWeek('2026-W47')).toEqual([one]);
  });
});

describe('pseudonyms', () => {
  it('are the same for good, whoever asks first, until somebody is forgotten', async () => {
    const { pseudonyms } = (await openRecords()).records;
    const [ids, others] = await Promise.all([pseudonyms.idsOf([anna, lena]), pseudonyms.idsOf([anna.toUpperCase()])]);
    expect(others.get(anna.toUpperCase())).toBe(ids.get(anna));
    expect(ids.get(anna)).not.toBe(ids.get(lena));
    expect(`${ids.get(anna)}`).toMatch(/^[\w-]{12}$/);
    expect(await pseudonyms.idsOf([anna, lena])).toEqual(ids);
    const known = await pseudonyms.everybody();
    expect([...known].sort()).toEqual([...ids].map(([email, id]) => [id, email]).sort());
    await pseudonyms.forget(anna);
    expect([...(await pseudonyms.everybody()).values()]).toEqual([lena]);
  });
});

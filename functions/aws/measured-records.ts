import type { PersonId } from '../domain/reports/fact.ts';
import { isOverForGood, type MeasuredHandoff, type MeasuredPlaybook } from '../domain/reports/measured-handoff.ts';
import { monthOf } from '../domain/time/weeks.ts';
import { RecordsUnavailable } from '../ports/errors.ts';
import type { MeasuredHandoffs } from '../ports/measured.ts';
import type { Item, Table } from './dynamodb.ts';
import { packRows, unfinishedIn, unpackRows } from './measured-codec.ts';
import { putOver } from './put-over.ts';
import { partition, sort } from './table.ts';

/** An item may have 400 KB. */
const mostBytes = 350_000;
/** Rows grow while their handoffs run: a chunk takes new ones until it is half full. */
const newUntilBytes = 175_000;
/** How often a chunk is written again that somebody else writes at the same time. */
const attempts = 5;

interface Chunk {
  readonly key: string;
  readonly version: number;
  readonly bytes: Uint8Array;
}

interface State {
  readonly asOf: string | undefined;
  /** Grows with whatever is saved. */
  readonly version: number;
  readonly months: readonly string[];
  /** The first month kept; undefined where all are. */
  readonly keptFrom: string | undefined;
  /** The month before which all beside rows was deleted. */
  readonly droppedTo: string | undefined;
}

/** Rows of reports: some items a month, each with many compressed. What was read is kept until something is saved. */
export function measuredRecords(table: Table): MeasuredHandoffs {
  const stateKey = { pk: partition.measured('ALL'), sk: sort.measured };
  let read: { readonly version: number; readonly rows: Map<string, readonly MeasuredHandoff[]> } | undefined;

  async function state(): Promise<State> {
    const item = await table.get(stateKey);
    const { asOf, version, months, keptFrom, droppedTo } = item ?? {};
    const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
    return {
      asOf: text(asOf),
      keptFrom: text(keptFrom),
      droppedTo: text(droppedTo),
      version: Number(version ?? 0),
      months: months instanceof Set ? [...months].map(String).sort() : [],
    };
  }

  async function chunksOf(month: string): Promise<readonly Chunk[]> {
    const items = await table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': partition.measured(month) },
      ConsistentRead: true,
    });
    return items.map(chunkOf);
  }

  async function playbooks(): Promise<readonly MeasuredPlaybook[]> {
    const items = await table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :playbook)',
      values: { ':pk': stateKey.pk, ':playbook': sort.measuredPlaybook('') },
    });
    return items.map(({ playbook }) => JSON.parse(String(playbook)) as MeasuredPlaybook);
  }

  /** A chunk with what is to stand in it; one that has grown too large leaves its later half to a chunk of its own, written first. */
  async function write(
    month: string,
    chunk: Omit<Chunk, 'bytes'> & Partial<Chunk>,
    rows: readonly MeasuredHandoff[],
  ): Promise<boolean> {
    const bytes = packRows(rows);
    // Most of what ended long ago stands as it did.
    if (chunk.bytes && Buffer.compare(bytes, chunk.bytes) === 0) return true;
    if (bytes.length <= mostBytes || rows.length < 2) {
      const item = { pk: partition.measured(month), sk: chunk.key, rows: bytes };
      return (await putOver(table, item, chunk.version)) !== undefined;
    }
    const half = Math.ceil(rows.length / 2);
    const next = await freeKey(month);
    return (
      (await write(month, { key: next, version: 0 }, rows.slice(half))) && write(month, chunk, rows.slice(0, half))
    );
  }

  async function freeKey(month: string): Promise<string> {
    const last = (await chunksOf(month)).at(-1);
    return sort.measuredRows(last ? Number(/\d+$/.exec(last.key)?.[0]) + 1 : 1);
  }

  /** Writes rows over what stood of them, each where it stands, and those that stand nowhere to the end. False: to be tried again. */
  async function saveMonth(month: string, news: ReadonlyMap<string, MeasuredHandoff>): Promise<boolean> {
    const left = new Map(news);
    const chunks = await chunksOf(month);
    // Whoever was interrupted while a chunk was halved has left rows in both: they stay where they were written last.
    for (const chunk of chunks.toReversed()) {
      const rows = unpackRows(chunk.bytes);
      const now = rows.flatMap((row) => (news.has(row.id) ? (left.get(row.id) ?? []) : [row]));
      for (const { id } of rows) left.delete(id);
      if (!(await write(month, chunk, now))) return false;
    }
    if (left.size === 0) return true;
    const last = (await chunksOf(month)).at(-1);
    if (last && last.bytes.length < newUntilBytes)
      return write(month, last, [...unpackRows(last.bytes), ...left.values()]);
    return write(month, { key: await freeKey(month), version: 0 }, [...left.values()]);
  }

  async function deleteChunk(month: string, { key, version }: Chunk): Promise<void> {
    await table.delete(
      { pk: partition.measured(month), sk: key },
      {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        values: { ':version': version },
      },
    );
  }

  async function savePlaybooks(news: readonly MeasuredPlaybook[]): Promise<void> {
    const known = new Map((await playbooks()).map((playbook) => [playbook.hash, playbook]));
    for (const playbook of news) {
      const stands = known.get(playbook.hash);
      if (stands && Date.parse(stands.since) <= Date.parse(playbook.since)) continue;
      known.set(playbook.hash, playbook);
      await table.put({
        pk: stateKey.pk,
        sk: sort.measuredPlaybook(playbook.hash),
        playbook: JSON.stringify(playbook),
      });
    }
  }

  return {
    async between(from, to) {
      const { asOf, version, months, keptFrom } = await state();
      if (read?.version !== version) read = { version, rows: new Map() };
      const { rows } = read;
      const asked = months.filter((month) => from <= month && month <= to);
      for (const month of asked.filter((each) => !rows.has(each))) rows.set(month, rowsIn(await chunksOf(month)));
      const kept = (month: string) => {
        const all = rows.get(month) ?? [];
        return keptFrom !== undefined && month < keptFrom ? all.filter((row) => !isOverForGood(row)) : all;
      };
      return {
        asOf,
        ...(keptFrom !== undefined && { keptFrom }),
        handoffs: asked.flatMap(kept),
        playbooks: await playbooks(),
      };
    },

    async unfinished() {
      const [ids, canceled] = [new Set<string>(), new Map<string, string>()];
      // Month by month: all rows there ever were would not fit.
      for (const month of (await state()).months)
        for (const { bytes } of await chunksOf(month)) {
          const found = unfinishedIn(bytes);
          for (const id of found.ids) ids.add(id);
          for (const [id, at] of found.canceled) canceled.set(id, at);
        }
      return { ids: [...ids], canceled };
    },

    async save({ asOf, handoffs, playbooks: news }) {
      const byMonth = Map.groupBy(handoffs, ({ signedAt }) => monthOf(signedAt, 'UTC'));
      for (const [month, rows] of byMonth) {
        const byId = new Map(rows.map((row) => [row.id, row]));
        let saved = false;
        for (let attempt = 0; attempt < attempts && !saved; attempt += 1) saved = await saveMonth(month, byId);
        if (!saved) throw writtenAtOnce(month);
      }
      await savePlaybooks(news);
      await table.update(stateKey, {
        UpdateExpression: `SET asOf = :asOf ADD version :one${byMonth.size > 0 ? ', months :months' : ''}`,
        values: { ':asOf': asOf, ':one': 1, ...(byMonth.size > 0 && { ':months': new Set(byMonth.keys()) }) },
      });
    },

    async keepFrom(month) {
      const { keptFrom, droppedTo, months } = await state();
      if (keptFrom === undefined || keptFrom < month)
        await table.update(stateKey, { UpdateExpression: 'SET keptFrom = :month', values: { ':month': month } });
      const left = droppedTo ?? months[0];
      return left === undefined ? {} : { left };
    },

    async overBefore(month, most) {
      const found: MeasuredHandoff[] = [];
      for (const each of (await state()).months)
        if (each < month && found.length < most) found.push(...rowsIn(await chunksOf(each)).filter(isOverForGood));
      return found.slice(0, most);
    },

    async drop(rows) {
      for (const [month, gone] of Map.groupBy(rows, ({ signedAt }) => monthOf(signedAt, 'UTC'))) {
        const ids = new Set(gone.map(({ id }) => id));
        let left = 0;
        for (const chunk of await chunksOf(month)) {
          const stay = unpackRows(chunk.bytes).filter(({ id }) => !ids.has(id));
          left += stay.length;
          if (stay.length > 0 && !(await write(month, chunk, stay))) throw writtenAtOnce(month);
          if (stay.length === 0) await deleteChunk(month, chunk);
        }
        await table.update(stateKey, {
          UpdateExpression: `ADD version :one${left === 0 ? ' DELETE months :months' : ''}`,
          values: { ':one': 1, ...(left === 0 && { ':months': new Set([month]) }) },
        });
      }
    },

    async noteDropped(month) {
      await table.update(stateKey, { UpdateExpression: 'SET droppedTo = :month', values: { ':month': month } });
    },

    async people() {
      const ids = new Set<string>();
      for (const month of (await state()).months)
        for (const row of rowsIn(await chunksOf(month))) for (const id of peopleOf(row)) ids.add(id);
      return ids;
    },
  };
}

const writtenAtOnce = (month: string): RecordsUnavailable =>
  new RecordsUnavailable(`Others write the rows of ${month} at the same time: try again.`);

const peopleOf = (row: MeasuredHandoff): readonly PersonId[] =>
  [
    ...[row.accountExecutive, row.accountExecutiveTeam, row.customerSuccessManager, row.customerSuccessManagerTeam],
    ...row.rounds.flatMap(({ owner, team }) => [owner, team]),
  ].filter((id) => id !== undefined);

/** Of rows that stand twice, because somebody was interrupted, the later one. */
function rowsIn(chunks: readonly Chunk[]): readonly MeasuredHandoff[] {
  const rows = new Map<string, MeasuredHandoff>();
  for (const { bytes } of chunks) for (const row of unpackRows(bytes)) rows.set(row.id, row);
  return [...rows.values()];
}

function chunkOf({ sk, version, rows }: Item): Chunk {
  if (!(rows instanceof Uint8Array)) throw new Error(`The rows of reports under ${String(sk)} cannot be read.`);
  return { key: String(sk), version: Number(version ?? 0), bytes: rows };
}

import type { MeasuredHandoff } from '../domain/reports/measured-handoff.ts';
import type { Period } from '../domain/time/periods.ts';
import type { Item, Table } from './dynamodb.ts';
import { packRows, unpackRows } from './measured-codec.ts';
import { putOver } from './put-over.ts';
import { partition, sort } from './table.ts';

/** An item may have 400 KB. */
const mostBytes = 350_000;
/** Rows grow while their handoffs run: a chunk takes new ones until it is half full. */
const newUntilBytes = 175_000;

/** Some rows of a month, compressed. */
export interface Chunk {
  readonly key: string;
  /** How often it was written. */
  readonly version: number;
  readonly bytes: Uint8Array;
}

/** The items in which the rows of a month stand. */
export interface Chunks {
  /**
   * As they stand. `written`: how often they were written at least, all together (`timesWritten`); then they are read at half the price
   * first, and once more only where that answer is from before.
   */
  of(month: Period, written?: number): Promise<readonly Chunk[]>;
  /**
   * Writes rows over what stood of them, each where it stands, and those that stand nowhere to the end. How often the month was written
   * now; undefined where somebody else writes it at the same time: to be tried again.
   */
  save(month: Period, news: ReadonlyMap<string, MeasuredHandoff>): Promise<number | undefined>;
  /** Takes rows out. How often the month was written now, and how many rows are left; undefined as above. */
  drop(
    month: Period,
    ids: ReadonlySet<string>,
  ): Promise<{ readonly written: number; readonly left: number } | undefined>;
}

/** How often chunks were written, all together: whoever reads fewer than that has an answer from before. */
const timesWritten = (chunks: readonly Pick<Chunk, 'version'>[]): number =>
  chunks.reduce((sum, { version }) => sum + version, 0);

/** The chunks of months in the table. */
export function measuredChunks(table: Table): Chunks {
  async function read(month: Period, ConsistentRead: boolean): Promise<readonly Chunk[]> {
    const items = await table.query({
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': partition.measured(month) },
      ConsistentRead,
    });
    return items.map(chunkOf);
  }

  const asTheyStand = (month: Period) => read(month, true);

  /**
   * A chunk with what is to stand in it; one that has grown too large leaves its later half to a chunk of its own, written first. How
   * many items were written; undefined where somebody else wrote one.
   */
  async function write(
    month: Period,
    chunk: Omit<Chunk, 'bytes'> & Partial<Chunk>,
    rows: readonly MeasuredHandoff[],
  ): Promise<number | undefined> {
    const bytes = packRows(rows);
    // Most of what ended long ago stands as it did.
    if (chunk.bytes && Buffer.compare(bytes, chunk.bytes) === 0) return 0;
    if (bytes.length <= mostBytes || rows.length < 2) {
      const item = { pk: partition.measured(month), sk: chunk.key, rows: bytes };
      return (await putOver(table, item, chunk.version)) === undefined ? undefined : 1;
    }
    const half = Math.ceil(rows.length / 2);
    const later = await write(month, { key: await freeKey(month), version: 0 }, rows.slice(half));
    const earlier = later === undefined ? undefined : await write(month, chunk, rows.slice(0, half));
    return later === undefined || earlier === undefined ? undefined : later + earlier;
  }

  async function freeKey(month: Period): Promise<string> {
    const last = (await asTheyStand(month)).at(-1);
    return sort.measuredRows(last ? Number(/\d+$/.exec(last.key)?.[0]) + 1 : 1);
  }

  /** Writes those that stand nowhere yet. */
  async function add(month: Period, rows: readonly MeasuredHandoff[]): Promise<number | undefined> {
    if (rows.length === 0) return 0;
    const last = (await asTheyStand(month)).at(-1);
    return last && last.bytes.length < newUntilBytes
      ? write(month, last, [...unpackRows(last.bytes), ...rows])
      : write(month, { key: await freeKey(month), version: 0 }, rows);
  }

  return {
    async of(month, written) {
      const cheap = written === undefined ? undefined : await read(month, false);
      return cheap && timesWritten(cheap) >= (written ?? 0) ? cheap : asTheyStand(month);
    },

    async save(month, news) {
      const left = new Map(news);
      const chunks = await asTheyStand(month);
      let written = timesWritten(chunks);
      // Whoever was interrupted while a chunk was halved has left rows in both: they stay where they were written last.
      for (const chunk of chunks.toReversed()) {
        const rows = unpackRows(chunk.bytes);
        const now = rows.flatMap((row) => (news.has(row.id) ? (left.get(row.id) ?? []) : [row]));
        for (const { id } of rows) left.delete(id);
        const times = await write(month, chunk, now);
        if (times === undefined) return undefined;
        written += times;
      }
      const times = await add(month, [...left.values()]);
      return times === undefined ? undefined : written + times;
    },

    async drop(month, ids) {
      const chunks = await asTheyStand(month);
      let [written, left] = [timesWritten(chunks), 0];
      for (const chunk of chunks) {
        const stay = unpackRows(chunk.bytes).filter(({ id }) => !ids.has(id));
        left += stay.length;
        if (stay.length === 0) {
          await deleteChunk(month, chunk);
          written -= chunk.version;
          continue;
        }
        const times = await write(month, chunk, stay);
        if (times === undefined) return undefined;
        written += times;
      }
      return { written, left };
    },
  };

  async function deleteChunk(month: Period, { key, version }: Chunk): Promise<void> {
    await table.delete(
      { pk: partition.measured(month), sk: key },
      {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        values: { ':version': version },
      },
    );
  }
}

function chunkOf({ sk, version, rows }: Item): Chunk {
  if (!(rows instanceof Uint8Array)) throw new Error(`The rows of reports under ${String(sk)} cannot be read.`);
  return { key: String(sk), version: Number(version ?? 0), bytes: rows };
}

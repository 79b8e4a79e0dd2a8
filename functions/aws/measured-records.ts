import type { PersonId } from '../domain/reports/fact.ts';
import { isOverForGood, type MeasuredHandoff, type MeasuredPlaybook } from '../domain/reports/measured-handoff.ts';
import { monthOf } from '../domain/time/weeks.ts';
import { RecordsUnavailable } from '../ports/errors.ts';
import type { MeasuredHandoffs, Pass } from '../ports/measured.ts';
import type { Table } from './dynamodb.ts';
import { type Chunk, measuredChunks } from './measured-chunks.ts';
import { unfinishedIn, unpackRows } from './measured-codec.ts';
import { partition, sort } from './table.ts';

/** How often a chunk is written again that somebody else writes at the same time. */
const attempts = 5;

interface State {
  readonly asOf: string | undefined;
  /** Grows with whatever is saved. */
  readonly version: number;
  readonly months: readonly string[];
  /** By month: how often its chunks were written at least. */
  readonly written: ReadonlyMap<string, number>;
  /** The first month kept; undefined where all are. */
  readonly keptFrom: string | undefined;
  /** The month before which all beside rows was deleted. */
  readonly droppedTo: string | undefined;
  /** Where the next run that measures goes on; undefined where the last one came to the end. */
  readonly pass: Pass | undefined;
}

/** Rows of reports: some items a month, each with many compressed. What was read is kept until something is saved. */
export function measuredRecords(table: Table): MeasuredHandoffs {
  const stateKey = { pk: partition.measured('ALL'), sk: sort.measured };
  const chunks = measuredChunks(table);
  let read: { readonly version: number; readonly rows: Map<string, readonly MeasuredHandoff[]> } | undefined;

  async function state(): Promise<State> {
    const item = await table.get(stateKey);
    const { asOf, version, months, keptFrom, droppedTo, passSince, passAfter } = item ?? {};
    const written = Object.entries(item ?? {}).filter(([name]) => name.startsWith(writtenIn('')));
    const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
    return {
      asOf: text(asOf),
      keptFrom: text(keptFrom),
      droppedTo: text(droppedTo),
      pass: typeof passSince === 'string' ? { since: passSince, after: String(passAfter) } : undefined,
      version: Number(version ?? 0),
      months: months instanceof Set ? [...months].map(String).sort() : [],
      written: new Map(written.map(([name, times]) => [name.slice(writtenIn('').length), Number(times)])),
    };
  }

  async function playbooks(): Promise<readonly MeasuredPlaybook[]> {
    const items = await table.query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :playbook)',
      values: { ':pk': stateKey.pk, ':playbook': sort.measuredPlaybook('') },
    });
    return items.map(({ playbook }) => JSON.parse(String(playbook)) as MeasuredPlaybook);
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
      const { asOf, version, months, keptFrom, written } = await state();
      if (read?.version !== version) read = { version, rows: new Map() };
      const { rows } = read;
      const asked = months.filter((month) => from <= month && month <= to);
      for (const month of asked.filter((each) => !rows.has(each)))
        rows.set(month, rowsIn(await chunks.of(month, written.get(month))));
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
      const { asOf, months, written, pass } = await state();
      for (const month of months)
        for (const { bytes } of await chunks.of(month, written.get(month))) {
          const found = unfinishedIn(bytes);
          for (const id of found.ids) ids.add(id);
          for (const [id, at] of found.canceled) canceled.set(id, at);
        }
      return { ids: [...ids], canceled, ...(pass && { pass }), ...(asOf !== undefined && { asOf }) };
    },

    async save({ asOf, left, handoffs, playbooks: news }) {
      const byMonth = Map.groupBy(handoffs, ({ signedAt }) => monthOf(signedAt, 'UTC'));
      const written: (readonly [month: string, times: number])[] = [];
      for (const [month, rows] of byMonth) {
        const byId = new Map(rows.map((row) => [row.id, row]));
        let times: number | undefined;
        for (let attempt = 0; attempt < attempts && times === undefined; attempt += 1)
          times = await chunks.save(month, byId);
        if (times === undefined) throw writtenAtOnce(month);
        written.push([month, times]);
      }
      await savePlaybooks(news);
      const sets = [
        ...(asOf === undefined ? [] : ['asOf = :asOf']),
        ...(left ? ['passSince = :since', 'passAfter = :after'] : []),
        ...written.map((_, i) => `#written${i} = :written${i}`),
      ];
      await table.update(stateKey, {
        UpdateExpression: [
          ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
          ...(left ? [] : ['REMOVE passSince, passAfter']),
          `ADD version :one${byMonth.size > 0 ? ', months :months' : ''}`,
        ].join(' '),
        ...(byMonth.size > 0 && {
          ExpressionAttributeNames: Object.fromEntries(
            written.map(([month], i) => [`#written${i}`, writtenIn(month)] as const),
          ),
        }),
        values: {
          ':one': 1,
          ...(asOf !== undefined && { ':asOf': asOf }),
          ...(left && { ':since': left.since, ':after': left.after }),
          ...Object.fromEntries(written.map(([, times], i) => [`:written${i}`, times])),
          ...(byMonth.size > 0 && { ':months': new Set(byMonth.keys()) }),
        },
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
        if (each < month && found.length < most) found.push(...rowsIn(await chunks.of(each)).filter(isOverForGood));
      return found.slice(0, most);
    },

    async drop(rows) {
      for (const [month, gone] of Map.groupBy(rows, ({ signedAt }) => monthOf(signedAt, 'UTC'))) {
        const dropped = await chunks.drop(month, new Set(gone.map(({ id }) => id)));
        if (!dropped) throw writtenAtOnce(month);
        const { left, written } = dropped;
        await table.update(stateKey, {
          UpdateExpression: `${left === 0 ? 'REMOVE #written' : 'SET #written = :written'} ADD version :one${left === 0 ? ' DELETE months :months' : ''}`,
          ExpressionAttributeNames: { '#written': writtenIn(month) },
          values: { ':one': 1, ...(left === 0 ? { ':months': new Set([month]) } : { ':written': written }) },
        });
      }
    },

    async noteDropped(month) {
      await table.update(stateKey, { UpdateExpression: 'SET droppedTo = :month', values: { ':month': month } });
    },

    async people() {
      const ids = new Set<string>();
      for (const month of (await state()).months)
        for (const row of rowsIn(await chunks.of(month))) for (const id of peopleOf(row)) ids.add(id);
      return ids;
    },
  };
}

/** Where in the state stands how often the chunks of a month were written. */
const writtenIn = (month: string): string => `written ${month}`;

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

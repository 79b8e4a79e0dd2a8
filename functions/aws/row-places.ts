import { type Column, unfolded } from './number-columns.ts';
import { type columnNames, minute, owners } from './row-columns.ts';

export type RowColumns = Record<(typeof columnNames)[number], Column>;

/** When each row was signed and when it ended, milliseconds since 1970; NaN where it has not. */
export function standingOf(columns: readonly Column[]): {
  readonly status: Column;
  readonly owed: Column;
  readonly signed: Float64Array;
  readonly ended: Float64Array;
} {
  const [status, owed, signedColumn, signedRest, endedColumn, endedRest] = columns as [
    ...[Column, Column, Column, Column, Column, Column],
  ];
  const length = status.length;
  const [signed, ended] = [new Float64Array(length), new Float64Array(length)];
  let before = 0;
  for (let i = 0; i < length; i += 1) {
    before += unfolded(signedColumn[i] ?? 0);
    signed[i] = before * minute + (signedRest[i] ?? 0);
    const since = endedColumn[i] ?? 0;
    ended[i] = since === 0 ? Number.NaN : (before + unfolded(since - 1)) * minute + (endedRest[i] ?? 0);
  }
  return { status, owed, signed, ended };
}

/** Those of a row, each 1 and the number of their text, 0 for nobody. */
export interface RowPeople {
  readonly executive: number;
  readonly executiveTeam: number;
  readonly manager: number;
  readonly managerTeam: number;
}

/** Whoever owned a round, in the same way. */
export function ownerOf(value: number, of: RowPeople): number {
  if (value === owners.executive) return of.executive;
  if (value === owners.manager) return of.manager;
  if (value === owners.executiveTeam) return of.executiveTeam;
  return value === owners.managerTeam ? of.managerTeam : 1 + value - owners.other;
}

/** The steps of all rounds, in the order of rows, by the numbers of their texts; and where in the columns of rounds each one stands. */
export function stepsIn(
  column: Pick<RowColumns, 'steps' | 'rounds'>,
  texts: number,
): { readonly steps: Int32Array; readonly places: Int32Array } {
  const { length } = column.steps;
  const [steps, places] = [new Int32Array(length), new Int32Array(length)];
  /** By the number of the text before, counted from 1; first of what begins a row. */
  const next = new Int32Array(texts + 1);
  const begins = new Int32Array(texts + 1);
  let at = 0;
  for (const rounds of column.rounds) {
    let last = -1;
    for (const end = at + rounds; at < end; at += 1) {
      const value = column.steps[at] ?? 0;
      const step = value === 0 ? (next[last + 1] ?? 0) : value - 1;
      next[last + 1] = step;
      steps[at] = step;
      begins[step + 1] = (begins[step + 1] ?? 0) + 1;
      last = step;
    }
  }
  for (let step = 1; step <= texts; step += 1) begins[step] = (begins[step] ?? 0) + (begins[step - 1] ?? 0);
  for (let i = 0; i < length; i += 1) {
    const step = steps[i] ?? 0;
    const place = begins[step] ?? 0;
    places[i] = place;
    begins[step] = place + 1;
  }
  return { steps, places };
}

import { defined } from '../fields/record.ts';
import type { Period } from '../time/periods.ts';
import type { MeasureId } from './definitions.ts';
import { type Figure, type FiguresOfStep, figureOf, figuresByStepAnd, noTeam, weekAmong } from './figures.ts';
import type { Behind } from './filters.ts';
import type { Measured, MeasuredRound } from './measured-handoff.ts';
import { whether } from './samples.ts';
import { somebody } from './seen.ts';
import { type NamedStep, stepsInOrder } from './steps.ts';

/** By whom a miss is counted: late by the step's owner, or a promise of the SOP missed by whomever. */
export type Miss = Extract<MeasureId, 'stepsOnTime' | 'promisesKept'>;

/** How often a step was missed in a column. */
export interface Cell {
  readonly missed: number;
  readonly of: number;
  /** 0–1; undefined where nothing was due. */
  readonly share: number | undefined;
  readonly isSmall: boolean;
  /** The handoffs with a miss; empty where there is none. */
  readonly handoffs: readonly string[];
  /** By which they are listed; absent where that would list others, too. */
  readonly behind?: Behind;
}

/** Steps (rows) by weeks, teams or owners (columns). */
export interface HeatMap {
  /** Weeks in the order asked for, oldest first; ids of managers or owners, most rounds first. */
  readonly columns: readonly string[];
  /** In the order of the SOP; only steps of which something was due. */
  readonly rows: readonly { readonly step: NamedStep; readonly cells: readonly Cell[]; readonly all: Cell }[];
}

/**
 * Where steps are missed again and again (S3). A miss belongs to the week in which the step was due, so that a step that is still
 * open has its place, and keeps it. `weeks` follow each other; `zone`: the stage's.
 */
export const missesByWeek = (
  measured: Measured,
  { miss, weeks, zone }: { readonly miss: Miss; readonly weeks: readonly Period[]; readonly zone: string },
): HeatMap => {
  const weekOfSample = weekAmong(weeks, zone);
  return heatMap(measured, {
    miss,
    columns: weeks,
    columnOf: ({ dueAt }) => weekOfSample(dueAt),
    behind: (dueIn) => ({ dueIn }),
    behindAll: defined({ dueIn: weeks[0], dueTo: weeks.at(-1) }),
  });
};

/**
 * The same by team: the managers of owners at that time. Work without a known team has a column of its own, the last one, so that a
 * row adds up.
 */
export const missesByTeam = (measured: Measured, miss: Miss): HeatMap =>
  heatMap(measured, {
    miss,
    columnOf: ({ team = noTeam }) => team,
    behind: (team) => ({ team }),
    behindAll: {},
    last: noTeam,
  });

/**
 * The same by owner. A row's total has no list behind it: who may read names here may list more people's handoffs elsewhere. Nor
 * has what is of people who are not to be told from others.
 */
export const missesByOwner = (measured: Measured, miss: Miss): HeatMap =>
  heatMap(measured, {
    miss,
    columnOf: ({ owner }) => owner,
    behind: (owner) => (owner === somebody ? undefined : { owner }),
  });

interface Asked {
  readonly miss: Miss;
  /** All there are, where they are left out. */
  readonly columns?: readonly string[];
  readonly columnOf: (round: MeasuredRound) => string | undefined;
  /** What a list has to be of; absent where none is of just that. */
  readonly behind: (column: string) => Partial<Behind> | undefined;
  readonly behindAll?: Partial<Behind>;
  /** The column that comes last, however much it has. */
  readonly last?: string;
}

function heatMap(
  { handoffs, playbooks }: Measured,
  { miss, columnOf, behind, behindAll, last, ...asked }: Asked,
): HeatMap {
  // A week's map is about its weeks alone, a team's about everything.
  const figures = figuresByStepAnd(miss, handoffs, { nameOf: columnOf, namedOnly: asked.columns !== undefined });
  const counts = new Map<string, number>();
  for (const { by } of figures.values())
    for (const [column, { n }] of by) counts.set(column, (counts.get(column) ?? 0) + n);
  const columns =
    asked.columns ??
    [...counts]
      .sort(([a, m], [b, n]) => whether(a === last) - whether(b === last) || n - m || (a < b ? -1 : 1))
      .map(([id]) => id);
  const none = figureOf(miss, []);
  return {
    columns,
    rows: stepsWith(figures, playbooks).map(({ step, found: { by, all } }) => ({
      step,
      cells: columns.map((column) => cellOf(by.get(column) ?? none, step.id, behind(column))),
      all: cellOf(all, step.id, behindAll),
    })),
  };
}

function stepsWith(
  figures: ReadonlyMap<string, FiguresOfStep>,
  playbooks: Measured['playbooks'],
): readonly { readonly step: NamedStep; readonly found: FiguresOfStep }[] {
  const named = stepsInOrder(playbooks);
  const unnamed = [...figures.keys()].filter((id) => !named.some((step) => step.id === id));
  return [...named, ...unnamed.map((id) => ({ id, title: id }))].flatMap((step) => {
    const found = figures.get(step.id);
    return found ? [{ step, found }] : [];
  });
}

const cellOf = ({ measure, n, hits = 0, isSmall, no = [] }: Figure, step: string, behind?: Partial<Behind>): Cell => ({
  missed: n - hits,
  of: n,
  share: n === 0 ? undefined : (n - hits) / n,
  isSmall,
  handoffs: no,
  ...(behind && { behind: { measure, step, ...behind, which: 'no' } }),
});

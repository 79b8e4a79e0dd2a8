/** One measured figure. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  /** What it should be, and whether it is. */
  readonly goal?: { readonly text: string; readonly met: boolean };
}

/** What one part of the bench found out. */
export interface Part {
  readonly title: string;
  readonly figures: readonly Figure[];
  /** How the figures came about, and what they do not say. */
  readonly notes: readonly string[];
}

/** The part for people: each figure with its goal beside it. */
export function partText({ title, figures, notes }: Part): string {
  const rows = figures.map(({ what, measured, goal }) => [
    what,
    measured,
    goal ? `goal ${goal.text}` : '',
    goal ? (goal.met ? 'met' : 'MISSED') : '',
  ]);
  return [title, ...columns(rows).map((line) => `  ${line}`), ...notes.map((note) => `  ${note}`), ''].join('\n');
}

/** All parts in one table, each figure under the name of its part, with its goal beside it. */
export function tableText(parts: readonly { readonly name: string; readonly part: Part }[]): string {
  const rows = parts.flatMap(({ name, part: { figures } }) =>
    figures.map(({ what, measured, goal }, i) => [
      i === 0 ? name : '',
      what,
      measured,
      goal?.text ?? '',
      goal ? (goal.met ? 'met' : 'MISSED') : '',
    ]),
  );
  const goals = parts.flatMap(({ part }) => part.figures.flatMap(({ goal }) => goal ?? []));
  const met = goals.filter((goal) => goal.met).length;
  return [
    ...columns([['bench', 'what', 'measured', 'goal', ''], ...rows]),
    '',
    `${met} of ${goals.length} goals met. How the figures of one came about: npm run bench -- <bench>`,
  ].join('\n');
}

/** Rows in columns, two blanks apart; the first column and those with words are flush left, numbers flush right. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, column) => (/^[\d.]+$/.test(cell) ? cell.padStart(width(column)) : cell.padEnd(width(column))))
      .join('  ')
      .trimEnd(),
  );
}

/** The middle of the values; the lower of two. NaN when there are none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** `5.21 (4.02–5.60)`: the median and the range. */
export function spread(values: readonly number[], digits: number): string {
  const [least, most] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
  return `${median(values).toFixed(digits)} (${least}–${most})`;
}

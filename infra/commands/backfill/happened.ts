import { excerpt } from '../../../functions/domain/fields/clean-text.ts';
import type { Happened } from '../../../functions/domain/handoff/backfill.ts';
import { UnusableOptions } from '../deployment.ts';
import { parseTable } from '../score/export-table.ts';
import { dayTyped } from '../score/typed-days.ts';

const columns = ['Deal ID', 'Step', 'Day'] as const;

/** Most problems told at once. */
const mostProblems = 10;

/**
 * What was done before, by deal: CSV with the columns Deal ID, Step (its id in the playbook) and Day. `name`: the file's. Throws
 * UnusableOptions that names line and column of each value that cannot be used.
 */
export function readHappened(
  csv: string,
  { name, steps }: { readonly name: string; readonly steps: readonly string[] },
): ReadonlyMap<string, readonly Happened[]> {
  const { header, rows } = parseTable(csv, name);
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  const places = columns.map((column) => header.findIndex((each) => bare(each) === bare(column)));
  const missing = columns.filter((_, i) => (places[i] ?? -1) < 0);
  if (missing.length > 0)
    throw new UnusableOptions(
      `${name}, line 1: there is no column ${missing.join(', ')}. It needs ${columns.join(', ')}, such as: 9817234,${steps[0]},2026-11-18`,
    );
  const happened = new Map<string, Happened[]>();
  const problems: string[] = [];
  for (const { place, cells } of rows) {
    const [dealId = '', step = '', typed = ''] = places.map((at) => cells[at]?.trim() ?? '');
    const on = dayTyped(typed, undefined);
    const wrong = (i: number, what: string) =>
      problems.push(`${place}, column ${(places[i] ?? 0) + 1} (${columns[i]}): ${what}`);
    if (dealId === '') wrong(0, 'there is no deal.');
    if (!steps.includes(step)) wrong(1, `"${excerpt(step, 40)}" is no step; there are: ${steps.join(', ')}.`);
    if (on === undefined) wrong(2, `"${excerpt(typed, 40)}" is no day that can be read in one way; write 2026-11-18.`);
    if (on !== undefined) happened.set(dealId, [...(happened.get(dealId) ?? []), { step, on }]);
  }
  if (problems.length > 0) {
    const more = problems.length - mostProblems;
    throw new UnusableOptions(
      [
        `${name} cannot be used:`,
        ...problems.slice(0, mostProblems).map((problem) => `  ${problem}`),
        ...(more > 0 ? [`  and ${more} more.`] : []),
      ].join('\n'),
    );
  }
  return happened;
}

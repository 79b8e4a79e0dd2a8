import type { SourceFile } from './source-files.ts';

/**
 * The circles among the imports of files, one for each strongly connected component (Tarjan), as the paths of a way round:
 * the last file imports the first.
 */
export function importCircles(files: readonly Pick<SourceFile, 'path' | 'imports'>[]): string[][] {
  const importsOf = new Map(files.map(({ path, imports }) => [path, imports]));
  const known = (path: string): string[] => (importsOf.get(path) ?? []).filter((imported) => importsOf.has(imported));
  const order = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];

  const visit = (path: string): number => {
    const number = order.size;
    order.set(path, number);
    open.push(path);
    let low = number;
    for (const next of known(path)) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, order.get(next) ?? low);
    }

    if (low === number) {
      const component = new Set(open.splice(open.indexOf(path)));
      if (component.size > 1 || known(path).includes(path)) circles.push(wayRound(path, component, known));
    }
    return low;
  };

  for (const { path } of files) if (!order.has(path)) visit(path);
  return circles;
}

/** The shortest way from a file back to itself within its component. */
function wayRound(start: string, within: ReadonlySet<string>, next: (path: string) => string[]): string[] {
  let ways = [[start]];
  const seen = new Set<string>();
  while (ways.length > 0) {
    const longer: string[][] = [];
    for (const way of ways)
      for (const path of next(way.at(-1) ?? start)) {
        if (path === start) return way;
        if (!within.has(path) || seen.has(path)) continue;
        seen.add(path);
        longer.push([...way, path]);
      }
    ways = longer;
  }
  return [start];
}

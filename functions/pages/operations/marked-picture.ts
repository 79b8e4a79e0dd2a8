/** The way through a state machine: the states that were entered, and the steps from one to the next. */
export interface TakenPath {
  readonly entered: ReadonlySet<string>;
  /** Parallel states whose branches have all ended. */
  readonly joined: ReadonlySet<string>;
  /** Where a state led, by its name; `start`, and `fork <name>` of a Parallel state, lead somewhere, too. */
  readonly led: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The name of the fork at which the branches of a Parallel state part in its picture, and where they meet again. */
export const forkOf = (parallel: string): string => `fork ${parallel}`;
export const joinOf = (parallel: string): string => `join ${parallel}`;

/** What to mark in the picture of a state machine, by the names of states. */
export interface Marks {
  readonly path: TakenPath;
  readonly current: ReadonlySet<string>;
  readonly late: ReadonlySet<string>;
  /** The request with which the wait for an answer is drawn, by the name of the wait. */
  readonly requestOf: ReadonlyMap<string, string>;
}

/**
 * The picture with classes on what the marks name: `past` on states and arrows that were passed, `now` where the execution
 * stands, `late` where somebody was or is late. The shapes say by `data-state`, `data-from` and `data-to` what they stand for.
 */
export function markedPicture(svg: string, marks: Marks): string {
  const { path, requestOf } = marks;
  const drawn = new Set([...svg.matchAll(/ data-state="([^"]*)"/g)].map(([, state = '']) => state));
  const nodeOf = (state: string): string => (drawn.has(state) ? state : (requestOf.get(state) ?? state));
  const nodes = (states: Iterable<string>): Set<string> => new Set([...states].map(nodeOf));
  const [current, late, entered] = [nodes(marks.current), nodes(marks.late), nodes(path.entered)];
  const passed = new Set(['start', ...entered]);
  for (const parallel of path.entered) passed.add(forkOf(parallel));
  for (const parallel of path.joined) passed.add(joinOf(parallel));
  const taken = takenArrows(path, { nodeOf, drawn });
  return svg
    .replace(/<g id="node\d+" class="([^"]*)" data-state="([^"]*)">/g, (whole, kind: string, state: string) => {
      const marked = [passed.has(state) && 'past', current.has(state) && 'now', late.has(state) && 'late'].filter(
        Boolean,
      );
      if (marked.length === 0) return whole;
      return `<g class="${[kind, ...marked].join(' ')}" data-state="${state}">`;
    })
    .replace(/<g id="edge\d+" class="([^"]*)" data-from="([^"]*)" data-to="([^"]*)">/g, (whole, kind, from, to) =>
      taken(from, to) ? whole.replace(`class="${kind}"`, `class="${kind} past"`) : whole,
    );
}

/** Whether an arrow of the picture was taken; what ends a branch is not drawn, its arrow leads to where the branches meet. */
function takenArrows(
  { led, joined, entered }: TakenPath,
  { nodeOf, drawn }: { readonly nodeOf: (state: string) => string; readonly drawn: ReadonlySet<string> },
): (from: string, to: string) => boolean {
  const target = (state: string): string =>
    entered.has(state) && drawn.has(forkOf(state)) ? forkOf(state) : nodeOf(state);
  const steps = new Map<string, Set<string>>();
  for (const [from, next] of led) {
    const known = steps.get(nodeOf(from)) ?? new Set();
    for (const state of next) if (nodeOf(state) !== nodeOf(from)) known.add(target(state));
    steps.set(nodeOf(from), known);
  }
  const passed = new Set([...entered].map(nodeOf));
  return (from, to) => {
    const next = steps.get(from) ?? new Set();
    if (next.has(to)) return true;
    if (!to.startsWith(joinOf('')) || !joined.has(to.slice(joinOf('').length))) return false;
    const inner = from.startsWith(joinOf('')) ? joined.has(from.slice(joinOf('').length)) : passed.has(from);
    return inner && [...next].every((state) => !drawn.has(state));
  };
}

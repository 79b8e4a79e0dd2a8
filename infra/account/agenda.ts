/** One entry of the clock's agenda. */
export interface Timer {
  /** Virtual milliseconds since the epoch at which it fires. */
  readonly at: number;
  /** What it is for, e.g. `Wait for kickoff`; empty when nobody said. */
  readonly label: string;
  /** Takes it off the agenda; does nothing when it has fired already. */
  cancel(): void;
}

/** A timer on an agenda. */
export interface Entry extends Timer {
  readonly order: number;
  readonly run: () => unknown;
  position: number;
}

export interface Agenda {
  add(timer: { readonly at: number; readonly run: () => unknown; readonly label: string }): Entry;
  first(): Entry | undefined;
  /** At most `count`, in the order they fire. */
  soonest(count: number): readonly Entry[];
}

/** Whether one fires before the other; at one time, the one that was made first. */
export const isEarlier = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/**
 * A binary heap whose entries know their position, so that cancelling one frees it at once. `nextOrder` counts what is made, on
 * this agenda and on others beside it.
 */
export function createAgenda(nextOrder: () => number): Agenda {
  const heap: Entry[] = [];

  function put(entry: Entry, position: number): void {
    heap[position] = entry;
    entry.position = position;
  }

  function rise(entry: Entry): void {
    let position = entry.position;
    while (position > 0) {
      const above = (position - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isEarlier(entry, parent)) break;
      put(parent, position);
      position = above;
    }
    put(entry, position);
  }

  function sink(entry: Entry): void {
    let position = entry.position;
    for (;;) {
      let below = 2 * position + 1;
      let child = heap[below];
      if (child === undefined) break;
      const sibling = heap[below + 1];
      if (sibling !== undefined && isEarlier(sibling, child)) {
        child = sibling;
        below += 1;
      }
      if (!isEarlier(child, entry)) break;
      put(child, position);
      position = below;
    }
    put(entry, position);
  }

  function remove(entry: Entry): void {
    const position = entry.position;
    if (position < 0) return;
    entry.position = -1;
    const last = heap.pop();
    if (last === undefined || last === entry) return;
    put(last, position);
    rise(last);
    sink(last);
  }

  return {
    add: ({ at, run, label }) => {
      const cancel = (): void => remove(entry);
      const entry: Entry = { at, run, label, order: nextOrder(), position: heap.length, cancel };
      heap.push(entry);
      rise(entry);
      return entry;
    },
    first: () => heap[0],
    soonest: (count) => heap.toSorted((a, b) => (isEarlier(a, b) ? -1 : 1)).slice(0, count),
  };
}

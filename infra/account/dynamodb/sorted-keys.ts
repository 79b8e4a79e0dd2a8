/** Texts in order (by UTF-16 units), each once; in chunks, so that one more among a million moves only a few hundred. */
export interface SortedKeys {
  add(key: string): void;
  remove(key: string): void;
  /** Those from `from` to before `to`, in order. */
  between(from: Bound, to: Bound): IterableIterator<string>;
  /** The same ones from the end. */
  backBetween(from: Bound, to: Bound): IterableIterator<string>;
}

/** A place before a key or, with `after`, behind it. */
export interface Bound {
  readonly key: string;
  readonly after: boolean;
}

const mostInChunk = 512;

export function createSortedKeys(): SortedKeys {
  const chunks: string[][] = [[]];

  /** The chunk in which a place lies, and where in it. */
  function find({ key, after }: Bound): { readonly chunk: number; readonly at: number } {
    const isBefore = (other: string | undefined) => other !== undefined && (after ? other <= key : other < key);
    // The last chunk that begins before the place, or the first.
    const chunk = Math.max(0, countWhile(chunks.length, (index) => isBefore(chunks[index]?.[0])) - 1);
    const keys = chunks[chunk] ?? [];
    return { chunk, at: countWhile(keys.length, (index) => isBefore(keys[index])) };
  }

  return {
    add(key) {
      const { chunk, at } = find({ key, after: false });
      const keys = chunks[chunk] ?? [];
      // Where a chunk ends before the key, the next may begin with it.
      if (keys[at] === key || (at === keys.length && chunks[chunk + 1]?.[0] === key)) return;
      keys.splice(at, 0, key);
      if (keys.length > mostInChunk) chunks.splice(chunk + 1, 0, keys.splice(mostInChunk / 2));
    },
    remove(key) {
      const { chunk, at } = find({ key, after: true });
      const keys = chunks[chunk] ?? [];
      if (keys[at - 1] !== key) return;
      keys.splice(at - 1, 1);
      if (keys.length === 0 && chunks.length > 1) chunks.splice(chunk, 1);
    },
    *between(from, to) {
      const [start, end] = [find(from), find(to)];
      for (let chunk = start.chunk; chunk <= end.chunk; chunk += 1) {
        const keys = chunks[chunk] ?? [];
        yield* keys.slice(chunk === start.chunk ? start.at : 0, chunk === end.chunk ? end.at : keys.length);
      }
    },
    *backBetween(from, to) {
      const [start, end] = [find(from), find(to)];
      for (let chunk = end.chunk; chunk >= start.chunk; chunk -= 1) {
        const keys = chunks[chunk] ?? [];
        yield* keys.slice(chunk === start.chunk ? start.at : 0, chunk === end.chunk ? end.at : keys.length).reverse();
      }
    },
  };
}

/** How many of `length` places, from the first on, hold; those that hold come first. */
function countWhile(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

import type { Readable } from 'node:stream';

// What dynalite keeps its entries in, as far as the account knows of it; the packages have no declarations that fit.

export type Callback<T> = (error: unknown, value?: T) => void;

/** What of the store is read, in the terms of its keys. */
export interface ValueRange {
  readonly gt?: string;
  readonly gte?: string;
  /** Told of each value as it is read, in order; the reading ends with the one for which it answers true. */
  readonly endsWith?: (value: unknown) => boolean;
}

/** Goes through a range of the store in batches. */
export interface LevelIterator {
  /** The next ones, at most `size`; none at the end. */
  nextv(size: number): Promise<unknown[]>;
  close(): Promise<void>;
}

export interface Level {
  readonly status: 'opening' | 'open' | 'closing' | 'closed';
  close(): Promise<void>;
  keys(range: object): LevelIterator;
  values(range: object): LevelIterator;
  put(key: string, value: unknown, done: Callback<void>): void;
  del(key: string, done: Callback<void>): void;
  batch(operations: readonly Operation[], done: Callback<void>): void;
  createKeyStream(range?: object): Readable;
  createValueStream(range?: ValueRange): Readable;
}

/** One write of several. */
export interface Operation {
  readonly type: 'put' | 'del';
  readonly key: string;
  readonly value?: unknown;
}

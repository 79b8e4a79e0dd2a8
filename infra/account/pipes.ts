import type { ItemChange } from './dynamodb/dynamodb.ts';
import { compilePattern } from './event-pattern.ts';
import { notEmulated } from './wire/errors.ts';
import { isObject } from './wire/message.ts';

/** An EventBridge pipe from the stream of the account's tables (new images) to a queue. */
export interface Pipe {
  readonly name: string;
  /** Records that match one of these go on. */
  readonly patterns: readonly Readonly<Record<string, unknown>>[];
  /** The queue's name. */
  readonly queue: string;
  /** What is put into the queue: a text with `<$.path>` for what the record says there. */
  readonly template: string;
}

/** Hears of every change of an item, and passes on what its pipes ask for. Throws for a pattern that is not understood. */
export function createPipes(
  pipes: readonly Pipe[],
  send: (queue: string, body: string) => void,
): (change: ItemChange) => void {
  const compiled = pipes.map((pipe) => ({ ...pipe, matchers: pipe.patterns.map(compilePattern) }));
  return ({ item, removed }) => {
    if (removed) return;
    const record = { eventSource: 'aws:dynamodb', dynamodb: { NewImage: item } };
    for (const { queue, template, matchers } of compiled)
      if (matchers.some((matches) => matches(record))) send(queue, filled(template, record));
  };
}

const filled = (template: string, record: unknown): string =>
  template.replace(/<\$((?:\.\w+)+)>/g, (_, path: string) => {
    const value = path
      .slice(1)
      .split('.')
      .reduce<unknown>((so, name) => (isObject(so) ? so[name] : undefined), record);
    if (typeof value !== 'string') throw notEmulated(`a pipe's template with ${path}, which is no text here`);
    return JSON.stringify(value).slice(1, -1);
  });

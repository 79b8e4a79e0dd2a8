import { gunzipSync } from 'node:zlib';
import { readFrozenPlaybook } from '../domain/playbook/earlier-playbooks.ts';
import type { FrozenPlaybook } from '../domain/playbook/playbook.ts';
import type { Item, Table } from './dynamodb.ts';
import { keptJson } from './kept-json.ts';
import { packedText, textIn } from './packed-text.ts';
import { partition, sort } from './table.ts';

const keyOf = (hash: string) => ({ pk: partition.playbook(hash), sk: sort.playbook });

/** Keeps a frozen playbook, once. A refused write is billed by the size of what stands: whoever knows it does not ask. */
export async function keepPlaybook(table: Table, hash: string, frozen: FrozenPlaybook): Promise<void> {
  // 40 KB of JSON are 10 read units, and every function reads it after each cold start.
  const item = { ...keyOf(hash), playbook: packedText(JSON.stringify(frozen)) };
  await table.put(item, { ConditionExpression: 'attribute_not_exists(pk)' });
}

/** The frozen playbook with this hash, in today's words. Throws when there is none. */
export async function readPlaybook(table: Table, hash: string): Promise<FrozenPlaybook> {
  // It never changes: what is found is right, and only what is not found may have been written a moment ago.
  const item = (await table.get(keyOf(hash), { ConsistentRead: false })) ?? (await table.get(keyOf(hash)));
  if (!item) throw new Error(`The frozen playbook ${hash} is missing from the table.`);
  return frozenIn(textOf(item));
}

/** What was read of frozen playbooks: one object for all who read the same text, as much is remembered by it. */
const readBefore = new WeakMap<object, FrozenPlaybook>();

function frozenIn(text: string): FrozenPlaybook {
  const said = keptJson(text) as object;
  const frozen = readBefore.get(said) ?? readFrozenPlaybook(said);
  readBefore.set(said, frozen);
  return frozen;
}

/** Earlier deploys wrote it as text, or by gzip, whose first byte is this. */
const textOf = ({ playbook }: Item): string =>
  playbook instanceof Uint8Array && playbook[0] === 0x1f ? gunzipSync(playbook).toString() : textIn(playbook);

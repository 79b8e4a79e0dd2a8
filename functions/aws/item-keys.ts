import { createHash } from 'node:crypto';
import type { AuditEntry } from '../domain/handoff/audit-entry.ts';
import { jsonOrNothing } from './json-or-nothing.ts';
import { partition } from './table.ts';

/** Instants as sort keys all have milliseconds, because they compare as text. */
export const instantKey = (at: string): string => new Date(at).toISOString();

export const epochSeconds = (at: string): number => Math.floor(Date.parse(at) / 1000);

/** The message that something has changed in a handoff, and the id of the handoff in such a message. Throws for another message. */
export const changeOf = (id: string): string => JSON.stringify({ pk: partition.handoff(id) });
export const changedHandoffIn = (body: string): string => handoffIn(Object(jsonOrNothing(body)).pk);

/** The id of a handoff by the key of its partition. Throws for another key. */
export function handoffIn(pk: unknown): string {
  const prefix = partition.handoff('');
  if (typeof pk !== 'string' || !pk.startsWith(prefix)) throw new Error('What changed names no handoff.');
  return pk.slice(prefix.length);
}

/** Tells items of the same instant apart. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Tells an entry of an audit trail apart from others of the same instant. */
export const entryId = (entry: AuditEntry): string => digest(JSON.stringify(entry));

import type { ExecutionListItem } from '@aws-sdk/client-sfn';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { partition } from '../../../functions/aws/table.ts';
import type { Refusal } from '../../../functions/domain/fields/refusal.ts';
import type { People } from '../../../functions/domain/people/people.ts';
import type { KnownHandoff } from '../../../functions/domain/step/board.ts';
import type { Deals } from '../../../functions/ports/deals.ts';
import type { Handoffs } from '../../../functions/ports/handoffs.ts';
import { tableName } from '../local-names.ts';
import type { System } from '../system.ts';

/** How an execution stands. */
export interface ExecutionState {
  readonly status?: ExecutionListItem['status'];
  readonly stopDate?: Date | undefined;
}

/** A handoff and the execution that runs it. */
export interface Handoff extends KnownHandoff {
  readonly execution: ExecutionState | undefined;
}

/** An event that could not be used. */
export interface RefusedEvent {
  /** By which it is kept. */
  readonly key: string;
  readonly at: string;
  readonly event: string;
  readonly refused: readonly Refusal[];
}

/** One handoff; undefined when no deal is stored under that id. */
export async function readHandoff(
  { deals, handoffs }: { readonly deals: Pick<Deals, 'read'>; readonly handoffs: Pick<Handoffs, 'load'> },
  id: string,
  execution?: ExecutionState,
): Promise<Handoff | undefined> {
  const record = await handoffs.load(id);
  const deal = record?.deal ?? (await deals.read(id))?.deal;
  return deal && { id, deal, record, execution, failure: failureOf(execution) };
}

/** 'execution failed'; undefined of one that runs or ended well. */
const failureOf = ({ status }: ExecutionState = {}): string | undefined =>
  status === 'FAILED' || status === 'TIMED_OUT' ? `execution ${status.toLowerCase().replace('_', ' ')}` : undefined;

/** Everybody on the roster, by mail address. */
export async function readPeople(system: System): Promise<People> {
  return new Map((await system.world.roster.everybody()).map((person) => [person.email, person]));
}

/** The events that were refused, the newest first. */
export async function readRefusals(system: System): Promise<RefusedEvent[]> {
  const items = await openTable(system.clients.dynamodb, tableName).query({
    KeyConditionExpression: 'pk = :pk',
    values: { ':pk': partition.refused },
    ConsistentRead: true,
    ScanIndexForward: false,
  });
  return items.map((item) => ({
    key: String(item['sk']),
    at: String(item['at']),
    event: String(item['event']),
    refused: JSON.parse(String(item['refused'])) as Refusal[],
  }));
}

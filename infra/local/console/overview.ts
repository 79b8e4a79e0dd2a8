import type { ExecutionListItem } from '@aws-sdk/client-sfn';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { partition } from '../../../functions/aws/table.ts';
import type { Deal } from '../../../functions/domain/deal/deal.ts';
import type { Refusal } from '../../../functions/domain/fields/refusal.ts';
import { type HandoffRecord, isOver, ruleIn, type StepRecord } from '../../../functions/domain/handoff/handoff.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import type { AskStep } from '../../../functions/domain/playbook/playbook.ts';
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
export interface Handoff {
  readonly id: string;
  readonly deal: Deal;
  /** Absent until its package has been looked at. */
  readonly record: HandoffRecord | undefined;
  readonly execution: ExecutionState | undefined;
}

/** An event that could not be used. */
export interface RefusedEvent {
  readonly at: string;
  readonly event: string;
  readonly refused: readonly Refusal[];
}

export type People = ReadonlyMap<string, Person>;

/** One handoff; undefined when no deal is stored under that id. */
export async function readHandoff(
  { deals, handoffs }: { readonly deals: Pick<Deals, 'read'>; readonly handoffs: Pick<Handoffs, 'load'> },
  id: string,
  execution?: ExecutionState,
): Promise<Handoff | undefined> {
  const record = await handoffs.load(id);
  const deal = record?.deal ?? (await deals.read(id))?.deal;
  return deal && { id, deal, record, execution };
}

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
    at: String(item['at']),
    event: String(item['event']),
    refused: JSON.parse(String(item['refused'])) as Refusal[],
  }));
}

/** A step that somebody has been asked to do and has not decided. */
export interface OpenStep {
  readonly asked: StepRecord;
  readonly rule: AskStep;
  readonly title: string;
  readonly late: boolean;
  /** Nothing waits for it. */
  readonly optional: boolean;
}

/** What is open at a time (milliseconds since the epoch), the most urgent first. */
export function openSteps({ record }: Pick<Handoff, 'record'>, now: number): OpenStep[] {
  if (record === undefined) return [];
  return Object.values(record.steps)
    .filter(({ step, decision }) => decision === undefined && !isOver(record, step))
    .sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))
    .map((asked) => {
      const rule = ruleIn(record, asked.step);
      const optional = rule.optional === true;
      return { asked, rule, title: rule.title, late: !optional && Date.parse(asked.dueAt) <= now, optional };
    });
}

/** A person's name, or the address when nobody of the roster has it. */
export const personName = (people: People, email: string): string => people.get(email)?.name ?? email;

/** The zone in which somebody reads the time. */
export const zoneOf = (people: People, email: string): string => people.get(email)?.availability.zone ?? 'UTC';

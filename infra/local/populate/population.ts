import { type AttributeValue, BatchWriteItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  GetScheduleCommand,
  paginateListSchedules,
} from '@aws-sdk/client-scheduler';
import { partition, sort } from '../../../functions/aws/table.ts';
import { isClosed } from '../../../functions/domain/handoff/handoff.ts';
import { openItemsOf } from '../../../functions/domain/handoff/open-items.ts';
import { isOver } from '../../../functions/domain/handoff/step-rule.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import type { Mail } from '../../account/ses/mail.ts';
import { tableName } from '../local-names.ts';
import type { System } from '../system.ts';

type Item = Record<string, AttributeValue>;

/** A system as it stands at a moment, without its executions: the records decide where those go on. */
export interface Population {
  /** What it was made by: `--deals 500 --months 6 --seed 1`. */
  readonly madeBy: string;
  /** The name of the playbook that new handoffs follow. */
  readonly playbook: string;
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
  /** Where the pages were when its mails were written. */
  readonly siteUrl: string;
  /** Who is there at the end. */
  readonly roster: readonly Person[];
  readonly items: readonly Item[];
  readonly schedules: readonly CreateScheduleCommandInput[];
  /** Oldest first. */
  readonly mails: readonly Mail[];
}

/** Takes down what a system holds: all items of its table, and its schedules. Nothing may be in flight. */
export async function takePopulation(
  { clients, clock, world }: System,
  { mails, ...made }: Pick<Population, 'madeBy' | 'playbook' | 'mails'>,
): Promise<Population> {
  const items: Item[] = [];
  for await (const { Items = [] } of paginateScan({ client: clients.dynamodb }, { TableName: tableName }))
    items.push(...Items);
  const schedules: CreateScheduleCommandInput[] = [];
  for await (const { Schedules = [] } of paginateListSchedules({ client: clients.scheduler }, {}))
    for (const { Name, GroupName } of Schedules) {
      const {
        Arn: _,
        CreationDate: __,
        LastModificationDate: ___,
        $metadata: ____,
        ...schedule
      } = await clients.scheduler.send(new GetScheduleCommand({ Name, GroupName }));
      schedules.push(schedule as CreateScheduleCommandInput);
    }
  return {
    ...made,
    at: clock.now(),
    siteUrl: world.site.url,
    roster: await world.roster.everybody(),
    items,
    schedules,
    mails,
  };
}

/** What BatchWriteItem takes at once. */
const mostWrites = 25;

/**
 * Puts a population into a fresh system that stands at its time, and lets everything that was open go on: executions are
 * started anew and find by the records what is done. Nothing is mailed twice.
 */
export async function openPopulation(
  { clients, clock, world }: System,
  { items, schedules }: Pick<Population, 'items' | 'schedules'>,
): Promise<void> {
  for (let i = 0; i < items.length; i += mostWrites) {
    const RequestItems = { [tableName]: items.slice(i, i + mostWrites).map((Item) => ({ PutRequest: { Item } })) };
    await clients.dynamodb.send(new BatchWriteItemCommand({ RequestItems }));
  }
  for (const schedule of schedules) await clients.scheduler.send(new CreateScheduleCommand(schedule));
  for (const id of begunIn(items).toSorted()) {
    const record = await world.handoffs.load(id);
    if (!record) continue;
    if (!isClosed(record.state.status)) await world.executions.start(id);
    for (const { step } of openItemsOf(record)) if (!isOver(record, step)) await world.executions.startItem(id, step);
    // One after the other: hundreds that begin at once would hold all that they read.
    await clock.settled();
  }
}

/** The ids of the handoffs that have begun, in no order. */
export const begunIn = (items: readonly Item[]): readonly string[] => {
  const prefix = partition.handoff('');
  return items.flatMap(({ pk, sk }) =>
    sk?.S === sort.handoff && pk?.S?.startsWith(prefix) ? [pk.S.slice(prefix.length)] : [],
  );
};

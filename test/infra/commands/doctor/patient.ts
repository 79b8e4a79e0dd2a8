import {
  type AttributeValue,
  DeleteItemCommand,
  PutItemCommand,
  paginateScan,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { openTable } from '../../../../functions/aws/dynamodb.ts';
import { recordsIn } from '../../../../functions/aws/records.ts';
import { roster as rosterIn } from '../../../../functions/aws/roster.ts';
import { sort } from '../../../../functions/aws/table.ts';
import type { Person } from '../../../../functions/domain/people/person.ts';
import { inProcessSettings } from '../../../../infra/account/clients.ts';
import { applyFix, type Fixed } from '../../../../infra/commands/doctor/apply-fix.ts';
import { type Diagnosis, type Examined, examine, fixAll } from '../../../../infra/commands/doctor/examine.ts';
import type { Fix } from '../../../../infra/commands/doctor/finding.ts';
import { type Looked, type Looking, look } from '../../../../infra/commands/doctor/look.ts';
import { exitCodeOf } from '../../../../infra/commands/doctor/report.ts';
import type { Circumstances } from '../../../../infra/commands/doctor/sight.ts';
import { patience } from '../../../../infra/commands/patience.ts';
import { queueCalls } from '../../../../infra/draining/queue-calls.ts';
import { queueName } from '../../../../infra/local/local-names.ts';
import { deadLetterQueues } from '../../../../infra/wiring/queues.ts';
import { calendarOf, personAt } from '../../../support/handoff-record.ts';
import { full } from '../../../support/playbooks/full.ts';
import { type OpenSystem, openSystem } from '../../../support/world.ts';

export interface Visit extends Examined, Pick<Looked, 'unseen'> {
  readonly exitCode: 0 | 1 | 2;
  /** How often it had to wait. */
  readonly waits: number;
}

/** The doctor's visit to a system: what is found, and with `fix` what is done about it. */
export async function visit(
  system: OpenSystem,
  { fix = false, ...other }: Partial<Looking> & { readonly fix?: boolean } = {},
): Promise<Visit> {
  const { clients, stateMachineArn } = system;
  let waits = 0;
  const again = patience(async () => {
    waits += 1;
  });
  const known = circumstances(system);
  const lambda = new LambdaClient(inProcessSettings(system.account, 'lambda'));
  const { sight, unseen } = await look({
    clients,
    table: 'handoff',
    stateMachineArn,
    queues: deadLetterQueues.map(queueName),
    call: queueCalls(lambda),
    at: known.at,
    again,
    ...other,
  });
  const examined = examine({ sight }, known);
  const found = fix ? await fixAll(examined.found, (each) => applied(system, each)) : examined.found;
  await system.clock.settled();
  return { ...examined, found, unseen, waits, exitCode: exitCodeOf({ found, unseen }) };
}

/** One fix, as `--fix` does it. */
export function applied(system: OpenSystem, fix: Fix): Promise<Fixed> {
  const { clients, stateMachineArn } = system;
  const records = recordsIn(openTable(clients.dynamodb, 'handoff'));
  const again = patience(async () => undefined);
  return applyFix(fix, { records, sfn: clients.sfn, stateMachineArn, at: system.now(), again });
}

const circumstances = (system: OpenSystem): Circumstances => ({
  at: system.now(),
  stage: undefined,
  stateMachineArn: system.stateMachineArn,
  defaultZone: 'Europe/Berlin',
  calendarOf,
  playbookNamed: (name) => (name === full.name ? full : undefined),
  playbookName: full.name,
});

/** What was found by one check, as `about: wrong`. */
export const foundBy = ({ found }: { readonly found: readonly Diagnosis[] }, check: string): readonly string[] =>
  found.filter((each) => each.check === check).map(({ about, wrong }) => `${about}: ${wrong}`);

/** The names of the checks that found something. */
export const checksOf = ({ found }: { readonly found: readonly Diagnosis[] }): readonly string[] => [
  ...new Set(found.map(({ check }) => check)),
];

type Items = readonly Record<string, AttributeValue>[];

/** Everything in the table, as DynamoDB has it. */
export async function itemsOf({ clients }: Pick<OpenSystem, 'clients'>): Promise<Items> {
  const items: Record<string, AttributeValue>[] = [];
  for await (const page of paginateScan({ client: clients.dynamodb }, { TableName: 'handoff' }))
    items.push(...(page.Items ?? []));
  return items;
}

/** The same records at the same time in an account that has no executions. */
export async function withoutExecutions(system: OpenSystem): Promise<OpenSystem> {
  const other = await openSystem({ at: system.now(), roster: [] });
  await putAll(other, await itemsOf(system));
  return other;
}

export async function putAll({ clients }: Pick<OpenSystem, 'clients'>, items: Items): Promise<void> {
  for (const Item of items) await clients.dynamodb.send(new PutItemCommand({ TableName: 'handoff', Item }));
}

/** Takes an item of a handoff out of the table. */
export async function remove({ clients }: OpenSystem, id: string, sk: string): Promise<void> {
  const Key = { pk: { S: `HANDOFF#${id}` }, sk: { S: sk } };
  await clients.dynamodb.send(new DeleteItemCommand({ TableName: 'handoff', Key }));
}

/** Takes all of a handoff out of the table. */
export async function removeAll(system: OpenSystem, id: string): Promise<void> {
  for (const { pk, sk } of await itemsOf(system))
    if (pk?.S === `HANDOFF#${id}` && sk?.S !== undefined) await remove(system, id, sk.S);
}

/** Leaves a mail as whoever was interrupted while sending it does. */
export async function leaveClaim(
  { clients }: OpenSystem,
  id: string,
  mail: { key: string; at: string },
): Promise<void> {
  const Item = {
    pk: { S: `HANDOFF#${id}` },
    sk: { S: sort.mail(mail.key) },
    mailStatus: { S: 'claimed' },
    at: { S: mail.at },
    claim: { S: 'somebody' },
  };
  await clients.dynamodb.send(new PutItemCommand({ TableName: 'handoff', Item }));
}

/** Sets one attribute of an item. */
export async function spoil(
  { clients }: OpenSystem,
  key: { readonly pk: string; readonly sk: string },
  [name, text]: readonly [name: string, text: string],
): Promise<void> {
  await clients.dynamodb.send(
    new UpdateItemCommand({
      TableName: 'handoff',
      Key: { pk: { S: key.pk }, sk: { S: key.sk } },
      UpdateExpression: 'SET #name = :text',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':text': { S: text } },
    }),
  );
}

/** Changes somebody on the roster. */
export const change = ({ clients }: OpenSystem, email: string, with_: Partial<Person>): Promise<void> =>
  rosterIn(openTable(clients.dynamodb, 'handoff')).save({ ...personAt(email), ...with_ });

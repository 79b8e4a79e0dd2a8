import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { type Records, recordsIn } from '../../functions/aws/records.ts';
import { type Deal, handoffIdOf } from '../../functions/domain/deal/deal.ts';
import type { HandoffRecord } from '../../functions/domain/handoff/handoff.ts';
import { inProcessSettings } from '../../infra/account/clients.ts';
import { createRequestHandler } from '../../infra/account/wire/in-process.ts';
import type { WireHandler, WireResponse } from '../../infra/account/wire/message.ts';
import { type SampleName, sampleDeal } from './deals.ts';
import { handoffRecord } from './handoff-record.ts';
import { type OpenSystem, openSystem } from './world.ts';

export interface OpenRecords {
  readonly records: Records;
  readonly system: OpenSystem;
}

/** The records adapter over a fresh table, reached through the wire. */
export async function openRecords(): Promise<OpenRecords> {
  const system = await openSystem({ roster: [] });
  return { records: system.world, system };
}

/** A handoff that has begun: its deal stored, its playbook frozen. */
export async function begun(
  records: Pick<Records, 'deals' | 'handoffs'>,
  input: { readonly sample?: SampleName; readonly deal?: Deal; readonly state?: Partial<HandoffRecord['state']> } = {},
): Promise<HandoffRecord> {
  const deal = input.deal ?? sampleDeal(input.sample ?? 'complete-standard');
  const record = handoffRecord({
    ...(input.sample && { sample: input.sample }),
    ...(input.state && { state: input.state }),
  });
  const playbookHash = createHash('sha256').update(JSON.stringify(record.playbook)).digest('hex');
  const state = { ...record.state, id: handoffIdOf(deal), playbookHash, ...input.state };
  await records.deals.store(state.id, deal, { notes: [], at: state.startedAt });
  await records.handoffs.begin(state, record.playbook);
  return { ...record, deal, package: deal.package, packageVersion: 0, state };
}

/** The records as they look when the table answers in its own way: a status, an error's name. */
export function recordsThatAnswer(answer: WireHandler): Records {
  const identity = { accountId: '123456789012', region: 'eu-central-1' };
  const client = new DynamoDBClient(
    inProcessSettings({ identity, requestHandler: () => createRequestHandler(answer) }, 'dynamodb'),
  );
  return recordsIn(openTable(client, 'handoff'));
}

export const dynamoDbError = (status: number, name: string): WireResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name })),
});

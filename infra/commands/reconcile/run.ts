import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { dealBus } from '../../../functions/aws/event-bus.ts';
import { recordsIn } from '../../../functions/aws/records.ts';
import { sha256 } from '../../../functions/aws/world.ts';
import { isClosed } from '../../../functions/domain/handoff/handoff.ts';
import type { Crm } from '../../../functions/ports/crm.ts';
import { type Reconciled, reconcile, type ToReconcile } from '../../../functions/verbs/reconcile.ts';
import { scanKeys } from '../doctor/read-handoffs.ts';
import type { Patience } from '../patience.ts';
import { patientCrm } from '../stage-crm.ts';

export interface Running {
  readonly clients: { readonly dynamodb: DynamoDBClient; readonly events: EventBridgeClient };
  readonly table: string;
  readonly bus: string;
  readonly crm: Pick<Crm, 'readDeal' | 'dealStates' | 'wonSince'>;
  readonly again: Patience;
}

/** Brings a deployment and its CRM together again. A CRM or a table that asks to wait is waited for. */
export async function runReconcile(
  { clients, table, bus, crm, again }: Running,
  asked: Omit<ToReconcile, 'open'>,
): Promise<Reconciled> {
  const records = recordsIn(openTable(clients.dynamodb, table));
  const { begun, waiting } = await scanKeys({ client: clients.dynamodb, table, again });
  const going = [...begun].filter(([, { status }]) => !isClosed(status)).map(([id]) => id);
  const world = { ...records, dealBus: dealBus(clients.events, bus), hash: sha256, crm: patientCrm(crm, again) };
  return reconcile(world)({ ...asked, open: [...going, ...waiting.map(({ id }) => id)] });
}

import { recordOf } from '../../domain/fields/record.ts';
import type { CrmConnection } from '../crm-connector.ts';
import { textOf } from '../reading.ts';
import { resultsIn } from './hubspot-answers.ts';
import { askHubspot } from './hubspot-call.ts';

/** Where the properties of a kind of record are defined; `type`: HubSpot's number for it. */
export const propertiesPath = (type: string): string => `/crm/properties/2026-09/${type}`;

/** The properties that a kind of record has, with their types. Rejects as `askHubspot` does. */
export async function definedIn(connection: CrmConnection, type: string): Promise<ReadonlyMap<string, string>> {
  const what = 'read the properties';
  const answer = await askHubspot(connection, { what, method: 'GET', path: propertiesPath(type) });
  const definitions = resultsIn(answer, what).map(recordOf);
  return new Map(definitions.map((each) => [textOf(each['name']), textOf(each['type'])]));
}

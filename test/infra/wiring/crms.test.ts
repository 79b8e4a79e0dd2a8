import { describe, expect, it } from 'vitest';
import { connectorOf, connectors } from '../../../functions/crm/connectors.ts';
import type { CrmConnector } from '../../../functions/crm/crm-connector.ts';
import { writeBackFields } from '../../../functions/ports/crm.ts';
import { crmNames, crmWiring, writeBackNames } from '../../../infra/wiring/crms.ts';

describe('the CRMs that a stage can be connected to', () => {
  it('are those that there are', () => {
    expect(crmNames).toEqual(Object.keys(connectors));
    expect(() => connectorOf('other')).toThrow('hubspot, salesforce, pipedrive, webhook');
  });

  it('can be written back what the port knows', () => {
    expect(writeBackNames).toEqual([...Object.keys(writeBackFields), 'notes']);
  });

  it.each(crmNames)('tell and are asked as the connector of %s says', (name) => {
    const connector: CrmConnector = connectorOf(name);
    const { tells, apiUrl }: ReturnType<typeof crmWiring> = crmWiring(name);
    expect(tells === 'webhook').toBe(connector.webhookProblem !== undefined);
    expect(apiUrl).toBe(connector.usualApiUrl);
    expect(Object.keys(connector.secretNames).length).toBeGreaterThan(0);
  });
});

import type { CrmConnector } from './crm-connector.ts';
import { hubspot } from './hubspot/hubspot.ts';
import { pipedrive } from './pipedrive/pipedrive.ts';
import { salesforce } from './salesforce/salesforce.ts';
import { webhook } from './webhook/webhook.ts';

/** The CRMs that a stage can be connected to, by the names that its settings use. */
export const connectors = { hubspot, salesforce, pipedrive, webhook } as const satisfies Readonly<
  Record<string, CrmConnector>
>;

/** Throws for a name that no CRM has. */
export function connectorOf(crm: string): CrmConnector {
  const found: CrmConnector | undefined = Object.entries(connectors).find(([name]) => name === crm)?.[1];
  if (found) return found;
  throw new Error(`There is no CRM "${crm}"; there are: ${Object.keys(connectors).join(', ')}.`);
}

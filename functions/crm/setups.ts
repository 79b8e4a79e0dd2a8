import type { CrmSetup } from './crm-setup.ts';
import { hubspotSetup } from './hubspot/hubspot-setup.ts';
import { pipedriveSetup } from './pipedrive/pipedrive-setup.ts';
import { salesforceSetup } from './salesforce/salesforce-setup.ts';

/** How each CRM is connected, by the names that settings use; of those that there is something to set up in. */
export const setups: Readonly<Record<string, CrmSetup>> = {
  hubspot: hubspotSetup,
  salesforce: salesforceSetup,
  pipedrive: pipedriveSetup,
};

import { rules as hubspotRules } from '../../../functions/crm/hubspot/hubspot-mapping.ts';
import { rules as pipedriveRules } from '../../../functions/crm/pipedrive/pipedrive-mapping.ts';
import { rules as salesforceRules } from '../../../functions/crm/salesforce/salesforce-mapping.ts';
import { answersTarget, hearTarget, mappingTarget } from './crm-targets.ts';
import { eventTargets, ownEvents } from './event-targets.ts';
import { exportTarget } from './export-target.ts';
import { recorded } from './recorded.ts';
import { signatureTarget, signers } from './signature-targets.ts';
import type { FuzzTarget } from './target.ts';
import { partnerBusTarget, webhookTarget } from './way-targets.ts';

/** Every parser of what comes from outside, by name. */
export async function fuzzTargets(): Promise<Readonly<Record<string, FuzzTarget>>> {
  const [hubspot, salesforce, pipedrive] = [
    await recorded('hubspot'),
    await recorded('salesforce'),
    await recorded('pipedrive'),
  ];
  return {
    'hubspot-hear': hearTarget('hubspot', hubspot),
    'salesforce-hear': hearTarget('salesforce', salesforce),
    'pipedrive-hear': hearTarget('pipedrive', pipedrive),
    'webhook-hear': hearTarget('webhook', { said: ownEvents }),
    ...Object.fromEntries(
      Object.entries(signers).map(([name, signer]) => [`${name}-signature`, signatureTarget(name, signer)]),
    ),
    'hubspot-answers': answersTarget('hubspot', hubspot),
    'salesforce-answers': answersTarget('salesforce', salesforce),
    'pipedrive-answers': answersTarget('pipedrive', pipedrive),
    'hubspot-mapping': mappingTarget(hubspotRules),
    'salesforce-mapping': mappingTarget(salesforceRules),
    'pipedrive-mapping': mappingTarget(pipedriveRules),
    'hubspot-way': webhookTarget('hubspot', hubspot.said),
    'salesforce-way': partnerBusTarget('salesforce', salesforce.settings.account, salesforce.said),
    'pipedrive-way': webhookTarget('pipedrive', pipedrive.said),
    'webhook-way': webhookTarget('webhook', ownEvents),
    ...eventTargets,
    'score-export': exportTarget(ownEvents),
  };
}

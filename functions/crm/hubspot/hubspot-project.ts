import type { DealCondition } from '../../domain/deal/deal-condition.ts';
import type { CrmSettings } from '../../ports/crm-access.ts';
import type { SetupFile } from '../crm-setup.ts';
import { dealProperties } from './hubspot-mapping.ts';

/** What the app may do in the account: read deals and all that belongs to them, write to deals, add notes, create properties. */
const scopes = [
  'crm.objects.deals.read',
  'crm.objects.deals.write',
  'crm.objects.companies.read',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.objects.line_items.read',
  'crm.objects.owners.read',
  'crm.schemas.deals.read',
  'crm.schemas.deals.write',
  'crm.schemas.contacts.read',
  'crm.schemas.contacts.write',
] as const;

/** What HubSpot calculates of a deal is no event of its own: what it is calculated from is. */
const isCalculated = (property: string): boolean => property.startsWith('hs_');

const happenings = ['creation', 'deletion', 'merge', 'restore', 'associationChange'];

/** What of deals a webhook is sent for: whatever changes what we read, and nothing that we write. */
const subscriptionsFor = (conditions: readonly DealCondition[]) => [
  ...happenings.map((happening) => ({ subscriptionType: `object.${happening}`, objectType: 'deal', active: true })),
  ...[...new Set([...dealProperties, ...conditions.map(({ property }) => property)])]
    .filter((name) => !isCalculated(name))
    .map((propertyName) => ({
      ...{ subscriptionType: 'object.propertyChange', objectType: 'deal', propertyName, active: true },
    })),
];

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** The files of a project app of HubSpot, which gives us a token. */
export const appFiles = ({ apiUrl }: CrmSettings): readonly SetupFile[] => [
  { path: 'hsproject.json', text: json({ name: 'handoff', srcDir: 'src', platformVersion: '2025.2' }) },
  {
    path: 'src/app/app-hsmeta.json',
    text: json({
      uid: 'handoff_app',
      type: 'app',
      config: {
        name: 'Handoff',
        description: 'Takes won deals from sales to customer success, and writes back what became of them.',
        distribution: 'private',
        auth: { type: 'static', requiredScopes: scopes, optionalScopes: [], conditionallyRequiredScopes: [] },
        permittedUrls: { fetch: [apiUrl], iframe: [], img: [] },
      },
    }),
  },
];

/** Where the file of the webhooks is written, outside what is uploaded, and where it goes once the properties are there. */
export const webhooksFileName = 'webhooks-hsmeta.json';
export const webhooksFolder = 'src/app/webhooks';

/** The file that has the app send webhooks to the stage's address. The properties that it names have to be there first. */
export const webhooksFile = ({ webhookUrl, deals = [] }: CrmSettings): SetupFile => ({
  path: webhooksFileName,
  text: json({
    uid: 'handoff_webhooks',
    type: 'webhooks',
    config: {
      settings: { targetUrl: webhookUrl, maxConcurrentRequests: 10 },
      subscriptions: { crmObjects: subscriptionsFor(deals) },
    },
  }),
});

/** What connecting a CRM takes of the account; all else stands in its folder in `functions/crm/`. */
interface CrmWiring {
  /** How it tells us of deals: by a webhook, or on a partner bus of EventBridge. */
  readonly tells: 'webhook' | 'partner bus';
  /** Where its API stands, where that is the same for everybody. */
  readonly apiUrl?: string;
  /** It can be asked about deals, and written to. */
  readonly isAsked: boolean;
}

/** The CRMs that a stage can be connected to. */
export const crms = {
  hubspot: { tells: 'webhook', apiUrl: 'https://api.hubapi.com', isAsked: true },
  salesforce: { tells: 'partner bus', isAsked: true },
  pipedrive: { tells: 'webhook', isAsked: true },
  webhook: { tells: 'webhook', apiUrl: 'https://example.com', isAsked: false },
} as const satisfies Readonly<Record<string, CrmWiring>>;

export type CrmName = keyof typeof crms;

export const crmNames = Object.keys(crms) as [CrmName, ...CrmName[]];

export const crmWiring = (name: CrmName): CrmWiring => crms[name];

/** What can be written back into a CRM: fields of ours, and notes on the deal. */
export const writeBackNames = [
  'status',
  'phase',
  'owner',
  'score',
  'board',
  'brief',
  'introducedOn',
  'kickoffOn',
  'signedOffOn',
  'firstValueOn',
  'meetingNotes',
  'notes',
] as const;

/** The path that a CRM sends its webhooks to. */
export const webhookPath = (crm: string): string => `/crm/${crm}`;

/** The parameter of Systems Manager that holds a stage's secrets of its CRM. */
export const crmSecretsName = (stage: string): string => `/handoff/${stage}/crm`;

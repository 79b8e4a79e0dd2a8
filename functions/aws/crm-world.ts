import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { conditionsIn, type DealCondition } from '../domain/deal/deal-condition.ts';
import type { CrmAccess, CrmHttp, Waiting } from '../ports/crm-access.ts';
import { crmHttp, crmWaiting } from './crm-http.ts';
import { crmSecrets, ssmOfEnvironment } from './crm-secrets.ts';
import { dealBus, eventsOfEnvironment } from './event-bus.ts';
import type { Settings } from './settings.ts';
import { nothingOutside, type Outside } from './world.ts';

/** What who speaks with the CRM is given beside the rest of the world. */
export interface CrmClients {
  readonly events: EventBridgeClient;
  /** Read when a secret is first asked for. */
  readonly ssm: SSMClient | Promise<SSMClient>;
  /** How the CRM is called. */
  readonly http: CrmHttp;
  readonly waiting?: Waiting;
}

/** Throws where the settings name no CRM; who puts events on the bus needs its name, too. */
export function crmWorld(settings: Settings, clients: CrmClients): Outside {
  const { DEAL_BUS, CRM: crm, CRM_ACCOUNT: account, CRM_API_URL: apiUrl, CRM_SECRETS: parameter, SITE_URL } = settings;
  if (!crm || !account || !apiUrl || !parameter)
    throw new Error('CRM and what belongs to it are not set: this function speaks with no CRM.');
  const access: CrmAccess = {
    crm,
    settings: { account, apiUrl, webhookUrl: `${SITE_URL}/crm/${crm}`, deals: dealsOf(settings) },
    secrets: crmSecrets(() => clients.ssm, parameter),
    http: clients.http,
    ...(clients.waiting && { waiting: clients.waiting }),
    // They were looked at when the settings were parsed.
    writesBack: (settings.CRM_WRITES_BACK?.split(',') ?? []) as CrmAccess['writesBack'],
  };
  return {
    ...nothingOutside,
    ...(DEAL_BUS && { dealBus: dealBus(clients.events, DEAL_BUS) }),
    crmAccess: () => access,
  };
}

function dealsOf({ CRM_DEALS: text }: Settings): readonly DealCondition[] {
  const deals = text === undefined ? [] : conditionsIn(text);
  if (deals === undefined) throw new Error('CRM_DEALS is no list of conditions as JSON.');
  return deals;
}

/** The same of a function on Lambda, as its environment configures it. */
export const crmOfEnvironment = (settings: Settings): Outside =>
  crmWorld(settings, {
    events: eventsOfEnvironment(),
    get ssm() {
      return ssmOfEnvironment();
    },
    http: crmHttp,
    waiting: crmWaiting,
  });

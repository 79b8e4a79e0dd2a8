import { connectorOf } from '../../../functions/crm/connectors.ts';
import { snakeCase } from '../../../functions/crm/mapping.ts';
import type { Crm, WonDeal } from '../../../functions/ports/crm.ts';
import type { CrmHttp } from '../../../functions/ports/crm-access.ts';
import { wonDeals } from '../../../functions/verbs/reconcile.ts';
import { crms } from '../../wiring/crms.ts';
import { UnusableOptions } from '../deployment.ts';
import { dealsIn } from '../stage-crm.ts';
import { type ReadExport, told } from './export-deals.ts';
import { dealsOfEvents } from './export-json.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The names of the CRMs that can be asked for deals. */
export const askedCrms: readonly string[] = Object.entries(crms)
  .filter(([, { isAsked }]) => isAsked)
  .map(([name]) => name);

/**
 * A CRM that no stage is connected to yet, with what the environment says of it: its secrets by the connector's names
 * (`HUBSPOT_ACCESS_TOKEN`), CRM_ACCOUNT and CRM_API_URL. Throws UnusableOptions that names the variables to set.
 */
export function crmOfEnvironment(name: string, environment: Environment, http: CrmHttp): Crm {
  if (!askedCrms.includes(name)) throw new UnusableOptions(`--crm is one of ${askedCrms.join(', ')}, not "${name}".`);
  const connector = connectorOf(name);
  const variables = Object.entries(connector.secretNames).map(([secret, what]) => ({
    ...{ secret, what },
    variable: `${name}_${snakeCase(secret)}`.toUpperCase(),
  }));
  const held = variables.flatMap(({ secret, variable }) => {
    const value = environment[variable];
    return value ? [[secret, value] as const] : [];
  });
  const apiUrl = (environment['CRM_API_URL'] ?? connector.usualApiUrl)?.replace(/\/+$/, '');
  if (held.length === 0 || apiUrl === undefined)
    throw new UnusableOptions(
      [
        `To ask ${connector.title} for its deals, set in the environment what lets us read them:`,
        ...variables.map(({ variable, what }) => `  ${variable}: ${what}`),
        ...(connector.usualApiUrl
          ? []
          : ['  CRM_API_URL: where its API stands, such as https://your-company.example.com']),
        'What only webhooks need may be left out.',
      ].join('\n'),
    );
  const secrets = async () => [Object.fromEntries(held)];
  return connector.connect({
    settings: {
      ...{ account: environment['CRM_ACCOUNT'] ?? '', apiUrl, webhookUrl: '' },
      deals: dealsIn(environment['CRM_DEALS']),
    },
    secrets,
    http,
    now: Date.now,
  });
}

/** The deals that the CRM won last, as many as `last` says, of those that changed since then (UTC). */
export async function lastWonDeals(
  crm: Pick<Crm, 'readDeal' | 'wonSince'>,
  { since, last }: { readonly since: string; readonly last: number },
): Promise<ReadExport> {
  const won: WonDeal[] = [];
  for await (const deal of wonDeals(crm, since)) won.push(deal);
  const newest = won.toSorted((one, other) => when(other) - when(one));
  const details: Readonly<Record<string, unknown>>[] = [];
  const notes: string[] = [];
  for (const { dealId, name } of newest) {
    if (details.length === last) break;
    const read = await crm.readDeal(dealId);
    if (!('deal' in read) || read.deal.phase !== 'won' || read.deal.leftOut !== undefined) continue;
    const { facts, wonAt } = read.deal;
    details.push({ ...facts, dealId, closedWonAt: wonAt });
    notes.push(...read.deal.notes.map((note) => `${name}: ${note}`));
  }
  const deals = dealsOfEvents(details);
  return { ...deals, notes: [...deals.notes, ...told(notes, (note) => note)] };
}

const when = ({ wonAt, changedAt }: WonDeal): number => Date.parse(wonAt ?? changedAt);

import { SSMClient } from '@aws-sdk/client-ssm';
import { crmHttp, crmWaiting } from '../../functions/aws/crm-http.ts';
import { crmSecrets } from '../../functions/aws/crm-secrets.ts';
import { connect } from '../../functions/crm/connect.ts';
import { pacedHttp } from '../../functions/crm/paced-http.ts';
import { conditionsIn, type DealCondition } from '../../functions/domain/deal/deal-condition.ts';
import type { Crm } from '../../functions/ports/crm.ts';
import type { CrmAccess, CrmHttp } from '../../functions/ports/crm-access.ts';
import { CrmUnavailable } from '../../functions/ports/errors.ts';
import { playedAccount, playedPath } from '../local/crm/played-crm.ts';
import { isPlayed } from '../local/crm/played-names.ts';
import { crmSecretsName } from '../local/local-names.ts';
import { crms, webhookPath } from '../wiring/crms.ts';
import type { FunctionName } from '../wiring/function-names.ts';
import { stageName } from '../wiring/names.ts';
import { clientSettings, deployedVariables, isLocal, UnusableOptions, type VariablesOf } from './deployment.ts';
import type { Patience } from './patience.ts';

/** The CRM that a command asks, and what people call it. */
export interface StageCrm {
  readonly name: string;
  readonly crm: Crm;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The way to the CRM of a stage, for whoever asks it. */
export type StageAccess = Omit<CrmAccess, 'writesBack'>;

/**
 * The way to the CRM of a stage, as its deployed function that reads deals is told of it; without a stage, as CRM, CRM_ACCOUNT,
 * CRM_API_URL and CRM_SECRETS of the environment say, or as npm start plays it on this machine. Nothing is called yet. Throws
 * UnusableOptions where there is none, or none that can be asked.
 */
export async function findAccess(
  environment: Environment,
  stage: string | undefined,
  variablesOf: VariablesOf = deployedVariables(environment),
): Promise<StageAccess> {
  const variables =
    stage === undefined
      ? environment
      : ((await variablesOf(stageName(stage, 'read-deal' satisfies FunctionName))) ?? {});
  const played = stage === undefined ? playedHere(environment) : {};
  const { CRM: name, CRM_ACCOUNT: account, CRM_API_URL: apiUrl, SITE_URL: siteUrl = '' } = { ...played, ...variables };
  const parameter = variables['CRM_SECRETS'] ?? (isLocal(environment) ? crmSecretsName : undefined);
  if (!name || !account || !apiUrl || !parameter)
    throw new UnusableOptions(
      stage === undefined
        ? 'Which CRM? Name a stage that is connected to one, or set CRM, CRM_ACCOUNT, CRM_API_URL and CRM_SECRETS.'
        : `The stage ${stage} is connected to no CRM. Set "crm" in its settings in cdk.json, and deploy it.`,
    );
  const known = Object.entries(crms).find(([each]) => each === name)?.[1];
  if (!known?.isAsked)
    throw new UnusableOptions(
      `The stage's deals come from "${name}", which can't be asked about them: there is nothing to compare with.`,
    );
  return {
    crm: name,
    settings: { account, apiUrl, webhookUrl: siteUrl + webhookPath(name), deals: dealsIn(variables['CRM_DEALS']) },
    secrets: crmSecrets(() => new SSMClient(clientSettings(environment)), parameter),
    http: crmHttp,
  };
}

/** Throws UnusableOptions where it is no list of conditions. */
export function dealsIn(text: string | undefined): readonly DealCondition[] {
  const deals = text ? conditionsIn(text) : [];
  if (deals !== undefined) return deals;
  throw new UnusableOptions(
    'CRM_DEALS is no list of conditions as JSON, such as [{"property": "dealtype", "isNot": ["existingbusiness"]}].',
  );
}

/** What npm start plays, unless it was told another CRM, which CRM then names here, too. */
function playedHere(environment: Environment): Environment {
  const { CRM: name = 'hubspot', AWS_ENDPOINT_URL: endpoint = '' } = environment;
  if (!isLocal(environment) || !isPlayed(name)) return {};
  const siteUrl = endpoint.replace(/\/+$/, '');
  return { CRM: name, CRM_ACCOUNT: playedAccount(name), CRM_API_URL: siteUrl + playedPath(name), SITE_URL: siteUrl };
}

/** The CRM of a stage, asked no faster than leaves room for the stage itself. Throws as `findAccess` does. */
export async function findCrm(
  environment: Environment,
  stage: string | undefined,
  variablesOf?: VariablesOf,
): Promise<StageCrm> {
  const access = await findAccess(environment, stage, variablesOf);
  const http = isLocal(environment) ? access.http : pacedHttp(access.http, crmWaiting);
  return { name: access.crm, crm: connect({ ...access, http }, Date.now).crm };
}

/** The CRM, waited for while it asks to wait. */
export const patientCrm = (
  crm: Pick<Crm, 'readDeal' | 'dealStates' | 'wonSince'>,
  again: Patience,
): Pick<Crm, 'readDeal' | 'dealStates' | 'wonSince'> => ({
  readDeal: (dealId) => again(() => crm.readDeal(dealId)),
  dealStates: (dealIds) => again(() => crm.dealStates(dealIds)),
  wonSince: (since, next) => again(() => crm.wonSince(since, next)),
});

/** HTTP that asks again while the CRM says that it is asked too often: many small calls are over any limit. */
export const patientHttp =
  (http: CrmHttp, again: Patience): CrmHttp =>
  (request) =>
    again(async () => {
      const answer = await http(request);
      if (answer.status === 429) throw new CrmUnavailable('The CRM is asked too often, and goes on saying so.');
      return answer;
    });

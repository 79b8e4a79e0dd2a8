import type { CrmSettings } from '../../ports/crm-access.ts';
import { CrmUnavailable } from '../../ports/errors.ts';
import type { CrmConnection } from '../crm-connector.ts';
import { type CrmSetup, coverageCheck, type SetupCheck, type SetupStep, type SharedSteps } from '../crm-setup.ts';
import { proposalPlace } from '../proposed.ts';
import { textOf } from '../reading.ts';
import { accountProblem, checked, conditionChecks, type Problem, some } from '../setup-checks.ts';
import { crm, type ObjectShape, type SalesforceApi, salesforceApi } from './salesforce-api.ts';
import { isRecordId, longId } from './salesforce-events.ts';
import { salesforceFields } from './salesforce-fields.ts';
import { onlyCurrency, proposedFrom, rules } from './salesforce-mapping.ts';
import { credentialName, metadataFiles } from './salesforce-metadata.ts';

const mapping = 'functions/crm/salesforce/salesforce-mapping.ts';

/** How Salesforce is connected to a stage. Its fields are deployed as files: its API makes fields that nobody may see. */
export const salesforceSetup: CrmSetup = { steps, properties: salesforceFields, check };

function steps(settings: CrmSettings, shared: SharedSteps): readonly SetupStep[] {
  return [
    {
      what: 'Say to which AWS account events go.',
      how: [
        'In Salesforce, open Setup > Named Credentials. Next to New, choose New Legacy.',
        `Label and name: ${credentialName}`,
        'URL: arn:aws:<your region in capitals, such as EU-CENTRAL-1>:<your AWS account, 12 digits>',
        'Identity type: Named Principal. Authentication protocol: No Authentication. Save.',
      ],
    },
    {
      what: 'Deploy the fields, the permissions, and the event relay.',
      how: [
        'Put these files into an empty folder, under these names, and run in it:',
        'npm install -g @salesforce/cli',
        `sf org login web --instance-url ${settings.apiUrl} --alias handoff`,
        'sf project deploy start --source-dir force-app --target-org handoff',
        'Assign the permission set "Handoff for sellers" to your sellers, and put the fields on their pages.',
      ],
      files: metadataFiles(),
    },
    {
      what: 'Create the user that Handoff works as.',
      how: [
        'In Setup > Users, create a user with the license Salesforce Integration.',
        'Assign the permission set license Salesforce API Integration, then the permission set "Handoff".',
        'Let the user edit every opportunity: by a role above your sellers, or a sharing rule with Read/Write.',
      ],
    },
    {
      what: 'Create an external client app.',
      how: [
        'In Setup > External Client App Manager, choose New External Client App. Distribution: Local.',
        'Enable OAuth. Callback URL: https://login.salesforce.com/services/oauth2/success. Scope: Manage user data via APIs (api).',
        'Under Flow Enablement, enable the client credentials flow. Create.',
        'On the tab Policies, enable the client credentials flow again. Run As: the user you created. Save.',
        'On the tab Settings, copy the consumer key (clientId) and the consumer secret (clientSecret).',
      ],
    },
    shared.secrets,
    {
      what: 'Take the events in AWS.',
      how: [
        `In EventBridge > Partner event sources, find aws.partner/salesforce.com/${settings.account}/<channel>. It is pending.`,
        'Choose it, then Associate with event bus.',
        'Its name is the "partnerBus" of "crm" in the stage\'s settings in cdk.json.',
        'The "account" there is the id that stands in this name: your organization\'s, in 18 characters.',
      ],
    },
    shared.deploy,
    {
      what: 'Start the relay.',
      how: [
        'In Salesforce, open Setup > Event Relays > Handoff, and choose Run.',
        'To interrupt it later, choose Pause. Stop loses what happens meanwhile.',
      ],
    },
    shared.check,
  ];
}

const accessRemedy =
  'Copy consumer key and secret of the external client app into the secret of this stage. Check that the client credentials flow is on under Policies, with a user to run as.';

async function check(connection: CrmConnection): Promise<readonly SetupCheck[]> {
  const api = salesforceApi(connection);
  const found: { organization?: string } = {};
  const login = await checked(`${crm} lets Handoff log in`, accessRemedy, async () => {
    const [organization] = await recordsOf(api, 'SELECT Id FROM Organization', 'read the organization');
    const id = organization?.['Id'];
    found.organization = isRecordId(id) ? longId(id) : '';
    return undefined;
  });
  if (!login.ok) return [login];
  const { account } = connection.settings;
  const look = (what: string, problem: () => Promise<Problem> | Problem) => checked(what, accessRemedy, problem);
  return [
    login,
    // As events name it: in 18 characters.
    await look("The organization is the stage's", () => accountProblem(found.organization ?? '', account)),
    await look(`${crm} has every field of Handoff, and lets it read and write them`, () => fieldProblem(api)),
    await look('Handoff may add tasks', () => taskProblem(api)),
    await look('Opportunities can be won, and proposed', () => stageProblem(api)),
    await look('Amounts have a currency', () => currencyProblem(api)),
    ...(await conditionChecks(connection.settings, accessRemedy, () => fieldsOfDeals(api))),
    coverageCheck(rules),
  ];
}

async function recordsOf(api: SalesforceApi, soql: string, what: string) {
  const found = await api.query({ soql }, what);
  if ('refused' in found) throw new CrmUnavailable(`${crm} answered ${found.refused} to the request to ${what}.`);
  return found.records;
}

const permissionRemedy =
  'Deploy the files of the setup, and assign the permission set "Handoff" to the user of the app.';

async function fieldProblem(api: SalesforceApi): Promise<Problem> {
  const shapes = new Map<string, ObjectShape | undefined>();
  for (const object of ['Opportunity', 'Contact']) shapes.set(object, await api.describe(object));
  const missing = salesforceFields.filter(({ object, name }) => shapes.get(object)?.fields.has(name) !== true);
  const readOnly = salesforceFields.filter(
    (field) =>
      field.filledBy === 'handoff' &&
      !missing.includes(field) &&
      shapes.get(field.object)?.writable.has(field.name) !== true,
  );
  if (missing.length === 0 && readOnly.length === 0) return undefined;
  const named = (fields: typeof missing) => some(fields.map(({ object, name }) => `${object}.${name}`));
  return {
    problem: [
      ...(missing.length > 0 ? [`Missing, or not to be seen: ${named(missing)}.`] : []),
      ...(readOnly.length > 0 ? [`Not to be written: ${named(readOnly)}.`] : []),
    ].join(' '),
    remedy: permissionRemedy,
  };
}

async function fieldsOfDeals(api: SalesforceApi): Promise<(name: string) => boolean> {
  const [opportunity, account] = [await api.describe('Opportunity'), await api.describe('Account')];
  return (name) => {
    const [, ofAccount] = /^Account\.(.+)$/.exec(name) ?? [];
    return ofAccount === undefined ? opportunity?.fields.has(name) === true : account?.fields.has(ofAccount) === true;
  };
}

async function taskProblem(api: SalesforceApi): Promise<Problem> {
  const task = await api.describe('Task');
  if (task?.isCreateable === true) return undefined;
  return {
    problem: 'The user of the app may create no tasks, which are the notes on opportunities.',
    remedy: permissionRemedy,
  };
}

async function stageProblem(api: SalesforceApi): Promise<Problem> {
  const soql = 'SELECT ApiName, MasterLabel, SortOrder, IsWon FROM OpportunityStage WHERE IsActive = true';
  const stages = await recordsOf(api, soql, 'list the stages');
  const named = stages.map(({ ApiName: name, MasterLabel: label }, place) => ({
    ...{ names: [textOf(name), textOf(label)], place },
  }));
  const labels = named.map(({ names }) => `"${names[1]}"`).join(', ');
  if (!stages.some(({ IsWon: isWon }) => isWon === true))
    return {
      problem: `None of the stages is won: ${labels}.`,
      remedy: 'In Setup > Object Manager > Opportunity > Fields > Stage, give a stage the type Closed/Won.',
    };
  if (proposalPlace(named, proposedFrom) !== undefined) return undefined;
  return {
    problem: `None of the stages counts as proposed: ${labels}.`,
    remedy: `Name the stage in proposedFrom of ${mapping}.`,
  };
}

async function currencyProblem(api: SalesforceApi): Promise<Problem> {
  const opportunity = await api.describe('Opportunity');
  if (onlyCurrency !== undefined || opportunity?.fields.has('CurrencyIsoCode') === true) return undefined;
  return {
    problem:
      'The organization has a single currency, which its API does not tell. Account executives are asked for it.',
    remedy: `Name it in onlyCurrency of ${mapping}, such as 'EUR'.`,
  };
}

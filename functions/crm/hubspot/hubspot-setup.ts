import type { CrmSettings } from '../../ports/crm-access.ts';
import { CrmAccessRefused } from '../../ports/errors.ts';
import type { CrmConnection } from '../crm-connector.ts';
import {
  type CrmSetup,
  coverageCheck,
  type PropertyCreated,
  type SetupCheck,
  type SetupStep,
  type SharedSteps,
} from '../crm-setup.ts';
import { accountProblem, checked, conditionChecks, type Problem, some } from '../setup-checks.ts';
import type { HubspotStage } from './hubspot-answers.ts';
import { hubspotApi, objectTypes } from './hubspot-api.ts';
import { askHubspot, type HubspotRequest } from './hubspot-call.ts';
import { isWon, proposedFromIn } from './hubspot-deal.ts';
import { definedIn, propertiesPath } from './hubspot-definitions.ts';
import { rules } from './hubspot-mapping.ts';
import { appFiles, webhooksFile, webhooksFileName, webhooksFolder } from './hubspot-project.ts';
import { type HubspotProperty, hubspotProperties, propertyGroup } from './hubspot-properties.ts';
import { refusalIn } from './hubspot-refusal.ts';

/** How HubSpot is connected to a stage. */
export const hubspotSetup: CrmSetup = {
  steps,
  properties: hubspotProperties,
  createProperties,
  check: checkHubspot,
};

/** The app first, which gives the token that creates the properties; then the webhooks, which name them. */
function steps(settings: CrmSettings, shared: SharedSteps): readonly SetupStep[] {
  return [
    {
      what: 'Write the files of a project app.',
      how: ['Put them into an empty folder, under these names.'],
      files: appFiles(settings),
    },
    {
      what: 'Upload the app.',
      how: ['npm install -g @hubspot/cli', `hs account auth   (account ${settings.account})`, 'hs project upload'],
    },
    {
      what: 'Install the app in your account.',
      how: [
        'In HubSpot, open Development > Projects > handoff > Handoff.',
        'On the tab Distribution, choose Install now.',
        'The access token and the client secret stand on the tab Auth of the same page.',
      ],
    },
    shared.secrets,
    shared.deploy,
    shared.create,
    {
      what: 'Have the app send webhooks.',
      how: [
        `Put ${webhooksFileName} into the folder.`,
        ...(settings.webhookUrl.startsWith('<')
          ? ['In its targetUrl, put the output Site of the deployed stage, https://…, in place of <Site>.']
          : []),
        `mkdir -p ${webhooksFolder} && mv ${webhooksFileName} ${webhooksFolder}`,
        'hs project upload',
      ],
      files: [webhooksFile(settings)],
    },
    {
      what: 'Add labels for contacts of deals.',
      how: [
        'In HubSpot, open Settings > Objects > Deals > Associations, and choose deals and contacts.',
        'Create the labels "Day-to-day contact" and "Technical contact". HubSpot has the other roles as buying roles.',
      ],
    },
    shared.check,
  ];
}

async function createProperties(connection: CrmConnection): Promise<readonly PropertyCreated[]> {
  const created: PropertyCreated[] = [];
  for (const type of new Set(hubspotProperties.map(({ objectType }) => objectType))) {
    const path = propertiesPath(type);
    const known = await definedIn(connection, type);
    const group = { what: 'create a group of properties', method: 'POST', path: `${path}/groups` } as const;
    await askHubspot(connection, { ...group, body: { ...propertyGroup, displayOrder: -1 } }, [400, 409]);
    for (const property of hubspotProperties.filter(({ objectType }) => objectType === type))
      created.push({
        property,
        outcome: known.has(property.name) ? 'there already' : await create(connection, property),
      });
  }
  return created;
}

async function create(connection: CrmConnection, property: HubspotProperty): Promise<PropertyCreated['outcome']> {
  const { name, label, type, fieldType, description, objectType } = property;
  const body = { name, label, type, fieldType, description, groupName: propertyGroup.name };
  const request = { what: 'create a property', method: 'POST', path: propertiesPath(objectType), body } as const;
  const { status, body: answer } = await askHubspot(connection, request, [400, 409]);
  if (status === 409) return 'there already';
  return status === 400 ? { refused: refusalIn(answer, []) } : 'created';
}

async function checkHubspot(connection: CrmConnection): Promise<readonly SetupCheck[]> {
  const api = hubspotApi(connection);
  const look = (what: string, problem: () => Promise<Problem> | Problem) => checked(what, tokenRemedy, problem);
  const portal: { id?: string } = {};
  const token = await look('HubSpot takes the token', async () => {
    portal.id = (await api.account()).portalId;
    return undefined;
  });
  if (!token.ok) return [token];
  return [
    token,
    await look("The token is of the stage's account", () =>
      accountProblem(portal.id ?? '', connection.settings.account),
    ),
    await look('The app has every scope it needs', () => missingScopes(connection)),
    await look('Deals can be won, and proposed, in every pipeline', async () => stageProblem(await api.stages())),
    await look('HubSpot has every property of Handoff', () => propertyProblem(connection)),
    ...(await conditionChecks(connection.settings, tokenRemedy, async () => {
      const defined = await definedIn(connection, objectTypes.deal);
      return (name) => defined.has(name);
    })),
    coverageCheck(rules),
  ];
}

const tokenRemedy =
  "Copy the access token from the app's tab Auth in HubSpot, and save it as the secret of this stage.";

/** A request that does nothing, and is refused where a scope is missing. */
const probes: readonly (Omit<HubspotRequest, 'what'> & { readonly scope: string })[] = [
  { scope: 'crm.objects.deals.read', method: 'GET', path: `/crm/objects/2026-09/${objectTypes.deal}/1` },
  {
    scope: 'crm.objects.deals.write',
    method: 'PATCH',
    path: `/crm/objects/2026-09/${objectTypes.deal}/1`,
    body: { properties: {} },
  },
  { scope: 'crm.objects.companies.read', method: 'GET', path: `/crm/objects/2026-09/${objectTypes.company}/1` },
  { scope: 'crm.objects.contacts.read', method: 'GET', path: `/crm/objects/2026-09/${objectTypes.contact}/1` },
  // A note without a time is none.
  {
    scope: 'crm.objects.contacts.write',
    method: 'POST',
    path: `/crm/objects/2026-09/${objectTypes.note}`,
    body: { properties: {} },
  },
  { scope: 'crm.objects.line_items.read', method: 'GET', path: `/crm/objects/2026-09/${objectTypes.lineItem}/1` },
  { scope: 'crm.objects.owners.read', method: 'GET', path: '/crm/owners/2026-09/1' },
  { scope: 'crm.schemas.deals.read', method: 'GET', path: propertiesPath(objectTypes.deal) },
  { scope: 'crm.schemas.contacts.read', method: 'GET', path: propertiesPath(objectTypes.contact) },
];

async function missingScopes(connection: CrmConnection): Promise<Problem> {
  const missing: string[] = [];
  for (const { scope, ...request } of probes)
    try {
      await askHubspot(connection, { what: `use the scope ${scope}`, ...request }, [400, 404]);
    } catch (error) {
      if (!(error instanceof CrmAccessRefused)) throw error;
      missing.push(scope);
    }
  if (missing.length === 0) return undefined;
  return {
    problem: `Missing: ${missing.join(', ')}.`,
    remedy: 'Add them to requiredScopes in app-hsmeta.json, upload the app, and install it again.',
  };
}

function stageProblem(stages: readonly HubspotStage[]): Problem {
  const pipelines = [...new Set(stages.map(({ pipeline }) => pipeline))];
  const stagesOf = (pipeline: string) => stages.filter((stage) => stage.pipeline === pipeline);
  const named = (pipeline: string) =>
    `"${pipeline}" (${stagesOf(pipeline)
      .map(({ label }) => label)
      .join(', ')})`;
  const neverWon = pipelines.filter((pipeline) => !stagesOf(pipeline).some(isWon));
  const neverProposed = pipelines.filter((pipeline) => proposedFromIn(stagesOf(pipeline)) === undefined);
  if (pipelines.length > 0 && neverWon.length === 0 && neverProposed.length === 0) return undefined;
  const problems = [
    pipelines.length === 0 && 'There is no pipeline of deals.',
    neverWon.length > 0 && `No stage has a probability of 100% in the pipeline ${neverWon.map(named).join(', ')}.`,
    neverProposed.length > 0 && `No stage counts as proposed in the pipeline ${neverProposed.map(named).join(', ')}.`,
  ];
  return {
    problem: problems.filter((problem) => problem !== false).join(' '),
    remedy:
      'Name the stage in proposedFrom of functions/crm/hubspot/hubspot-mapping.ts, or mark the stage of won deals as Won in HubSpot.',
  };
}

async function propertyProblem(connection: CrmConnection): Promise<Problem> {
  const types = [...new Set(hubspotProperties.map(({ objectType }) => objectType))];
  const defined = new Map<string, ReadonlyMap<string, string>>();
  for (const type of types) defined.set(type, await definedIn(connection, type));
  const typeOf = ({ objectType, name }: HubspotProperty) => defined.get(objectType)?.get(name);
  const missing = hubspotProperties.filter((property) => typeOf(property) === undefined);
  const other = hubspotProperties.filter((each) => !missing.includes(each) && typeOf(each) !== each.type);
  if (missing.length === 0 && other.length === 0) return undefined;
  return {
    problem: [
      missing.length > 0 && `Missing: ${some(missing.map(({ name }) => name))}.`,
      other.length > 0 &&
        `Of another type: ${other.map(({ name, type }) => `${name} (should be ${type})`).join(', ')}.`,
    ]
      .filter((problem) => problem !== false)
      .join(' '),
    remedy:
      'Run the setup with --create, which creates what is missing. Delete a property of another type in HubSpot first.',
  };
}

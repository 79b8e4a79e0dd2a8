import type { UnknownRecord } from '../../domain/fields/record.ts';
import { either } from '../../domain/fields/words.ts';
import type { CrmSettings } from '../../ports/crm-access.ts';
import { CrmUnavailable } from '../../ports/errors.ts';
import type { CrmConnection } from '../crm-connector.ts';
import {
  type CrmSetup,
  coverageCheck,
  type PropertyCreated,
  type SetupCheck,
  type SetupStep,
  type SharedSteps,
  type WebhookRegistered,
} from '../crm-setup.ts';
import { textOf } from '../reading.ts';
import { expectSuccess, refusalText } from '../refusal.ts';
import { accountProblem, checked, conditionChecks, type Problem, some } from '../setup-checks.ts';
import { crm, errorIn, idIn, type PipedriveApi, pipedriveApi } from './pipedrive-api.ts';
import { keyOfName, keysIn, proposalIn } from './pipedrive-deal.ts';
import { type PipedriveField, pipedriveFields } from './pipedrive-fields.ts';
import { rules } from './pipedrive-mapping.ts';

/** How Pipedrive is connected to a stage. */
export const pipedriveSetup: CrmSetup = {
  steps,
  properties: pipedriveFields,
  createProperties,
  registerWebhook,
  check,
};

const fieldsOf = (object: PipedriveField['object']) => pipedriveFields.filter((field) => field.object === object);

/** By plan: Lite, Growth, Premium, Ultimate, and the older ones alike. */
const mostFields = [30, 100, 300, 500];

const roomText = `It takes room for ${pipedriveFields.length} custom fields, ${fieldsOf('Deal').length} of deals and ${fieldsOf('Person').length} of persons. Plans allow ${either(mostFields.map(String))} in all: Company settings > Usage says how many are left. With less room, those that every package needs come first.`;

function steps(settings: CrmSettings, shared: SharedSteps): readonly SetupStep[] {
  return [
    {
      what: 'Choose the user that Handoff works as.',
      how: [
        'It has to see every deal, person and organization, and may edit deals: webhooks tell only what it sees.',
        'As this user, open Personal preferences > API, and copy the API token.',
        `curl -H "x-api-token: <the token>" ${settings.apiUrl}/api/v1/users/me`,
        'It shows company_id, which is the "account" of the stage. The "apiUrl" is like https://nordsee.pipedrive.com.',
      ],
    },
    {
      ...shared.secrets,
      how: [
        'Make up webhookUser and webhookPassword, the password long. Webhooks come with them.',
        ...shared.secrets.how,
      ],
    },
    shared.deploy,
    {
      what: 'Create the fields and the webhook.',
      how: [
        roomText,
        ...shared.create.how,
        `This creates both through the API, and sends webhooks to ${settings.webhookUrl}.`,
        'A webhook that fails for three days is deleted by Pipedrive: run it again then.',
      ],
    },
    {
      what: 'Show the fields to your sellers.',
      how: ['In Company settings > Data fields > Deal, put the fields named "Handoff: …" where sellers see them.'],
    },
    shared.check,
  ];
}

const webhooksPath = '/api/v1/webhooks';
const paths = { Deal: '/api/v2/dealFields', Person: '/api/v2/personFields' } as const;

const keysOf = async (api: PipedriveApi, object: PipedriveField['object']) =>
  keysIn(await api.all({ path: `${paths[object]}?limit=500`, what: 'list the fields' }));

async function createProperties(connection: CrmConnection): Promise<readonly PropertyCreated[]> {
  const api = pipedriveApi(connection);
  const known = { Deal: await keysOf(api, 'Deal'), Person: await keysOf(api, 'Person') };
  const created: PropertyCreated[] = [];
  let full: Tried | undefined;
  for (const property of pipedriveFields) {
    const isThere = known[property.object].has(keyOfName(property.name));
    const tried: Tried = isThere ? { outcome: 'there already' } : (full ?? (await createField(api, property)));
    // Asked again and again, Pipedrive would shut us out.
    if (tried.isFull) full = { outcome: { refused: 'Not tried: Pipedrive takes no more.' } };
    created.push({ property, outcome: tried.outcome });
  }
  return created;
}

interface Tried {
  readonly outcome: PropertyCreated['outcome'];
  /** It would take no other either. */
  readonly isFull?: true;
}

const fullHint =
  "Either your plan takes no more custom fields (see Company settings > Usage), or the token's user may add none.";

async function createField(api: PipedriveApi, field: PipedriveField): Promise<Tried> {
  const what = 'create a field';
  const body = { field_name: field.name, field_type: field.type, description: field.hint };
  const answer = await api.call({ method: 'POST', path: paths[field.object], body, what, orLimit: true });
  const said = refusalText(errorIn(answer), []);
  if (answer.status === 403) return { outcome: { refused: `${said}. ${fullHint}` }, isFull: true };
  if (answer.status === 400 || answer.status === 422)
    return { outcome: { refused: said || `${crm} answered ${answer.status}.` } };
  expectSuccess(answer, { crm, what });
  return { outcome: 'created' };
}

/**
 * Registers the webhook anew each time: Pipedrive doesn't tell with which password one comes. The old one goes once the new one is
 * there, so that nothing is missed; what comes twice in between counts once.
 */
async function registerWebhook(connection: CrmConnection): Promise<WebhookRegistered> {
  const api = pipedriveApi(connection);
  const [{ webhookUser: user = '', webhookPassword: password = '' } = {}] = await connection.secrets();
  if (user === '' || password === '')
    return { refused: 'The secret of this stage has no webhookUser and webhookPassword, which webhooks come with.' };
  const old = await ourWebhooks(api, connection.settings);
  const what = 'register the webhook';
  const body = {
    ...{ name: 'Handoff', subscription_url: connection.settings.webhookUrl, version: '2.0' },
    ...{ event_action: '*', event_object: 'deal', http_auth_user: user, http_auth_password: password },
  };
  const answer = await api.call({ method: 'POST', path: webhooksPath, body, what });
  if (answer.status === 400 || answer.status === 422)
    return { refused: refusalText(errorIn(answer), [user, password]) || `${crm} answered ${answer.status}.` };
  expectSuccess(answer, { crm, what });
  for (const { id } of old) await deleteWebhook(api, idIn(id));
  return old.length > 0 ? 'replaced' : 'registered';
}

async function deleteWebhook(api: PipedriveApi, id: string | undefined): Promise<void> {
  const what = 'delete the old webhook';
  if (id === undefined) throw new CrmUnavailable(`${crm} listed a webhook without an id.`);
  const answer = await api.call({ method: 'DELETE', path: `${webhooksPath}/${id}`, what });
  // Pipedrive deletes those that fail for long by itself.
  if (answer.status !== 404) expectSuccess(answer, { crm, what });
}

/** Those that tell us of all that happens to deals. */
async function ourWebhooks(api: PipedriveApi, { webhookUrl }: CrmSettings): Promise<readonly UnknownRecord[]> {
  const { records } = await api.page({ path: webhooksPath, what: 'list the webhooks' });
  return records.filter(
    (webhook) =>
      webhook['subscription_url'] === webhookUrl &&
      webhook['event_action'] === '*' &&
      (webhook['event_object'] === 'deal' || webhook['event_object'] === '*') &&
      textOf(webhook['version']) !== '1.0',
  );
}

const accessRemedy =
  "Copy the API token of the user that Handoff works as into the secret of this stage, and check the user's rights.";

async function check(connection: CrmConnection): Promise<readonly SetupCheck[]> {
  const api = pipedriveApi(connection);
  const found: { company?: string } = {};
  const token = await checked(`${crm} takes the token`, accessRemedy, async () => {
    const me = await api.record({ path: '/api/v1/users/me', what: "read the token's user" });
    found.company = textOf(me?.['company_id']);
    return undefined;
  });
  if (!token.ok) return [token];
  const { settings } = connection;
  const look = (what: string, problem: () => Promise<Problem> | Problem) => checked(what, accessRemedy, problem);
  return [
    token,
    await look("The company is the stage's", () => accountProblem(found.company ?? '', settings.account)),
    await look(`${crm} has every field of Handoff`, () => fieldProblem(api)),
    await look('Deals can be proposed in every pipeline', () => stageProblem(api)),
    await look(`${crm} tells Handoff of deals`, () => webhookProblem(api, settings)),
    ...(await conditionChecks(settings, accessRemedy, async () => {
      const fields = await api.all({ path: `${paths.Deal}?limit=500`, what: 'list the fields' });
      const codes = new Set(fields.map(({ field_code: code }) => textOf(code)));
      const keys = keysIn(fields);
      return (name) => codes.has(name) || keys.has(keyOfName(name));
    })),
    coverageCheck(rules),
  ];
}

async function fieldProblem(api: PipedriveApi): Promise<Problem> {
  const missing: string[] = [];
  for (const object of ['Deal', 'Person'] as const) {
    const known = await keysOf(api, object);
    for (const { name } of fieldsOf(object)) if (!known.has(keyOfName(name))) missing.push(`"${name}"`);
  }
  if (missing.length === 0) return undefined;
  return {
    problem: `Missing: ${some(missing)}.`,
    remedy:
      'Run the setup with --create, which creates them. A field that was renamed has to get its name back. Where your plan takes no more fields, leave it: account executives are asked by email.',
  };
}

async function stageProblem(api: PipedriveApi): Promise<Problem> {
  const stages = await api.all({ path: '/api/v2/stages?limit=500', what: 'list the stages' });
  if (stages.length === 0) throw new CrmUnavailable(`${crm} listed no stages.`);
  const pipelines = Map.groupBy(stages, (stage) => textOf(stage['pipeline_id']));
  const without = [...pipelines.values()].filter((pipeline) => proposalIn(pipeline) === undefined);
  if (without.length === 0) return undefined;
  const named = without.map((pipeline) => pipeline.map(({ name }) => `"${textOf(name)}"`).join(', '));
  return {
    problem: `None of the stages counts as proposed: ${named.join('; ')}.`,
    remedy: 'Name the stage in proposedFrom of functions/crm/pipedrive/pipedrive-mapping.ts.',
  };
}

async function webhookProblem(api: PipedriveApi, settings: CrmSettings): Promise<Problem> {
  if ((await ourWebhooks(api, settings)).length > 0) return undefined;
  return {
    problem: `No webhook tells ${settings.webhookUrl} of deals.`,
    remedy: 'Run the setup with --create, which registers it. Pipedrive deletes a webhook that failed for three days.',
  };
}

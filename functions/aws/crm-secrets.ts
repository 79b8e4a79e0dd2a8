import type { SSMClient } from '@aws-sdk/client-ssm';
import type { CrmAccess, CrmSecrets, HeldSecrets } from '../ports/crm-access.ts';
import { CrmAccessRefused } from '../ports/errors.ts';
import { jsonOrNothing } from './json-or-nothing.ts';

/** Loaded when a secret is first asked for: its client knows all of Systems Manager, as much code as three of the others. */
const systemsManager = () => import('./systems-manager.ts');

export const ssmOfEnvironment = async (): Promise<SSMClient> => (await systemsManager()).ssmOfEnvironment();

/**
 * The secrets in a SecureString of Systems Manager, which is JSON: `{"current": {…}, "previous": {…}}`, the second one only while
 * they are changed. They are read once and kept, until somebody asks for fresh ones; their values are in no error. `client` is asked for
 * when they are first read.
 */
export function crmSecrets(client: () => SSMClient | Promise<SSMClient>, parameter: string): CrmAccess['secrets'] {
  let kept: Promise<HeldSecrets> | undefined;
  const read = async (): Promise<HeldSecrets> => {
    const [{ parameterText }, ssm] = await Promise.all([systemsManager(), client()]);
    const text = await parameterText(ssm, parameter);
    if (text === undefined)
      throw new CrmAccessRefused(`The parameter ${parameter} does not exist: put the CRM's secrets there.`);
    return secretsIn(text, parameter);
  };
  return ({ fresh } = { fresh: false }) => {
    if (fresh) kept = undefined;
    kept ??= read().catch((error: unknown) => {
      kept = undefined;
      throw error;
    });
    return kept;
  };
}

/** The secrets in the parameter's text. Throws `CrmAccessRefused`, which names none of them, for a text that is no such JSON. */
export function secretsIn(text: string, parameter: string): HeldSecrets {
  const { current, previous } = Object(jsonOrNothing(text)) as Readonly<Record<string, unknown>>;
  if (!isSecrets(current) || (previous !== undefined && !isSecrets(previous)))
    throw new CrmAccessRefused(
      `The parameter ${parameter} has to be JSON such as {"current": {"accessToken": "…"}}, with texts only; "previous" may hold those before.`,
    );
  return previous ? [current, previous] : [current];
}

const isSecrets = (value: unknown): value is CrmSecrets =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((secret) => typeof secret === 'string');

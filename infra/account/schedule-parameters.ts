import { Temporal } from 'temporal-polyfill';
import { type Identity, isHere, parseArn } from './identity.ts';
import { notEmulated, validationError } from './wire/errors.ts';
import { isObject } from './wire/message.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** The function that a target names, with the version it is asked for. Refuses targets that are not emulated, and input that is no JSON. */
export function targetFunction(identity: Identity, target: Parameters): string {
  const { Arn: targetArn, Input: input } = target;
  const found = parseArn(String(targetArn));
  if (found?.service !== 'lambda' || !found.resource.startsWith('function:'))
    throw notEmulated(`Scheduler target ${String(targetArn)}`);
  if (!isHere(identity, found) || found.accountId !== identity.accountId)
    throw notEmulated(`Scheduler target of another account or region, ${String(targetArn)},`);
  if (typeof input === 'string') checkInput(input);
  return found.resource.slice('function:'.length);
}

/** How long and how often a target wants to be tried, in the terms of a delivery. */
export function retryPolicy({ RetryPolicy: policy }: Parameters) {
  const { MaximumEventAgeInSeconds: seconds, MaximumRetryAttempts: retries } = isObject(policy) ? policy : {};
  return {
    ...(seconds === undefined ? {} : { longest: 1000 * Number(seconds) }),
    ...(retries === undefined ? {} : { attempts: 1 + Number(retries) }),
  };
}

function checkInput(input: string): void {
  try {
    JSON.parse(input);
  } catch {
    throw validationError('Invalid Target Input: it is not JSON.');
  }
}

/** The moment of `at(yyyy-mm-ddThh:mm:ss)` in the zone, in milliseconds since the epoch; a local time that DST skips moves forward. */
export function atTime(expression: string, zone: string): number {
  if (/^(rate|cron)\(/.test(expression)) throw notEmulated(`Scheduler expression ${expression}`);
  const local = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression)?.[1];
  if (local === undefined) throw validationError(`Invalid Schedule Expression ${expression}.`);
  try {
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' }).toZonedDateTime(zone).epochMilliseconds;
  } catch (error) {
    const wrong = error instanceof RangeError ? error.message : String(error);
    throw validationError(`Invalid Schedule Expression ${expression} in ${zone}: ${wrong}.`);
  }
}

import { ServiceUnavailable } from '../ports/errors.ts';

/** What Node and the AWS SDK call it when a service cannot be reached for the moment. */
const network = new Set([
  'TimeoutError',
  'NetworkingError',
  'RequestTimeout',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** What AWS calls it when somebody asks too often, or has too much open. */
const throttling = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'ExecutionLimitExceeded',
]);

/** Whether an error of an AWS client says that it was called too often. */
export const isThrottling = (error: unknown): error is Error => error instanceof Error && throttling.has(error.name);

/** Does what a service is asked for. Throws ServiceUnavailable for what passes by itself; other errors as they are. */
export async function orUnavailable<T>(service: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!passesByItself(error) && !isThrottling(error)) throw error;
    throw new ServiceUnavailable(`${service} says ${error.name}: try again.`, { cause: error });
  }
}

/** Whether an error of an AWS client passes by itself: the network, or the service's own fault. */
export function passesByItself(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if ('$fault' in error && error.$fault === 'server') return true;
  return network.has(error.name) || ('code' in error && network.has(String(error.code)));
}

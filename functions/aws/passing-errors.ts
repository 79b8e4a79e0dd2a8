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

/** Whether an error of an AWS client passes by itself: the network, or the service's own fault. */
export function passesByItself(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if ('$fault' in error && error.$fault === 'server') return true;
  return network.has(error.name) || ('code' in error && network.has(String(error.code)));
}

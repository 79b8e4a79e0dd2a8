const unreachable = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);

const refusedCredentials = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'ExpiredTokenException',
]);

const credentialsRemedy =
  'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN), to credentials that are valid.';

/**
 * Why a call never came to what it asks of AWS, and what to do next, in plain sentences; undefined for any other error. That
 * is so without a region, without credentials that AWS takes, and without a connection.
 */
export function connectionFailure(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (/^Region (is missing|not accepted)/.test(error.message))
    return 'It is not known which AWS region to ask. Set AWS_REGION, or AWS_PROFILE to a profile with a region.';
  if (error.name === 'CredentialsProviderError') return `No AWS credentials were found. ${credentialsRemedy}`;
  if (refusedCredentials.has(error.name)) return `AWS does not take these credentials. ${credentialsRemedy}`;
  const code = 'code' in error ? String(error.code) : '';
  if (!unreachable.has(code) && error.name !== 'TimeoutError') return undefined;
  return `AWS cannot be reached (${error.message || code}). Check the network and AWS_REGION; where AWS_ENDPOINT_URL names an account on this machine, check that npm start serves it.`;
}

/** Whether an error comes from a call of AWS: its SDK notes on each what became of the call. */
export const isFromAws = (error: unknown): error is Error => error instanceof Error && '$metadata' in error;

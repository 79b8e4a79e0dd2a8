import { arn, type Identity, notShared } from './identity.ts';
import { AwsError, validationError } from './wire/errors.ts';

const pattern =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?';
const reference = new RegExp(`^${pattern}$`);

/** The one version of everything. */
export const latest = '$LATEST';

/** A function by name and, where the caller said one, by version or alias. */
export interface FunctionReference {
  readonly name: string;
  readonly qualifier: string | undefined;
}

/**
 * What a name, a partial ARN or an ARN refers to, with or without a qualifier, which may also stand beside it. Throws
 * ValidationException for what is none, and refuses functions of other regions and accounts; `action` is what IAM calls the call.
 */
export function functionReference(
  identity: Identity,
  text: string,
  { qualifier, action = 'lambda:InvokeFunction' }: { readonly qualifier?: unknown; readonly action?: string } = {},
): FunctionReference {
  const found = reference.exec(text);
  if (found === null)
    throw validationError(
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
    );
  const [, , partition = 'aws', regionPart, , accountPart, , name = '', , own] = found;
  const region = regionPart?.slice(0, -1) ?? identity.region;
  if (region !== identity.region || partition !== 'aws')
    throw notFound(`Functions from '${region}' are not reachable in this region ('${identity.region}')`);
  const accountId = accountPart?.slice(0, -1) ?? identity.accountId;
  if (accountId !== identity.accountId) {
    const theirs = arn({ ...identity, accountId }, 'lambda', `function:${name}`);
    throw new AwsError('AccessDeniedException', notShared(identity, action, theirs), { httpStatus: 403 });
  }
  if (own !== undefined && qualifier !== undefined && own !== qualifier)
    throw new AwsError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  return { name, qualifier: own ?? (qualifier === undefined ? undefined : String(qualifier)) };
}

/** The ARN of what a reference refers to. */
export const referenceArn = (identity: Identity, { name, qualifier }: FunctionReference): string =>
  arn(identity, 'lambda', `function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`);

/** Lambda's word for a function, or a version of it, that it does not have. */
export const functionNotFound = (identity: Identity, missing: FunctionReference): AwsError =>
  notFound(`Function not found: ${referenceArn(identity, missing)}`);

const notFound = (message: string): AwsError =>
  new AwsError('ResourceNotFoundException', message, { httpStatus: 404, fields: { Type: 'User' } });

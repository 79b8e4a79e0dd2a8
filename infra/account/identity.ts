/** Who the local account is: the names that go into ARNs, events and mails. */
export interface Identity {
  readonly accountId: string;
  readonly region: string;
}

export const localIdentity: Identity = { accountId: '111111111111', region: 'us-east-1' };

/** The ARN of `resource` (e.g. `function:notify`) in the identity's account and region. */
export function arn(identity: Identity, service: string, resource: string): string {
  return `arn:aws:${service}:${identity.region}:${identity.accountId}:${resource}`;
}

/** An ARN taken apart. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  /** All that follows the account, e.g. `function:notify`. */
  readonly resource: string;
}

/** The parts of an ARN; undefined for what is none. */
export function parseArn(text: string): Arn | undefined {
  const found = /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/s.exec(text);
  if (found === null) return undefined;
  const [, partition = '', service = '', region = '', accountId = '', resource = ''] = found;
  return { partition, service, region, accountId, resource };
}

/** Whether a thing is in the identity's partition and region. */
export const isHere = (identity: Identity, { partition, region }: Arn): boolean =>
  partition === 'aws' && region === identity.region;

/** What a service says to whoever uses a thing of another account that has not been shared. */
export const notShared = (identity: Identity, action: string, resource: string): string =>
  `User: ${arn({ ...identity, region: '' }, 'iam', 'user/local')} is not authorized to perform: ${action} on resource: ${resource} because no resource-based policy allows the ${action} action`;

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

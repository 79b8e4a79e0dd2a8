import { arn, localIdentity } from '../account/identity.ts';

// What things are called in the local account, for who stands it up and who works on it from outside.

export const tableName = 'handoff';
export const stateMachineName = 'handoff';
export const stateMachineArn = arn(localIdentity, 'states', `stateMachine:${stateMachineName}`);
/** The account's default bus: CRMs and SES share it. */
export const busName = 'default';

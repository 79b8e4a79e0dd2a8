import type { Roles } from '../../../infra/account/iam/access.ts';
import type { Statement } from '../../../infra/account/iam/policy.ts';
import { resolve } from './resolve.ts';
import type { Synthesized } from './synthesize.ts';

/** The name of a function's role: roles are called by their logical ids here. */
export function roleOfFunction({ only }: Synthesized, functionName: string): string {
  const { Role } = only('AWS::Lambda::Function', { FunctionName: functionName }).Properties;
  const [roleId = ''] = (Role as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
  return roleId;
}

/** What every role of the template may do, by name, its references resolved in the local account. */
export function rolesOf({ template }: Synthesized): Roles {
  const { Resources } = template;
  const roles = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
  return Object.fromEntries(
    roles.map(([id, { Properties }]) => {
      const policies = resolve(Resources, Properties['Policies'] ?? []) as {
        PolicyDocument: { Statement: Statement[] };
      }[];
      return [id, policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)];
    }),
  );
}

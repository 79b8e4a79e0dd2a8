import { arn, type Identity, parseArn } from '../identity.ts';
import { AwsError } from '../wire/errors.ts';
import type { Service } from '../wire/message.ts';
import { callsOf, type Resources } from './calls.ts';
import { about, allowing, type Call, type Statement } from './policy.ts';

/** What each role may do, by the role's name. */
export type Roles = Readonly<Record<string, readonly Statement[]>>;

/** A call that was made in a role, and the statement that allowed it; undefined when it was denied. */
export interface RoleUse {
  readonly role: string;
  readonly call: Call;
  readonly statement: Statement | undefined;
}

export interface AccessOptions extends Resources {
  /** Where it is left out, everybody is the account's owner. */
  readonly roles: Roles | undefined;
  /** Hears of each call of a role. */
  readonly onUse?: ((use: RoleUse) => void) | undefined;
}

/** Who may do what. Whoever acts in no role is the account's owner, and may do everything. */
export interface Access {
  /** The name of the role of an ARN or an access key; undefined for the account's owner. */
  roleOf(reference: string): string | undefined;
  /** Whether there is a role of that name. */
  has(role: string): boolean;
  /** The service as a role may use it: throws IAM's refusal for everything else. */
  as<T extends Service>(role: string | undefined, name: string, service: T): T;
  /** Throws IAM's refusal when the role may not. */
  check(role: string | undefined, call: Call): void;
}

/** So many roles and actions are remembered. */
const most = 1000;

/** Keeps each role to its policy. Roles that are not known may do nothing. */
export function createAccess(options: AccessOptions): Access {
  const { identity, roles, onUse } = options;

  /** Of each role and action, the statements that may be about it: most calls are of a few kinds. */
  const relevant = new Map<string, readonly Statement[]>();

  function statementsFor(role: string, action: string): readonly Statement[] {
    const key = `${role} ${action}`;
    const known = relevant.get(key);
    if (known !== undefined) return known;
    const found = about(roles?.[role] ?? [], action);
    if (relevant.size >= most) relevant.clear();
    relevant.set(key, found);
    return found;
  }

  function check(role: string | undefined, call: Call): void {
    if (role === undefined || roles === undefined) return;
    const statements = statementsFor(role, call.action);
    // What is on no resource has to be allowed on some.
    const on = call.resources.length > 0 ? call.resources : anyOf(statements, call.action);
    for (const resource of on.length > 0 ? on : ['*']) {
      const statement = allowing(statements, call, resource);
      onUse?.({ role, call, statement });
      if (!statement) throw denied(identity, { role, action: call.action, resource });
    }
  }

  return {
    roleOf: (reference) => {
      if (roles === undefined) return undefined;
      const role = parseArn(reference);
      // A role of another account is none of those that are known here: it may do nothing.
      if (role !== undefined && (role.partition !== 'aws' || role.accountId !== identity.accountId)) return reference;
      const name = role === undefined ? reference : (role.resource.split('/').at(-1) ?? '');
      return role === undefined && !Object.hasOwn(roles, name) ? undefined : name;
    },
    has: (role) => roles !== undefined && Object.hasOwn(roles, role),
    as: (role, name, service) => {
      if (role === undefined) return service;
      return {
        ...service,
        call: async (action, parameters) => {
          for (const call of await callsOf({ service: name, action, parameters }, options)) check(role, call);
          return service.call(action, parameters);
        },
      };
    },
    check,
  };
}

/** The resources on which statements allow an action. */
const anyOf = (statements: readonly Statement[], action: string): readonly string[] =>
  statements
    .filter(({ Action }) => [Action].flat().includes(action))
    .flatMap(({ Resource }) => [Resource].flat())
    .slice(0, 1);

/** In IAM's words. SES has words of its own. */
function denied(
  identity: Identity,
  { role, action, resource }: { readonly role: string; readonly action: string; readonly resource: string },
): AwsError {
  const user = arn({ ...identity, region: '' }, 'sts', `assumed-role/${role}/${role}`);
  if (action.startsWith('ses:')) {
    const text = `User \`${user}' is not authorized to perform \`${action}' on resource \`${resource}'`;
    return new AwsError('AccessDenied', text, { httpStatus: 403 });
  }
  const text = `User: ${user} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  const httpStatus = action.startsWith('dynamodb:') || action.startsWith('states:') ? 400 : 403;
  return new AwsError('AccessDeniedException', text, { httpStatus });
}

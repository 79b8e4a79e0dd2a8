import { ApiError } from './errors.ts';
import { isObject, type JsonObject, typeName } from './json.ts';

/** What a mocked context object may have, with the JSON types of its members. */
const MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Execution: {
    Id: 'string',
    Input: 'any',
    Name: 'string',
    RoleArn: 'string',
    StartTime: 'string',
    RedriveCount: 'number',
    RedriveTime: 'string',
  },
  State: { EnteredTime: 'string', Name: 'string', RetryCount: 'number' },
  StateMachine: { Id: 'string', Name: 'string' },
  Task: { Token: 'string' },
};

/** Checks the context object that TestState is given. Throws ValidationException. */
export function checkMockedContext(context: JsonObject, waits: boolean): JsonObject {
  for (const [name, value] of Object.entries(context)) {
    if (name === 'Map') throw refused("'Map' field is not supported when mocking a Context object");
    const members = Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined;
    if (members === undefined) throw refused(`Field '${name}' is not allowed`);
    if (!isObject(value)) throw refused(`${name} must be an object`);
    for (const [member, item] of Object.entries(value)) {
      const type = Object.hasOwn(members, member) ? members[member] : undefined;
      if (type === undefined) throw refused(`Field '${member}' is not allowed`);
      if (type !== 'any' && typeName(item) !== type) throw refused(`${name}.${member} must be a ${type}`);
    }
  }
  if (context['Task'] !== undefined && !waits)
    throw refused(
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    );
  return context;
}

function refused(what: string): ApiError {
  return new ApiError('ValidationException', `Invalid Context object provided: ${what}`);
}

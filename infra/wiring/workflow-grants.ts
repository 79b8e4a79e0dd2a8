/** What the state machine's role has to allow: derived from the definition, so that the two cannot drift apart. */

type State = Readonly<Record<string, unknown>>;

export interface Grant {
  readonly actions: readonly string[];
  /** The placeholder of what the actions are for. */
  readonly on: string;
  /** The partitions, where it is the table. */
  readonly leadingKeys?: readonly string[];
  /** A role that is handed on, and to whom. */
  readonly passedTo?: string;
}

/** How each integration is granted. One that is not here is an error: a new integration has to be thought about. */
const integrations: Readonly<Record<string, (states: readonly State[], on: string) => Grant[]>> = {
  'arn:aws:states:::lambda:invoke': (_, on) => [{ actions: ['lambda:InvokeFunction'], on }],
  'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken': (states, on) => [
    { actions: ['dynamodb:UpdateItem'], on, leadingKeys: leadingKeys(states) },
  ],
  'arn:aws:states:::aws-sdk:dynamodb:getItem': (states, on) => [
    { actions: ['dynamodb:GetItem'], on, leadingKeys: leadingKeys(states) },
  ],
  'arn:aws:states:::aws-sdk:scheduler:createSchedule': (states, on) => [
    { actions: ['scheduler:CreateSchedule'], on },
    ...unique(states.map((state) => textAt(state, 'Arguments', 'Target', 'RoleArn'))).map((role) => ({
      actions: ['iam:PassRole'],
      on: role,
      passedTo: 'scheduler.amazonaws.com',
    })),
  ],
};

/**
 * What executions of earlier versions still do, which run on the role of today: theirs schedule the reminders themselves, at the
 * trigger or at their end, which may be a year away.
 */
export const earlierGrants: readonly Grant[] = [
  { actions: ['scheduler:CreateSchedule'], on: '${ReminderGroup}' },
  { actions: ['iam:PassRole'], on: '${SchedulerRoleArn}', passedTo: 'scheduler.amazonaws.com' },
];

/** Where an integration names its object. */
const objects: readonly (readonly string[])[] = [
  ['Arguments', 'FunctionName'],
  ['Arguments', 'TableName'],
  ['Arguments', 'GroupName'],
];

/** The grants a definition needs, no more. Throws for an integration that nobody has thought about. */
export function grantsOf(definition: unknown): Grant[] {
  return [...grouped(definition)].flatMap(([, { resource, on, named }]) => {
    const grants = integrations[resource];
    if (!grants) throw new Error(`The state machine calls ${resource} (in "${named[0]?.[0]}"): say what it grants.`);
    return grants(
      named.map(([, state]) => state),
      on,
    );
  });
}

/** Every call a definition makes, branches and maps included, one entry for each integration and object. */
function grouped(definition: unknown) {
  const calls = new Map<string, { resource: string; on: string; named: [string, State][] }>();
  for (const [name, state] of tasksIn(definition)) {
    const resource = String(state['Resource']);
    const on = objects.map((path) => textAt(state, ...path)).find(Boolean) ?? '';
    const known = calls.get(`${resource} ${on}`) ?? { resource, on, named: [] };
    known.named.push([name, state]);
    calls.set(`${resource} ${on}`, known);
  }
  return calls;
}

function tasksIn(definition: unknown): [string, State][] {
  const { States = {} } = Object(definition) as { States?: Readonly<Record<string, State>> };
  return Object.entries(States).flatMap(([name, state]) => [
    ...(state['Type'] === 'Task' ? [[name, state] as [string, State]] : []),
    ...((state['Branches'] ?? []) as unknown[]).flatMap(tasksIn),
    ...tasksIn(state['ItemProcessor']),
  ]);
}

/** The partitions that the keys of states are in: what an expression such as `'HANDOFF#' & $id` begins with, then anything. */
function leadingKeys(states: readonly State[]): string[] {
  return unique(
    states.map((state) => {
      const key = textAt(state, 'Arguments', 'Key', 'pk', 'S');
      const prefix = /^\{%\s*'([^']+)'\s*&/.exec(key)?.[1];
      if (prefix) return `${prefix}*`;
      if (key === '' || key.startsWith('{%')) throw new Error(`No partition can be told from the key ${key}.`);
      return key;
    }),
  );
}

function textAt(value: unknown, ...path: readonly string[]): string {
  const found = path.reduce<unknown>((at, name) => Object(at)[name], value);
  return typeof found === 'string' ? found : '';
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

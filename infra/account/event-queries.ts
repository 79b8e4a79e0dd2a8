import { compilePattern } from './event-pattern.ts';
import { arn, type Identity, isHere, notShared, parseArn } from './identity.ts';
import { AwsError, validationError } from './wire/errors.ts';
import { isObject } from './wire/message.ts';
import { pageOf } from './wire/pages.ts';

type Parameters = Readonly<Record<string, unknown>>;

interface KnownRule {
  readonly name: string;
  readonly bus: string;
  readonly target: string | { readonly queue: string };
  readonly pattern?: Parameters;
  /** When a recurring one fires. */
  readonly expression?: string;
}

export interface EventQueriesWorld {
  readonly identity: Identity;
  readonly rules: readonly KnownRule[];
  /** Names of buses. */
  readonly buses: ReadonlySet<string>;
  readonly arnOf: (rule: KnownRule) => string;
}

/**
 * The actions of EventBridge that only look: ListRules, DescribeRule, ListTargetsByRule, ListEventBuses, and TestEventPattern.
 * Their parameters have been checked.
 */
export function createEventQueries(world: EventQueriesWorld): (action: string, parameters: Parameters) => Parameters {
  const { identity, rules, buses } = world;

  /** The name of an existing bus of this account. */
  function ownBus(action: string, { EventBusName: reference }: Parameters): string {
    const bus = busOf(identity, reference);
    if (bus.of === 'another region') throw validationError(`${bus.name} is in another region.`);
    if (bus.of === 'another account')
      throw new AwsError('AccessDeniedException', notShared(identity, `events:${action}`, bus.name));
    if (buses.has(bus.name)) return bus.name;
    throw new AwsError('ResourceNotFoundException', `Event bus ${bus.name} does not exist.`);
  }

  function findRule(name: unknown, bus: string): KnownRule {
    const rule = rules.find((each) => each.name === name && each.bus === bus);
    if (rule !== undefined) return rule;
    throw new AwsError('ResourceNotFoundException', `Rule ${String(name)} does not exist on EventBus ${bus}.`);
  }

  const describe = (rule: KnownRule) => ({
    Name: rule.name,
    Arn: world.arnOf(rule),
    ...(rule.pattern && { EventPattern: JSON.stringify(rule.pattern) }),
    ...(rule.expression && { ScheduleExpression: rule.expression }),
    State: 'ENABLED',
    EventBusName: rule.bus,
  });

  const actions: Readonly<Record<string, (parameters: Parameters) => Parameters>> = {
    ListRules: (parameters) => {
      const bus = ownBus('ListRules', parameters);
      const { page, more } = list(rules.filter((rule) => rule.bus === bus).map(describe), parameters);
      return { Rules: page, ...more };
    },
    DescribeRule: (parameters) => {
      const rule = findRule(parameters['Name'], ownBus('DescribeRule', parameters));
      return { ...describe(rule), CreatedBy: identity.accountId };
    },
    ListTargetsByRule: (parameters) => {
      const { target } = findRule(parameters['Rule'], ownBus('ListTargetsByRule', parameters));
      const targetArn =
        typeof target === 'string' ? arn(identity, 'lambda', `function:${target}`) : arn(identity, 'sqs', target.queue);
      const { page } = pageOf([{ Id: 'Target0', Arn: targetArn }], asked(parameters));
      return { Targets: page };
    },
    ListEventBuses: (parameters) => {
      const all = [...buses].map((name) => ({ Name: name, Arn: arn(identity, 'events', `event-bus/${name}`) }));
      const { page, more } = list(all, parameters);
      return { EventBuses: page, ...more };
    },
    TestEventPattern: (parameters) => ({ Result: matches(parameters) }),
  };

  return (action, parameters) => actions[action]?.(parameters) ?? {};
}

/** Whose bus a name or an ARN means, the default one where it is left out: its name where it is this account's, else its ARN. */
export function busOf(
  identity: Identity,
  reference: unknown,
): { readonly of: 'this account' | 'another account' | 'another region'; readonly name: string } {
  const text = typeof reference === 'string' && reference !== '' ? reference : 'default';
  const bus = parseArn(text);
  if (bus === undefined) return { of: 'this account', name: text };
  if (!isHere(identity, bus)) return { of: 'another region', name: text };
  if (bus.accountId !== identity.accountId) return { of: 'another account', name: text };
  return { of: 'this account', name: bus.resource.replace(/^event-bus\//, '') };
}

/** The JSON object of a text; undefined for what is none. */
export function parseObjectOf(text: string): Parameters | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function list<T extends { readonly Name: string }>(all: readonly T[], parameters: Parameters) {
  const prefix = String(parameters['NamePrefix'] ?? '');
  const named = all.filter(({ Name }) => Name.startsWith(prefix)).toSorted((a, b) => (a.Name < b.Name ? -1 : 1));
  const { page, next } = pageOf(named, asked(parameters));
  return { page, more: next === undefined ? {} : { NextToken: next } };
}

const asked = (parameters: Parameters) => ({
  limit: parameters['Limit'],
  token: parameters['NextToken'],
  usual: 100,
  wrongToken: () => validationError('Parameter NextToken is not valid.'),
});

/** What AWS wants of an event before it compares it. */
const eventFields = ['id', 'detail-type', 'source', 'account', 'time', 'region', 'resources'];

function matches(parameters: Parameters): boolean {
  const event = parseObjectOf(String(parameters['Event']));
  if (event === undefined) throw validationError('Parameter Event is not valid. Reason: it is no JSON object.');
  const missing = eventFields.find((name) => !Object.hasOwn(event, name));
  if (missing !== undefined) throw validationError(`Parameter Event is not valid. Reason: it has no field ${missing}.`);
  return compilePattern(parseObjectOf(String(parameters['EventPattern'])))(event);
}

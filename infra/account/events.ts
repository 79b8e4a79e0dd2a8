import type { Clock } from './clock.ts';
import type { Deliver } from './delivery.ts';
import { compilePattern, type EventMatcher } from './event-pattern.ts';
import { busOf, createEventQueries, parseObjectOf } from './event-queries.ts';
import { eventShapes } from './event-shapes.ts';
import { arn, type Identity, notShared } from './identity.ts';
import { fireRecurring, type RecurringRule } from './recurring-rules.ts';
import type { Queues } from './sqs/queues.ts';
import type { Meter } from './usage.ts';
import { notEmulated, validationError } from './wire/errors.ts';
import { isObject, type Service } from './wire/message.ts';
import { checkParameters } from './wire/parameters.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** A rule with its one target, a function or a queue. */
export interface Rule {
  readonly name: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  /** The function's name, or the queue's. */
  readonly target: string | { readonly queue: string };
  /** `default` unless said otherwise. */
  readonly bus?: string;
  /** The queue for events that could not be delivered, by name; they are lost to the account's dead letters when left out. */
  readonly deadLetters?: string;
}

/** An event that an AWS service of the account sends by itself. */
export interface ServiceEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly resources?: readonly string[];
}

/** An event as its targets get it. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** UTC, to the second, as on AWS. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export interface EventBus extends Service {
  /** Puts an AWS service's own event on the default bus; these cost nothing. */
  publish(event: ServiceEvent): void;
  /** Whether some rule of the default bus may match events of this source and detail-type. */
  hears(source: string, detailType: string): boolean;
}

export interface EventsWorld {
  readonly clock: Clock;
  readonly identity: Identity;
  readonly meter: Meter;
  readonly newId: () => string;
  readonly deliver: Deliver;
  readonly queues: Pick<Queues, 'send' | 'watch'>;
  readonly rules: readonly Rule[];
  readonly recurring: readonly RecurringRule[];
}

/** PutEvents: all entries of one call together. */
const sizeLimit = 256 * 1024;
const billedChunk = 64 * 1024;

interface EntryResult {
  readonly EventId?: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

/** EventBridge with fixed rules. Throws at once when a rule's pattern or expression is not understood. */
export function createEvents(world: EventsWorld): EventBus {
  const { clock, identity } = world;
  const rules = world.rules.map((rule) => ({
    ...rule,
    bus: rule.bus ?? 'default',
    matches: compilePattern(rule.pattern),
    may: compileOutline(rule.pattern),
  }));
  const buses = new Set(['default', ...rules.map((rule) => rule.bus)]);

  /** `detail`: its text, where it came as such: it may be nested too deeply to be written again. */
  function send(event: BusEvent, bus: string, detail = JSON.stringify(event.detail)): void {
    const fields = { ...event };
    for (const rule of rules) {
      if (rule.bus !== bus || !rule.matches(fields)) continue;
      const payload = `${JSON.stringify({ ...event, detail: undefined }).slice(0, -1)},"detail":${detail}}`;
      if (typeof rule.target !== 'string') {
        world.meter.queueRequest();
        world.queues.send(rule.target.queue, payload);
        continue;
      }
      world.deliver({
        functionName: rule.target,
        payload,
        origin: `rule ${rule.name}`,
        ...(rule.deadLetters && { deadLetters: lettersOf(rule, rule.deadLetters) }),
      });
    }
  }

  function envelope(event: ServiceEvent, at: number): BusEvent {
    return {
      version: '0',
      id: world.newId(),
      'detail-type': event.detailType,
      source: event.source,
      account: identity.accountId,
      time: `${new Date(at).toISOString().slice(0, 19)}Z`,
      region: identity.region,
      resources: event.resources ?? [],
      detail: event.detail,
    };
  }

  function putEntry(entry: Readonly<Record<string, unknown>>): EntryResult {
    for (const name of ['Source', 'DetailType', 'Detail']) {
      if (typeof entry[name] === 'string' && entry[name] !== '') continue;
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      };
    }
    const source = String(entry['Source']);
    const detailType = String(entry['DetailType']);
    if (source.startsWith('aws.')) {
      return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
    }
    if (detailType.length > 128) {
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: 'Parameter DetailType is not valid. Reason: DetailType is longer than 128 characters.',
      };
    }
    const detail = parseObjectOf(String(entry['Detail']));
    if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    const bus = busOf(identity, entry['EventBusName']);
    if (bus.of === 'another region') {
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter EventBusName is not valid. Reason: ${bus.name} is in another region.`,
      };
    }
    if (bus.of === 'another account')
      return { ErrorCode: 'AccessDeniedException', ErrorMessage: notShared(identity, 'events:PutEvents', bus.name) };
    const resources = Array.isArray(entry['Resources']) ? entry['Resources'].map(String) : [];
    const event = envelope({ source, detailType, detail, resources }, entryTime(entry['Time'], clock.now()));
    world.meter.events(Math.max(1, Math.ceil(entryBytes(entry) / billedChunk)));
    // A bus that does not exist takes events as well, and no rule hears of them.
    send(event, bus.name, String(entry['Detail']));
    return { EventId: event.id };
  }

  function putEvents(parameters: Parameters): unknown {
    const entries = Array.isArray(parameters['Entries']) ? parameters['Entries'] : [];
    const objects = entries.map((entry) => (isObject(entry) ? entry : {}));
    if (objects.reduce((sum, entry) => sum + entryBytes(entry), 0) > sizeLimit) {
      throw validationError('Total size of the entries in the request is over the limit.');
    }
    const results = objects.map(putEntry);
    return { FailedEntryCount: results.filter((result) => result.ErrorCode !== undefined).length, Entries: results };
  }

  const ruleArn = ({ name, bus }: { readonly name: string; readonly bus: string }): string =>
    arn(identity, 'events', `rule/${bus === 'default' ? '' : `${bus}/`}${name}`);

  const lettersOf = (rule: { readonly name: string; readonly bus: string }, queue: string) => () => ({
    queue,
    attributes: { RULE_ARN: ruleArn(rule) },
  });

  const recurring = world.recurring.map((rule) => ({ ...rule, bus: 'default' }));
  for (const rule of recurring)
    fireRecurring(rule, world, (at) => {
      world.deliver({
        functionName: rule.target,
        payload: JSON.stringify({
          ...envelope(
            { source: 'aws.events', detailType: 'Scheduled Event', detail: {}, resources: [ruleArn(rule)] },
            at,
          ),
        }),
        origin: `rule ${rule.name}`,
        ...(rule.retry && { retry: rule.retry }),
        ...(rule.deadLetters && { deadLetters: lettersOf(rule, rule.deadLetters) }),
      });
    });

  const asked = createEventQueries({ identity, rules: [...rules, ...recurring], buses, arnOf: ruleArn });

  return {
    publish: (event) => send(envelope(event, clock.now()), 'default'),
    hears: (source, detailType) =>
      rules.some((rule) => rule.bus === 'default' && rule.may({ source, 'detail-type': detailType })),
    call: async (action, parameters) => {
      const members = Object.hasOwn(eventShapes, action) ? eventShapes[action] : undefined;
      if (members === undefined) throw notEmulated(`EventBridge.${action}`);
      checkParameters(`EventBridge.${action}`, { members }, parameters);
      return action === 'PutEvents' ? putEvents(parameters) : asked(action, parameters);
    },
  };
}

/** The part of a pattern that source and detail-type alone decide. */
function compileOutline(pattern: Rule['pattern']): EventMatcher {
  const outline = Object.entries(pattern).filter(([key]) => key === 'source' || key === 'detail-type');
  return outline.length === 0 ? () => true : compilePattern(Object.fromEntries(outline));
}

/** `Time` is epoch seconds on the wire and an ISO text in a state machine's parameters. */
function entryTime(value: unknown, now: number): number {
  if (typeof value === 'number') return value * 1000;
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? now : parsed;
}

/** As AWS documents it: 14 bytes for a time, the rest in UTF-8. */
function entryBytes(entry: Readonly<Record<string, unknown>>): number {
  const texts = [entry['Source'], entry['DetailType'], entry['Detail']];
  if (Array.isArray(entry['Resources'])) texts.push(...entry['Resources']);
  const bytes = texts.reduce((sum: number, text) => sum + (typeof text === 'string' ? Buffer.byteLength(text) : 0), 0);
  return bytes + (entry['Time'] === undefined ? 0 : 14);
}

import { createRequire } from 'node:module';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { FirehoseClient } from '@aws-sdk/client-firehose';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SESClient } from '@aws-sdk/client-ses';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { Account } from './account.ts';
import type { RetryStrategy } from './sdk-retries.ts';
import { type InProcessRequestHandler, type ScopeSigner, scopeSigner } from './wire/in-process.ts';

/** Settings that any AWS SDK client takes. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
  readonly cacheMiddleware: boolean;
  readonly logger: NonNullable<DynamoDBClientConfig['logger']>;
  readonly requestHandler: InProcessRequestHandler;
  readonly signer: ScopeSigner;
  readonly retryStrategy?: RetryStrategy;
}

/** AWS SDK clients of one account. */
export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly sfn: SFNClient;
  readonly ses: SESClient;
  readonly events: EventBridgeClient;
  readonly lambda: LambdaClient;
  readonly scheduler: SchedulerClient;
  readonly ssm: SSMClient;
  readonly firehose: FirehoseClient;
}

/** The name under which each service's calls are signed. */
export type SigningName = 'dynamodb' | 'states' | 'ses' | 'events' | 'lambda' | 'scheduler' | 'ssm' | 'firehose';

/** Reads the packages of the clients that few ask for. */
const require = createRequire(import.meta.url);

/** Without methods: a client redacts each input and output for its log unless there is nothing to call. */
const silence: ClientSettings['logger'] = Object.create(null);

type Reachable = Pick<Account, 'requestHandler' | 'identity'>;

/**
 * Settings for an unmodified client in the account's own process: the same bytes as over the wire, without a socket and
 * without the arithmetic of signatures, which nobody checks here. There is one attempt, as the SDK's own retries would
 * wait by the wall clock. The access key says who calls: the name of a role, or anything else for the account's owner.
 */
export function inProcessSettings(account: Reachable, service: SigningName, accessKey = 'local'): ClientSettings {
  const { region } = account.identity;
  return {
    region,
    endpoint: `${here.protocol}//${here.hostname}`,
    credentials: { accessKeyId: accessKey, secretAccessKey: 'local' },
    maxAttempts: 1,
    cacheMiddleware: true,
    logger: silence,
    requestHandler: account.requestHandler(),
    signer: scopeSigner(region, service, accessKey),
  };
}

export interface Calling {
  /** If they are to try more than once. */
  readonly retryStrategy?: RetryStrategy | undefined;
  /** The role they call in; the account's owner when left out. */
  readonly role?: string | undefined;
}

/**
 * One client for each emulated service that has one, all in process; each is made when it is first asked for. They leave out what
 * an SDK does for AWS's sake alone: telling of itself in each request, working out where the service is, and counting tries where
 * there is one.
 */
export function inProcessClients(account: Reachable, { retryStrategy, role }: Calling = {}): Clients {
  const settings = (service: SigningName): ClientSettings => ({
    ...inProcessSettings(account, service, role),
    ...(retryStrategy && { retryStrategy }),
  });
  /** Stands in for the getter that made it. */
  function lasting<T extends { readonly middlewareStack: unknown; readonly config: { endpoint?: unknown } }>(
    clients: Clients,
    name: keyof Clients,
    client: T,
  ): T {
    const layers = client.middlewareStack as Layers;
    for (const name of tellingOfItself) layers.remove(name);
    if (!retryStrategy) layers.add((next) => next, triedOnce);
    const { concat } = layers;
    layers.concat = (ofCommand) => {
      const all = concat.call(layers, ofCommand);
      all.addRelativeTo((next) => next, alwaysHere);
      return all;
    };
    lighten(client.config);
    client.config.endpoint = async () => here;
    Object.defineProperty(clients, name, { value: client, enumerable: true });
    return client;
  }
  return {
    get dynamodb() {
      return lasting(this, 'dynamodb', new DynamoDBClient(settings('dynamodb')));
    },
    get sfn() {
      return lasting(this, 'sfn', new SFNClient(settings('states')));
    },
    get ses() {
      return lasting(this, 'ses', new SESClient(settings('ses')));
    },
    get events() {
      return lasting(this, 'events', new EventBridgeClient(settings('events')));
    },
    get lambda() {
      return lasting(this, 'lambda', new LambdaClient(settings('lambda')));
    },
    get scheduler() {
      return lasting(this, 'scheduler', new SchedulerClient(settings('scheduler')));
    },
    get ssm() {
      const { SSMClient } = require('@aws-sdk/client-ssm') as typeof import('@aws-sdk/client-ssm');
      return lasting(this, 'ssm', new SSMClient(settings('ssm')));
    },
    get firehose() {
      const { FirehoseClient } = require('@aws-sdk/client-firehose') as typeof import('@aws-sdk/client-firehose');
      return lasting(this, 'firehose', new FirehoseClient(settings('firehose')));
    },
  };
}

/** The layers that a client of whatever service sends each request through. */
interface Layers {
  remove(name: string): boolean;
  add(layer: (next: unknown) => unknown, options: typeof triedOnce): void;
  addRelativeTo(layer: (next: unknown) => unknown, options: typeof alwaysHere): void;
  /** With those of a command, which come last. */
  concat(ofCommand: unknown): Layers;
}

/** What a client tells of itself, to AWS, in traces and in its log. */
const tellingOfItself = ['getUserAgentMiddleware', 'recursionDetectionMiddleware', 'loggerMiddleware'];

/**
 * A client copies its settings twice for each request, some eighty of them, to hand them on with what is the request's own. They are
 * moved to where they are found and not copied. Copies need what reads a body; the rest is asked of the client's own.
 */
function lighten(config: object): void {
  const { streamCollector: _, ...others } = Object.getOwnPropertyDescriptors(config) as PropertyDescriptorMap;
  for (const name of Object.keys(others)) Reflect.deleteProperty(config, name);
  Object.setPrototypeOf(config, Object.create(Object.getPrototypeOf(config), others));
}

/** In place of the layer that tries again. Others stand beside it by its name, so that it cannot go altogether. */
const triedOnce = { name: 'retryMiddleware', step: 'finalizeRequest', priority: 'high', override: true } as const;

/** In place of the layer that works out anew for each request where a service is. */
const alwaysHere = {
  name: 'endpointV2Middleware',
  relation: 'before',
  toMiddleware: 'serializerMiddleware',
  override: true,
} as const;

/** As the client would read it out of its settings each time. */
const here = { protocol: 'http:', hostname: '127.0.0.1', path: '/' };

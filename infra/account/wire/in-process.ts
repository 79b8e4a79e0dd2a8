import { unlessKilled } from '../invocations.ts';
import type { WireHandler } from './message.ts';

/** What an AWS SDK client hands to its request handler; the parts used here. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** A `requestHandler` for AWS SDK clients. */
export interface InProcessRequestHandler {
  handle(request: SdkRequest): Promise<{ response: SdkResponse }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
}

/** Sends a client's requests, byte for byte as they would go over the wire, straight to `handler`. */
export function createRequestHandler(handler: WireHandler): InProcessRequestHandler {
  return {
    handle: async (request) => {
      const headers: Record<string, string> = {};
      for (const name in request.headers) headers[name.toLowerCase()] = request.headers[name] ?? '';
      const path = request.path + queryString(request.query);
      const answer = await unlessKilled(
        await handler({ method: request.method, path, headers, body: bytes(request.body) }),
      );
      return { response: { statusCode: answer.status, headers: joinHeaders(answer.headers), body: answer.body } };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
}

function bytes(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array(0);
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  throw new TypeError('The in-process transport takes whole bodies, not streams');
}

function queryString(query: SdkRequest['query']): string {
  if (query === undefined) return '';
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      pairs.push(each === null ? encodeURIComponent(name) : `${encodeURIComponent(name)}=${encodeURIComponent(each)}`);
    }
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function joinHeaders(headers: Readonly<Record<string, string | readonly string[]>>): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) joined[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return joined;
}

/** What the signer needs to see of a request. */
interface Signable {
  readonly headers: Record<string, string>;
}

export interface ScopeSigner {
  sign<T extends Signable>(request: T): Promise<T>;
}

/** A `signer` for an AWS SDK client that names the service and computes nothing, which saves a third of a call's time. */
export function scopeSigner(region: string, service: string, accessKey: string): ScopeSigner {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKey}/00000000/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  return {
    sign: async (request) => {
      request.headers['authorization'] = authorization;
      return request;
    },
  };
}

import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Identity } from './identity.ts';
import type { Lambda } from './lambda.ts';
import type { Meter } from './usage.ts';
import {
  isObject,
  splitTarget,
  textResponse,
  type WireHandler,
  type WireRequest,
  type WireResponse,
} from './wire/message.ts';
import { pathMatcher } from './wire/rest.ts';

/** A route of the HTTP API. */
export interface Route {
  /** `GET`, `POST`, … or `ANY`. */
  readonly method: string;
  /** E.g. `/s/{linkId}`; `{proxy+}` takes the rest of the path. */
  readonly path: string;
  /** The function's name. */
  readonly target: string;
  /**
   * Who is let in: with `AWS_IAM` whoever signs the request, as for every call of this account without a look at the signature
   * itself; with `JWT` nobody, as no issuer is known here. Everybody, where it is left out.
   */
  readonly authorization?: 'AWS_IAM' | 'JWT';
}

export interface HttpApiWorld {
  readonly clock: Clock;
  readonly identity: Identity;
  readonly meter: Meter;
  readonly newId: () => string;
  readonly lambda: Lambda;
  readonly routes: readonly Route[];
  /** What goes wrong; undefined for nothing. */
  readonly faults: Faults | undefined;
}

/** An API Gateway HTTP API: gives the handler of the route that a request matches, or undefined. */
export type HttpApi = (request: WireRequest) => WireHandler | undefined;

/** Types whose bodies API Gateway hands over as text; all others, HTML forms among them, arrive in base64. */
const textTypes = /^(text\/|application\/(json|javascript|xml)\b)/i;

/** Routes requests to functions with payload format 2.0 and turns their answers back into HTTP. */
export function createHttpApi(world: HttpApiWorld): HttpApi {
  const routes = world.routes
    .map((route) => ({ ...route, match: pathMatcher(route.path) }))
    .sort((a, b) => breadth(a) - breadth(b));

  async function answer(
    route: Route,
    parameters: Readonly<Record<string, string>>,
    request: WireRequest,
  ): Promise<WireResponse> {
    world.meter.httpCall();
    try {
      const event = payload(world, { route, parameters }, request);
      const call = { service: 'http', action: request.method, parameters: {}, functionName: undefined };
      const ask = () => world.lambda.invoke(route.target, JSON.stringify(event));
      // Somebody clicks twice, and sees the answer to the second click, whatever became of the first.
      const first = world.faults?.next(call) === 'twice at once' ? ask().catch(() => undefined) : undefined;
      const { payload: result, functionError } = await ask();
      await first;
      return functionError === undefined ? response(JSON.parse(result)) : internalError();
    } catch (error) {
      const tooLarge = error instanceof Error && error.name === 'RequestTooLargeException';
      return tooLarge ? message(413, 'Request Entity Too Large') : internalError();
    }
  }

  return (request) => {
    const { path } = splitTarget(request.path);
    for (const route of routes) {
      if (route.method !== 'ANY' && route.method !== request.method) continue;
      const parameters = matchOrNot(route.match, path);
      if (parameters === undefined) continue;
      const refusal = refusalOf(route, request);
      return async (asked) => refusal ?? answer(route, parameters, asked);
    }
    return undefined;
  };
}

/** What API Gateway answers to somebody whom the route does not let in. */
function refusalOf({ authorization }: Route, request: WireRequest): WireResponse | undefined {
  if (authorization === 'JWT') return message(401, 'Unauthorized');
  const isSigned = /^AWS4-HMAC-SHA256 .*\/execute-api\/aws4_request\b/.test(request.headers['authorization'] ?? '');
  return authorization === undefined || isSigned ? undefined : message(403, 'Forbidden');
}

function matchOrNot(match: ReturnType<typeof pathMatcher>, path: string): ReturnType<typeof match> {
  try {
    return match(path);
  } catch {
    return undefined;
  }
}

/** API Gateway prefers the literal path to a parameter, a parameter to the rest, a method to ANY. */
function breadth(route: Route): number {
  const parameters = route.path.match(/\{[^}+]+\}/g)?.length ?? 0;
  return (route.path.includes('+}') ? 100 : 0) + parameters + (route.method === 'ANY' ? 0.5 : 0);
}

/** The event of payload format 2.0. */
function payload(
  world: HttpApiWorld,
  matched: { readonly route: Route; readonly parameters: Readonly<Record<string, string>> },
  request: WireRequest,
): Readonly<Record<string, unknown>> {
  const { path, query } = splitTarget(request.path);
  const { cookie, ...headers } = request.headers;
  const host = headers['host'] ?? '127.0.0.1';
  const routeKey = `${matched.route.method} ${matched.route.path}`;
  const now = world.clock.now();
  const queryParameters = joinRepeated(new URLSearchParams(query));
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers: {
      ...headers,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': host.split(':')[1] ?? '80',
    },
    ...(query === '' ? {} : { queryStringParameters: queryParameters }),
    ...(Object.keys(matched.parameters).length === 0 ? {} : { pathParameters: matched.parameters }),
    requestContext: {
      accountId: world.identity.accountId,
      apiId: 'local',
      domainName: host,
      domainPrefix: host.split(/[.:]/)[0],
      http: {
        method: request.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: world.newId(),
      routeKey,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now,
    },
    ...bodyOf(request),
  };
}

function bodyOf(request: WireRequest): { readonly body?: string; readonly isBase64Encoded: boolean } {
  if (request.body.byteLength === 0) return { isBase64Encoded: false };
  const asText = textTypes.test(request.headers['content-type'] ?? 'text/plain');
  return { body: Buffer.from(request.body).toString(asText ? 'utf8' : 'base64'), isBase64Encoded: !asText };
}

function joinRepeated(query: URLSearchParams): Readonly<Record<string, string>> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name).join(',')]));
}

/** E.g. `20/Nov/2026:07:24:00 +0000`. */
function commonLogTime(time: number): string {
  const [, day, month, year, clock] = new Date(time).toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}

/** The function's answer as HTTP: the structured form when it has a status code, otherwise the value itself as JSON. */
function response(result: unknown): WireResponse {
  if (!isObject(result) || result['statusCode'] === undefined) {
    return textResponse(200, 'application/json', typeof result === 'string' ? result : JSON.stringify(result));
  }
  const status = Number(result['statusCode']);
  const body = result['body'] ?? '';
  if (!Number.isInteger(status) || status < 100 || status > 599 || typeof body !== 'string') return internalError();
  const headers: Record<string, string | string[]> = { 'content-type': 'text/plain;charset=utf-8' };
  if (isObject(result['headers'])) {
    for (const [name, value] of Object.entries(result['headers'])) headers[name.toLowerCase()] = String(value);
  }
  if (Array.isArray(result['cookies']) && result['cookies'].length > 0)
    headers['set-cookie'] = result['cookies'].map(String);
  return { status, headers, body: Buffer.from(body, result['isBase64Encoded'] === true ? 'base64' : 'utf8') };
}

function internalError(): WireResponse {
  return message(500, 'Internal Server Error');
}

function message(status: number, text: string): WireResponse {
  return textResponse(status, 'application/json', JSON.stringify({ message: text }));
}

import { AwsError, asAwsError, notEmulated } from './errors.ts';
import { splitTarget, type WireHandler, type WireRequest, type WireResponse } from './message.ts';

/** What a REST action gets: the path's named parts (decoded), the query, the request itself. */
interface RestCall {
  readonly parts: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly request: WireRequest;
}

interface RestAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON to be, or the body's very text. */
  readonly body?: unknown;
  readonly text?: string;
}

export interface RestAction {
  readonly method: string;
  /** E.g. `/schedules/{Name}`. */
  readonly path: string;
  readonly run: (call: RestCall) => Promise<RestAnswer>;
}

/** A query string as parameters, by the names of AWS's API references, which begin with a capital. */
export function queryParameters(query: URLSearchParams): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...query].map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value] as const),
  );
}

/** AWS REST-JSON: method and path name the action; errors carry `x-amzn-errortype`. */
export function restProtocol(service: string, newId: () => string, actions: readonly RestAction[]): WireHandler {
  const routes = actions.map((action) => ({ ...action, match: pathMatcher(action.path) }));
  return async (request) => {
    const { path, query } = splitTarget(request.path);
    const common = { 'content-type': 'application/json', 'x-amzn-requestid': newId() };
    try {
      for (const route of routes) {
        const parts = route.method === request.method ? route.match(path) : undefined;
        if (parts === undefined) continue;
        return respond(common, await route.run({ parts, query: new URLSearchParams(query), request }));
      }
      throw notEmulated(`${service} ${request.method} ${path}`);
    } catch (thrown) {
      const error = asAwsError(thrown);
      return respond(common, {
        status: error.httpStatus,
        headers: { 'x-amzn-errortype': error.name },
        body: { Type: 'User', Message: error.message, message: error.message, ...error.fields },
      });
    }
  };
}

function respond(common: Readonly<Record<string, string>>, answer: RestAnswer): WireResponse {
  const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
  return { status: answer.status ?? 200, headers: { ...common, ...answer.headers }, body: Buffer.from(text) };
}

/** Matches a path against `/a/{name}/b`; `{name+}` takes the rest. Parts are decoded. */
export function pathMatcher(pattern: string): (path: string) => Readonly<Record<string, string>> | undefined {
  const names: string[] = [];
  const source = pattern
    .split(/(\{[^}]+\})/)
    .map((piece) => {
      const name = /^\{([^}+]+)(\+?)\}$/.exec(piece);
      if (name === null) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(name[1] ?? '');
      return name[2] === '+' ? '(.+)' : '([^/]+)';
    })
    .join('');
  const expression = new RegExp(`^${source}/?$`);
  return (path) => {
    const found = expression.exec(path);
    if (found === null) return undefined;
    return Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? '')]));
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new AwsError('BadRequestException', `The path has a malformed part: ${part}`);
  }
}

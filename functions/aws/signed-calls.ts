import type { LambdaClient } from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';

/** What calls are made with: the region, the credentials and the connection of a client that is there anyway. */
export interface CallSettings {
  readonly config: Pick<
    LambdaClient['config'],
    'region' | 'credentials' | 'sha256' | 'requestHandler' | 'streamCollector'
  >;
}

/** A call of a service that has no client here: one of its own would be a package more for a call or two. */
export interface SignedCall {
  /** As signatures name it. */
  readonly service: string;
  /** Of the service's address, where that is another word. */
  readonly host?: string;
  readonly method?: 'GET' | 'POST';
  readonly path?: string;
  /** What stands behind the question mark, encoded. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** AWS refused a call; named as the service names it. */
export class CallRefused extends Error {
  /** By this commands know that AWS was asked. */
  readonly $metadata: { readonly httpStatusCode: number };
  /** By this those who call again know that it passes. */
  readonly $fault: 'client' | 'server';

  constructor(name: string, message: string, httpStatusCode: number) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode };
    this.$fault = httpStatusCode >= 500 ? 'server' : 'client';
  }
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** What REST services call an error; the others say it in the text. */
  readonly errorType?: string;
}

/** Signs a call and makes it, once. `endpoint`: of an account on this machine. Rejects with what keeps the call from AWS. */
export async function signedCall({ config }: CallSettings, call: SignedCall, endpoint?: string): Promise<Answer> {
  const { service, host = service, method = 'POST', path = '/', query = '', headers = {}, body } = call;
  const region = await config.region();
  const url = new URL(
    endpoint ?? `https://${host}.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`,
  );
  const signer = new SignatureV4({ service, region, credentials: config.credentials, sha256: config.sha256 });
  const request = {
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port && { port: Number(url.port) }),
    method,
    path,
    query: queryOf(query),
    headers: { host: url.host, ...headers },
    ...(body !== undefined && { body }),
  };
  const { response } = await config.requestHandler.handle((await signer.sign(request)) as never);
  const bytes: Uint8Array =
    response.body instanceof Uint8Array ? response.body : await config.streamCollector(response.body);
  const errorType = response.headers['x-amzn-errortype'];
  return {
    status: response.statusCode,
    text: Buffer.from(bytes).toString(),
    headers: response.headers,
    ...(errorType && { errorType: errorType.replace(/:.*$/, '') }),
  };
}

/** As signatures and clients take it: a name that comes more than once has a list. */
function queryOf(text: string): Record<string, string | string[]> {
  const query = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const [first = '', ...more] = query.getAll(name);
      return [name, more.length === 0 ? first : [first, ...more]];
    }),
  );
}

/** A call in one of AWS's JSON protocols: the action's name and its parameters in, the members of its answer out. */
export type JsonCall = (
  action: string,
  parameters: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

/** AWS JSON 1.0. `target`: how the service calls itself there. Rejects with CallRefused. */
export const jsonCalls =
  (
    settings: CallSettings,
    of: { readonly service: string; readonly host?: string; readonly target: string },
    endpoint?: string,
  ): JsonCall =>
  async (action, parameters) => {
    const { target, ...service } = of;
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `${target}.${action}` };
    return jsonOf(await signedCall(settings, { ...service, headers, body: JSON.stringify(parameters) }, endpoint));
  };

/** The members of an answer in JSON. Throws CallRefused. */
export function jsonOf({ status, text, errorType }: Answer): Readonly<Record<string, unknown>> {
  const answer: Readonly<Record<string, unknown>> = JSON.parse(text || '{}');
  if (status < 300) return answer;
  const type = String(answer['__type'] ?? errorType ?? `Status${status}`);
  throw new CallRefused(
    type.slice(type.search(/[^.#]*$/)),
    String(answer['message'] ?? answer['Message'] ?? ''),
    status,
  );
}

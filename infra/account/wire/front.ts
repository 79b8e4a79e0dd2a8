import { AwsError } from './errors.ts';
import { textResponse, type WireHandler, type WireRequest, type WireResponse } from './message.ts';

export interface Front {
  /** Handlers of AWS calls, by the service name that signs them (`dynamodb`, `states`, …), for who signs with this access key. */
  readonly servicesFor: (accessKey: string) => Readonly<Record<string, WireHandler>>;
  /** The handler of a request that is no AWS call and matches a route. */
  readonly route: (request: WireRequest) => WireHandler | undefined;
  /** Everything else. */
  readonly fallback: WireHandler;
  /** Keeps virtual time still while a call is answered; the fallback is left out, as it may move the clock itself. */
  readonly busy: <T>(work: () => Promise<T>) => Promise<T>;
}

const largestBody = 10 * 1024 * 1024;

/**
 * Tells AWS calls from pages: an AWS call is signed (SigV4), and the signature's scope names the service. The
 * signature itself is not checked. A web page in a browser cannot send one here, as it would need CORS's consent.
 */
export function createFront(front: Front): WireHandler {
  return async (request) => {
    if (request.body.byteLength > largestBody) return tooLarge();
    const authorization = request.headers['authorization'];
    const signed = authorization === undefined ? undefined : signature(authorization);
    if (signed !== undefined) {
      const { accessKey, service } = signed;
      const handler = front.servicesFor(accessKey)[service];
      if (handler === undefined)
        return refuse(
          501,
          'UnknownOperationException',
          `NotEmulated: the service ${service} is not emulated by the local account`,
        );
      return front.busy(() => handler(request));
    }
    if (request.headers['x-amz-target'] !== undefined) {
      return refuse(400, 'MissingAuthenticationTokenException', 'Request is missing Authentication Token');
    }
    const page = front.route(request);
    return page === undefined ? front.fallback(request) : front.busy(() => page(request));
  };
}

/** `AWS4-HMAC-SHA256 Credential=<key>/<day>/<region>/<service>/aws4_request, …` */
function signature(authorization: string): { readonly accessKey: string; readonly service: string } | undefined {
  if (!authorization.startsWith('AWS4-')) return undefined;
  const [, accessKey = '', service = 'unknown'] =
    /Credential=([^/]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(authorization) ?? [];
  return { accessKey, service };
}

export function tooLarge(): WireResponse {
  return textResponse(413, 'application/json', '{"message":"Request Entity Too Large"}');
}

function refuse(status: number, name: string, text: string): WireResponse {
  const error = new AwsError(name, text, { httpStatus: status });
  const body = JSON.stringify({ __type: error.name, message: error.message });
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': name },
    body: Buffer.from(body),
  };
}

import { randomUUID } from 'node:crypto';
import {
  bodyText,
  splitTarget,
  textResponse,
  type WireHandler,
  type WireRequest,
  type WireResponse,
} from './message.ts';
import { escapeXml } from './query.ts';

export interface Front {
  /** The account's. */
  readonly region: string;
  /** Handlers of AWS calls, by the service name that signs them (`dynamodb`, `states`, …), for who signs with this access key. */
  readonly servicesFor: (accessKey: string) => Readonly<Record<string, WireHandler>>;
  /** The handler of a request that is no AWS call and matches a route. */
  readonly route: (request: WireRequest) => WireHandler | undefined;
  /** Everything else. */
  readonly fallback: WireHandler;
  /** Keeps virtual time still while a call is answered; the fallback is left out, as it may move the clock itself. */
  readonly busy: <T>(work: () => Promise<T>) => Promise<T>;
}

const megabyte = 1024 * 1024;

/** What a request may carry, in bytes: to the HTTP API, to services (DynamoDB's limit), and to SES, whose mail of 10 MB a form makes longer. */
const largest = { page: 10 * megabyte, call: 16 * megabyte, mail: 48 * megabyte } as const;

/** No request carries more, in bytes. */
export const largestBody = largest.mail;

/**
 * Tells AWS calls from pages: an AWS call is signed (SigV4), and the signature's scope names the service and the region. The
 * signature itself is not checked. A web page in a browser cannot send one here, as it would need CORS's consent. Calls that are
 * not signed, or not in AWS's form, are told so in AWS's words.
 */
export function createFront(front: Front): WireHandler {
  return async (request) => {
    const authorization = request.headers['authorization'];
    const isCall = authorization?.startsWith(algorithm) === true;
    if (!isCall && request.body.byteLength > largest.page) return tooLarge();
    if (isCall) {
      const scope = signatureScope(authorization);
      if (scope === undefined) return refuse(request, incomplete);
      const { accessKey, region, service } = scope;
      const handler = service === 'execute-api' ? routed(front, request) : front.servicesFor(accessKey)[service];
      if (handler === undefined) return refuseService(service);
      if (request.body.byteLength > (isMail(service) ? largest.mail : largest.call)) return tooLarge();
      if (region !== front.region) return refuse(request, wrongRegion(region));
      return front.busy(() => handler(request));
    }
    if (isTargeted(request) || isAwsForm(request)) return unsigned(request);
    const page = front.route(request);
    if (page !== undefined) return front.busy(() => page(request));
    return isAwsPath(request) ? unsigned(request) : front.fallback(request);
  };
}

/** The HTTP API takes signed requests as well, and knows no others than its routes'. */
const routed = ({ route }: Front, request: WireRequest): WireHandler =>
  route(request) ?? (async () => textResponse(404, 'application/json', '{"message":"Not Found"}'));

const isMail = (service: string): boolean => service === 'ses' || service === 'email';

const algorithm = 'AWS4-HMAC-SHA256';

/** What is wrong with who calls: the error's code in JSON (`…Exception`) and in XML. */
interface Complaint {
  readonly json: string;
  readonly xml: string;
  readonly text: string;
}

const missing: Complaint = {
  json: 'MissingAuthenticationTokenException',
  xml: 'MissingAuthenticationToken',
  text: 'Request is missing Authentication Token',
};
const incomplete: Complaint = {
  json: 'IncompleteSignatureException',
  xml: 'IncompleteSignature',
  text: "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.",
};
const wrongRegion = (region: string): Complaint => ({
  json: 'InvalidSignatureException',
  xml: 'SignatureDoesNotMatch',
  text: `Credential should be scoped to a valid region, not '${region}'.`,
});

interface Scope {
  readonly accessKey: string;
  readonly region: string;
  readonly service: string;
}

/** Of clients on this machine, whose signatures are all the same. */
const knownScopes = new Map<string, Scope>();

/** `AWS4-HMAC-SHA256 Credential=<key>/<day>/<region>/<service>/aws4_request, SignedHeaders=…, Signature=…` */
function signatureScope(authorization: string): Scope | undefined {
  const known = knownScopes.get(authorization);
  if (known !== undefined) return known;
  const [, accessKey, region, service] =
    /Credential=([^/\s]+)\/\d{8}\/([^/\s]+)\/([^/\s]+)\/aws4_request\b/.exec(authorization) ?? [];
  const isWhole = /SignedHeaders=/.test(authorization) && /Signature=/.test(authorization);
  if (!isWhole || accessKey === undefined || region === undefined || service === undefined) return undefined;
  const scope = { accessKey, region, service };
  if (knownScopes.size >= 1000) knownScopes.clear();
  knownScopes.set(authorization, scope);
  return scope;
}

const isTargeted = (request: WireRequest): boolean => request.headers['x-amz-target'] !== undefined;

/** A form of the Query protocol: to the root, with an action and the date of an API. */
function isAwsForm(request: WireRequest): boolean {
  const { path, query } = splitTarget(request.path);
  if (path !== '/') return false;
  const form = new URLSearchParams(request.method === 'POST' && query === '' ? bodyText(request.body) : query);
  return form.has('Action') && /^\d{4}-\d\d-\d\d$/.test(form.get('Version') ?? '');
}

/** The paths of Lambda and of the Scheduler. */
const isAwsPath = (request: WireRequest): boolean =>
  /^\/(\d{4}-\d\d-\d\d\/functions|schedules|schedule-groups)(\/|$)/.test(splitTarget(request.path).path);

/** Credentials of another kind are an incomplete signature to AWS. */
const unsigned = (request: WireRequest): WireResponse =>
  refuse(request, request.headers['authorization'] === undefined ? missing : incomplete);

export function tooLarge(): WireResponse {
  return textResponse(413, 'application/json', '{"message":"Request Entity Too Large"}');
}

/** The refusal in the form of the protocol that the call is made in. */
function refuse(request: WireRequest, { json, xml, text }: Complaint): WireResponse {
  if (isTargeted(request)) return jsonRefusal(400, json, text);
  if (splitTarget(request.path).path !== '/') return jsonRefusal(403, json, text);
  const error = `<Error><Type>Sender</Type><Code>${xml}</Code><Message>${escapeXml(text)}</Message></Error>`;
  return textResponse(403, 'text/xml', `<ErrorResponse>${error}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`);
}

const refuseService = (service: string): WireResponse =>
  jsonRefusal(
    501,
    'UnknownOperationException',
    `NotEmulated: the service ${service} is not emulated by the local account`,
  );

function jsonRefusal(status: number, name: string, message: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': name },
    body: Buffer.from(JSON.stringify({ __type: name, message })),
  };
}

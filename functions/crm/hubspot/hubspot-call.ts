import type { CrmAnswer, CrmRequest } from '../../ports/crm-access.ts';
import { CrmAccessRefused, CrmUnavailable } from '../../ports/errors.ts';
import { jsonOf } from '../crm-call.ts';
import type { CrmConnection } from '../crm-connector.ts';
import { expectSuccess } from '../refusal.ts';

/** A request to HubSpot's API. `what`: what is asked for, without personal data: `read a deal`. */
export interface HubspotRequest {
  readonly what: string;
  readonly method: CrmRequest['method'];
  /** Behind the API's address, with its query. */
  readonly path: string;
  readonly body?: unknown;
}

export interface HubspotAnswer {
  readonly status: number;
  /** As JSON; undefined where there is none. */
  readonly body: unknown;
}

const isKeptOut = ({ status }: CrmAnswer): boolean => status === 401 || status === 403;

/**
 * Asks HubSpot once, or once more with each other token that may be the right one: a fresh one, or the one before while tokens are
 * changed. Resolves with answers of 2xx, and of those statuses that `expected` names. Rejects with `CrmUnavailable` or
 * `CrmAccessRefused` for anything else.
 */
export async function askHubspot(
  connection: CrmConnection,
  request: HubspotRequest,
  expected: readonly number[] = [],
): Promise<HubspotAnswer> {
  const { what } = request;
  const answer = await withToken(connection, (token) => send(connection, request, token));
  if (answer === undefined)
    throw new CrmAccessRefused('HubSpot was not asked: the secret has no accessToken. Add it and try again.');
  if (expected.includes(answer.status)) return { status: answer.status, body: refusedBody(answer) };
  expectSuccess(answer, { crm: 'HubSpot', what });
  return { status: answer.status, body: jsonOf(answer, 'HubSpot') };
}

/** What is refused needs no JSON to be understood: its status says enough. */
function refusedBody({ text }: CrmAnswer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function send(
  { http, settings }: CrmConnection,
  { method, path, body }: HubspotRequest,
  token: string,
): Promise<CrmAnswer> {
  return http({
    method,
    url: settings.apiUrl + path,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** The first answer that does not keep us out, else the last; undefined where there is no token. */
async function withToken(
  { secrets }: CrmConnection,
  ask: (token: string) => Promise<CrmAnswer>,
): Promise<CrmAnswer | undefined> {
  const tried = new Set<string>();
  let last: CrmAnswer | undefined;
  const [first] = await secrets();
  for (const candidates of [async () => (first ? [first] : []), () => secrets({ fresh: true })])
    for (const { accessToken } of await candidates()) {
      if (!accessToken || tried.has(accessToken)) continue;
      tried.add(accessToken);
      last = await ask(accessToken);
      if (!isKeptOut(last)) return last;
    }
  return last;
}

/** HubSpot answered, but not with what its API promises: half an answer is none. */
export const notWhole = (what: string): CrmUnavailable =>
  new CrmUnavailable(`HubSpot's answer to the request to ${what} is not whole.`);

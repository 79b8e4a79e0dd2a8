import type { CrmAnswer, CrmRequest } from '../../ports/crm-access.ts';
import { CrmAccessRefused, CrmUnavailable } from '../../ports/errors.ts';
import { jsonOf, refuseFailure } from '../crm-call.ts';
import type { CrmConnection } from '../crm-connector.ts';

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
  refuseFailure(answer, { crm: 'HubSpot', what });
  const isGood = answer.status >= 200 && answer.status < 300;
  if (!isGood && !expected.includes(answer.status))
    throw new CrmUnavailable(`HubSpot answered ${answer.status} to the request to ${what}.`);
  return { status: answer.status, body: isGood ? jsonOf(answer, 'HubSpot') : refusedBody(answer) };
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

const keptFor = 5 * 60_000;

/** Makes something once, and again after five minutes or when asked for `fresh`; each time where there is no clock. What failed is made again. */
export function kept<Value>(
  make: () => Promise<Value>,
  now: (() => number) | undefined,
): (asked?: { readonly fresh: boolean }) => Promise<Value> {
  let held: { readonly until: number; readonly value: Promise<Value> } | undefined;
  return async ({ fresh } = { fresh: false }) => {
    const at = now?.() ?? 0;
    if (held === undefined || fresh || now === undefined || at >= held.until) {
      const value = make();
      held = { until: at + keptFor, value };
      value.catch(() => {
        if (held?.value === value) held = undefined;
      });
    }
    return held.value;
  };
}

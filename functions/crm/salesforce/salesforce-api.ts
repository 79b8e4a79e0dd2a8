import { isRecord, type UnknownRecord } from '../../domain/fields/record.ts';
import type { CrmAnswer } from '../../ports/crm-access.ts';
import { CrmAccessRefused, CrmUnavailable } from '../../ports/errors.ts';
import { jsonOf, refuseFailure } from '../crm-call.ts';
import type { CrmConnection } from '../crm-connector.ts';
import { textOf } from '../reading.ts';
import { errorName, expectSuccess } from '../refusal.ts';

export const crm = 'Salesforce';
const version = '/services/data/v66.0';

/** A page of what a query found; `next`: the path of the page after it. */
export interface QueryPage {
  readonly records: readonly UnknownRecord[];
  readonly next?: string;
}

/** What an object in Salesforce has, as far as we may see it. */
export interface ObjectShape {
  readonly fields: ReadonlySet<string>;
  /** Those of its fields that we may write. */
  readonly writable: ReadonlySet<string>;
  readonly isCreateable: boolean;
  /** The names of its lists, such as `OpportunityContactRoles`. */
  readonly lists: ReadonlySet<string>;
}

/** The first of the errors that Salesforce answers with, `[{ errorCode, message }]`. */
export interface SalesforceError {
  readonly code: string;
  readonly message: string;
}

export interface SalesforceApi {
  /**
   * Calls the API once; logs in before where it has to, and anew where the session has ended. Answers that may change with time are
   * thrown, others returned. `path` is below the API's version. `what`: without personal data.
   */
  call(request: { method: 'GET' | 'POST' | 'PATCH'; path: string; body?: unknown; what: string }): Promise<CrmAnswer>;
  /** The name of the error where Salesforce does not take the query. `soql`, or the path of a next page. */
  query(asked: { soql: string } | { next: string }, what: string): Promise<QueryPage | { readonly refused: string }>;
  /** Undefined where there is no such object, or none that we may see. */
  describe(object: string): Promise<ObjectShape | undefined>;
}

/** The API of one organization; keeps the session's token for as long as Salesforce takes it. */
export function salesforceApi(connection: CrmConnection): SalesforceApi {
  const { settings, http } = connection;
  let session: Promise<string> | undefined;

  async function call({ method, path, body, what }: Parameters<SalesforceApi['call']>[0]): Promise<CrmAnswer> {
    const send = async (used: Promise<string>): Promise<CrmAnswer> =>
      http({
        method,
        url: `${settings.apiUrl}${path.startsWith('/services/') ? path : `${version}${path}`}`,
        headers: {
          authorization: `Bearer ${await used}`,
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const used = loggedIn();
    const first = await send(used);
    if (first.status !== 401) return checked(first, what);
    // Whoever noticed before us has logged in anew already.
    if (session === used) session = undefined;
    return checked(await send(loggedIn()), what);
  }

  function loggedIn(): Promise<string> {
    if (session === undefined) {
      const begun = logIn(connection);
      session = begun;
      begun.catch(() => {
        if (session === begun) session = undefined;
      });
    }
    return session;
  }

  return {
    call,
    async query(asked, what) {
      const path = 'next' in asked ? asked.next : `/query?q=${encodeURIComponent(asked.soql)}`;
      const answer = await call({ method: 'GET', path, what });
      if (answer.status === 400) return { refused: errorIn(answer).code || 'BAD_REQUEST' };
      expectSuccess(answer, { crm, what });
      return pageOf(answer);
    },
    async describe(object) {
      const what = `describe ${object}`;
      const answer = await call({ method: 'GET', path: `/sobjects/${object}/describe`, what });
      if (answer.status === 404) return undefined;
      expectSuccess(answer, { crm, what });
      const described = jsonOf(answer, crm);
      const { fields, childRelationships, createable } = isRecord(described) ? described : {};
      if (!Array.isArray(fields)) throw new CrmUnavailable(`${crm} described ${object} without its fields.`);
      const writable = fields.filter((field) => isRecord(field) && field['updateable'] === true);
      return {
        fields: namesIn(fields, 'name'),
        writable: namesIn(writable, 'name'),
        isCreateable: createable === true,
        lists: namesIn(childRelationships, 'relationshipName'),
      };
    },
  };
}

/**
 * Logs in by client credentials, with each set of secrets that we hold until one is taken; asks for fresh ones where none of those
 * was, for somebody may have changed them.
 */
async function logIn({ settings, secrets, http }: CrmConnection): Promise<string> {
  const tried = new Set<string>();
  for (const fresh of [false, true]) {
    for (const { clientId = '', clientSecret = '' } of await secrets({ fresh })) {
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }).toString();
      if (tried.has(body)) continue;
      tried.add(body);
      const answer = await http({
        method: 'POST',
        url: `${settings.apiUrl}/services/oauth2/token`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body,
      });
      const token = tokenIn(answer);
      if (token !== undefined) return token;
    }
  }
  throw new CrmAccessRefused(
    `${crm} does not let us log in: check the secrets clientId and clientSecret, and that the client credentials flow of the app is on, with a user to run as.`,
  );
}

/** Undefined where the login was refused. */
function tokenIn(answer: CrmAnswer): string | undefined {
  const what = 'log in';
  if (answer.status === 401 || answer.status === 403) return undefined;
  refuseFailure(answer, { crm, what });
  const said = jsonOf(answer, crm);
  const { access_token: token, error, error_description: why } = isRecord(said) ? said : {};
  if (answer.status === 200 && typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
  const passes = error === 'unknown_error' || error === 'server_error' || /rate exceeded|retry/i.test(textOf(why));
  if (answer.status === 400 && !passes) return undefined;
  throw new CrmUnavailable(`${crm} answered ${answer.status} to the request to ${what}.`);
}

/** Errors that pass by themselves, though their status does not say so. */
const passing: ReadonlySet<string> = new Set([
  'REQUEST_LIMIT_EXCEEDED',
  'UNABLE_TO_LOCK_ROW',
  'REQUEST_RUNNING_TOO_LONG',
  'SERVER_UNAVAILABLE',
  'QUERY_TIMEOUT',
]);

function checked(answer: CrmAnswer, what: string): CrmAnswer {
  if (answer.status === 400 || answer.status === 403) {
    const { code } = errorIn(answer);
    if (passing.has(code)) throw new CrmUnavailable(`${crm} answered ${code} to the request to ${what}.`);
  }
  refuseFailure(answer, { crm, what });
  return answer;
}

/** What Salesforce says is wrong; empty where it says nothing that can be read. */
export function errorIn({ text }: Pick<CrmAnswer, 'text'>): SalesforceError {
  try {
    const said: unknown = JSON.parse(text);
    const error: unknown = Array.isArray(said) ? said[0] : said;
    if (!isRecord(error)) return { code: '', message: '' };
    const { errorCode, message } = error;
    return { code: errorName(errorCode), message: typeof message === 'string' ? message : '' };
  } catch {
    return { code: '', message: '' };
  }
}

const nextPage = /^\/services\/data\/v\d+\.\d+\/query\/[\w-]+$/;

function pageOf(answer: CrmAnswer): QueryPage {
  const said = jsonOf(answer, crm);
  const { records, done, nextRecordsUrl } = isRecord(said) ? said : {};
  if (!Array.isArray(records) || !records.every(isRecord))
    throw new CrmUnavailable(`${crm} answered a query without records.`);
  if (done !== false) return { records };
  if (typeof nextRecordsUrl !== 'string' || !nextPage.test(nextRecordsUrl))
    throw new CrmUnavailable(`${crm} answered a query in part, without saying where the rest is.`);
  return { records, next: nextRecordsUrl };
}

const namesIn = (list: unknown, member: string): ReadonlySet<string> =>
  new Set(
    (Array.isArray(list) ? list : []).flatMap((each: unknown) => {
      const name = isRecord(each) ? each[member] : undefined;
      return typeof name === 'string' ? [name] : [];
    }),
  );

import { isRecord, recordOf, type UnknownRecord } from '../../domain/fields/record.ts';
import type { CrmAnswer } from '../../ports/crm-access.ts';
import { CrmAccessRefused, CrmUnavailable } from '../../ports/errors.ts';
import { jsonOf, refuseFailure } from '../crm-call.ts';
import type { CrmConnection } from '../crm-connector.ts';
import { isNumericId, textOf } from '../reading.ts';
import { expectSuccess } from '../refusal.ts';

export const crm = 'Pipedrive';

/** A request; `path` with its version: `/api/v2/deals/7`. `what`: what it asks for, without personal data. */
export interface PipedriveRequest {
  readonly path: string;
  readonly what: string;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly body?: UnknownRecord;
  /** A list that isn't there is an empty one. */
  readonly orNone?: boolean;
  /** 403 with a reason is an answer to it: Pipedrive says so where a limit of the company is reached. */
  readonly orLimit?: boolean;
}

export interface PipedriveApi {
  /** Calls the API once, or once more with each other token that we hold where it refuses one. Throws what may pass; returns the rest. */
  call(request: PipedriveRequest): Promise<CrmAnswer>;
  /** The record in an answer's `data`; undefined where there is none, or none that we may see. */
  record(request: PipedriveRequest): Promise<UnknownRecord | undefined>;
  /** The records of one page, and what asks for the next. */
  page(request: PipedriveRequest): Promise<{ readonly records: readonly UnknownRecord[]; readonly next?: string }>;
  /** The records of all pages of a list that is never long. `path` has a query already. */
  all(request: PipedriveRequest): Promise<readonly UnknownRecord[]>;
}

/** More pages than this are no list of stages, fields or people of a deal. */
const mostPages = 20;

/** The API of one company. */
export function pipedriveApi(connection: CrmConnection): PipedriveApi {
  const { settings, http } = connection;

  async function call({ path, what, method = 'GET', body, orLimit }: PipedriveRequest): Promise<CrmAnswer> {
    const tried = new Set<string>();
    for (const fresh of [false, true]) {
      for (const { apiToken = '' } of await connection.secrets({ fresh })) {
        if (apiToken === '' || tried.has(apiToken)) continue;
        tried.add(apiToken);
        const answer = await http({
          method,
          url: `${settings.apiUrl}${path}`,
          headers: {
            'x-api-token': apiToken,
            accept: 'application/json',
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        if (answer.status === 401) continue;
        if (answer.status === 402)
          throw new CrmAccessRefused(
            `${crm} answered 402 to the request to ${what}: check the company's subscription.`,
          );
        // Whoever goes on after 429 is shut out for a while, by a page in front of the API.
        if (answer.status === 403 && errorIn(answer) === '')
          throw new CrmUnavailable(
            `${crm} answered 403 to the request to ${what}, as it does after too many requests.`,
          );
        if (answer.status !== 403 || !orLimit) refuseFailure(answer, { crm, what });
        return answer;
      }
    }
    throw new CrmAccessRefused(`${crm} answered 401 to the request to ${what}: check the secret apiToken.`);
  }

  async function page(request: PipedriveRequest): ReturnType<PipedriveApi['page']> {
    const answer = await call(request);
    if (answer.status === 404 && request.orNone === true) return { records: [] };
    expectSuccess(answer, { crm, what: request.what });
    const { data, additional_data: additional } = successIn(answer, request.what);
    // An empty list comes as null from some paths.
    const records = data ?? [];
    if (!Array.isArray(records) || !records.every(isRecord))
      throw new CrmUnavailable(`${crm} answered the request to ${request.what} without a list.`);
    const next = textOf(recordOf(additional)['next_cursor']);
    return { records, ...(next !== '' && { next }) };
  }

  return {
    call,
    page,
    async record(request) {
      const answer = await call(request);
      if (answer.status === 404 || answer.status === 410) return undefined;
      expectSuccess(answer, { crm, what: request.what });
      const { data } = successIn(answer, request.what);
      if (!isRecord(data)) throw new CrmUnavailable(`${crm} answered the request to ${request.what} without a record.`);
      return data;
    },
    async all(request) {
      const found: UnknownRecord[] = [];
      let cursor = '';
      for (let read = 0; read < mostPages; read += 1) {
        const path = cursor === '' ? request.path : `${request.path}&cursor=${encodeURIComponent(cursor)}`;
        const { records, next } = await page({ ...request, path });
        found.push(...records);
        if (next === undefined) return found;
        cursor = next;
      }
      throw new CrmUnavailable(`${crm} answered the request to ${request.what} with over ${mostPages} pages.`);
    },
  };
}

function successIn(answer: CrmAnswer, what: string): UnknownRecord {
  const body = jsonOf(answer, crm);
  if (!isRecord(body) || body['success'] !== true)
    throw new CrmUnavailable(`${crm} did not say that the request to ${what} worked.`);
  return body;
}

/** What Pipedrive says is wrong; empty where it says nothing that can be read. */
export function errorIn({ text }: Pick<CrmAnswer, 'text'>): string {
  try {
    const body: unknown = JSON.parse(text);
    const { error, error_info: info } = recordOf(body);
    return [textOf(error), textOf(info)].filter((part) => part !== '').join(' ');
  } catch {
    return '';
  }
}

/** An id as part of a path; undefined where there is none. */
export const idIn = (value: unknown): string | undefined => (isNumericId(value) ? String(value) : undefined);

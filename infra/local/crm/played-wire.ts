import type { CrmAnswer, CrmRequest } from '../../../functions/ports/crm-access.ts';
import {
  bodyText,
  splitTarget,
  textResponse,
  type WireRequest,
  type WireResponse,
} from '../../account/wire/message.ts';
import { type PlayedCrm, playedPath } from './played-crm.ts';

const methods: readonly CrmRequest['method'][] = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

/** What a played CRM's API answers to a request that came over the network; undefined for an address that is not below its path. */
export function answeredByPlayed(
  { name, settings, answer }: PlayedCrm,
  request: WireRequest,
): WireResponse | undefined {
  const { path } = splitTarget(request.path);
  const below = playedPath(name);
  if (path !== below && !path.startsWith(`${below}/`)) return undefined;
  const method = methods.find((each) => each === request.method);
  if (method === undefined)
    return textResponse(405, 'text/plain; charset=utf-8', `The API played here takes ${methods.join(', ')} only.\n`);
  const url = `${settings.apiUrl}${request.path.slice(below.length)}`;
  const body = bodyText(request.body);
  return asResponse(answer({ method, url, headers: request.headers, ...(body !== '' && { body }) }));
}

function asResponse({ status, headers, text }: CrmAnswer): WireResponse {
  const said = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { status, headers: Object.fromEntries(said), body: Buffer.from(text) };
}

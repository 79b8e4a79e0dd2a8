import { asAwsError, notEmulated } from './errors.ts';
import { bodyText, isObject, type Service, splitTarget, type WireHandler, type WireResponse } from './message.ts';

export interface QueryProtocol {
  /** The service's name in refusals. */
  readonly service: string;
  /** The XML namespace of the answers. */
  readonly namespace: string;
  readonly newId: () => string;
}

/** AWS Query: a form with `Action` in, XML out. Actions get nested objects; lists are spelled `member.1`, as on the wire. */
export function queryProtocol(protocol: QueryProtocol, service: Service): WireHandler {
  return async (request) => {
    const requestId = protocol.newId();
    try {
      const sent = request.method === 'GET' ? splitTarget(request.path).query : bodyText(request.body);
      const { Action, Version: _, ...parameters } = unflatten(new URLSearchParams(sent));
      if (Action === undefined) throw notEmulated(`${protocol.service} ${request.method} ${request.path}`);
      const action = String(Action);
      const result = await service.call(action, parameters);
      const body = element(`${action}Result`, result ?? {}) + element('ResponseMetadata', { RequestId: requestId });
      return xml(200, `<${action}Response xmlns="${protocol.namespace}">${body}</${action}Response>`);
    } catch (thrown) {
      const error = asAwsError(thrown);
      const body = element('Error', {
        Type: error.httpStatus === 500 ? 'Receiver' : 'Sender',
        Code: error.name,
        Message: error.message,
      });
      const text = `<ErrorResponse xmlns="${protocol.namespace}">${body}${element('RequestId', requestId)}</ErrorResponse>`;
      return xml(error.httpStatus, text);
    }
  };
}

function xml(status: number, text: string): WireResponse {
  return { status, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text) };
}

/** `a.b=1&a.c.member.1=2` as `{a: {b: '1', c: ['2']}}`. */
function unflatten(form: URLSearchParams): Record<string, unknown> {
  const root: Record<string, unknown> = Object.create(null);
  for (const [name, value] of form) {
    const pieces = name.split('.');
    const last = pieces.pop() ?? name;
    let at = root;
    for (const piece of pieces) {
      const below = at[piece];
      const next = isObject(below)
        ? (below as Record<string, unknown>)
        : (Object.create(null) as Record<string, unknown>);
      at[piece] = next;
      at = next;
    }
    at[last] = value;
  }
  return gatherLists(root) as Record<string, unknown>;
}

function gatherLists(value: unknown): unknown {
  if (!isObject(value)) return value;
  const members = value['member'];
  if (isObject(members)) {
    const byNumber = Object.entries(members).sort(([a], [b]) => Number(a) - Number(b));
    return byNumber.map(([, member]) => gatherLists(member));
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, gatherLists(member)]));
}

/** One XML element; an object's members become children, a list's `member` elements. */
function element(name: string, value: unknown): string {
  if (Array.isArray(value)) return `<${name}>${value.map((each) => element('member', each)).join('')}</${name}>`;
  if (!isObject(value)) return `<${name}>${escapeXml(String(value))}</${name}>`;
  const isMap = Object.hasOwn(value, 'entry');
  const children = isMap
    ? mapEntries(value['entry'])
    : Object.entries(value)
        .map(([key, below]) => element(key, below))
        .join('');
  return `<${name}>${children}</${name}>`;
}

function mapEntries(entries: unknown): string {
  if (!isObject(entries)) return '';
  return Object.entries(entries)
    .map(([key, value]) => `<entry>${element('key', key)}${element('value', value)}</entry>`)
    .join('');
}

const xmlEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as the content of an XML element. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => xmlEscapes[character] ?? character);
}

import type { Account } from '../../../infra/account/account.ts';

/** What an account answered to a request that no SDK would send. */
interface Answered {
  readonly status: number;
  /** The error's name, without a namespace; undefined when all went well. */
  readonly error: string | undefined;
  readonly message: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

const authorization = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=local/20261120/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

/** Calls an action of a service that speaks JSON; `target` is e.g. `DynamoDB_20120810.PutItem`. */
export function callJson(account: Account, service: string, target: string) {
  return async (parameters: unknown): Promise<Answered> => {
    const { status, body } = await account.handle({
      method: 'POST',
      path: '/',
      headers: { authorization: authorization(service), 'x-amz-target': target },
      body: Buffer.from(JSON.stringify(parameters)),
    });
    return answered(status, Buffer.from(body).toString());
  };
}

/** Calls an action of a service that speaks REST. */
export function callRest(account: Account, service: string) {
  return async (
    method: string,
    path: string,
    more: { readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown } = {},
  ): Promise<Answered> => {
    const { status, headers, body } = await account.handle({
      method,
      path,
      headers: { authorization: authorization(service), ...more.headers },
      body: Buffer.from(more.body === undefined ? '' : JSON.stringify(more.body)),
    });
    return { ...answered(status, Buffer.from(body).toString()), error: headers['x-amzn-errortype']?.toString() };
  };
}

/** Calls an action of a service that takes forms and answers XML. */
export function callQuery(account: Account, service: string) {
  return async (form: Readonly<Record<string, string>>): Promise<Omit<Answered, 'body'>> => {
    const { status, body } = await account.handle({
      method: 'POST',
      path: '/',
      headers: { authorization: authorization(service) },
      body: Buffer.from(new URLSearchParams(form).toString()),
    });
    const xml = Buffer.from(body).toString();
    const element = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
    return { status, error: element('Code'), message: unescapeXml(element('Message')) };
  };
}

const unescapeXml = (text: string | undefined): string | undefined =>
  text?.replace(/&(apos|lt|gt|amp|quot);/g, (_, name: string) => characters[name] ?? '');

const characters: Readonly<Record<string, string>> = { apos: "'", lt: '<', gt: '>', amp: '&', quot: '"' };

function answered(status: number, text: string): Answered {
  const body = text === '' ? {} : JSON.parse(text);
  const { __type: type, message, Message } = body;
  return { status, error: type?.split('#').at(-1), message: message ?? Message, body };
}

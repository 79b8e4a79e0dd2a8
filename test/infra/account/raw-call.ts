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

function answered(status: number, text: string): Answered {
  const body = text === '' ? {} : JSON.parse(text);
  const { __type: type, message, Message } = body;
  return { status, error: type?.split('#').at(-1), message: message ?? Message, body };
}

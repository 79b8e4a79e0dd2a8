import type { LambdaClient } from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';

/** A call of SQS: the action's name and its parameters in, the members of its answer out. */
export type QueueCall = (
  action: string,
  parameters: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

/** SQS refused a call; named as SQS names it. */
class QueueError extends Error {
  /** By this commands know that AWS was asked. */
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(type: string, message: string, httpStatusCode: number) {
    super(message);
    this.name = type.slice(type.search(/[^.#]*$/));
    this.$metadata = { httpStatusCode };
  }
}

/**
 * SQS, with the region, the credentials and the connection of a client that is there anyway: a client of its own would be one
 * package more for four calls. One attempt each.
 */
export function queueCalls({ config }: Pick<LambdaClient, 'config'>, endpoint?: string): QueueCall {
  return async (action, parameters) => {
    const region = await config.region();
    const url = new URL(
      endpoint ?? `https://sqs.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`,
    );
    const signer = new SignatureV4({ service: 'sqs', region, credentials: config.credentials, sha256: config.sha256 });
    const request = {
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port && { port: Number(url.port) }),
      method: 'POST',
      path: '/',
      query: {},
      headers: {
        host: url.host,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AmazonSQS.${action}`,
      },
      body: JSON.stringify(parameters),
    };
    const { response } = await config.requestHandler.handle((await signer.sign(request)) as never);
    const { body, statusCode } = response;
    const bytes: Uint8Array = body instanceof Uint8Array ? body : await config.streamCollector(body);
    const answer: Readonly<Record<string, unknown>> = JSON.parse(Buffer.from(bytes).toString() || '{}');
    if (statusCode < 300) return answer;
    throw new QueueError(String(answer['__type']), String(answer['message'] ?? answer['Message'] ?? ''), statusCode);
  };
}

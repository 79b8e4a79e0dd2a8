import { AwsError, asAwsError, notEmulated } from './errors.ts';
import { jsonText } from './json-text.ts';
import { bodyText, isObject, type Service, type WireHandler, type WireResponse } from './message.ts';

export interface JsonProtocol {
  /** The part of `x-amz-target` before the dot. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  readonly newId: () => string;
}

/** AWS JSON 1.0/1.1: `x-amz-target: <target>.<Action>`, a JSON object in and out, errors as `{__type, message}`. */
export function jsonProtocol(protocol: JsonProtocol, service: Service): WireHandler {
  const contentType = `application/x-amz-json-${protocol.version}`;
  const answer = (status: number, body: unknown): WireResponse => ({
    status,
    headers: { 'content-type': contentType, 'x-amzn-requestid': protocol.newId() },
    body: Buffer.from(jsonText(body ?? {})),
  });
  return async (request) => {
    try {
      const target = request.headers['x-amz-target'] ?? '';
      const dot = target.indexOf('.');
      if (target.slice(0, dot) !== protocol.target) throw notEmulated(target || `${request.method} ${request.path}`);
      return answer(200, await service.call(target.slice(dot + 1), parseObject(bodyText(request.body))));
    } catch (thrown) {
      const error = asAwsError(thrown);
      return answer(error.httpStatus, { __type: error.name, message: error.message, ...error.fields });
    }
  };
}

/** A JSON object from a request body; an empty body is an empty object. Throws SerializationException. */
export function parseObject(text: string): Readonly<Record<string, unknown>> {
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AwsError('SerializationException', `The request body is not JSON: ${String(error)}`);
  }
  if (!isObject(value)) throw new AwsError('SerializationException', 'The request body is not a JSON object');
  return value;
}

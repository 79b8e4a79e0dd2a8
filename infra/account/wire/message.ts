/** One HTTP request, read to its end. Header names are lower-case. */
export interface WireRequest {
  readonly method: string;
  /** Path and query string, encoded, as in the request line. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  /** A list stands for a repeated header (`set-cookie`). */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array;
  /**
   * What follows the body for as long as the reader stays, as server-sent events do: called with a way to send more, and gives
   * what is to be called when the reader has gone. Only a socket follows; in process, the body is all.
   */
  readonly stream?: (send: (text: string) => void) => () => void;
}

/** Answers one request; never throws. */
export type WireHandler = (request: WireRequest) => Promise<WireResponse>;

/** A service behind its protocol: the action's name and its parameters in; errors carry `name` and `httpStatus`. */
export interface Service {
  call(action: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** As `call`, of what answers reads from before; where there is nothing of the kind, it has none. */
  callStale?(action: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** The body as text (UTF-8), without copying it first. */
export function bodyText(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}

/** A response with a text body. */
export function textResponse(status: number, contentType: string, text: string): WireResponse {
  return { status, headers: { 'content-type': contentType }, body: Buffer.from(text) };
}

/** Path and query string of a request target, apart. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf('?');
  return mark < 0 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** Whether `value` is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

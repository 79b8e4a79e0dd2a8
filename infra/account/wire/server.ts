import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { asAwsError } from './errors.ts';
import { largestBody, tooLarge } from './front.ts';
import { textResponse, type WireHandler, type WireResponse } from './message.ts';

export interface Listening {
  readonly port: number;
  /** E.g. `http://127.0.0.1:4566`. */
  readonly url: string;
  close(): Promise<void>;
}

const localHost = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;

/**
 * Serves `handler` on 127.0.0.1 only (port 0: any free one). A request whose Host is another name is refused with 421:
 * otherwise a web page could reach the account by pointing its own name at this machine.
 */
export async function listenLocally(handler: WireHandler, port: number): Promise<Listening> {
  const server = createServer((request, response) => {
    void serve(handler, request).then((answer) => send(response, request, answer));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return { port: bound, url: `http://127.0.0.1:${bound}`, close: () => closeServer(server) };
}

async function serve(handler: WireHandler, request: IncomingMessage): Promise<WireResponse> {
  if (!localHost.test(request.headers.host ?? '')) {
    return textResponse(421, 'text/plain; charset=utf-8', 'This account answers to 127.0.0.1 and localhost only.\n');
  }
  if (isForeign(request)) return textResponse(403, 'text/plain; charset=utf-8', 'Another site may not send this.\n');
  try {
    const body = await readBody(request);
    if (body === undefined)
      return { ...tooLarge(), headers: { 'content-type': 'application/json', connection: 'close' } };
    return await handler({
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: flatHeaders(request),
      body,
    });
  } catch (error) {
    return textResponse(500, 'text/plain; charset=utf-8', `${asAwsError(error).message}\n`);
  }
}

/** A page of another site that makes the browser send something here; following its link is all right. */
function isForeign(request: IncomingMessage): boolean {
  return request.headers['sec-fetch-site'] === 'cross-site' && request.method !== 'GET' && request.method !== 'HEAD';
}

/** The whole body, or undefined when it is longer than anything here takes. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  // The request stays open, so that the refusal of a long body can still be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function flatHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
}

function send(response: ServerResponse, request: IncomingMessage, answer: WireResponse): void {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  // A HEAD answer, like 204 and 304, has the headers only.
  const bodiless = request.method === 'HEAD' || answer.status === 204 || answer.status === 304;
  if (bodiless) response.end();
  else if (answer.stream !== undefined) {
    response.write(answer.body);
    const end = answer.stream((text) => response.write(text));
    response.once('close', end);
  } else {
    response.setHeader('content-length', answer.body.byteLength);
    response.end(answer.body);
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}

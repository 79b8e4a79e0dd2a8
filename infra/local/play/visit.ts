import type { System } from '../system.ts';

/** Opens a page of the system, or sends its form, as a browser does. `path` is that of a link in a mail. */
export async function visit(
  system: System,
  request: { method: 'GET' | 'POST'; path: string; body?: string },
): Promise<{ status: number; body: string }> {
  const { origin, host } = new URL(system.world.site.url);
  const answer = await system.account.handle({
    method: request.method,
    path: request.path,
    headers: {
      host,
      ...(request.body !== undefined && {
        origin,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
      }),
    },
    body: Buffer.from(request.body ?? ''),
  });
  return { status: answer.status, body: Buffer.from(answer.body).toString('utf8') };
}

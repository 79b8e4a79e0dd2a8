import { isPassing } from '../ports/passing.ts';
import type { WebhookOutcome } from '../ports/webhooks.ts';
import type { HttpAnswer, HttpEvent } from './http-pages.ts';
import type { Count } from './watch.ts';

/**
 * What a CRM is answered. It reads nothing but the status: what isn't of our deals is fine by us, and anything but 2xx brings it again,
 * or gets us banned.
 */
const statuses: Readonly<Record<WebhookOutcome['outcome'], number>> = {
  heard: 200,
  'nothing of ours': 200,
  'heard before': 200,
  refused: 401,
  unreadable: 400,
  'too large': 413,
};

/** Whoever isn't the CRM, or says what it never would. */
const refusals: readonly number[] = [statuses.refused, statuses.unreadable, statuses['too large'], 404];

const said = (statusCode: number, outcome: string): HttpAnswer => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify({ outcome }),
});

/** Answers a webhook as the CRM expects; `undefined`: of a CRM that is not connected. */
export function orFailedWebhook(hear: (event: HttpEvent) => Promise<WebhookOutcome | undefined>) {
  const run = async (event: HttpEvent): Promise<HttpAnswer> => {
    const heard = await hear(event);
    return heard ? said(statuses[heard.outcome], heard.outcome) : said(404, 'not connected');
  };
  return Object.assign(run, {
    otherwise: (_: HttpEvent, error: unknown) => said(isPassing(error) ? 503 : 500, 'failed'),
    counted: ({ statusCode }: HttpAnswer): Count | undefined =>
      refusals.includes(statusCode) ? 'WebhookRefused' : undefined,
  });
}

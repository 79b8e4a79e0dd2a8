import { type CallSettings, signedCall } from '../../../functions/aws/signed-calls.ts';
import type { Reach } from './proxy.ts';

const accept = { accept: 'text/html' };

/** Asks the site with requests signed as API Gateway wants them. `site`: its address, without a slash at its end. */
export const signed =
  (settings: CallSettings, site: string): Reach =>
  (target) =>
    signedCall(settings, { service: 'execute-api', method: 'GET', headers: accept, ...target }, site);

/** How long an answer may take, in milliseconds: as long as API Gateway gives it. */
const patience = 30_000;

/** Asks the site with a token of the company's identity provider; a redirect is not followed, so that no other site gets it. */
export const withToken =
  (token: string, site: string): Reach =>
  async ({ path, query }) => {
    const answer = await fetch(`${site}${path}${query === '' ? '' : `?${query}`}`, {
      headers: { ...accept, authorization: `Bearer ${token}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
  };

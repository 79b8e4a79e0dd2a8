import { setTimeout } from 'node:timers/promises';
import type { CrmHttp, Waiting } from '../ports/crm-access.ts';
import { CrmUnavailable } from '../ports/errors.ts';

/** How long a CRM may take to answer, in milliseconds. */
const longestAnswer = 8000;

/** How requests keep their distance. Nothing else is decided by it. */
export const crmWaiting: Waiting = { now: Date.now, pause: setTimeout };

/** Calls over the internet, once each. Where no answer comes nothing is said of why: it may name what was asked. */
export const crmHttp: CrmHttp = async ({ method, url, headers, body }) => {
  try {
    const signal = AbortSignal.timeout(longestAnswer);
    // Nobody who answers with another address is sent our token.
    const answer = await fetch(url, {
      method,
      headers,
      signal,
      redirect: 'error',
      ...(body !== undefined && { body }),
    });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
  } catch (error) {
    throw new CrmUnavailable(`The CRM gave no answer (${error instanceof Error ? error.name : 'unknown'}).`);
  }
};

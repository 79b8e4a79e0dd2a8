import type { CrmAnswer, CrmHttp, Waiting } from '../ports/crm-access.ts';
import { CrmUnavailable } from '../ports/errors.ts';

/**
 * Between the beginnings of two requests, milliseconds: half of what the smallest subscriptions allow, which is 100 in 10 seconds at
 * HubSpot and 20 in 2 at Pipedrive. The other half is for whoever reads deals that people move meanwhile.
 */
const spacing = 200;

/** How long to wait where the CRM doesn't say: its longest window is HubSpot's. Milliseconds. */
const usualWait = 10_000;

/** How often the same request waits: a CRM that goes on asking for it may shut out whoever goes on asking. */
const mostWaits = 5;

/** What a run needs for its end, and for an answer that is on its way. Milliseconds. */
const reserve = 30_000;

const forever = (): number => Number.POSITIVE_INFINITY;

/**
 * The same HTTP for whoever asks a CRM for much: a request at a time, and those that the CRM asks to wait are made again after that,
 * as long as `timeLeft` (milliseconds) goes. Rejects with `CrmUnavailable` where the time is up.
 */
export function pacedHttp(http: CrmHttp, { now, pause }: Waiting, timeLeft: () => number = forever): CrmHttp {
  let free = Number.NEGATIVE_INFINITY;

  async function turn(): Promise<void> {
    const begins = Math.max(now(), free);
    free = begins + spacing;
    const wait = begins - now();
    if (wait + reserve > timeLeft()) throw new CrmUnavailable('There is no time left to ask the CRM.');
    if (wait > 0) await pause(wait);
  }

  return async (request) => {
    for (let waits = 0; ; waits++) {
      await turn();
      const answer = await http(request);
      const wait = waitOf(answer);
      if (wait === undefined || waits === mostWaits || wait + reserve > timeLeft()) return answer;
      free = Math.max(free, now() + wait);
    }
  };
}

/** How long the CRM asks to wait, milliseconds; undefined where it doesn't, or where it would be until tomorrow. */
function waitOf({ status, headers, text }: CrmAnswer): number | undefined {
  if (status !== 429 || isUsedUp({ headers, text })) return undefined;
  const seconds = Number(headers['retry-after'] ?? headers['x-ratelimit-reset'] ?? Number.NaN);
  return seconds > 0 ? seconds * 1000 : usualWait;
}

/** The budget of the day is: HubSpot says so in the body, Pipedrive in a header. */
const isUsedUp = ({ headers, text }: Pick<CrmAnswer, 'headers' | 'text'>): boolean =>
  headers['x-daily-ratelimit-token-remaining'] === '0' || /"policyName"\s*:\s*"DAILY"/.test(text);

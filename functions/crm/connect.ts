import type { Crm } from '../ports/crm.ts';
import type { CrmAccess } from '../ports/crm-access.ts';
import type { Webhooks } from '../ports/webhooks.ts';
import { connectorOf } from './connectors.ts';

/** The CRM of a stage: what it is asked, and how it speaks to us. */
export interface Connected {
  readonly crm: Crm;
  readonly webhooks: Webhooks;
}

/** For how long secrets in memory prove webhooks: one that was taken away proves nothing after that. Milliseconds. */
const secretsKept = 5 * 60_000;
/** How soon they may be read again for a proof that failed with those in memory: whoever only tries cannot make us read. */
const soonestAgain = 60_000;

/**
 * Connects to the CRM. Nothing is called until it is asked. `now`: milliseconds since 1970, for how long what rarely changes is kept;
 * nothing is kept without it. Throws for a CRM that there isn't.
 */
export function connect(access: Omit<CrmAccess, 'writesBack'>, now?: () => number): Connected {
  const connector = connectorOf(access.crm);
  const { settings, secrets } = access;
  let readAt = Number.NEGATIVE_INFINITY;
  const held = (now: number, olderThan: number) => {
    const fresh = now - readAt > olderThan;
    if (fresh) readAt = now;
    return secrets({ fresh });
  };
  return {
    crm: connector.connect({ ...access, ...(now && { now }) }),
    webhooks: {
      async problem(request, at) {
        const { webhookProblem } = connector;
        if (!webhookProblem) return 'not signed';
        const now = Date.parse(at);
        const problem = webhookProblem(request, { settings, secrets: await held(now, secretsKept), now });
        if (problem !== 'not signed by us' || now - readAt <= soonestAgain) return problem;
        // It may be signed with a secret that is newer than what is in memory.
        return webhookProblem(request, { settings, secrets: await held(now, soonestAgain), now });
      },
      replayKey: (request) => connector.replayKey?.(request),
      hear: (body) => connector.hear(body),
      tellsEvents: connector.tellsEvents === true,
      isOurs: (account) => account === settings.account,
    },
  };
}

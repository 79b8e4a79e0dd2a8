import { describe, expect, it } from 'vitest';
import { createClock } from '../../infra/account/clock.ts';
import { slowTransitions } from '../../infra/account/limits.ts';
import { employPeople } from '../../infra/local/play/people.ts';
import { putOnBus } from '../../infra/local/put-event.ts';
import { createSystem, silent } from '../../infra/local/system.ts';
import { courseUnless } from '../support/course.ts';
import { roster, sampleEvent } from '../support/deals.ts';
import { full } from '../support/playbooks/full.ts';

const fortnight = 14 * 86_400_000 + 3_600_000;

/** What is mailed in the first two weeks where nobody acts: when (UTC, to the minute), what and to whom. */
async function mailed(sample: Parameters<typeof sampleEvent>[0], transitions?: number) {
  const event = sampleEvent(sample);
  const start = Date.parse(String(event.detail['closedWonAt']));
  const clock = createClock({ start });
  const people = roster();
  const system = await createSystem({
    clock,
    roster: people,
    playbook: full,
    siteUrl: 'http://127.0.0.1:4566',
    observerOf: () => silent,
    ...(transitions !== undefined && { account: { limits: slowTransitions(transitions) } }),
  });
  try {
    employPeople({ system, playbook: full, roster: people, manner: 'silent', script: {} });
    await putOnBus(system, event);
    await clock.runToEnd({ until: start + fortnight });
    return system.account.inbox.mails.map(({ at, tags, to, subject }) =>
      [new Date(at).toISOString().slice(0, 16), tags['kind'], to.map(({ address }) => address).join(), subject].join(
        ' ',
      ),
    );
  } finally {
    await system.close();
  }
}

describe('Emails go out when they are to, and say so, though transitions take time', () => {
  for (const sample of ['incomplete', 'complete-standard', 'enterprise-across-zones', 'self-serve'] as const)
    it(`${sample}, and nobody acts`, courseUnless(sample === 'incomplete'), async () => {
      const atOnce = await mailed(sample);
      expect(atOnce.length).toBeGreaterThan(8);
      expect(await mailed(sample, 700)).toEqual(atOnce);
    });
});

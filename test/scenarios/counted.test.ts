import { expect, it } from 'vitest';
import { playEvents } from '../../infra/local/play/play-events.ts';
import type { Manner } from '../../infra/local/play/script.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { roster, sampleEvent } from '../support/deals.ts';

interface Counts {
  readonly transitions: number;
  readonly invocations: Readonly<Record<string, number>>;
  readonly units: { readonly readUnits: number; readonly writeUnits: number };
  readonly mail: { readonly messages: number; readonly recipients: number };
}

/**
 * Each function starts cold, reads the frozen playbook once (`notify` twice, as two are asked at once), and the first handoff of a playbook writes it. The nights in which
 * deliveries are noted would be shared with all other handoffs.
 */
const counts: readonly [Manner, Counts][] = [
  [
    'prompt',
    {
      transitions: 54,
      invocations: {
        'start-handoff': 1,
        'validate-package': 1,
        notify: 23,
        'track-mail': 8,
        'show-page': 13,
        'decide-step': 13,
        'close-handoff': 1,
      },
      units: { readUnits: 248.5, writeUnits: 160 },
      mail: { messages: 17, recipients: 27 },
    },
  ],
  [
    'late',
    {
      transitions: 94,
      invocations: {
        'start-handoff': 1,
        'validate-package': 1,
        notify: 43,
        'track-mail': 16,
        'show-page': 13,
        'decide-step': 13,
        'close-handoff': 1,
      },
      units: { readUnits: 434, writeUnits: 245 },
      mail: { messages: 33, recipients: 43 },
    },
  ],
];

// They are exact, and the bill follows from them: whoever changes one says why, here and in `infra/docs/figures.md`.
it.each(counts)('counts what a standard handoff uses with %s people', async (manner, expected) => {
  const { usage } = await playEvents({
    events: [sampleEvent('complete-standard')],
    playbook,
    roster: roster(),
    manner,
    script: {},
  });
  const { stateTransitions: transitions, lambdaInvocations: invocations, dynamodb: units, mail } = usage;
  expect({ transitions, invocations, units, mail }).toEqual(expected);
});

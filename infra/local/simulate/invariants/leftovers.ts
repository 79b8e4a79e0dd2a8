import type { Invariant } from './invariant.ts';

export const everyDeadLetterEndsWell: Invariant = {
  name: 'every dead letter, drained as the runbook says, ends well',
  broken: ({ leftovers }) => leftovers,
};

import type { FrozenPlaybook } from '../playbook/playbook.ts';

/** The key under which a frozen playbook is kept, once for all handoffs that have it. */
export const playbookHashOf = (frozen: FrozenPlaybook, hashOf: (text: string) => string): string =>
  hashOf(JSON.stringify(frozen));

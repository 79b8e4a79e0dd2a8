import type { Draft, DraftState } from '../domain/handoff/draft.ts';
import type { FrozenPlaybook } from '../domain/playbook/playbook.ts';

/** The handoffs-to-be, of deals that are not signed. */
export interface Drafts {
  /** Everything saved of a draft, whether its handoff has begun or not; undefined where there is none. */
  load(id: string): Promise<Draft | undefined>;
  /** Keeps a draft in place of `version` (0: where there is none); false when somebody has changed it since. */
  save(state: DraftState, playbook: FrozenPlaybook, version: number): Promise<boolean>;
}

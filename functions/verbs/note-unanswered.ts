import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { Decision } from '../domain/handoff/step-record.ts';
import { ruleIn } from '../domain/handoff/step-rule.ts';
import type { WorldOf } from '../ports/world.ts';

/**
 * Puts it on record that a step ended without an answer. Once, however often it is called: whoever ended the step may have been
 * interrupted before this.
 */
export const noteUnanswered = (
  world: WorldOf<readonly ['audit.write']>,
  record: HandoffRecord,
  { step, decision }: { readonly step: string; readonly decision: Decision },
): Promise<void> =>
  world.audit.write(record.state.id, {
    at: decision.at,
    who: 'system',
    what: 'unanswered',
    step,
    detail: ruleIn(record, step).title,
    from: 'execution',
  });

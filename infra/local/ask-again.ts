import { isOver } from '../../functions/domain/handoff/step-rule.ts';
import type { Tokens } from '../../functions/ports/executions.ts';
import type { Handoffs } from '../../functions/ports/handoffs.ts';
import type { Steps } from '../../functions/ports/steps.ts';

/** What waits for people, and how to wake it. */
export interface OpenWork {
  readonly steps: Pick<Steps, 'openOf'>;
  readonly handoffs: Pick<Handoffs, 'load'>;
  readonly tokens: Pick<Tokens, 'askAgain'>;
}

/** An execution between two tokens has a new one in a moment. */
const attempts = 3;

/**
 * Lets every open step of these people (mail addresses) be asked again, so that its execution sees who is there now. Returns
 * how many executions were woken; one that is just asking looks at the roster by itself.
 */
export async function askAgainFor(people: readonly string[], work: OpenWork): Promise<number> {
  const open = await Promise.all([...new Set(people)].map((email) => work.steps.openOf(email)));
  let woken = 0;
  for (const { id, step } of open.flat()) if (await wake(work, id, step)) woken++;
  return woken;
}

async function wake({ handoffs, tokens }: OpenWork, id: string, step: string): Promise<boolean> {
  let last: string | undefined;
  for (let left = attempts; left > 0; left--) {
    const record = await handoffs.load(id);
    const { token, decision } = record?.steps[step] ?? {};
    if (!record || isOver(record, step) || decision) return false;
    if (token && token !== last && (await tokens.askAgain(token)) === 'woken') return true;
    last = token;
  }
  return false;
}

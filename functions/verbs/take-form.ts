import { textsOf } from '../domain/fields/evidence.ts';
import type { Fact } from '../domain/handoff/fact.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import type { WorldOf } from '../ports/world.ts';
import { decideStep, decideStepUses, typedOnPage } from './decide-step.ts';
import type { Submission } from './deciding.ts';
import { mailFresh, mailFreshUses } from './mail-fresh.ts';
import { isPageNonce, isPageNonceUses } from './page-nonce.ts';
import { type FieldSaved, saveField, saveFieldUses } from './save-field.ts';

export const takeFormUses = [...decideStepUses, ...saveFieldUses, ...mailFreshUses, ...isPageNonceUses] as const;

/** What became of a form that was sent. */
export type FormTaken =
  | { readonly outcome: StepOutcome }
  | { readonly saved: FieldSaved }
  /** Its page was open for too long, or it was never on one of ours. `typed`: what was sent and is saved nowhere. */
  | { readonly typed: readonly Fact[] };

/**
 * A form of one of our pages: it decides a step; behind `/field` it saves a field of the package while somebody types on; behind
 * `/fresh` it mails a fresh link. `path`: the page's own.
 */
export const takeForm = (world: WorldOf<typeof takeFormUses>) => {
  const [decide, save, fresh, typedOn] = [decideStep(world), saveField(world), mailFresh(world), typedOnPage(world)];
  return async (submission: Submission, { path, sentTo }: { path: string; sentTo: string }): Promise<FormTaken> => {
    if (!isPageNonce(world, textsOf(submission.form, 'nonce')[0] ?? '', submission))
      return { typed: await typedOn(submission) };
    if (sentTo.endsWith('/field')) return { saved: await save(submission) };
    return { outcome: sentTo.endsWith('/fresh') ? await fresh(path, submission) : await decide(submission) };
  };
};

import { type EvidenceProblem, type Form, textsOf } from '../domain/fields/evidence.ts';
import type { AuditKind } from '../domain/handoff/audit-entry.ts';
import { customerOf } from '../domain/handoff/handoff.ts';
import type { People } from '../domain/people/people.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { RecordTooLarge } from '../ports/errors.ts';
import type { World, WorldOf, WorldPart } from '../ports/world.ts';
import type { Known, Opened } from './open-link.ts';

/** A submitted form, its fields by name. */
export interface Submission {
  readonly linkId: string;
  readonly form: Form;
  readonly at: Instant;
}

/** The verb at work on one submission. */
export interface Deciding<Uses extends readonly WorldPart[]> {
  readonly world: WorldOf<Uses>;
  readonly opened: Opened;
  readonly submission: Submission;
}

/** The same, where somebody may send what they have sent already, and the page offers it no more. */
export interface Acting<Uses extends readonly WorldPart[]> {
  readonly world: WorldOf<Uses>;
  readonly opened: Known;
  readonly submission: Submission;
}

/** The same for the same form, whatever the order of its fields. */
export const digestOf = ({ hash }: Pick<World, 'hash'>, form: Form): string =>
  hash(JSON.stringify(Object.entries(form).sort(([one], [other]) => (one < other ? -1 : 1)))).slice(0, 22);

/** Everybody involved, and everybody on the roster, for whoever was just named. */
export const peopleKnown = ({ people, roster }: Pick<Known, 'people' | 'roster'>): People =>
  new Map([...people, ...roster.map((person) => [person.email, person] as const)]);

/** What somebody did is done: the step stays open. */
export const done = (
  { opened }: { readonly opened: Known },
  heading: string,
  { next, open = true }: { readonly next: string; readonly open?: boolean },
): StepOutcome => ({
  kind: 'confirmed',
  ...{ heading, next, open, details: [] },
  customer: customerOf(opened.record),
});

export const noteOnRecordUses = ['audit.write'] as const;

/** Puts on record what somebody did on a page, about its step. */
export const noteOnRecord = (
  { world, opened, submission }: Deciding<typeof noteOnRecordUses>,
  entry: { readonly what: AuditKind; readonly detail: string },
): Promise<void> =>
  world.audit.write(opened.record.state.id, {
    at: submission.at,
    who: opened.person.email,
    step: opened.link.step,
    from: 'page',
    ...entry,
  });

export const askedAgain: StepOutcome = { kind: 'stale', what: 'This step was asked again since you opened the page.' };

export const changedHands: StepOutcome = {
  kind: 'stale',
  what: 'Somebody took over or answered this step since you opened the page.',
};

/** With how doubtful answers were understood. */
export const withNotes = (outcome: StepOutcome, notes: readonly string[]): StepOutcome =>
  outcome.kind === 'confirmed' ? { ...outcome, details: [...outcome.details, ...notes] } : outcome;

/** Shows the page again with what is wrong and everything that was typed. */
export const refuse = (
  { opened, submission }: Pick<Deciding<[]>, 'opened' | 'submission'>,
  choice: string,
  problems: readonly EvidenceProblem[],
): StepOutcome => ({ kind: 'step', view: opened.view, refused: { choice, problems, typed: submission.form } });

/** What does not fit beside all that stands there already is refused, with what to do; other errors are thrown. */
export async function unlessTooLarge(
  deciding: Pick<Deciding<[]>, 'opened' | 'submission'>,
  run: () => Promise<StepOutcome>,
): Promise<StepOutcome> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof RecordTooLarge)) throw error;
    const problem = 'This is more text than fits. Shorten the longest one, or link to a document, and send it again.';
    return refuse(deciding, textsOf(deciding.submission.form, 'choice')[0] ?? '', [{ field: 'choice', problem }]);
  }
}

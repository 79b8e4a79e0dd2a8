import type { Evidence } from '../domain/fields/values.ts';
import type { AwayNote } from '../domain/people/person.ts';
import { awayText } from '../domain/step/in-your-place.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import { askAgain, askAgainUses } from './ask-again.ts';
import { type Acting, type Deciding, digestOf, done, peopleKnown, refuse } from './deciding.ts';
import { noteAway, noteAwayUses, saidMeanwhile, waitingFor, waitingForUses } from './note-absence.ts';

export const sayAwayUses = [...noteAwayUses, ...waitingForUses, ...askAgainUses] as const;

type SayingAway = Deciding<typeof sayAwayUses>;

/**
 * Somebody says when they are away, and who stands in. What waits for them, in every handoff, is asked again at once, so that
 * it moves on the first day; also when they come back earlier than they had said.
 */
export async function sayAway(deciding: SayingAway, evidence: Evidence): Promise<StepOutcome> {
  const { world, opened, submission } = deciding;
  const { person, roster, record } = opened;
  const where = { id: record.state.id, step: opened.link.step };
  const form = digestOf(world, submission.form);
  const noted = await noteAway(world, { person, roster, evidence, said: { ...where, at: submission.at, form } });
  if ('problems' in noted) return refuse(deciding, 'away', noted.problems);
  if ('meanwhile' in noted) return { kind: 'stale', what: saidMeanwhile };
  return awayNow(deciding, noted.said, noted.notes);
}

/** What follows from an absence that is noted; `notes`: those of before, too. */
export async function awayNow(
  acting: Acting<typeof sayAwayUses>,
  said: AwayNote,
  notes: readonly AwayNote[],
): Promise<StepOutcome> {
  const { world, opened, submission } = acting;
  const { record, person } = opened;
  const { at } = submission;
  // Who decides on an exception is found by its step, which is not theirs.
  const here = { id: record.state.id, step: opened.link.step };
  // One that cannot be asked again keeps nobody else waiting: it looks at the roster when it is asked the next time.
  const waiting = await waitingFor(world, { person, notes, here });
  for (const asked of waiting) await askAgain(world, { ...asked, at });
  const people = peopleKnown(opened);
  const next = awayText(person, said, { record, people, at, calendarOf: world.calendarOf, waiting });
  return done(acting, 'Your absence is noted', { next });
}

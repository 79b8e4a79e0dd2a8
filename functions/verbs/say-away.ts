import type { Evidence } from '../domain/fields/values.ts';
import { awayAct } from '../domain/handoff/acts.ts';
import { isOver, ruleIn } from '../domain/handoff/handoff.ts';
import { noteProblems, todayOf, withNote } from '../domain/people/away-note.ts';
import { nameOf } from '../domain/people/people.ts';
import type { AwayNote } from '../domain/people/person.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import { startOfDay } from '../domain/time/formats.ts';
import { dateIn } from '../domain/time/wording.ts';
import type { WorldOf } from '../ports/world.ts';
import { askAgain, askAgainUses } from './ask-again.ts';
import { type Acting, type Deciding, digestOf, done, noteOnRecordUses, peopleKnown, refuse } from './deciding.ts';

export const sayAwayUses = [
  'roster.noteAway',
  'steps.openOf',
  'handoffs.load',
  ...noteOnRecordUses,
  'calendarOf',
  ...askAgainUses,
] as const;

type SayingAway = Deciding<typeof sayAwayUses>;

const saidMeanwhile: StepOutcome = { kind: 'stale', what: 'You said something else of your absence in the meantime.' };

/**
 * Somebody says when they are away, and who stands in. What waits for them, in every handoff, is asked again at once, so that
 * it moves on the first day; also when they come back earlier than they had said.
 */
export async function sayAway(deciding: SayingAway, evidence: Evidence): Promise<StepOutcome> {
  const { world, opened, submission } = deciding;
  const { person, roster, record } = opened;
  const { at } = submission;
  const deputy = roster.find(({ email }) => email === evidence['deputy']);
  const said: AwayNote & Required<Pick<AwayNote, 'said'>> = {
    from: String(evidence['from']),
    to: String(evidence['until']),
    ...(deputy && { deputy: deputy.email }),
    said: { id: record.state.id, step: opened.link.step, at, form: digestOf(world, submission.form) },
  };
  const problems = noteProblems(said, { person, deputy, at, calendarOf: world.calendarOf });
  if (problems.length > 0) return refuse(deciding, 'away', problems);
  const before = person.awayNotes;
  const notes = withNote(before ?? [], said, todayOf(person, at));
  if (!(await world.roster.noteAway({ email: person.email, notes, before }))) return saidMeanwhile;
  await world.audit.write(record.state.id, awayAct(person.email, said, peopleKnown(opened)).entry);
  return awayNow(deciding, said, [...(before ?? []), ...notes]);
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
  const named = notes.map((note) => note.deputy);
  // Who decides on an exception is found by its step, which is not theirs.
  const here = { id: record.state.id, step: opened.link.step };
  await askAgainWhatIsOpen(world, { people: [person.email, person.deputy, person.manager, ...named], here }, at);
  const { zone } = person.availability;
  const days = [said.from, said.to].map((day) => dateIn(zone, startOfDay(day, zone) ?? at, at));
  const deputy = said.deputy === undefined ? 'whoever stands in for you' : nameOf(peopleKnown(opened), said.deputy);
  return done(acting, 'Your absence is noted', {
    next: `From ${days[0]} to ${days[1]}, ${deputy} is asked in your place. What is still open then comes back to you.`,
  });
}

/** One that cannot be asked again keeps nobody else waiting: it looks at the roster when it is asked the next time. */
async function askAgainWhatIsOpen(
  world: WorldOf<typeof sayAwayUses>,
  of: {
    readonly people: readonly (string | undefined)[];
    /** The step on whose page they said it. */
    readonly here: { readonly id: string; readonly step: string };
  },
  at: string,
): Promise<void> {
  const emails = [...new Set(of.people)].filter((email) => email !== undefined);
  const open = (await Promise.all(emails.map((email) => world.steps.openOf(email)))).flat();
  const isHere = open.some(({ id, step }) => id === of.here.id && step === of.here.step);
  for (const { id, step } of isHere ? open : [...open, of.here]) {
    const record = await world.handoffs.load(id);
    const { round, decision, token } = record?.steps[step] ?? {};
    if (!record || round === undefined || decision) continue;
    if (isOver(record, step) || ruleIn(record, step).optional) continue;
    await askAgain(world, { handoffId: id, step, round, at, token });
  }
}

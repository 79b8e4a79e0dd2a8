import type { EvidenceProblem } from '../domain/fields/evidence.ts';
import type { Evidence } from '../domain/fields/values.ts';
import { awayAct } from '../domain/handoff/acts.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { isOver, ruleIn } from '../domain/handoff/step-rule.ts';
import { noteProblems, todayOf, withNote } from '../domain/people/away-note.ts';
import type { AwayNote, Person } from '../domain/people/person.ts';
import type { WorldOf } from '../ports/world.ts';
import { peopleKnown } from './deciding.ts';

export const noteAwayUses = ['roster.noteAway', 'audit.write', 'calendarOf'] as const;

export const saidMeanwhile = 'You said something else of your absence in the meantime.';

interface Saying {
  readonly person: Person;
  readonly roster: readonly Person[];
  readonly evidence: Evidence;
  /** Where it was said. */
  readonly said: NonNullable<AwayNote['said']>;
}

/** Notes an absence, and puts it on record; `notes`: those of before, too. */
export async function noteAway(
  world: WorldOf<typeof noteAwayUses>,
  { person, roster, evidence, said: where }: Saying,
): Promise<
  | { readonly problems: readonly EvidenceProblem[] }
  | { readonly meanwhile: true }
  | { readonly said: AwayNote; readonly notes: readonly AwayNote[] }
> {
  const { id, at } = where;
  const deputy = roster.find(({ email }) => email === evidence['deputy']);
  const said: AwayNote & Required<Pick<AwayNote, 'said'>> = {
    from: String(evidence['from']),
    to: String(evidence['until']),
    ...(deputy && { deputy: deputy.email }),
    said: where,
  };
  const problems = noteProblems(said, { person, deputy, at, calendarOf: world.calendarOf });
  if (problems.length > 0) return { problems };
  const before = person.awayNotes;
  const notes = withNote(before ?? [], said, todayOf(person, at));
  if (!(await world.roster.noteAway({ email: person.email, notes, before }))) return { meanwhile: true };
  if (id !== undefined)
    await world.audit.write(id, awayAct(person.email, said, peopleKnown({ people: new Map(), roster })).entry);
  return { said, notes: [...(before ?? []), ...notes] };
}

export const waitingForUses = ['steps.openOf', 'handoffs.load'] as const;

/** A step that is to be asked for again, and the token on which its execution waits. */
interface ToAskAgain {
  readonly handoffId: string;
  readonly record: HandoffRecord;
  readonly step: string;
  readonly round: number;
  readonly token: string | undefined;
}

/** What waits for somebody who is away, or for whoever stands in. */
export async function waitingFor(
  world: WorldOf<typeof waitingForUses>,
  of: {
    readonly person: Person;
    readonly notes: readonly AwayNote[];
    /** The step on whose page they said it. */
    readonly here?: { readonly id: string; readonly step: string };
  },
): Promise<readonly ToAskAgain[]> {
  const { person, notes, here } = of;
  const named = notes.map((note) => note.deputy);
  const emails = [...new Set([person.email, person.deputy, person.manager, ...named])].filter(
    (email) => email !== undefined,
  );
  const open = (await Promise.all(emails.map((email) => world.steps.openOf(email)))).flat();
  const isHere = !here || open.some(({ id, step }) => id === here.id && step === here.step);
  const waiting: ToAskAgain[] = [];
  for (const { id, step } of isHere ? open : [...open, here]) {
    const record = await world.handoffs.load(id);
    const { round, decision, token } = record?.steps[step] ?? {};
    if (!record || round === undefined || decision) continue;
    if (isOver(record, step) || ruleIn(record, step).optional) continue;
    waiting.push({ handoffId: id, record, step, round, token });
  }
  return waiting;
}

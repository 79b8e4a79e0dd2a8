import type { Handing } from '../domain/handoff/handing.ts';
import { handedTogether, handingReaders, wasHanded } from '../domain/handoff/handing-readers.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { isOver } from '../domain/handoff/step-rule.ts';
import type { TakenPlace } from '../domain/messages/notice-input.ts';
import type { People } from '../domain/people/people.ts';
import type { Person } from '../domain/people/person.ts';
import { askStep } from '../domain/playbook/playbook.ts';
import type { RoleId } from '../domain/playbook/roles.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import { RecordsUnavailable } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import type { PassedStep } from './finish-handing.ts';
import { handOver, handOverUses } from './hand-over.ts';
import { keepMeetingPeople, meetingPeopleUses } from './meeting-people.ts';

export const takeOverRoleUses = [
  'handoffs.changePerson',
  'tokens.askAgain',
  ...handOverUses,
  ...meetingPeopleUses,
  ...noticeUses,
] as const;

type TakeOver = WorldOf<typeof takeOverRoleUses>;

export interface TakingOver {
  readonly record: HandoffRecord;
  readonly people: People;
  readonly role: RoleId;
  /** Mail address of who had the role. */
  readonly from: string;
  readonly to: Person;
  readonly at: Instant;
}

/** Who holds a role from now on, and the steps that came with it. */
export interface TakenOver {
  readonly record: HandoffRecord;
  readonly handed: Handing;
  readonly passed: readonly PassedStep[];
}

/** Somebody took a role over, and what came with it. */
export interface Turn {
  readonly taking: TakingOver;
  readonly taken: TakenOver;
}

/**
 * The CRM names somebody else for a role: they get what is open of whoever had it (P: no open task is left behind). Nobody is asked
 * yet: `keepTurns` and `tellTurns` do the rest. Called again, it goes on where it was.
 */
export async function takeOverRole(
  world: TakeOver,
  { record, people, role, from, to, at }: TakingOver,
): Promise<TakenOver> {
  const handed: Handing = { from, by: 'crm', at, why: 'asked', side: true };
  const steps: Record<string, HandoffRecord['steps'][string]> = { ...record.steps };
  const passed: PassedStep[] = [];
  for (const step of Object.values(record.steps)) {
    if (isFrom(step, handed, to)) passed.push({ step, ...(step.token !== undefined && { token: step.token }) });
    if (step.decision || (step.standInFor ?? step.owner) !== from) continue;
    if (askStep(record.playbook, step.step).optional || isOver(record, step.step)) continue;
    const moved = await handOver(world, { record, step, to, handed: { ...handed, from: step.owner }, people });
    if (!moved) continue;
    passed.push(moved);
    steps[step.step] = moved.step;
  }
  const { state } = record;
  return {
    record: { ...record, steps, state: { ...state, people: { ...state.people, [role]: to.email } } },
    handed,
    passed,
  };
}

/**
 * The roles are theirs for the rest of the handoff, where steps came with them, and the places in the meetings that lie ahead: of
 * all that changed at once each meeting is told once.
 */
export async function keepTurns(world: TakeOver, turns: readonly Turn[]): Promise<void> {
  for (const { taking, taken } of turns) if (taken.passed.length > 0) await keepRole(world, taking);
  const last = turns.at(-1);
  if (!last) return;
  const { people, at } = last.taking;
  await keepMeetingPeople(world, { record: last.taken.record, people, by: 'crm', at });
}

const keepRole = (world: TakeOver, { record, role, to }: TakingOver): Promise<void> =>
  world.handoffs.changePerson(record.state.id, role, to.email);

/** A step that an attempt before this one has handed over, and perhaps not asked. */
const isFrom = (
  { decision, handed, owner }: HandoffRecord['steps'][string],
  { at, by }: Handing,
  to: Person,
): boolean => !decision && owner === to.email && handed?.at === at && handed.by === by;

/**
 * Asks whoever took a role over for what came with it; who else is concerned hears of it then. Where nothing was open, or several
 * roles changed hands at once, they are all told here, each in one email. Throws RecordsUnavailable, to be called again, when a step
 * is between two tokens: its execution is about to wait, and nobody would ask before its next reminder.
 */
export async function tellTurns(world: TakeOver, turns: readonly Turn[]): Promise<void> {
  const quiet = turns.filter(({ taken }) => taken.passed.length === 0);
  await tellReaders(world, turns.length > 1 ? turns : quiet);
  // By this, an attempt that comes after one that was interrupted knows that they were told; and whoever asks finds who is who.
  for (const { taking } of quiet) await keepRole(world, taking);
  // Of somebody who took both roles over, each attempt after the first finds all steps with either.
  const passed = new Map(turns.flatMap(({ taken }) => taken.passed).map(({ step, token }) => [step.step, token]));
  const gone: string[] = [];
  for (const [step, token] of passed) {
    const woken = token === undefined ? 'gone' : await world.tokens.askAgain(token);
    if (woken === 'gone') gone.push(step);
  }
  const [first] = turns;
  if (first && gone.length > 0)
    throw new RecordsUnavailable(
      `Nothing waits for ${gone.join(', ')} of ${first.taking.record.state.id} at this moment: try again.`,
    );
}

/** What somebody hears: who has whose place, and the steps that came with it. */
interface TurnNews extends TakenPlace {
  readonly person: Person;
  readonly kind: 'handed-away' | 'taken-over';
  readonly steps: readonly string[];
  readonly key: string;
}

/** Tells each of all that concerns them, what is about themselves first. Whoever is asked now hears of it by that. */
async function tellReaders(world: TakeOver, turns: readonly Turn[]): Promise<void> {
  const [first] = turns;
  if (!first) return;
  const { people, at } = first.taking;
  const asked = turns.flatMap(({ taking, taken }) => (taken.passed.length > 0 ? taking.to.email : []));
  const byReader = new Map<string, readonly [TurnNews, ...TurnNews[]]>();
  const record = turns.at(-1)?.taken.record ?? first.taken.record;
  for (const news of turns.flatMap((turn) => newsOf(turn, record))) {
    const { email } = news.person;
    if (asked.includes(email)) continue;
    const before = byReader.get(email);
    const isOwn = news.kind === 'handed-away' || news.newOwner === email;
    byReader.set(email, before ? (isOwn ? [news, ...before] : [...before, news]) : [news]);
  }
  for (const [{ person, key, ...told }, ...others] of byReader.values()) {
    const also = others.map(({ newOwner, handed }) => ({ newOwner, handed }));
    const notice = { ...told, ...(also.length > 0 && { also }) };
    const covers = others.map((other) => other.key);
    await sendNotice(world, { record, people, person, notice, key, step: told.steps[0] ?? '', at, covers });
  }
}

/**
 * What is told of one turn: of all steps that came from one person together, or of the role alone. Those hear it who were concerned
 * then, and those who are once all have changed.
 */
function newsOf(
  { taking: { people, to, at }, taken: { record, handed, passed } }: Turn,
  after: HandoffRecord,
): TurnNews[] {
  const asHanded = passed.map(({ step }) => step).filter(wasHanded);
  const firsts = asHanded.filter((step) => handedTogether(record, step)[0]?.step === step.step);
  const role = {
    step: '',
    round: 0,
    owner: to.email,
    askedAt: at,
    dueAt: at,
    because: '',
    pauses: [],
    earlier: [],
    handed,
  };
  const told = asHanded.length > 0 ? firsts : [role];
  return told.flatMap((step) => {
    const then = handingReaders(record, step, people);
    const known = then.map(({ person }) => person.email);
    const now = handingReaders(after, step, people).filter(({ person }) => !known.includes(person.email));
    const isRole = step === role;
    const all = [...then, ...now, ...(isRole && to.active ? [{ person: to, as: 'concerned' as const }] : [])];
    return all.map(({ person, as }) => ({
      person,
      kind: as === 'before' ? ('handed-away' as const) : ('taken-over' as const),
      steps: isRole ? [] : handedTogether(record, step).map((each) => each.step),
      newOwner: to.email,
      handed: step.handed,
      key: handedKey(step.handed, to, person),
    }));
  });
}

/** What one person is told of it goes out once, under this. */
export const handedKey = (
  { at, from }: Pick<Handing, 'at' | 'from'>,
  to: Person,
  { email }: Pick<Person, 'email'>,
): string => `handed-over/${at}/${from}/${to.email}/${email}`;

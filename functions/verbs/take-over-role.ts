import type { Handing } from '../domain/handoff/handing.ts';
import { handingReaders } from '../domain/handoff/handing-readers.ts';
import { type HandoffRecord, isOver } from '../domain/handoff/handoff.ts';
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

/**
 * The CRM names somebody else for a role: they get what is open of whoever had it, the role for the rest of the handoff, and
 * its place in the meetings that lie ahead (P: no open task is left behind). Nobody is asked yet; where nothing was open, `tellTakenOver` does the rest. Called again, it goes on
 * where it was.
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
  const after = { ...record, steps, state: { ...state, people: { ...state.people, [role]: to.email } } };
  const taken = { record: after, handed, passed };
  if (passed.length > 0) await keepRole(world, taken, { people, role, to, at });
  return taken;
}

/** The role is theirs, and its place in the meetings that lie ahead. */
async function keepRole(
  world: TakeOver,
  { record }: TakenOver,
  { people, role, to, at }: Pick<TakingOver, 'people' | 'role' | 'to' | 'at'>,
): Promise<void> {
  await world.handoffs.changePerson(record.state.id, role, to.email);
  await keepMeetingPeople(world, { record, people, by: 'crm', at });
}

/** A step that an attempt before this one has handed over, and perhaps not asked. */
const isFrom = (
  { decision, handed, owner }: HandoffRecord['steps'][string],
  { at, by }: Handing,
  to: Person,
): boolean => !decision && owner === to.email && handed?.at === at && handed.by === by;

/**
 * Asks whoever took a role over for what came with it; who else is concerned hears of it then. Where nothing was open, they
 * are all told. Throws RecordsUnavailable, to be called again, when a step is between two tokens: its execution is about to
 * wait, and nobody would ask before its next reminder.
 */
export async function tellTakenOver(world: TakeOver, taken: TakenOver, taking: TakingOver): Promise<void> {
  const { record, handed, passed } = taken;
  const { people, to, at } = taking;
  const gone: string[] = [];
  for (const { step, token } of passed) {
    const woken = token === undefined ? 'gone' : await world.tokens.askAgain(token);
    if (woken === 'gone') gone.push(step.step);
  }
  if (gone.length > 0)
    throw new RecordsUnavailable(
      `Nothing waits for ${gone.join(', ')} of ${record.state.id} at this moment: try again.`,
    );
  if (passed.length > 0) return;
  for (const { person, as } of takingOverReaders(record, handed, { people, to })) {
    const kind = as === 'before' ? 'handed-away' : 'taken-over';
    const notice = { kind, steps: [], newOwner: to.email, handed } as const;
    const key = handedKey(handed, to, person);
    await sendNotice(world, { record, people, person, notice, key, step: '', at });
  }
  // Last: by this, an attempt that comes after one that was interrupted knows that they were told.
  await keepRole(world, taken, taking);
}

/** What one person is told of it goes out once, under this. */
export const handedKey = (
  { at, from }: Pick<Handing, 'at' | 'from'>,
  to: Person,
  { email }: Pick<Person, 'email'>,
): string => `handed-over/${at}/${from}/${to.email}/${email}`;

function takingOverReaders(
  record: HandoffRecord,
  handed: Handing,
  { people, to }: Pick<TakingOver, 'people' | 'to'>,
): readonly { readonly person: Person; readonly as: 'before' | 'concerned' }[] {
  const nothing = { step: '', round: 0, owner: to.email, askedAt: handed.at, dueAt: handed.at, because: '' };
  const readers = handingReaders(record, { ...nothing, pauses: [], earlier: [], handed }, people);
  return [...readers, ...(to.active ? [{ person: to, as: 'concerned' as const }] : [])];
}

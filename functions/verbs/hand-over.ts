import type { AuditEntry } from '../domain/handoff/audit-entry.ts';
import type { Handing } from '../domain/handoff/handing.ts';
import { type HandingOver, handedOver } from '../domain/handoff/handing-over.ts';
import type { StepRecord } from '../domain/handoff/handoff.ts';
import { nameOf, type People } from '../domain/people/people.ts';
import { dateIn } from '../domain/time/wording.ts';
import type { WorldOf } from '../ports/world.ts';

export const handOverUses = ['steps.handOver', 'audit.write', 'calendarOf'] as const;

/**
 * Gives a step to somebody else, and puts it on record. Undefined when it was decided or went to somebody else in the
 * meantime. Who is concerned hears of it when the step is asked again.
 */
export async function handOver(
  world: WorldOf<typeof handOverUses>,
  handing: Omit<HandingOver, 'calendarOf'> & Pick<AuditEntry, 'from'>,
): Promise<{ readonly step: StepRecord; readonly token?: string } | undefined> {
  const { record, step, handed, people } = handing;
  const change = handedOver({ ...handing, calendarOf: world.calendarOf });
  const { id } = record.state;
  const result = await world.steps.handOver({ id, step: step.step, round: step.round, from: step.owner, change });
  if (!result.changed) return undefined;
  const detail = `From ${step.owner} to ${change.owner}. ${whyText(handed, people, change.standInFor)}`;
  await world.audit.write(id, handingEntry(handed, { step: step.step, detail, from: handing.from }));
  const { standInFor: _, mailHeldUntil: __, ...rest } = step;
  return { step: { ...rest, ...change }, ...(result.token !== undefined && { token: result.token }) };
}

/** How it stands in the audit trail that somebody else has a step, or a part in it. */
export const handingEntry = (
  { at, by, why }: Handing,
  { detail, ...known }: Required<Pick<AuditEntry, 'step' | 'detail' | 'from'>>,
): AuditEntry => ({ at, who: by, what: why === 'asked' ? 'reassigned' : 'stand-in', detail: detail.trim(), ...known });

/** Why somebody else has it now, for the audit trail: `standInFor` is away where one stand-in follows another. */
export function whyText({ why, from, until, reason = '', at }: Handing, people: People, standInFor = from): string {
  const zone = people.get(from)?.availability.zone ?? 'UTC';
  switch (why) {
    case 'asked':
      return reason;
    case 'away':
      return `${nameOf(people, standInFor)} is away${until ? ` until ${dateIn(zone, until, at)}` : ''}.`;
    case 'left':
      return `${nameOf(people, from)} has left.`;
    case 'back':
      return 'They are back.';
  }
}

import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { operationsOf } from '../domain/handoff/who-is-asked.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import { tellEach } from '../mailing/tell-each.ts';
import { HandoffAbandoned } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import { endMeetings, endMeetingsUses } from './end-meetings.ts';
import { concernedByEnd, involvedUses } from './involved-people.ts';

export const abandonUses = [
  'handoffs.changeStatus',
  'audit.trail',
  'audit.write',
  ...endMeetingsUses,
  ...involvedUses,
  ...noticeUses,
] as const;

type Abandon = WorldOf<typeof abandonUses>;

/** A handoff in which a step was open for too long. `at`: UTC. */
interface GivingUp {
  readonly record: HandoffRecord;
  readonly step: string;
  readonly at: Instant;
}

/**
 * Gives up: everybody who answers for the handoff, or was told anything of it, is told once more, meetings that lie ahead are
 * called off, and the execution fails loudly. Reminders of a date stay: the customer is still there. Always throws
 * HandoffAbandoned. `title`: what was open.
 */
export async function abandon(
  world: Abandon,
  { record, step, title, at }: GivingUp & { readonly title: string },
): Promise<never> {
  const reason = `"${title}" was still open ${record.playbook.abandonAfter} after closed won.`;
  await world.handoffs.changeStatus({ id: record.state.id, from: ['open', 'stalled'], to: 'abandoned', at, reason });
  await putOnRecord(world, { record, step, at, reason });
  return giveUp(world, { record, step, at, reason });
}

/** Goes on with giving up where it was interrupted, once the record says so. Always throws HandoffAbandoned: no mail is repeated. */
export async function giveUpAgain(world: Abandon, { record, step, at }: GivingUp): Promise<never> {
  const { id, endedAt = at, reason = '' } = record.state;
  const trail = await world.audit.trail(id, endedAt, { record });
  if (!trail.some(({ what }) => what === 'abandoned')) await putOnRecord(world, { record, step, at: endedAt, reason });
  return giveUp(world, { record, step, at, reason });
}

interface GivenUp extends GivingUp {
  /** As the record has it. */
  readonly reason: string;
}

const putOnRecord = (world: Abandon, { record, step, at, reason: detail }: GivenUp): Promise<void> =>
  world.audit.write(record.state.id, { at, who: 'system', what: 'abandoned', step, detail, from: 'execution' });

async function giveUp(world: Abandon, { record, step, at, reason }: GivenUp): Promise<never> {
  const { people, concerned } = await concernedByEnd(world, record);
  const { entries, mails } = await endMeetings(world, { record, people, by: 'system', reason, at });
  // Somebody has to take the customer over now: operations hear of it even if nothing was ever theirs.
  const operations = operationsOf(record, people);
  const notice = { kind: 'handoff-abandoned', step, reason } as const;
  const told = [...new Set([...concerned, ...(operations ? [operations] : [])])].map((person) => {
    const [key, invitation] = [`handoff-abandoned/${person.email}`, entries.get(person.email)];
    return () => sendNotice(world, { record, people, person, notice, key, step, at, invitation });
  });
  // The execution ends with this, and with it whoever else is at it, in a branch beside this one.
  await tellEach([...mails, ...told]);
  throw new HandoffAbandoned(reason);
}

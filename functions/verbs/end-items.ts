import type { AuditEntry } from '../domain/handoff/audit-entry.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { type ItemRecord, itemsOf } from '../domain/handoff/open-items.ts';
import { holderOf } from '../domain/handoff/roles-held.ts';
import { toldOfTrouble } from '../domain/handoff/trouble.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import { tellEach } from '../mailing/tell-each.ts';
import type { WorldOf } from '../ports/world.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';

export const endItemsUses = ['executions.stop', 'steps.decide', 'audit.write', ...involvedUses, ...noticeUses] as const;

export interface EndingItems {
  readonly record: HandoffRecord;
  /** Who says that the deal is over: a mail address, or `crm`. */
  readonly by: string;
  readonly reason: string;
  readonly at: Instant;
  readonly from: AuditEntry['from'];
}

/**
 * The deal of a handoff that had ended is over: what it left open is left out, and the executions that ask for it are stopped.
 * Whoever was asked, was told of trouble with it, or let the handoff go on without it hears of all of it in one mail. Called
 * again, it goes on where it was. Throws the first trouble with a mail when all have been tried.
 */
export async function endItems(world: WorldOf<typeof endItemsUses>, ending: EndingItems): Promise<void> {
  const { record, by, reason, at, from } = ending;
  const { id } = record.state;
  const decision = { choice: 'skipped', by, as: 'system', at, evidence: { reason } } as const;
  const ended: ItemRecord[] = [];
  for (const item of itemsOf(record)) {
    const { step, round } = item;
    if (item.decision && !(item.decision.by === by && item.decision.as === 'system')) continue;
    // First of all: an execution that goes on would tell of it in its own words.
    await world.executions.stop(id, reason, step);
    const result = item.decision ? undefined : await world.steps.decide({ id, step, round, decision });
    // Its owner settled it in this very moment.
    if (result && !result.decided && result.first?.by !== by) continue;
    const detail = `${item.item.title}: ${reason}`;
    if (result?.decided) await world.audit.write(id, { at, who: by, what: 'decided', step, detail, from });
    ended.push(item);
  }
  const told = Map.groupBy(
    ended.flatMap((item) => readersOf(record, item, at).map((email) => ({ email, item }))),
    ({ email }) => email,
  );
  const people = await involvedPeople(world, record, [...told.keys()]);
  const tellings = [...told].map(([email, news]) => async () => {
    const person = people.get(email);
    if (!person?.active || email === by) return;
    const notice = { kind: 'items-ended', steps: news.map(({ item }) => item.step), by, reason } as const;
    const key = `items-ended/${email}`;
    await sendNotice(world, { record, people, person, notice, key, step: '', at });
  });
  await tellEach(tellings);
}

/** Whoever is asked for an item, was told of trouble with it, let the handoff go on without it, or works without it. */
function readersOf(record: HandoffRecord, item: ItemRecord, at: Instant): readonly string[] {
  const told = toldOfTrouble(record, item, { since: undefined, before: at });
  const { owner, standInFor } = item;
  const concerned = [owner, standInFor, item.item.by, holderOf(record, 'customerSuccessManager'), ...told];
  return [...new Set(concerned)].filter((email) => email !== undefined);
}

import { type HandoffRecord, isClosed } from '../domain/handoff/handoff.ts';
import { type ItemRecord, isSupplied } from '../domain/handoff/open-items.ts';
import { settledReaders } from '../domain/handoff/trouble.ts';
import type { People } from '../domain/people/people.ts';
import { openItemStep } from '../domain/playbook/capabilities.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import type { WorldOf } from '../ports/world.ts';
import { noteUnanswered } from './note-unanswered.ts';

export const settleItemUses = ['steps.decide', 'audit.write', ...noticeUses] as const;

type Settle = WorldOf<typeof settleItemUses>;

/**
 * Whether an open item is settled: by its owner, by somebody who left it out, or because what it owes the package is in it,
 * whoever put it there. Whoever let the handoff go on without it, and the customer success manager, are told once.
 */
export async function settleItem(
  world: Settle,
  { record, people, item, at }: { record: HandoffRecord; people: People; item: ItemRecord; at: Instant },
): Promise<boolean> {
  const supplied = openItemStep(record.playbook)?.rule.choices.find(({ does }) => does === 'supply-answers');
  if (!item.decision && !isSupplied(record, item)) return false;
  const decision = item.decision ?? { choice: supplied?.id ?? '', by: 'system', as: 'system', at, evidence: {} };
  if (!item.decision) {
    const { step, round } = item;
    await world.steps.decide({ id: record.state.id, step, round, decision });
  }
  // Whoever settled it may have been interrupted before it was on record.
  if (decision.by === 'system' && decision.choice === supplied?.id) {
    const detail = `${item.item.title}: the answers are in the package`;
    const entry = {
      at: decision.at,
      who: 'system',
      what: 'decided',
      step: item.step,
      detail,
      from: 'execution',
    } as const;
    await world.audit.write(record.state.id, entry);
  }
  for (const email of new Set(settledReaders(record, item))) {
    const person = people.get(email);
    if (!person || person.email === decision.by) continue;
    const notice = { kind: 'item-settled', step: item.step, decision } as const;
    const key = `item-settled/${item.step}/${person.email}`;
    await sendNotice(world, { record, people, person, notice, key, step: item.step, at: decision.at });
  }
  return true;
}

/** Its handoff was canceled or abandoned: nobody is asked for it any more. */
export async function endItem(
  world: Pick<Settle, 'steps' | 'audit'>,
  { record, item, at }: { record: HandoffRecord; item: ItemRecord; at: Instant },
): Promise<void> {
  if (!isClosed(record.state.status)) return;
  const { step, round } = item;
  const decision = item.decision ?? { choice: 'unanswered', by: 'system', as: 'system', at, evidence: {} };
  if (!item.decision) await world.steps.decide({ id: record.state.id, step, round, decision });
  if (decision.choice === 'unanswered') await noteUnanswered(world, record, { step, decision });
}

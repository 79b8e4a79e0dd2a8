import { type HandoffRecord, isClosed } from '../domain/handoff/handoff.ts';
import { settledWell } from '../domain/handoff/negative-answers.ts';
import { type ItemRecord, isSupplied } from '../domain/handoff/open-items.ts';
import { isGivenUp, settledReaders } from '../domain/handoff/trouble.ts';
import { managerOf } from '../domain/handoff/who-is-asked.ts';
import { announcementMessage } from '../domain/messages/announcement.ts';
import type { People } from '../domain/people/people.ts';
import { announcementRule } from '../domain/playbook/announcements.ts';
import { openItemStep } from '../domain/playbook/capabilities.ts';
import { ruleOfStep } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { sendAnnounced, sendAnnouncedUses } from '../mailing/send-announced.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import type { WorldOf } from '../ports/world.ts';
import { noteUnanswered } from './note-unanswered.ts';

export const settleItemUses = [
  'steps.decide',
  'audit.write',
  'site',
  'calendarOf',
  ...noticeUses,
  ...sendAnnouncedUses,
] as const;

type Settle = WorldOf<typeof settleItemUses>;

/**
 * Whether an open item is settled: by its owner, by somebody who left it out, or because what it owes the package is in it,
 * whoever put it there. Whoever let the handoff go on without it, and the customer success manager, are told once; so is the manager of
 * an owner who gives it up (a negative answer is not done), and who hears of what it now makes come true.
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
  const settled = { ...item, decision };
  const owner = isGivenUp(record, settled) ? people.get(item.owner) : undefined;
  const manager = owner && managerOf(record, people, owner)?.email;
  const heard = await tellAsAnswered(world, { record, people, item: settled, at });
  for (const email of new Set([...settledReaders(record, settled), ...(manager ? [manager] : [])])) {
    const person = people.get(email);
    if (!person || person.email === decision.by || heard.includes(email)) continue;
    const notice = { kind: 'item-settled', step: item.step, decision } as const;
    const key = `item-settled/${item.step}/${person.email}`;
    await sendNotice(world, { record, people, person, notice, key, step: item.step, at: decision.at });
  }
  return true;
}

/**
 * What a step tells when it is answered (first value, say) is told now that its no has become a yes, once. Who is told: mail
 * addresses. What goes to customers is approved on the step, and nowhere else.
 */
async function tellAsAnswered(
  world: Settle,
  { record, people, item, at }: { record: HandoffRecord; people: People; item: ItemRecord; at: Instant },
): Promise<readonly string[]> {
  const { from, settledAs } = item.item;
  const rule = ruleOfStep(record.playbook, from);
  const say = rule?.kind === 'ask' ? rule.announce?.say : undefined;
  if (settledAs === undefined || !say || announcementRule(say).toCustomer || !settledWell(record, item)) return [];
  const { site, calendarOf } = world;
  const draft = announcementMessage({ record, say, people, at, site, calendarOf });
  if ('nothing' in draft) return [];
  await sendAnnounced(world, { record, people, step: item.step, say, kind: say, key: say, at, draft });
  return draft.to.map(({ email }) => email);
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

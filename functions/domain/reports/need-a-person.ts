import { dayLength } from '../time/calendar-instant.ts';
import type { Measured, MeasuredHandoff, MeasuredPlaybook } from './measured-handoff.ts';
import { isRunning, overdueRounds, titleIn } from './steps.ts';

/** Why a handoff needs a person: `days` are calendar days until everything was measured. */
export type Need =
  | { readonly kind: 'stalled'; readonly days: number; readonly step?: string; readonly title?: string }
  | { readonly kind: 'overdue'; readonly days: number; readonly step: string; readonly title: string }
  | { readonly kind: 'open items'; readonly count: number }
  | { readonly kind: 'returned'; readonly count: number };

/** A handoff that needs a person, by its customer, without anybody's name. */
export interface NeedsAPerson {
  readonly handoff: string;
  readonly customer: string;
  readonly need: Need;
}

/** Why handoffs are chosen, the most pressing kind first; of each kind the worst first. */
const kinds: readonly ((measured: Measured) => readonly NeedsAPerson[])[] = [stalled, overdue, openItems, returned];

/**
 * The handoffs that need a person most, at most so many, each once: the worst of each kind (stalled longest, longest overdue, most
 * overdue open items, returned most), then the second of each kind, until there are enough.
 */
export function needAPerson(measured: Measured, most: number): readonly NeedsAPerson[] {
  const byKind = kinds.map((kind) => kind(measured));
  const deepest = Math.max(...byKind.map((found) => found.length));
  const inTurn = Array.from({ length: deepest }, (_, i) => byKind.flatMap((found) => found[i] ?? [])).flat();
  const chosen = new Map<string, NeedsAPerson>();
  for (const each of inTurn) if (!chosen.has(each.handoff)) chosen.set(each.handoff, each);
  return [...chosen.values()].slice(0, most);
}

function stalled({ asOf, handoffs, playbooks }: Measured): readonly NeedsAPerson[] {
  return worstFirst(
    handoffs
      .filter(({ status }) => status === 'stalled')
      .map((handoff) => {
        const since = handoff.stalledAt.at(-1) ?? handoff.signedAt;
        const days = Math.max(0, Math.floor((Date.parse(asOf) - Date.parse(since)) / dayLength));
        return { handoff, weight: days, need: { kind: 'stalled', days, ...longestOpen(handoff, playbooks) } };
      }),
  );
}

function overdue({ handoffs, playbooks }: Measured): readonly NeedsAPerson[] {
  const rounds = overdueRounds(handoffs.filter(({ status }) => status === 'open'));
  return worstFirst(
    rounds.map(({ handoff, round: { step }, days }) => ({
      handoff,
      weight: days,
      need: { kind: 'overdue', days, step, title: titleIn(playbooks, step) },
    })),
  );
}

/** Open items outlive their handoff. */
function openItems({ handoffs }: Measured): readonly NeedsAPerson[] {
  return worstFirst(
    handoffs.map((handoff) => ({
      handoff,
      weight: handoff.openItems.overdue,
      need: { kind: 'open items', count: handoff.openItems.overdue },
    })),
  ).filter(({ need }) => need.kind === 'open items' && need.count > 0);
}

/** Once is a question; twice is a disagreement. */
function returned({ handoffs }: Measured): readonly NeedsAPerson[] {
  return worstFirst(
    handoffs
      .filter((handoff) => isRunning(handoff) && handoff.returns > 1)
      .map((handoff) => ({ handoff, weight: handoff.returns, need: { kind: 'returned', count: handoff.returns } })),
  );
}

interface Weighed {
  readonly handoff: MeasuredHandoff;
  readonly weight: number;
  readonly need: Need;
}

const worstFirst = (found: readonly Weighed[]): readonly NeedsAPerson[] =>
  found
    .toSorted((a, b) => b.weight - a.weight || (a.handoff.id < b.handoff.id ? -1 : 1))
    .map(({ handoff: { id, customer }, need }) => ({ handoff: id, customer, need }));

function longestOpen(
  handoff: MeasuredHandoff,
  playbooks: readonly MeasuredPlaybook[],
): { step?: string; title?: string } {
  const [longest] = overdueRounds([handoff]);
  return longest ? { step: longest.round.step, title: titleIn(playbooks, longest.round.step) } : {};
}

import type { Rest } from '../handoff/resting.ts';
import { dayLength } from '../time/calendar-instant.ts';
import type { Measured, MeasuredHandoff, MeasuredPlaybook, MeasuredRound } from './measured-handoff.ts';
import { heldUpAt, isRunning, overdueRounds, titleIn } from './steps.ts';

/** Why a handoff needs a person: `days` are calendar days until everything was measured. */
export type Need =
  | {
      readonly kind: 'stalled';
      readonly days: number;
      readonly step?: string;
      readonly title?: string;
      /** Somebody else than the step's owner is to act. */
      readonly rests?: Rest;
    }
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
      .map((handoff) => ({ handoff, round: heldUpAt(handoff) }))
      // Nobody here can do anything while the customer is waited for.
      .filter(({ round }) => round?.rests?.for !== 'customer')
      .map(({ handoff, round }) => {
        const since = handoff.stalledAt.at(-1) ?? handoff.signedAt;
        const days = Math.max(0, Math.floor((Date.parse(asOf) - Date.parse(since)) / dayLength));
        return { handoff, weight: days, need: { kind: 'stalled', days, ...(round && named(round, playbooks)) } };
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

const named = ({ step, rests }: MeasuredRound, playbooks: readonly MeasuredPlaybook[]) => ({
  ...{ step, title: titleIn(playbooks, step) },
  ...(rests && { rests }),
});

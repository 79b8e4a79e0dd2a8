import type { AuditEntry, AuditKind } from './audit-entry.ts';

/** What sets off other things, before what it sets off: of one instant, they are told in this order. */
const causes: readonly AuditKind[] = [
  'deal-proposed',
  'draft-ended',
  'deal-won',
  'deal-merged',
  'deal-changed',
  'outcome',
  'handoff-started',
  'package-saved',
  'exception-requested',
  'exception-declined',
  'decided',
  'unanswered',
  'note',
  'away-noted',
  'mail-bounced',
  'mail-complained',
  'waiting-for-customer',
  'meeting-moved',
  'meeting-called-off',
  'rules-changed',
  'reassigned',
  'stand-in',
  'item-opened',
  'cancelled',
  'abandoned',
  'stalled',
];

/** What comes of one step, in the order in which it comes. */
const effects: readonly AuditKind[] = ['asked', 'mail-delayed', 'mail-rejected', 'mail-sent', 'told-in-digest'];

/**
 * The trail in the order in which things happened, the oldest first. Of one instant, what was done stands before what came of
 * it; what came of it goes step by step in the order of `steps`, a request before its email; how the handoff ended, last.
 */
export function inOrder(trail: readonly AuditEntry[], steps: readonly string[]): readonly AuditEntry[] {
  const flow = new Map(steps.map((step, i) => [step, i]));
  const keyOf = (entry: AuditEntry): readonly number[] => {
    const cause = causes.indexOf(entry.what);
    const effect = effects.indexOf(entry.what);
    const isEnd = entry.what === 'complete';
    return [
      Date.parse(entry.at),
      isEnd ? causes.length + 1 : cause < 0 ? causes.length : cause,
      flow.get(entry.step ?? '') ?? steps.length,
      effect < 0 ? effects.length : effect,
    ];
  };
  return trail
    .map((entry, i) => ({ entry, key: [...keyOf(entry), i] }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ entry }) => entry);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((value, i) => value !== b[i]);
  return differs < 0 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0);
}

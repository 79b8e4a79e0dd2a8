import type { RecordedFact } from '../../functions/domain/reports/fact.ts';
import type { World } from '../../functions/ports/world.ts';
import { anna, lena } from './handoff-record.ts';
import { measuredHandoff, measuredRound } from './measured.ts';

/** The night in which old months are looked at. */
export const at = '2026-11-22T01:10:00Z';
const left = 'left@example.com';
/** Whoever is in a row that stays. */
export const stays = 'stays@example.com';

const factOf = (handoff: string, on: string, more: Partial<RecordedFact> = {}) =>
  ({ kind: 'stalled', key: `stalled/${on}`, handoff, at: on, revision: 1, recordedAt: on, ...more }) as RecordedFact;

/** Handoffs of some months, with facts, published weeks and notes of audits; what stands of `old` moved from one week to another. */
export async function fillOldMonths(world: World): Promise<void> {
  const ids = await world.pseudonyms.idsOf([left, stays, anna]);
  const row = (id: string, signedAt: string, more = {}) =>
    measuredHandoff({
      ...{ id, signedAt, status: 'complete', endedAt: signedAt, accountExecutive: ids.get(left) ?? '' },
      ...more,
    });
  const owner = ids.get(stays) ?? '';
  await world.measured.save({
    asOf: at,
    playbooks: [],
    handoffs: [
      row('old', '2025-09-30T23:59:59Z'),
      row('older', '2024-02-29T12:00:00Z', { status: 'cancelled' }),
      row('owing', '2025-09-02T10:00:00Z', {
        accountExecutive: owner,
        openItems: { opened: 1, settled: 0, overdue: 1, owed: 1 },
      }),
      row('open', '2025-09-02T10:00:00Z', { status: 'open', endedAt: undefined, accountExecutive: owner }),
      row('kept', '2025-10-01T00:00:00Z', { accountExecutive: owner, rounds: [measuredRound({ owner })] }),
    ],
  });
  for (const [id, on] of [
    ['old', '2025-12-20T10:00:00Z'],
    ['older', '2024-02-29T12:00:00Z'],
    ['owing', '2025-09-03T10:00:00Z'],
    ['open', '2025-09-03T10:00:00Z'],
    ['kept', '2025-10-01T00:00:00Z'],
  ] as const) {
    const moved = id === 'old' ? [factOf(id, '2025-11-03T10:00:00Z', { key: `stalled/${on}` })] : [];
    const standing = factOf(id, on, { revision: moved.length + 1 });
    await world.facts.record({ handoffId: id, news: [...moved, standing], standing: [standing], over: [] });
  }
  for (const week of ['2024-W09', '2025-W39', '2025-W40', '2026-W46'])
    await world.publishedWeeks.keep({ week, at, figures: [] } as never);
  for (const quarter of ['2024-Q1', '2025-Q3', '2025-Q4'])
    await world.remediations.add({
      ...{ id: quarter, quarter, handoffId: 'old', what: 'Call earlier.', owner: anna, by: '2026-12-01' },
      ...{ writtenBy: lena, at },
    });
}

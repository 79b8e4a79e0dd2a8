import { describe, expect, it } from 'vitest';
import type { HandoffRecord, HandoffState } from '../../../functions/domain/handoff/handoff.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import { showBoard, showHandoff } from '../../../functions/verbs/show-operations.ts';
import { roster } from '../../support/deals.ts';
import { anna, calendarOf, handoffRecord, lena, site, stepRecord } from '../../support/handoff-record.ts';

const at = '2026-11-25T12:00:00Z';
const hours = (count: number): Instant => new Date(Date.parse(at) + count * 3_600_000).toISOString();

interface Kept {
  readonly id: string;
  readonly state?: Partial<HandoffState>;
  readonly step?: string;
  readonly owner?: string;
  readonly dueAt?: Instant;
}

/** A world with these handoffs, each with a step that is open; it counts what is read whole. */
function worldOf(kept: readonly Kept[]) {
  const loaded: string[] = [];
  const usual = handoffRecord();
  const states = new Map(kept.map(({ id, state }) => [id, { ...usual.state, ...state, id } satisfies HandoffState]));
  return {
    loaded,
    roster: { everybody: async () => roster() },
    desks: {
      openWorkOf: async (email: string) => ({
        steps: kept.flatMap(({ id, step = 'review-brief', owner = lena, dueAt = hours(1) }) =>
          owner === email ? [{ id, step, dueAt }] : [],
        ),
        handoffs: [],
      }),
    },
    handoffs: {
      statesOf: async (ids: readonly string[]) => ids.flatMap((id) => states.get(id) ?? []),
      load: async (id: string): Promise<HandoffRecord | undefined> => {
        loaded.push(id);
        const state = states.get(id);
        const step = stepRecord('review-brief', { dueAt: hours(1) });
        return state && { ...handoffRecord({ steps: [step] }), state };
      },
    },
  };
}

const shown = async (kept: readonly Kept[], filter = {}, page = 1) => {
  const world = worldOf(kept);
  return { board: await showBoard(world)({ filter, page, at }), loaded: world.loaded };
};

describe('The board for operations', () => {
  it('reads forty of a thousand handoffs whole, and says how many there are', async () => {
    const thousand = Array.from({ length: 1000 }, (_, i) => ({ id: `D-${i}-1`, dueAt: hours(i - 500) }));
    const { board, loaded } = await shown(thousand);
    expect(loaded).toHaveLength(40);
    expect(loaded.slice(0, 2)).toEqual(['D-0-1', 'D-1-1']);
    expect(board).toMatchObject({ before: 0, total: 1000, page: 1, pages: 25 });
    const last = await shown(thousand, {}, 99);
    expect(last.board).toMatchObject({ before: 960, page: 25 });
    expect(last.loaded.at(-1)).toBe('D-999-1');
  });

  it('has what is stalled first, then what was due first', async () => {
    const { loaded } = await shown([
      { id: 'later', dueAt: hours(9) },
      { id: 'late', dueAt: hours(-9) },
      { id: 'stalled', state: { status: 'stalled' }, dueAt: hours(-1) },
    ]);
    expect(loaded).toEqual(['stalled', 'late', 'later']);
  });

  it('leaves out what has ended, unless an open item of it has not', async () => {
    const complete = { status: 'complete' } as const;
    const { loaded } = await shown([
      { id: 'remarks', state: complete, step: 'share-remarks' },
      { id: 'owes', state: complete, step: 'settle-open-item-2' },
      { id: 'canceled', state: { status: 'cancelled' }, step: 'settle-open-item-1' },
      { id: 'of-years-ago', step: 'review-brief', dueAt: hours(-24 * 500) },
    ]);
    expect(loaded).toEqual(['owes']);
  });

  it('finds by person, segment and lateness, without reading the others', async () => {
    const kept: Kept[] = [
      { id: 'mine', owner: anna, state: { people: {} } },
      { id: 'role', state: { people: { salesManager: anna } } },
      { id: 'theirs', state: { people: {}, segment: 'enterprise' }, dueAt: hours(-1) },
    ];
    expect((await shown(kept, { person: anna })).loaded).toEqual(['mine', 'role']);
    expect((await shown(kept, { segment: 'enterprise' })).loaded).toEqual(['theirs']);
    expect((await shown(kept, { late: true })).loaded).toEqual(['theirs']);
    const { board } = await shown(kept, { person: 'nobody@example.com' });
    expect([board.total, board.handoffs, board.segments]).toEqual([0, [], ['enterprise', 'standard']]);
  });
});

describe('A handoff for operations', () => {
  const world = {
    handoffs: { load: async (id: string) => (id === 'D-1-1' ? handoffRecord() : undefined) },
    deals: { read: async (id: string) => (id === 'D-2-1' ? { deal: handoffRecord().deal, notes: [] } : undefined) },
    audit: { trail: async () => [] },
    roster: { everybody: async () => roster() },
    calendarOf,
    site,
    executionPage: (id: string) => `https://console.example/${id}`,
  };

  it('is found once it has begun, and before; nothing is found under any other id', async () => {
    const found = await showHandoff(world)({ id: 'D-1-1', at });
    expect([found?.handoff.record?.state.status, found?.execution]).toEqual(['open', 'https://console.example/D-1-1']);
    expect((await showHandoff(world)({ id: 'D-2-1', at }))?.handoff.record).toBeUndefined();
    for (const id of ['', 'nobody', 'x'.repeat(3000)]) expect(await showHandoff(world)({ id, at })).toBeUndefined();
  });
});

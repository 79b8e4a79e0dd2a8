import { type OpenWork, runningIn } from '../domain/step/open-work.ts';
import {
  indexedHandoffs,
  isAskedFor,
  itemSteps,
  type OperationsBoard,
  type OperationsFilter,
  type OperationsHandoff,
  onPage,
} from '../domain/step/operations-view.ts';
import { whereWeStand } from '../domain/step/where-we-stand.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { inTurns } from './in-turns.ts';

export const showBoardUses = ['roster.everybody', 'desks.openWorkOf', 'handoffs.statesOf', 'handoffs.load'] as const;

/**
 * What is open in all handoffs, a page of it read whole. The index tells whose steps are open where and by when, the small
 * records of these handoffs their status, segment and roles; the order and the filter need no more. `page`: 1 for the first; one
 * beyond the last is the last.
 */
export const showBoard =
  (world: WorldOf<typeof showBoardUses>) =>
  async (asked: { filter: OperationsFilter; page: number; at: Instant }): Promise<OperationsBoard> => {
    const { filter, at } = asked;
    const roster = await world.roster.everybody();
    const open = await inTurns(roster, async ({ email }) => [email, await world.desks.openWorkOf(email)] as const);
    const work: ReadonlyMap<string, OpenWork> = new Map(open);
    const ids = new Set(open.flatMap((each) => runningIn(each[1], at)));
    const all = indexedHandoffs(await world.handoffs.statesOf([...ids]), work);
    const chosen = all.filter((handoff) => isAskedFor(handoff, filter, at));
    const pages = Math.max(1, Math.ceil(chosen.length / onPage));
    const page = Math.min(asked.page, pages);
    const before = (page - 1) * onPage;
    const records = await inTurns(chosen.slice(before, before + onPage), ({ state: { id } }) =>
      world.handoffs.load(id),
    );
    return {
      handoffs: records.flatMap((record) => (record ? [{ id: record.state.id, deal: record.deal, record }] : [])),
      filter,
      before,
      total: chosen.length,
      page,
      pages,
      owners: open.map(([email, { steps }]) => ({ email, steps: steps.length })).filter(({ steps }) => steps > 0),
      segments: [...new Set(all.map(({ state }) => state.segment))].sort(),
      people: new Map(roster.map((person) => [person.email, person])),
    };
  };

export const showHandoffUses = [
  'handoffs.load',
  'deals.read',
  'audit.trail',
  'roster.everybody',
  'executionPage',
  'calendarOf',
  'site',
] as const;

/** Longer ones are nobody's: executions are named after handoffs. */
const longestId = 80;

/** Everything recorded of a handoff; undefined where nothing is. */
export const showHandoff =
  (world: WorldOf<typeof showHandoffUses>) =>
  async ({ id, at }: { id: string; at: Instant }): Promise<OperationsHandoff | undefined> => {
    if (id === '' || id.length > longestId) return undefined;
    const record = await world.handoffs.load(id);
    const deal = record?.deal ?? (await world.deals.read(id))?.deal;
    if (!deal) return undefined;
    const [trail, roster] = await Promise.all([
      world.audit.trail(id, undefined, record && { record }),
      world.roster.everybody(),
    ]);
    const people = new Map(roster.map((person) => [person.email, person]));
    const { calendarOf, site } = world;
    return {
      handoff: { id, deal, record },
      trail,
      people,
      standing: record && whereWeStand({ record, people, calendarOf, zone: site.defaultZone, at }, ''),
      execution: world.executionPage(id),
      itemExecutions: new Map(
        itemSteps(record).flatMap((step) => {
          const page = world.executionPage(id, step);
          return page === undefined ? [] : [[step, page] as const];
        }),
      ),
    };
  };

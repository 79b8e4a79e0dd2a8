import { beginningOf } from '../domain/handoff/beginning.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { reminderSchedules } from '../domain/handoff/reminder-schedules.ts';
import type { People } from '../domain/people/people.ts';
import { withStrangers } from '../domain/people/stranger.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { countWork, countWorkUses } from './count-work.ts';
import { takeOverDraft, takeOverDraftUses } from './take-over-draft.ts';

export const beginHandoffUses = [
  'deals.read',
  'handoffs.begin',
  ...takeOverDraftUses,
  'handoffs.load',
  'roster.everybody',
  'audit.write',
  'schedules.put',
  'soonestReminder',
  'site',
  ...countWorkUses,
] as const;

export interface Begun {
  /** With the package and the rules that stand; of one that began before, without what became of its steps. */
  readonly record: HandoffRecord;
  /** Everybody of the company, and whoever sold it. */
  readonly people: People;
  /** It began with this call. */
  readonly isNew: boolean;
}

/**
 * Checks the package, assigns the customer success manager (S3) and freezes the playbook for this handoff, so that a later
 * deploy never changes the rules of a running one. What is to be told far ahead is scheduled (S3: the renewal is coming), whatever
 * becomes of the rest. Called again, it finds what stands. Throws when there is no such deal.
 */
export const beginHandoff =
  (world: WorldOf<typeof beginHandoffUses>, playbook: Playbook, hashOf: (text: string) => string) =>
  async ({ handoffId, at }: { readonly handoffId: string; readonly at: Instant }): Promise<Begun> => {
    const stored = await world.deals.read(handoffId);
    if (!stored) throw new Error(`There is no deal for handoff ${handoffId}: send the "Deal Closed Won" event again.`);
    const { notes } = stored;
    const { deal, draft } = await takeOverDraft(world, stored, handoffId);
    const roster = await world.roster.everybody();
    const openHandoffs = await countWork(world, { playbook, deal, roster, at });
    const { calendarOf } = world;
    const beginning = beginningOf({ playbook, deal, notes, roster, openHandoffs, at, calendarOf, hashOf, ...draft });
    const { frozen, check, fallbacks } = beginning;
    const { segment, industry, playbookHash } = beginning.state;
    const { state, isNew } = await world.handoffs.begin({ ...beginning.state, id: handoffId }, frozen);
    const applies = industry === undefined ? `Segment ${segment}` : `Segment ${segment}, industry ${industry}`;
    const detail = `${applies}; package ${check.percent}% complete, ${gapCount(new Set(check.gaps.map(({ path }) => path)).size)}. ${[state.assignedBecause, ...fallbacks].join(' ')}`;
    // An execution that is started anew finds the handoff begun: it began when it began.
    const started = { at: state.startedAt, who: 'system', what: 'handoff-started', from: 'execution' } as const;
    await world.audit.write(handoffId, { ...started, detail });
    // Called again after a deploy, other rules may stand than those of today.
    const stands = state.playbookHash === playbookHash ? undefined : await world.handoffs.load(handoffId);
    const begun = { deal, package: deal.package, packageVersion: 0, state, playbook: frozen, steps: {}, mails: {} };
    const record = stands ?? begun;
    // Whoever sold it may not be on the roster.
    const known = new Map(roster.map((person) => [person.email, person]));
    const people = withStrangers(known, [deal.accountExecutive], world.site.defaultZone);
    const { ahead, passed } = reminderSchedules(record, {
      people,
      calendarOf,
      soonest: world.soonestReminder(at),
      hashOf,
    });
    for (const { step, say } of passed) {
      const detail = `${say}: its date has passed already.`;
      await world.audit.write(handoffId, {
        at,
        who: 'system',
        what: 'nothing-to-tell',
        step,
        detail,
        from: 'execution',
      });
    }
    for (const schedule of ahead) await world.schedules.put(schedule);
    return { record, people, isNew };
  };

/** Of answers, as everywhere: one may lack several things. */
const gapCount = (count: number): string => (count === 1 ? '1 gap' : `${count} gaps`);

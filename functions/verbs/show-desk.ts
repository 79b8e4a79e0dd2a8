import type { DeskOutcome } from '../domain/step/desk-outcome.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { openDesk, openDeskUses } from './open-desk.ts';
import { readDesk, readDeskUses } from './read-desk.ts';

export const showDeskUses = ['desks.noteOpened', ...openDeskUses, ...readDeskUses] as const;

/** GET behind a desk link: shows, and changes nothing but that it notes once a day that the desk was opened. */
export const showDesk =
  (world: WorldOf<typeof showDeskUses>) =>
  async ({ linkId, at }: { linkId: string; at: Instant }): Promise<DeskOutcome> => {
    const result = await openDesk(world, { linkId, at });
    if ('outcome' in result) return result.outcome;
    const { person, handoffId } = result.opened.link;
    // Before it is shown: nobody sees a desk of which nobody would know.
    await world.desks.noteOpened({ person, at, ...(handoffId !== undefined && { handoffId }) });
    return { kind: 'desk', view: await readDesk(world, result.opened, at) };
  };

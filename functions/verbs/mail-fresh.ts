import type { StepOutcome } from '../domain/step/outcome.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { mailFreshDesk, mailFreshDeskUses } from './mail-fresh-desk.ts';
import { mailFreshLink, mailFreshLinkUses } from './mail-fresh-link.ts';

export const mailFreshUses = [...mailFreshLinkUses, ...mailFreshDeskUses] as const;

/** Mails a fresh link in place of one that has expired: to a step (`/s/…`) or to a desk (`/d/…`). */
export const mailFresh =
  (world: WorldOf<typeof mailFreshUses>) =>
  (path: string, request: { linkId: string; at: Instant }): Promise<StepOutcome> =>
    path.startsWith('/d/') ? mailFreshDesk(world)(request) : mailFreshLink(world)(request);

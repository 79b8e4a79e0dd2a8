import type { Instant } from '../domain/time/calendar.ts';
import { inTurn } from '../mailing/in-turn.ts';
import { MailTurn } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import { type Announced, type AnnounceRequest, announce, announceUses } from './announce.ts';

export const announceInTurnUses = [...announceUses, 'mailTurns.take'] as const;

/**
 * Like `announce`, for states that catch MailTurn: over the mail service's rate it takes a turn, and throws MailTurn with its moment.
 * Throws what `announce` throws.
 */
export const announceInTurn =
  (world: WorldOf<typeof announceInTurnUses>) =>
  async (request: AnnounceRequest): Promise<Announced> =>
    inTurn({ turns: { take: (at) => world.mailTurns.take(at) }, at: request.at, busy: comesAgain }, () =>
      announce(world)(request),
    );

function comesAgain(turn: Instant): never {
  throw new MailTurn(turn);
}

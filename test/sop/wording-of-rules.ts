import type { DueRule, LadderRule } from '../../functions/domain/playbook/playbook.ts';

/** A due rule as one phrase: '24 hours after closedWon'. */
export const phrase = ({ after, within }: DueRule): string => `${within} after ${after}`;

/** A ladder as one line for each rung, and one for what comes afterwards. */
export const ladderLines = ({ rungs, afterwards }: LadderRule): readonly string[] => [
  ...rungs.map(({ kind, when, tell }) => {
    if ('after' in when) return `${kind}: ${phrase(when)}, to ${tell.join(', ')}`;
    const moment = 'beforeDue' in when ? `${when.beforeDue} before due` : `${when.afterDue} after due`;
    return `${kind}: ${moment}, to ${tell.join(', ')}`;
  }),
  'nagEvery' in afterwards
    ? `nag every ${afterwards.nagEvery}`
    : `unanswered ${afterwards.unansweredAfterDue} after due`,
];

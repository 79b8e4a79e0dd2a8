import type { Finding } from './finding.ts';
import type { Sight } from './sight.ts';

/** Records that this version of the code cannot read. */
export const unreadableRecords = ({ handoffs, roster }: Pick<Sight, 'handoffs' | 'roster'>): readonly Finding[] =>
  [...handoffs.unreadable, ...roster.unreadable].map(({ what, why }) => ({
    about: what,
    wrong: `Its record cannot be read: ${why}. Pages and states that need it fail.`,
    mend: "If a deploy was rolled back, deploy the newer version again. Else restore the item from the table's point-in-time recovery.",
  }));

import { counted, type Finding, shown } from './finding.ts';
import type { Circumstances, Sight } from './sight.ts';

/** People of the company whom mail does not reach. */
export const unreachablePeople = (
  { roster, handoffs }: Pick<Sight, 'roster' | 'handoffs'>,
  { stage = '' }: Pick<Circumstances, 'stage'>,
): readonly Finding[] =>
  roster.people.flatMap(({ email, name, active, unreachable }): Finding[] => {
    if (!active || !unreachable) return [];
    const steps = handoffs.records
      .flatMap((record) => Object.values(record.steps))
      .filter(({ owner, decision }) => owner === email && !decision).length;
    const waits = steps === 0 ? '' : ` ${counted(steps, 'open step is', 'open steps are')} theirs.`;
    return [
      {
        about: email,
        wrong: `Email does not reach ${name} since ${shown(unreachable.since)}: ${unreachable.why}.${waits}`,
        mend: `Tell them, and correct the address (npm run roster -- roster.json${stage && ` ${stage}`}), or take it off SES's suppression list. An email that arrives, or an answer on a page, takes the mark off.`,
      },
    ];
  });

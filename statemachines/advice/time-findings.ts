import { promisedAtOf, reachedOwnerLate } from '../../functions/domain/handoff/step-record.ts';
import type { Finding } from './findings.ts';
import { askedIn, momentOf, type Seen, sampleName } from './seen.ts';

/** Steps that leave their owner no time. */
export function timeFindings(seen: Seen): readonly Finding[] {
  return askedIn(seen).flatMap((outlook): Finding[] => {
    const { step, asked } = outlook;
    return [
      ...when(reachedOwnerLate(asked), {
        rule: 'no-time-left',
        about: [step],
        sentence: `"${step}" is promised for ${momentOf(outlook, promisedAtOf(asked))}, and asked for only ${momentOf(outlook, asked.askedAt)}, though every step before it was done when it was due (${sampleName(seen)}).`,
        remedy: `Promise "${step}" for later, let what it waits for be due earlier, or put it beside that in the flow.`,
      }),
    ];
  });
}

const when = (holds: boolean, finding: Finding): Finding[] => (holds ? [finding] : []);

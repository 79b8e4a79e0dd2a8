import { counted, type Finding } from './finding.ts';
import type { Circumstances, Sight } from './sight.ts';

/** Events that were tried for two days, and wait for a person. */
export const deadLetters = (
  { queues }: Pick<Sight, 'queues'>,
  { stage }: Pick<Circumstances, 'stage'>,
): readonly Finding[] =>
  queues
    .filter(({ messages }) => messages > 0)
    .map(({ name, messages }) => ({
      about: name,
      wrong: `${counted(messages, 'dead letter waits', 'dead letters wait')} in this queue. SQS keeps each for 14 days.`,
      mend: `${drainCommand(stage)} says what each is and why it died. Fix the cause, and run it again: what goes well is done.`,
    }));

const drainCommand = (stage: string | undefined): string => `npm run drain${stage === undefined ? '' : ` -- ${stage}`}`;

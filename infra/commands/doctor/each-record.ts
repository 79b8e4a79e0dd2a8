import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import type { Finding } from './finding.ts';

/** Judges each record by itself: one that cannot be judged is named, and the others are. */
export const eachRecord = (
  records: readonly HandoffRecord[],
  judge: (record: HandoffRecord) => readonly Finding[],
): readonly Finding[] =>
  records.flatMap((record) => {
    try {
      return judge(record);
    } catch (error) {
      return [
        {
          about: record.state.id,
          wrong: `Its record cannot be judged: ${error instanceof Error ? error.message : error}.`,
          mend: 'Look at its items in the table: something in them is not as this code writes it.',
        },
      ];
    }
  });

import type { HandoffRecord } from '../handoff/handoff.ts';
import type { RecordedFact } from './fact.ts';

/** Whoever manages somebody changes rarely, and within so many days is taken for who did. */
const freshDays = 35;

/**
 * What the records of a handoff do not say, each as a noun phrase: those of earlier versions keep less, and a handoff that was measured
 * long after its steps had ended found other people in charge. `standing`: its facts as they were recorded.
 */
export function notKnownOf(record: HandoffRecord, standing: readonly RecordedFact[]): readonly string[] {
  const rounds = Object.values(record.steps).flatMap(({ earlier }) => earlier);
  const isStalled = record.state.status === 'stalled' && !standing.some(({ kind }) => kind === 'stalled');
  return [
    ...(rounds.some(({ pauses }) => pauses === undefined)
      ? ['waiting for the customer before a step was asked again']
      : []),
    ...(isStalled ? ['when it stalled'] : []),
    ...(standing.some(isRecordedLate) ? ['who managed whom then (managers of today are shown)'] : []),
  ];
}

const isRecordedLate = (fact: RecordedFact): boolean =>
  fact.kind === 'step' &&
  fact.team !== undefined &&
  fact.revision === 1 &&
  Date.parse(fact.recordedAt) - Date.parse(fact.at) > freshDays * 86_400_000;

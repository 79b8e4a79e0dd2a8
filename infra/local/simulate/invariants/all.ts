import { nobodyAwayIsAlone } from './absences.ts';
import { dueTimesAreFair } from './due-times.ts';
import { everyHandoffEnds, nothingFails } from './ends.ts';
import type { Invariant } from './invariant.ts';
import { customersHearOnce, oneMailAMoment, troubleIsRelieved } from './mails.ts';
import { everyDecisionIsOnRecord, everyExecutionHasARecord, noMailIsUnknown } from './records.ts';

/** What must be so of every story. */
export const invariants: readonly Invariant[] = [
  everyHandoffEnds,
  nothingFails,
  dueTimesAreFair,
  nobodyAwayIsAlone,
  oneMailAMoment,
  customersHearOnce,
  troubleIsRelieved,
  everyDecisionIsOnRecord,
  noMailIsUnknown,
  everyExecutionHasARecord,
];

import { nobodyAwayIsAlone } from './absences.ts';
import { everyOwnerIsTold, nobodyIsAskedAfterTheEnd, nobodyIsAskedInVain } from './asks.ts';
import { linksOfTheCancelledAreDead, meetingsOfTheCancelledAreOff, theCancelledAreTold } from './cancelled.ts';
import { dueTimesAreFair } from './due-times.ts';
import { everyHandoffEnds, noHistoryFillsUp, nothingFails } from './ends.ts';
import { factsAgreeWithTheAudit } from './facts.ts';
import { digestsComeAsTold, helpIsAsked } from './help.ts';
import type { Invariant } from './invariant.ts';
import { everyDeadLetterEndsWell } from './leftovers.ts';
import { customersHearOnce, nothingIsSaidTwice, oneMailAMoment, troubleIsRelieved } from './mails.ts';
import { measuresAgreeWithTheAudit } from './measures.ts';
import { calendarsAgree } from './meetings.ts';
import { everyDecisionIsOnRecord, noMailIsUnknown, recordsAndExecutionsMatch } from './records.ts';
import { rowsSayWhatWaits } from './waits.ts';

/** What must be so of every story. */
export const invariants: readonly Invariant[] = [
  everyHandoffEnds,
  noHistoryFillsUp,
  nothingFails,
  dueTimesAreFair,
  nobodyAwayIsAlone,
  everyOwnerIsTold,
  nobodyIsAskedInVain,
  nobodyIsAskedAfterTheEnd,
  theCancelledAreTold,
  meetingsOfTheCancelledAreOff,
  calendarsAgree,
  linksOfTheCancelledAreDead,
  oneMailAMoment,
  customersHearOnce,
  nothingIsSaidTwice,
  helpIsAsked,
  digestsComeAsTold,
  troubleIsRelieved,
  everyDecisionIsOnRecord,
  noMailIsUnknown,
  recordsAndExecutionsMatch,
  everyDeadLetterEndsWell,
  measuresAgreeWithTheAudit,
  factsAgreeWithTheAudit,
  rowsSayWhatWaits,
];

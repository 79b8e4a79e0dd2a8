/** How what a promise counts from is called in sentences that people read. */
export const anchors = {
  closedWon: 'closed won',
  packageReady: 'package ready',
  internalMeetingHeld: 'internal meeting held',
  introductionSent: 'customer introduced',
  kickoffHeld: 'kickoff held',
  handoffConfirmed: 'handoff confirmed',
  firstValueReached: 'first value reached',
  renewalDate: 'renewal date',
  opened: 'asked',
  returned: 'returned',
  calledOff: 'the meeting was called off',
};

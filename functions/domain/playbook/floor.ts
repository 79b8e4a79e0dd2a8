/** What must be so before the first contact with the customer (S4). */
export type FloorFact =
  | 'packageComplete'
  | 'handoffReady'
  | 'recordingsAttached'
  | 'planReviewed'
  | 'followUpScheduled';

/** How pages and mails call each fact. */
export const floorTitles: Readonly<Record<FloorFact, string>> = {
  packageComplete: 'Package complete',
  handoffReady: 'Handoff ready',
  recordingsAttached: 'Recordings attached',
  planReviewed: 'Success plan reviewed',
  followUpScheduled: 'Follow-up scheduled',
};

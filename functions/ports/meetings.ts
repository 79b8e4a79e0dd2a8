import type { MeetingRecord } from '../domain/handoff/meeting-record.ts';

/** The meetings of handoffs. */
export interface Meetings {
  /** Writes a meeting as it stands from now on; false when one of the same or a later SEQUENCE stands already. */
  write(id: string, meeting: MeetingRecord): Promise<boolean>;
}

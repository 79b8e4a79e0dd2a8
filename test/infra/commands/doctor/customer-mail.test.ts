import { describe, expect, it } from 'vitest';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import type { MailRecord } from '../../../../functions/domain/handoff/mail-record.ts';
import type { MeetingRecord } from '../../../../functions/domain/handoff/meeting-record.ts';
import { customerMailWaiting } from '../../../../infra/commands/doctor/customer-mail.ts';
import {
  calendarOf,
  handoffRecord,
  lena,
  people,
  type StepOverrides,
  stepRecord,
} from '../../../support/handoff-record.ts';

const at = '2026-11-24T10:00:00Z';

const waiting = (record: HandoffRecord) => customerMailWaiting(record, { people, calendarOf, at });

const mail = (key: string, status: MailRecord['status']): HandoffRecord['mails'] => ({ [key]: { key, status, at } });

const decided = (step: string, choice: string, more: StepOverrides = {}) =>
  handoffRecord({ steps: [stepRecord(step, { decided: { choice }, ...more })] });

const kickoff: MeetingRecord = {
  meeting: 'kickoff',
  round: 1,
  status: 'planned',
  at: '2026-11-25T09:00:00Z',
  minutes: 60,
  hosts: [lena],
  guests: ['jonas@nordwind-logistik.example'],
  sequence: 0,
  by: lena,
  changedAt: '2026-11-23T09:00:00Z',
};

describe('mail to the customer that an execution may go on with', () => {
  it('is none where nobody has approved any', () => {
    expect(waiting(handoffRecord())).toBeUndefined();
    expect(waiting(decided('review-brief', 'accept'))).toBeUndefined();
  });

  it('is what somebody approved, until it is sent or held for a person', () => {
    const record = decided('introduce-customer', 'approved');
    expect(waiting(record)).toBe('the introduction');
    expect(waiting({ ...record, mails: mail('customer-introduction', 'claimed') })).toBe('the introduction');
    expect(waiting({ ...record, mails: mail('customer-introduction', 'sent') })).toBeUndefined();
    expect(waiting({ ...record, mails: mail('customer-introduction', 'held') })).toBeUndefined();
  });

  it('is the invitation to a meeting, each time it is planned anew', () => {
    const record = decided('schedule-kickoff', 'scheduled', { round: 2 });
    expect(waiting(record)).toBe('the kickoff invitation');
    expect(waiting({ ...record, mails: mail('kickoff-invitation', 'sent') })).toBe('the kickoff invitation');
    expect(waiting({ ...record, mails: mail('kickoff-invitation/2', 'sent') })).toBeUndefined();
  });

  it('is news of a meeting with the customer that is not over', () => {
    const met = (meeting: MeetingRecord) => waiting({ ...handoffRecord(), meetings: { kickoff: meeting } });
    expect(met(kickoff)).toBe('news of the meeting "kickoff"');
    expect(met({ ...kickoff, guests: [] })).toBeUndefined();
    expect(met({ ...kickoff, at: '2026-11-24T09:30:00Z' })).toBe('news of the meeting "kickoff"');
    expect(met({ ...kickoff, at: '2026-11-24T09:00:00Z' })).toBeUndefined();
  });
});

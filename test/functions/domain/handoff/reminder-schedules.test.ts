import { describe, expect, it } from 'vitest';
import {
  onceAt,
  reminderNames,
  reminderSchedules,
  schedulesToCreate,
} from '../../../../functions/domain/handoff/reminder-schedules.ts';
import { calendarOf, handoffRecord, people } from '../../../support/handoff-record.ts';

const record = handoffRecord();
const hashOf = (text: string) => `hash-of-${text.length}-${'x'.repeat(50)}`;
const schedules = (soonest: string, of = record) => reminderSchedules(of, { people, calendarOf, soonest, hashOf });

describe('what EventBridge Scheduler is to tell', () => {
  it('is set for its moment in UTC, under a name of its own', () => {
    const { ahead } = schedules('2026-11-17T08:30:00Z');
    const [reminder] = ahead;
    expect(reminder).toMatchObject({
      name: 'renewal-reminder-D-2026-1041-1',
      input: { handoffId: 'D-2026-1041-1', step: 'remind-of-renewal', say: 'renewal-reminder', at: reminder?.at },
    });
    expect(reminderNames(record, hashOf)).toEqual([reminder?.name]);
    expect(schedulesToCreate(ahead)).toEqual({
      'remind-of-renewal/renewal-reminder': {
        name: reminder?.name,
        scheduleExpression: onceAt(reminder?.at ?? ''),
        input: reminder?.input,
      },
    });
  });

  it('has a name that Scheduler takes, however long the deal is called', () => {
    const id = `${'D'.repeat(78)}-1`;
    const [name = ''] = reminderNames({ ...record, state: { ...record.state, id } }, hashOf);
    expect(name).toMatch(/^renewal-reminder-hash-of-[\w-]+$/);
    expect(name.length).toBeLessThanOrEqual(64);
  });

  it('is nothing once what it reminds of has passed', () => {
    expect(schedules('2040-01-02T09:00:00Z')).toEqual({
      ahead: [],
      passed: [{ step: 'remind-of-renewal', say: 'renewal-reminder' }],
    });
  });

  it('is nothing of a date that nobody knows', () => {
    expect(schedules('2026-11-17T08:30:00Z', { ...record, package: {} })).toEqual({ ahead: [], passed: [] });
  });
});

import { describe, expect, it } from 'vitest';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { type WhereWeStand, whereWeStand } from '../../../../functions/domain/step/where-we-stand.ts';
import { anna, calendarOf, handoffRecord, lena, people, ruth, stepRecord } from '../../../support/handoff-record.ts';

const stand = (record: HandoffRecord, at = '2026-11-23T09:00:00Z'): WhereWeStand =>
  whereWeStand({ record, people, calendarOf, zone: 'Europe/Berlin', at }, 'review-brief');

const stepOf = ({ steps }: WhereWeStand, id: string) => steps.find(({ step }) => step === id);

describe('Where a handoff stands', () => {
  it('tells done, now, and ahead with who and when', () => {
    const seen = stand(
      handoffRecord({
        steps: [
          stepRecord('schedule-internal-meeting', { owner: anna, decided: { choice: 'scheduled' } }),
          stepRecord('review-brief'),
        ],
      }),
    );
    expect(stepOf(seen, 'schedule-internal-meeting')).toMatchObject({
      state: 'done',
      says: 'Anna Keller, Mon, Nov 23, 11 AM',
    });
    expect(stepOf(seen, 'review-brief')).toMatchObject({
      state: 'now',
      says: 'Lena Vogt, by Mon, Nov 23, 4 PM',
      isHere: true,
    });
    expect(stepOf(seen, 'complete-package')).toMatchObject({ state: 'done', says: 'Complete when the deal was won' });
    expect(stepOf(seen, 'confirm-handoff')).toMatchObject({ state: 'next', isHere: false });
    expect(stepOf(seen, 'confirm-handoff')?.says).toMatch(/^Lena Vogt, promised for /);
    expect(seen.summary).toMatch(/^2 of \d+ steps done$/);
  });

  it('leaves out steps that this handoff has no need of', () => {
    expect(stepOf(stand(handoffRecord()), 'assign-customer-success-manager')).toBeUndefined();
  });

  it('gives what lies ahead to a role until somebody is named for it, and to revenue operations once nobody is', () => {
    const naming = 'assign-customer-success-manager';
    const says = (decided?: { choice: string; by: string }) => {
      const record = handoffRecord({
        state: { people: { accountExecutive: anna, revenueOperations: ruth } },
        steps: [stepRecord(naming, { owner: ruth, ...(decided && { decided }) })],
      });
      return stepOf(stand(record), 'confirm-handoff')?.says;
    };
    expect(says()).toBe('Customer success manager');
    expect(says({ choice: 'skipped', by: ruth })).toMatch(/^Ruth Lindqvist, promised for /);
  });

  it('tells what is overdue, and counts it', () => {
    const seen = stand(handoffRecord({ steps: [stepRecord('review-brief')] }), '2026-11-24T09:00:00Z');
    expect(stepOf(seen, 'review-brief')).toMatchObject({
      state: 'late',
      says: 'Lena Vogt, was due Mon, Nov 23, 4 PM',
    });
    expect(seen.summary).toMatch(/, 1 overdue$/);
  });

  it('tells what waits for the customer, and until when', () => {
    const pause = { from: '2026-11-20T15:00:00Z', until: '2026-11-30T08:00:00Z', reason: 'Audit', by: lena };
    const seen = stand(handoffRecord({ steps: [stepRecord('review-brief', { pauses: [pause] })] }));
    expect(stepOf(seen, 'review-brief')).toMatchObject({
      state: 'waiting',
      says: 'Lena Vogt, waiting for the customer until Mon, Nov 30, 9 AM',
    });
  });

  it('tells what was skipped, returned, or ended without an answer, and counts none of them as done', () => {
    const decided = (step: string, choice: string, by = ruth) => stepRecord(step, { decided: { choice, by } });
    const seen = stand(
      handoffRecord({
        steps: [
          decided('map-stakeholders', 'skipped'),
          decided('review-brief', 'return', lena),
          decided('rate-handoff', 'unanswered', 'system'),
        ],
      }),
    );
    expect(stepOf(seen, 'map-stakeholders')).toMatchObject({
      state: 'ended',
      says: 'Skipped by Ruth Lindqvist, Mon, Nov 23, 11 AM',
    });
    expect(stepOf(seen, 'review-brief')).toMatchObject({ state: 'again' });
    expect(stepOf(seen, 'rate-handoff')).toMatchObject({ state: 'ended', says: 'No answer by Mon, Nov 23, 11 AM' });
    expect(seen.summary).toMatch(/^1 of /);
  });

  it('names everybody once, with all their parts', () => {
    const twice = handoffRecord();
    const state = { ...twice.state, people: { ...twice.state.people, salesManager: anna } };
    const parts = stand({ ...twice, state }).people;
    expect(parts.map(({ person }) => person.email)).toEqual([...new Set(parts.map(({ person }) => person.email))]);
    expect(parts.find(({ person }) => person.email === anna)?.part).toBe('Account executive and sales manager');
  });

  it('asks for nothing ahead once the handoff was canceled', () => {
    const seen = stand(handoffRecord({ steps: [stepRecord('review-brief')], state: { status: 'cancelled' } }));
    expect(seen.steps.map(({ state }) => state)).not.toContain('next');
    expect(stepOf(seen, 'review-brief')).toMatchObject({ state: 'ended' });
  });
});

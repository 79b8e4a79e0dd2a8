import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../../functions/domain/handoff/audit-entry.ts';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { factsOf, peopleIn } from '../../../../functions/domain/reports/facts-of.ts';
import { revisionsOf } from '../../../../functions/domain/reports/revisions.ts';
import { measuredOf, measuredPlaybookOf } from '../../../../functions/domain/reports/row-of.ts';
import { anna, handoffRecord, lena, ruth, type StepOverrides, stepRecord } from '../../../support/handoff-record.ts';

const signed = '2026-11-20T15:00:00Z';
const inTime = '2026-11-23T14:00:00Z';
const dayLate = '2026-11-24T15:00:00Z';

/** A handoff won on Fri, Nov 20, 2026, 15:00 UTC, with these steps. */
function handoff(steps: Readonly<Record<string, StepOverrides>>, more: Partial<HandoffRecord> = {}): HandoffRecord {
  const record = handoffRecord({
    state: { startedAt: signed, ...more.state },
    steps: Object.entries(steps).map(([id, overrides]) => stepRecord(id, overrides)),
  });
  return { ...record, ...more, state: record.state, deal: { ...record.deal, closedWonAt: signed } };
}

const input = {
  trail: [] as readonly AuditEntry[],
  idOf: (email: string) => `id of ${email.split('.')[0]}`,
  teamOf: (email: string) => `team of ${email.split('.')[0]}`,
  hashOf: (text: string) => `hash of ${text}`,
  at: '2026-11-25T15:00:00Z',
};

const factsAt = (record: HandoffRecord, at = input.at, trail = input.trail) => factsOf(record, { ...input, at, trail });

const rowAt = (record: HandoffRecord, at = input.at) =>
  measuredOf(record, { ...input, at, facts: factsAt(record, at) });

describe('the facts of a handoff', () => {
  it('begin with what it is, by ids and without a name', () => {
    const record = handoff({}, { state: handoffRecord({ state: { draftPercent: 65, packagePercent: 80 } }).state });
    const [begun, ...others] = factsAt({ ...record, playbook: { ...record.playbook, draftTarget: 70 } });
    expect(begun).toMatchObject({
      kind: 'begun',
      key: 'begun',
      handoff: record.state.id,
      at: record.state.startedAt,
      signedAt: signed,
      packagePercent: 80,
      draft: { percent: 65, target: 70 },
      accountExecutive: 'id of anna',
      customerSuccessManager: 'id of lena',
    });
    expect(others.map(({ key }) => key)).toEqual(['reached/packageReady']);
  });

  it('say of each round that has ended how it stood to due time and promise', () => {
    const facts = factsAt(
      handoff({
        'review-brief': {
          round: 2,
          decided: { choice: 'accept', at: dayLate },
          earlier: [
            {
              ...stepRecord('review-brief', {
                decided: { choice: 'return', at: inTime, evidence: { gaps: [{ question: 'Who decides?' }] } },
              }),
            },
          ],
        },
        'schedule-kickoff': {},
      }),
    );
    expect(facts.filter(({ kind }) => kind === 'step' || kind === 'returned')).toMatchObject([
      { kind: 'returned', key: 'returned/review-brief/1', at: inTime, gaps: 1 },
      { key: 'step/review-brief/1', choice: 'return', timeliness: 'on time', promise: 'kept', team: 'team of lena' },
      { key: 'step/review-brief/2', timeliness: 'late', promise: 'missed', daysLate: 1, owner: 'id of lena' },
    ]);
  });

  it('count a meeting when it was held', () => {
    const facts = factsAt(
      handoff({ 'hold-kickoff': { decided: { choice: 'held', at: dayLate, evidence: { heldAt: inTime } } } }),
    );
    expect(facts.find(({ kind }) => kind === 'step')).toMatchObject({
      at: dayLate,
      heldAt: inTime,
      timeliness: 'reported late',
      promise: 'kept',
    });
    expect(facts.find(({ key }) => key === 'reached/kickoffHeld')).toMatchObject({ at: inTime, days: 2.96 });
  });

  it('tell of exceptions, waits, stalls, the survey, onboarding, the end and outcomes', () => {
    const at = '2026-11-23T10:00:00Z';
    const asked = { by: anna, reviewer: ruth, reason: 'x', paths: [], askedAt: at, dueAt: inTime, because: '' };
    const answer = { by: ruth, at: dayLate, reason: 'y', fields: [{ path: 'contract.term', granted: true }] };
    const record = handoff(
      {
        'complete-package': {
          owner: anna,
          decided: { choice: 'complete', at: dayLate },
          exceptions: [{ ...asked, at, answer } as never],
          pauses: [{ from: at, until: '2026-11-30T10:00:00Z', reason: 'x', by: anna }],
        },
        'rate-handoff': { decided: { choice: 'rated', at: dayLate, evidence: { score: 7 } } },
        'record-first-value': {
          decided: { choice: 'reached', at: dayLate, evidence: { heldAt: inTime, onboardingComplete: true } },
        },
      },
      {
        state: handoffRecord({ state: { status: 'complete', endedAt: dayLate } }).state,
        outcomes: [
          {
            outcome: 'renewed',
            at: '2027-01-01T00:00:00Z',
            saidAt: dayLate,
            amount: 9,
            currency: 'EUR',
            reference: 'R',
          },
        ],
      },
    );
    const stall = { at: inTime, who: 'system', what: 'stalled', step: 'a', detail: '', from: 'execution' } as const;
    const facts = factsAt(record, input.at, [stall, { ...stall, what: 'decided' }]);
    const [end] = facts.filter(({ kind }) => kind === 'ended');
    expect(facts.filter(({ kind }) => !['begun', 'step', 'reached', 'ended'].includes(kind))).toEqual([
      expect.objectContaining({
        key: 'exception/complete-package/1',
        asked: 1,
        granted: 1,
        late: true,
        at,
        grantedAt: dayLate,
      }),
      expect.objectContaining({ key: 'waited/complete-package/1/1', until: dayLate, days: 1.21, at }),
      expect.objectContaining({ key: 'stalled/2026-11-23T14:00:00.000Z', step: 'a', at: inTime }),
      expect.objectContaining({ kind: 'onboarding', complete: true, at: dayLate }),
      expect.objectContaining({ kind: 'rated', score: 7, target: 8, at: dayLate }),
      expect.objectContaining({ key: 'outcome/renewed/hash of rene', amount: 9, currency: 'EUR' }),
    ]);
    expect(end).toMatchObject({ status: 'complete', completeness: 100, handoffScore: expect.any(Number) });
    expect(rowAt(record)).toMatchObject({
      status: 'complete',
      exceptions: 1,
      exceptionAt: dayLate,
      // It was complete when the deal was won.
      handedOverAt: record.state.startedAt,
      onboardingSaidAt: dayLate,
      daysWaitingForCustomer: 1.21,
      survey: { score: 7, target: 8, at: dayLate },
      onboardingComplete: true,
      outcomes: [{ outcome: 'renewed', at: '2027-01-01T00:00:00Z', amount: 9, currency: 'EUR' }],
    });
    const lacking = { ...record, state: { ...record.state, packageComplete: false } };
    expect(rowAt(lacking).handedOverAt).toBe(dayLate);
    expect(rowAt({ ...lacking, steps: {} }).handedOverAt).toBeUndefined();
  });

  it('tell each wait of each step, and of the handoff how long it has waited so far, whichever steps did', () => {
    const pause = { from: '2026-11-22T15:00:00Z', until: '2026-11-30T10:00:00Z', reason: 'x', by: anna };
    const steps = { 'hold-kickoff': { pauses: [pause] }, 'map-stakeholders': { pauses: [pause] } };
    const waits = (record: HandoffRecord) =>
      factsAt(record).flatMap((fact) => (fact.kind === 'waited' ? fact.until : []));
    const open = handoff(steps);
    expect(waits(open)).toEqual([pause.until, pause.until]);
    expect(rowAt(open).daysWaitingForCustomer).toBe(3);
    const endedAt = '2026-11-23T03:00:00Z';
    const canceled = handoff(steps, { state: handoffRecord({ state: { status: 'cancelled', endedAt } }).state });
    expect(waits(canceled)).toEqual([endedAt, endedAt]);
    expect(rowAt(canceled).daysWaitingForCustomer).toBe(0.5);
  });

  it('hold no address, no name of a person and nothing that was written', () => {
    const record = handoff({
      'rate-handoff': { decided: { choice: 'rated', evidence: { score: 7, why: 'They were great.' } } },
    });
    const text = JSON.stringify(factsAt(record));
    expect(text).not.toMatch(/@|great|Nordwind/);
  });

  it('take an id of everybody they speak of', () => {
    const emails = peopleIn(handoff({ 'review-brief': { round: 2, earlier: [stepRecord('x', { owner: ruth })] } }));
    expect(new Set(emails)).toEqual(new Set([...emails, anna, lena, ruth]));
  });
});

describe('a row', () => {
  it('holds open rounds, late as of the time', () => {
    const record = handoff({ 'schedule-kickoff': {} });
    expect(rowAt(record, inTime).rounds).toEqual([
      {
        step: 'schedule-kickoff',
        round: 1,
        owner: 'id of lena',
        team: 'team of lena',
        dueAt: '2026-11-23T15:00:00Z',
        timeliness: 'open',
      },
    ]);
    expect(rowAt(record, dayLate).rounds).toMatchObject([{ timeliness: 'late', promise: 'missed', daysLate: 1 }]);
  });

  it('of a handoff that ended is judged as of its end', () => {
    const record = handoff(
      { 'schedule-kickoff': {} },
      { state: handoffRecord({ state: { status: 'cancelled', endedAt: inTime } }).state },
    );
    const row = rowAt(record, '2027-06-01T00:00:00Z');
    expect(row.rounds).toMatchObject([{ timeliness: 'open' }]);
    expect(row).not.toHaveProperty('handoffScore');
  });

  it('names the steps of its playbook, in the order of the SOP, without open items and what is optional', () => {
    const { steps, name, hash, since } = measuredPlaybookOf(handoff({}));
    expect([name, hash, since]).toEqual(['full', 'sample', signed]);
    const ids = steps.map(({ id }) => id);
    expect(ids.indexOf('complete-package')).toBeLessThan(ids.indexOf('confirm-handoff'));
    expect(ids).not.toContain('open-item');
    expect(steps.every(({ title }) => title !== '')).toBe(true);
    expect(steps.find(({ id }) => id === 'confirm-handoff')?.waitsFor).toContain('hold-kickoff');
  });
});

describe('revisions', () => {
  const first = '2026-11-24T01:10:00Z';
  const second = '2026-11-25T01:10:00Z';
  const before = factsAt(handoff({ 'schedule-kickoff': { decided: { choice: 'scheduled', at: inTime } } }));

  it('are none of what stands already', () => {
    const { news, standing } = revisionsOf([], before, first);
    expect(news).toEqual(before.map((fact) => ({ ...fact, revision: 1, recordedAt: first })));
    expect(revisionsOf(standing, before, second)).toEqual({ news: [], standing });
  });

  it('supersede what differs', () => {
    const { standing } = revisionsOf([], before, first);
    const now = before.map((fact) => (fact.kind === 'step' ? { ...fact, choice: 'other' } : fact));
    const { news } = revisionsOf(standing, now, second);
    expect(news).toMatchObject([{ key: 'step/schedule-kickoff/1', choice: 'other', revision: 2, recordedAt: second }]);
  });

  it('withdraw what is not so any more, and count on when it comes back', () => {
    const { standing } = revisionsOf([], before, first);
    const without = before.filter(({ kind }) => kind !== 'reached');
    const gone = revisionsOf(standing, without, second);
    expect(gone.news).toMatchObject([
      {
        key: 'reached/packageReady',
        kind: 'withdrawn',
        revision: 2,
        at: before.find(({ kind }) => kind === 'reached')?.at,
      },
    ]);
    expect(revisionsOf(gone.standing, without, second).news).toEqual([]);
    expect(revisionsOf(gone.standing, before, second).news).toMatchObject([{ kind: 'reached', revision: 3 }]);
  });

  it('withdraw in its week what moves to another', () => {
    const { standing } = revisionsOf([], before, first);
    const moved = before.map((fact) => (fact.kind === 'step' ? { ...fact, at: '2026-11-30T00:00:00Z' } : fact));
    expect(revisionsOf(standing, moved, second).news).toMatchObject([
      { key: 'step/schedule-kickoff/1', kind: 'withdrawn', at: inTime, revision: 2 },
      { key: 'step/schedule-kickoff/1', kind: 'step', at: '2026-11-30T00:00:00Z', revision: 3 },
    ]);
  });
});

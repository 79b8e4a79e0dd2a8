import { describe, expect, it } from 'vitest';
import { plannedBy } from '../../../../infra/local/console/planned.ts';
import type { Standing } from '../../../../infra/local/console/register.ts';
import { calendarOf, handoffRecord, people, stepRecord } from '../../../support/handoff-record.ts';

const record = handoffRecord({ steps: [stepRecord('review-brief')] });
const handoff: Standing = { id: 'D-1', deal: record.deal, record, execution: undefined, states: [] };
const company = { people, calendarOf };
const rule = record.playbook.steps['review-brief'];
const waiting = `D-1: Wait for ${rule?.kind === 'ask' ? rule.waitFor : ''} (SLA 24h) (timeout)`;

describe('what a timer will do', () => {
  it('is the email of the step that its state waits for, as long as nobody acts', () => {
    const said = (at: string) => plannedBy({ at: Date.parse(at), label: waiting }, handoff, company).what;
    expect(said('2026-11-20T15:00:00Z')).toContain('Lena Vogt gets the request');
    expect(said('2026-11-23T15:00:00Z')).toContain('Lena Vogt hears that it is overdue');
    expect(said('2026-11-24T15:00:00Z')).toMatch(/Daniel Weiss is asked to help|Daniel Weiss hears/);
  });

  it('is only a look where nothing is said at that moment', () => {
    const what = plannedBy({ at: Date.parse('2026-11-23T15:01:00Z'), label: waiting }, handoff, company).what;
    expect(what).toBe(`The execution looks at “${rule?.kind === 'ask' ? rule.title : ''}” again.`);
  });

  it('is said of every other timer in a sentence, with its handoff where it has one', () => {
    const at = 0;
    expect(plannedBy({ at, label: 'D-1: Wait until the kickoff' }, handoff, company)).toEqual({
      at,
      handoff: { id: 'D-1', customer: record.deal.customer.name },
      what: 'The execution goes on from “Wait until the kickoff”.',
    });
    expect(plannedBy({ at, label: 'D-1: execution timeout' }, handoff, company).what).toContain('a year is up');
    expect(plannedBy({ at, label: 'Schedule renewal-reminder-D-1' }, handoff, company).what).toBe(
      'The renewal reminder is due.',
    );
    expect(plannedBy({ at, label: 'Mail to a@b.example bounces' }, undefined, company)).toEqual({
      at,
      what: 'Mail to a@b.example bounces.',
    });
    expect(plannedBy({ at, label: '' }, undefined, company).what).toBe('Something planned is due.');
  });
});

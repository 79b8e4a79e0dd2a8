import { describe, expect, it } from 'vitest';
import { planText } from '../../../../functions/domain/handoff/plan-text.ts';
import { planOf } from '../../../../functions/domain/handoff/standing-plan.ts';
import { draftPlanOf } from '../../../../functions/domain/handoff/success-plan.ts';
import { handoffRecord, lena, stepRecord } from '../../../support/handoff-record.ts';

const draft = (record = handoffRecord()) => planText(draftPlanOf(record));

describe('the draft of a success plan', () => {
  it('says goals, metrics, first milestones, risks and people, all from the package', () => {
    expect(draft()).toBe(
      `Goals (days counted from signing, Tue, Nov 17, 2026)
- By day 30, Thu, Dec 17, 2026: Depot Bremen plans every tour in the product.
- By day 60, Sat, Jan 16, 2027: Kassel and Leipzig are live; phone re-planning halved.
- By day 90, Mon, Feb 15, 2027: 98 % of deliveries within the promised window.

How we measure success
- Deliveries within the window: 98%
- Planning time per dispatcher and day: 45 minutes
- It was worth it when: Both threatened shippers renew their contracts in spring.

First milestones
- Thu, Dec 17, 2026: Depot Bremen plans every tour in the product.
- start of the project: German-speaking onboarding
- go-live: Export of tours to Excel stays possible (to be confirmed)
- Expected timeline: Bremen live by 7 December, the other depots by the end of January.

Risks
- Concerns: Winter peak starts on 1 December; nobody has time then.
- Known risks: SAP interface depends on one external consultant.
- Support they count on: Answer within two hours on working days, in German.

Who is who
- Henrike Lührs: decision-maker, executive sponsor
- Mehmet Aydın: champion, day-to-day
- Sören Petersen: technical`,
    );
  });

  it('keeps what the customer should not read in the brief: sensitivities, politics, who blocks, notes on people', () => {
    expect(draft()).not.toMatch(/telematics|Leipzig depot|blocker|Wolters|figures, not slides|discount/i);
  });

  it('puts milestones with a day in order, before those without one', () => {
    const whens = draftPlanOf(handoffRecord({ sample: 'enterprise-across-zones' })).milestones.map(({ when }) => when);
    expect(whens).toEqual(['2026-12-11', '2026-12-25', 'end of January 2027', 'Expected timeline']);
  });

  it('counts from the kickoff once it was held, where the customer is', () => {
    const held = { choice: 'held', evidence: { heldAt: '2026-11-24T23:30:00Z', notes: 'Fine' } };
    const { counted, goals } = draftPlanOf(handoffRecord({ steps: [stepRecord('hold-kickoff', { decided: held })] }));
    expect(counted).toBe('the kickoff, Wed, Nov 25, 2026');
    expect(goals[0]?.date).toBe('2026-12-25');
  });

  it('has its gaps in plain sight', () => {
    const text = draft(handoffRecord({ package: {} }));
    const { openItems } = draftPlanOf(handoffRecord({ package: {} }));
    expect(text).toContain('- By day 60, Sat, Jan 16, 2027: not known yet');
    expect(text).toContain('How we measure success\n- not known yet');
    expect(text).toContain('- Known risks: not known yet');
    expect(text).toMatch(/- Still to be answered: Deal context: Why they bought; .*; and \d+ more/);
    const named = /- Still to be answered: (.*); and (\d+) more/.exec(text);
    expect(named?.[1]?.split('; ')).toHaveLength(openItems.length - Number(named?.[2]));
    expect(text).toContain('Who is who\n- not known yet');
    expect(text).not.toContain('Red flags: ');
  });

  it('takes no word for an answer: what is not there is said to be none', () => {
    const { package: pkg } = handoffRecord().deal as { package: Record<string, unknown> };
    const none = {
      concerns: 'none',
      sensitivities: 'none',
      supportExpectations: 'None known',
      knownRisks: 'none',
      internalPolitics: 'none',
    };
    expect(draft(handoffRecord({ package: { ...pkg, redFlags: none, promises: 'none' } }))).toContain(
      'Risks\n- none known',
    );
  });

  it('writes a day that was promised as a day, and stays one page whatever was typed', () => {
    const { package: pkg } = handoffRecord().deal as { package: Record<string, unknown> };
    const promise = {
      what: 'x'.repeat(500),
      toWhom: 'all',
      byWhen: '2026-12-01',
      where: 'call',
      certainty: 'confirmed',
    };
    const metric = { name: 'm', target: '1', unit: 'u' };
    const long = handoffRecord({
      package: {
        ...pkg,
        promises: Array.from({ length: 30 }, () => promise),
        customerGoals: { outcomes30Days: 'y'.repeat(5000), successMetrics: Array.from({ length: 30 }, () => metric) },
      },
    });
    expect(draft(long)).toContain('- Tue, Dec 1, 2026: xxx');
    expect(draft(long).length).toBeLessThan(4000);
  });
});

describe('the plan as it stands', () => {
  const saved = (plan: string, at: string) => ({ decided: { choice: 'aligned', at, evidence: { plan } } });

  it('is the draft until somebody saves one', () => {
    expect(planOf(handoffRecord())).toEqual({ text: draft() });
  });

  it('is what was saved last; saved again as it was, it is still the one who wrote it', () => {
    const first = stepRecord('align-success-plan', saved('Ours', '2026-11-24T10:00:00Z'));
    const again = handoffRecord({
      steps: [
        {
          ...stepRecord('align-success-plan', { round: 2, ...saved('Ours', '2026-11-26T10:00:00Z') }),
          earlier: [{ ...first }],
        },
      ],
    });
    expect(planOf(again)).toEqual({ text: 'Ours', edited: { by: lena, at: '2026-11-24T10:00:00Z' } });
  });
});

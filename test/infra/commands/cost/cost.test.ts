import { describe, expect, it } from 'vitest';
import type { Usage } from '../../../../infra/account/usage.ts';
import { averageUse, handoffBill, metricsUsd, monthUsd } from '../../../../infra/commands/cost/bill.ts';
import { total } from '../../../../infra/commands/cost/bill-item.ts';
import { costReport } from '../../../../infra/commands/cost/cost-report.ts';
import { reportingBill } from '../../../../infra/commands/cost/reporting-bill.ts';
import { type ReportingUse, reportingUse } from '../../../../infra/commands/cost/reporting-use.ts';
import { memoryOf, synthesizeStage } from '../../../../infra/commands/cost/template.ts';
import { fixedCost } from '../../../../infra/stack/fixed-cost.ts';
import { shippedPlaybooks } from '../../../../statemachines/shipped-playbooks.ts';
import { course } from '../../../support/course.ts';

const usage = (times: number): Usage => ({
  stateTransitions: 40 * times,
  lambdaInvocations: { notify: 20 * times, 'show-page': 10 * times },
  dynamodb: { readUnits: 200 * times, writeUnits: 100 * times },
  mail: { messages: 10 * times, recipients: 20 * times },
  eventsPut: times,
  httpCalls: 10 * times,
  schedulerInvocations: times,
  queueRequests: times,
});

const uses = [
  { kind: 'small', ofTen: 9, usage: usage(1) },
  { kind: 'large', ofTen: 1, usage: usage(11) },
];
const fixed = fixedCost({ Resources: { Board: { Type: 'AWS::CloudWatch::Dashboard' } } });

const reporting: ReportingUse = {
  handoff: { readUnits: 800, writeUnits: 70 },
  factBytes: 8000,
  idleMonth: { readUnits: 600, writeUnits: 60 },
};

describe('The bill of a month', () => {
  it('is that of the average handoff, times their number, and what is fixed', () => {
    expect(averageUse(uses)).toEqual(usage(2));
    const each = total(handoffBill(usage(2), 512));
    const month = { handoffs: 200, uses, fixed, memoryMb: 512 };
    expect(monthUsd(month)).toBeCloseTo(200 * each + 3 + metricsUsd, 6);
    expect(monthUsd({ ...month, handoffs: 0 })).toBe(3);
  });

  it('names the dearest item first, at list prices', () => {
    const bill = handoffBill(usage(1), 512);
    expect(bill.slice(0, 2)).toEqual([
      { item: 'SES', counted: '20 recipients', usd: expect.closeTo(0.002, 9) },
      { item: 'Step Functions', counted: '40 transitions', usd: expect.closeTo(0.001, 9) },
    ]);
    expect(bill.map(({ usd }) => usd)).toEqual(bill.map(({ usd }) => usd).toSorted((a, b) => b - a));
  });

  it('says what an idle deployment costs beside the goal', () => {
    const text = costReport({ handoffs: 200, uses, fixed, memoryMb: 512 }, 'late');
    expect(text).toMatch(/an idle deployment +goal ≤ 5 met +3\.00/);
    expect(text).toContain('A month with 200 handoffs, people late');
  });

  it('reads the template as it is synthesized, whose idle deployment costs at most five dollars', async () => {
    const { template } = await synthesizeStage();
    expect(memoryOf(template)).toBeGreaterThanOrEqual(128);
    expect(fixedCost(template).usd).toBeLessThanOrEqual(5);
  });

  it('has what reports cost, beside their goals', () => {
    const month = { handoffs: 200, uses, fixed, memoryMb: 512 };
    const extra = total(reportingBill(reporting, 200));
    expect(monthUsd({ ...month, reporting })).toBeCloseTo(monthUsd(month) + extra, 9);
    const text = costReport({ ...month, reporting }, 'late');
    expect(text).toMatch(/with 200 handoffs +goal ≤ 2 met/);
    expect(text).toMatch(/with 20000 handoffs, [\d.]+% of their use +goal ≤ 10% met/);
    const dear = { ...reporting, handoff: { readUnits: 0, writeUnits: 20_000 } };
    expect(costReport({ ...month, reporting: dear }, 'late')).toMatch(/with 200 handoffs +goal ≤ 2 MISSED/);
  });

  it('counts what a night adds to a handoff: more reads than writes, and its facts in S3', course, async () => {
    const { handoff, factBytes, idleMonth } = await reportingUse(shippedPlaybooks.default);
    expect(handoff.writeUnits).toBeGreaterThan(20);
    expect(handoff.readUnits).toBeGreaterThan(handoff.writeUnits);
    expect(factBytes).toBeGreaterThan(2000);
    expect(idleMonth.readUnits).toBeGreaterThan(0);
  });
});

import { describe, expect, it } from 'vitest';
import { costUsd } from '../../../infra/account/cost.ts';
import { createMeter, usageBetween } from '../../../infra/account/usage.ts';

describe('the bill', () => {
  it('itemises what was used at list prices', () => {
    const meter = createMeter(() => 100);
    for (let count = 0; count < 1000; count++) meter.lambda('notify');
    meter.mail(2);
    meter.reads(8);
    meter.writes(16);
    meter.events(1);
    meter.httpCall();
    meter.schedulerInvocation();
    const { items, total } = costUsd(meter.usage());
    expect(items.stateTransitions).toBeCloseTo(0.0025, 12);
    expect(items.mail).toBeCloseTo(0.0002, 12);
    expect(items.lambdaCompute).toBeCloseTo(25 * 0.0000133334, 12);
    expect(items.lambdaRequests).toBeCloseTo(0.0002, 12);
    expect(items.dynamodbWrites).toBeCloseTo(0.00001, 12);
    expect(items.dynamodbReads).toBeCloseTo(0.000001, 12);
    expect(total).toBeCloseTo(
      Object.values(items).reduce((sum, each) => sum + each, 0),
      15,
    );
  });

  it('can be drawn up for a part of the time', () => {
    const meter = createMeter(() => 0);
    meter.lambda('start');
    const before = meter.usage();
    meter.lambda('notify');
    meter.writes(3);
    const used = usageBetween(before, meter.usage());
    expect(used.lambdaInvocations).toEqual({ notify: 1 });
    expect(used.dynamodb.writeUnits).toBe(3);
  });
});

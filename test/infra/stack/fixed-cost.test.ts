import { describe, expect, it } from 'vitest';
import { fixedCost } from '../../../infra/stack/fixed-cost.ts';
import { synthesize } from './synthesize.ts';

describe('What a deployment costs while nothing happens', () => {
  it('counts each metric of an alarm, and the rest by what it is', () => {
    const { items, usd } = fixedCost({
      Resources: {
        Plain: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
        Sum: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: { Metrics: [{ Expression: 'a + b' }, { MetricStat: {} }, { MetricStat: {} }] },
        },
        Board: { Type: 'AWS::CloudWatch::Dashboard' },
        Key: { Type: 'AWS::KMS::Key' },
        Function: { Type: 'AWS::Lambda::Function' },
      },
    });
    expect(items).toEqual([
      { item: 'Dashboards', count: 1, unitUsd: 3, usd: 3 },
      { item: 'KMS keys', count: 1, unitUsd: 1, usd: 1 },
      { item: 'Metrics that alarms read', count: 3, unitUsd: 0.1, usd: 0.3 },
    ]);
    expect(usd).toBe(4.3);
  });

  it('counts one for each of the others, and adds up those of a kind', () => {
    const once = [
      'CloudWatch::CompositeAlarm',
      'SecretsManager::Secret',
      'Route53::HostedZone',
      'Lambda::EventSourceMapping',
    ];
    const resources = (times: number) =>
      once.flatMap((type) =>
        Array.from({ length: times }, (_, i) => [`${type}${i}`, { Type: `AWS::${type}` }] as const),
      );
    const of = (times: number) => fixedCost({ Resources: Object.fromEntries(resources(times)) });
    expect(of(1).items.map(({ count }) => count)).toEqual([1, 1, 1, 1]);
    expect(of(3).items.map(({ count }) => count)).toEqual([3, 3, 3, 3]);
    expect(of(3).usd).toBeCloseTo(of(1).usd * 3, 2);
  });

  it('counts nothing for the stream that is read for a CRM, as Lambda asks it, and the alarms and queue that come with it', () => {
    const crm = (writeBack: readonly string[]) => ({ crm: { name: 'hubspot', account: '1', writeBack } });
    const without = fixedCost(synthesize().template);
    const read = fixedCost(synthesize(crm([])).template);
    const written = fixedCost(synthesize(crm(['status'])).template);
    const item = 'Queues that Lambda asks';
    expect(written.items).toContainEqual({ item, count: 3, unitUsd: 0.26, usd: 0.78 });
    expect(read.items).toContainEqual({ item, count: 2, unitUsd: 0.26, usd: 0.52 });
    expect([without.usd, read.usd, written.usd]).toEqual([4.96, 5.62, 6.08]);
  });

  it('is not guessed for a type that nobody has looked up', () => {
    expect(() => fixedCost({ Resources: { Gateway: { Type: 'AWS::EC2::NatGateway' } } })).toThrow(
      'AWS::EC2::NatGateway',
    );
  });
});

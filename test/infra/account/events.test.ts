import {
  DescribeRuleCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import type { BusEvent, Rule } from '../../../infra/account/events.ts';
import { failure, friday, type Opened, openAccount } from './open-account.ts';

const dealWon: Rule = {
  name: 'deal-won',
  pattern: { source: ['handoff.crm'], 'detail-type': ['Deal Closed Won'] },
  target: 'start',
};
const won = { Source: 'handoff.crm', DetailType: 'Deal Closed Won', Detail: '{"dealId":"D-1"}' };

async function withRule(start?: (event: BusEvent) => unknown): Promise<Opened & { readonly received: BusEvent[] }> {
  const received: BusEvent[] = [];
  const opened = await openAccount({
    rules: [dealWon],
    functions: {
      start: async (event: BusEvent) => {
        received.push(event);
        return start?.(event);
      },
    },
  });
  return { ...opened, received };
}

describe('the local EventBridge', () => {
  it("hands a matching event to the rule's function in AWS's form", async () => {
    const { account, clients, clock, received } = await withRule();
    const { Entries, FailedEntryCount } = await clients.events.send(
      new PutEventsCommand({ Entries: [won, { ...won, DetailType: 'Other' }] }),
    );
    await clock.settled();
    expect(FailedEntryCount).toBe(0);
    expect(received).toEqual([
      {
        version: '0',
        id: Entries?.[0]?.EventId,
        'detail-type': 'Deal Closed Won',
        source: 'handoff.crm',
        account: '111111111111',
        time: '2026-11-20T16:00:00Z',
        region: 'us-east-1',
        resources: [],
        detail: { dealId: 'D-1' },
      },
    ]);
    expect(account.usage().eventsPut).toBe(2);
  });

  it("keeps an event's own time", async () => {
    const { clients, clock, received } = await withRule();
    await clients.events.send(new PutEventsCommand({ Entries: [{ ...won, Time: new Date(friday - 60_000) }] }));
    await clock.settled();
    expect(received[0]?.time).toBe('2026-11-20T15:59:00Z');
  });

  it('answers a wrong entry with its error beside the right ones', async () => {
    const { clients } = await withRule();
    const { FailedEntryCount, Entries } = await clients.events.send(
      new PutEventsCommand({
        Entries: [
          won,
          { ...won, Detail: '{' },
          { ...won, Detail: '[]' },
          { ...won, Source: undefined },
          { ...won, Source: 'aws.ses' },
        ],
      }),
    );
    expect(FailedEntryCount).toBe(4);
    expect(Entries?.map((entry) => entry.ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'MalformedDetail',
      'InvalidArgument',
      'NotAuthorizedForSourceException',
    ]);
  });

  it('delivers what is nested more deeply than can be written again, in the place it was read from', async () => {
    const { clients, clock, received } = await withRule();
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const { FailedEntryCount } = await clients.events.send(
      new PutEventsCommand({ Entries: [{ ...won, Detail: `{ "dealId": "D-1", "deep": ${deep} }` }] }),
    );
    await clock.settled();
    expect(FailedEntryCount).toBe(0);
    expect(received[0]).toMatchObject({ source: 'handoff.crm', region: 'us-east-1', detail: { dealId: 'D-1' } });
  });

  it('refuses a call that is too large or has too many entries', async () => {
    const { clients } = await withRule();
    const large = { ...won, Detail: JSON.stringify({ note: 'x'.repeat(300_000) }) };
    const size = await failure(clients.events.send(new PutEventsCommand({ Entries: [large] })));
    expect(size).toMatchObject({
      name: 'ValidationException',
      message: 'Total size of the entries in the request is over the limit.',
    });
    const many = await failure(
      clients.events.send(new PutEventsCommand({ Entries: Array.from({ length: 11 }, () => won) })),
    );
    expect(many.message).toContain('less than or equal to 10');
  });

  it('delivers again while the function is throttled', async () => {
    const { account, clients, clock, received } = await withRule();
    account.lambda.throttleNext('start', 5);
    await clients.events.send(new PutEventsCommand({ Entries: [won] }));
    await clock.runToEnd();
    expect(received).toHaveLength(1);
    expect(clock.now() - friday).toBe((1 + 2 + 4 + 8 + 16) * 1000);
  });

  it('gives up after 24 hours, and at once where there is no function', async () => {
    const { account, clients, clock } = await withRule();
    account.lambda.throttleNext('start', Number.POSITIVE_INFINITY);
    await clients.events.send(new PutEventsCommand({ Entries: [won] }));
    await clock.runToEnd();
    expect(account.deadLetters).toMatchObject([
      { origin: 'rule deal-won', functionName: 'start', errorType: 'TooManyRequestsException' },
    ]);
    expect(clock.now() - friday).toBeLessThanOrEqual(24 * 3_600_000);
    expect(clock.now() - friday).toBeGreaterThan(23 * 3_600_000);

    const missing = await openAccount({ rules: [dealWon] });
    await missing.clients.events.send(new PutEventsCommand({ Entries: [won] }));
    await missing.clock.settled();
    expect(missing.account.deadLetters).toMatchObject([{ errorType: 'ResourceNotFoundException', attempts: 1 }]);
  });

  it('leaves a function that throws to Lambda, which tries three times', async () => {
    const { account, clients, clock, received } = await withRule(() => {
      throw new RangeError('no');
    });
    await clients.events.send(new PutEventsCommand({ Entries: [won] }));
    await clock.runToEnd();
    expect(received).toHaveLength(3);
    expect(account.deadLetters).toMatchObject([{ origin: 'rule deal-won', errorType: 'RangeError', attempts: 3 }]);
  });

  it('shows its rules and refuses to change them', async () => {
    const { clients } = await withRule();
    const { Rules } = await clients.events.send(new ListRulesCommand({}));
    expect(Rules?.map((rule) => rule.Arn)).toEqual(['arn:aws:events:us-east-1:111111111111:rule/deal-won']);
    const { EventPattern } = await clients.events.send(new DescribeRuleCommand({ Name: 'deal-won' }));
    expect(JSON.parse(EventPattern ?? '')).toEqual(dealWon.pattern);
    const { Targets } = await clients.events.send(new ListTargetsByRuleCommand({ Rule: 'deal-won' }));
    expect(Targets?.[0]?.Arn).toBe('arn:aws:lambda:us-east-1:111111111111:function:start');
    expect((await failure(clients.events.send(new PutRuleCommand({ Name: 'new' })))).message).toContain(
      'EventBridge.PutRule',
    );
  });

  it('does not start with a pattern it does not understand', async () => {
    const wrong = { ...dealWon, pattern: { detail: { ip: [{ cidr: '10.0.0.0/8' }] } } };
    expect((await failure(openAccount({ rules: [wrong] }))).name).toBe('InvalidEventPatternException');
  });
});

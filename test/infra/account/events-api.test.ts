import { ListEventBusesCommand, ListRulesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import type { BusEvent, Rule } from '../../../infra/account/events.ts';
import { openAccount } from './open-account.ts';
import { callJson } from './raw-call.ts';

const busArn = 'arn:aws:events:us-east-1:111111111111:event-bus/default';
const won = { Source: 'handoff.crm', DetailType: 'Deal Closed Won', Detail: '{}' };
const rule = (name: string, bus?: string): Rule => ({
  name,
  pattern: { source: ['handoff.crm'] },
  target: 'start',
  ...(bus && { bus }),
});
const partner = 'aws.partner/salesforce.com/00D/channel';

async function open() {
  const heard: BusEvent[] = [];
  const opened = await openAccount({
    rules: [rule('deal-won'), rule('deal-lost'), rule('other'), rule('partner', partner)],
    functions: { start: (event: BusEvent) => void heard.push(event) },
  });
  const call = (action: string, parameters: object) =>
    callJson(opened.account, 'events', `AWSEvents.${action}`)(parameters);
  return { ...opened, heard, call };
}

describe('an event put to a bus', () => {
  it.each([
    ['the default one', {}, 3, undefined],
    ['the default one by name', { EventBusName: 'default' }, 3, undefined],
    ['the default one by its ARN', { EventBusName: busArn }, 3, undefined],
    ["a partner's by name", { EventBusName: partner }, 1, undefined],
    ["a partner's by its ARN", { EventBusName: busArn.replace('default', partner) }, 1, undefined],
    // As on AWS, where such an event gets an id and nothing becomes of it.
    ['one that does not exist', { EventBusName: 'nowhere' }, 0, undefined],
    ["another account's", { EventBusName: busArn.replace('111111111111', '222222222222') }, 0, 'AccessDeniedException'],
    ["another region's", { EventBusName: busArn.replace('us-east-1', 'eu-west-1') }, 0, 'InvalidArgument'],
    ["another partition's", { EventBusName: busArn.replace('arn:aws:', 'arn:aws-cn:') }, 0, 'InvalidArgument'],
  ])('reaches the rules of that bus: %s', async (_, bus, times, error) => {
    const { clients, clock, heard } = await open();
    const answer = await clients.events.send(new PutEventsCommand({ Entries: [{ ...won, ...bus }] }));
    await clock.settled();
    expect(heard).toHaveLength(times);
    expect(answer).toMatchObject({
      FailedEntryCount: error ? 1 : 0,
      Entries: [error ? { ErrorCode: error } : { EventId: expect.any(String) }],
    });
  });
});

describe('a list', () => {
  it('comes in pages, by name', async () => {
    const { clients } = await open();
    const names: (string | undefined)[][] = [];
    let NextToken: string | undefined;
    do {
      const page = await clients.events.send(new ListRulesCommand({ Limit: 2, NextToken }));
      names.push((page.Rules ?? []).map(({ Name }) => Name));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(names).toEqual([['deal-lost', 'deal-won'], ['other']]);
  });

  it.each([
    ['a prefix', { NamePrefix: 'deal-' }, ['deal-lost', 'deal-won']],
    ['a prefix that nothing has', { NamePrefix: 'x' }, []],
    ['a bus', { EventBusName: partner }, ['partner']],
    ['a bus by its ARN', { EventBusName: busArn }, ['deal-lost', 'deal-won', 'other']],
  ])('of rules has those of %s', async (_, asked, names) => {
    const { clients } = await open();
    const { Rules } = await clients.events.send(new ListRulesCommand(asked));
    expect(Rules?.map(({ Name }) => Name)).toEqual(names);
  });

  it('of buses has those with a prefix', async () => {
    const { clients } = await open();
    const { EventBuses } = await clients.events.send(new ListEventBusesCommand({ NamePrefix: 'aws.' }));
    expect(EventBuses?.map(({ Name }) => Name)).toEqual([partner]);
  });
});

const event = JSON.stringify({
  id: '1',
  'detail-type': 'd',
  source: 's',
  account: '111111111111',
  time: '2026-11-20T16:00:00Z',
  region: 'us-east-1',
  resources: [],
});

describe('the local EventBridge', () => {
  it.each([
    ['no entries', 'PutEvents', { Entries: [] }, 'ValidationException', 'greater than or equal to 1'],
    ['entries left out', 'PutEvents', {}, 'ValidationException', "Value null at 'entries'"],
    ['an entry that is none', 'PutEvents', { Entries: ['x'] }, 'SerializationException', 'entries.1.member'],
    [
      'a source that is no text',
      'PutEvents',
      { Entries: [{ ...won, Source: 1 }] },
      'SerializationException',
      'entries.1.member.source is no string',
    ],
    [
      'a time that is none',
      'PutEvents',
      { Entries: [{ ...won, Time: 'soon' }] },
      'SerializationException',
      'time is no timestamp',
    ],
    [
      'resources that are no list',
      'PutEvents',
      { Entries: [{ ...won, Resources: 'r' }] },
      'SerializationException',
      'resources is no list',
    ],
    [
      'a bus with odd characters',
      'PutEvents',
      { Entries: [{ ...won, EventBusName: 'a b' }] },
      'ValidationException',
      "'entries.1.member.eventBusName'",
    ],
    [
      "a rule's ARN for a bus",
      'PutEvents',
      { Entries: [{ ...won, EventBusName: busArn.replace('event-bus', 'rule') }] },
      'ValidationException',
      'regular expression pattern',
    ],
    [
      'a trace header',
      'PutEvents',
      { Entries: [{ ...won, TraceHeader: 'x' }] },
      'UnknownOperationException',
      'EventBridge.PutEvents parameter entries.1.member.TraceHeader',
    ],
    [
      'a global endpoint',
      'PutEvents',
      { Entries: [won], EndpointId: 'abcde.veo' },
      'UnknownOperationException',
      'parameter EndpointId',
    ],
    [
      'rules of a bus that does not exist',
      'ListRules',
      { EventBusName: 'nowhere' },
      'ResourceNotFoundException',
      'Event bus nowhere does not exist.',
    ],
    [
      "rules of another account's bus",
      'ListRules',
      { EventBusName: busArn.replace('111111111111', '222222222222') },
      'AccessDeniedException',
      'events:ListRules',
    ],
    [
      "rules of another region's bus",
      'DescribeRule',
      { Name: 'other', EventBusName: busArn.replace('us-east-1', 'eu-west-1') },
      'ValidationException',
      'another region',
    ],
    ['a page of nothing', 'ListRules', { Limit: 0 }, 'ValidationException', "Value '0' at 'limit'"],
    ['a page size that is no number', 'ListRules', { Limit: '5' }, 'SerializationException', 'limit is no integer'],
    [
      'a token of another list',
      'ListEventBuses',
      { NextToken: 'abc' },
      'ValidationException',
      'NextToken is not valid',
    ],
    ['a rule without its name', 'DescribeRule', {}, 'ValidationException', "Value null at 'name'"],
    [
      'targets of no rule',
      'ListTargetsByRule',
      { Rule: 'none' },
      'ResourceNotFoundException',
      'Rule none does not exist on EventBus default.',
    ],
    [
      'a test of an event that is none',
      'TestEventPattern',
      { EventPattern: '{"source":["s"]}', Event: '{"source":"s"}' },
      'ValidationException',
      'no field id',
    ],
    [
      'a test of a pattern that is none',
      'TestEventPattern',
      { EventPattern: 'x', Event: event },
      'InvalidEventPatternException',
      'not an object',
    ],
    ['filters it does not know', 'ListRules', { State: 'ENABLED' }, 'UnknownOperationException', 'parameter State'],
  ])('refuses %s', async (_, action, parameters, error, message) => {
    const { call, clock, heard } = await open();
    expect(await call(action, parameters)).toMatchObject({ error, message: expect.stringContaining(message) });
    await clock.settled();
    expect(heard).toEqual([]);
  });

  it('compares an event with a pattern', async () => {
    const { call } = await open();
    for (const source of ['s', 'other'])
      expect(
        (await call('TestEventPattern', { EventPattern: JSON.stringify({ source: [source] }), Event: event })).body,
      ).toEqual({ Result: source === 's' });
  });
});

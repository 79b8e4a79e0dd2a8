import { boundedText, type Members } from './wire/parameters.ts';

const bus = boundedText(
  1600,
  '(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus/)?[/\\.\\-_A-Za-z0-9]+',
);
const rule = boundedText(64, '[\\.\\-_A-Za-z0-9]+');
const page: Members = { Limit: { type: 'integer', least: 1, most: 100 }, NextToken: boundedText(2048) };

const entry: Members = {
  Time: { type: 'timestamp' },
  Source: { type: 'string' },
  Resources: { type: 'list', of: { type: 'string', most: 2048 } },
  DetailType: { type: 'string' },
  Detail: { type: 'string' },
  EventBusName: bus,
};

/** What each action of EventBridge takes here. */
export const eventShapes: Readonly<Record<string, Members>> = {
  PutEvents: {
    Entries: { type: 'list', of: { type: 'structure', members: entry }, least: 1, most: 10, required: true },
  },
  ListRules: { NamePrefix: rule, EventBusName: bus, ...page },
  DescribeRule: { Name: { ...rule, required: true }, EventBusName: bus },
  ListTargetsByRule: { Rule: { ...rule, required: true }, EventBusName: bus, ...page },
  ListEventBuses: { NamePrefix: boundedText(256, '[/\\.\\-_A-Za-z0-9]+'), ...page },
  TestEventPattern: {
    EventPattern: { type: 'string', most: 4096, required: true },
    Event: { type: 'string', required: true },
  },
};

import { boundedText, type Members, type Shape } from './wire/parameters.ts';

const name = boundedText(64, '[0-9a-zA-Z-_.]+');
const token = boundedText(64, '[a-zA-Z0-9-_]+');
const state: Shape = { type: 'string', values: ['ENABLED', 'DISABLED'] };
const required = { required: true } as const;

const target: Members = {
  Arn: { ...boundedText(1600), ...required },
  RoleArn: { ...boundedText(1600, 'arn:aws[a-z-]*:iam::\\d{12}:role\\/[\\w+=,.@\\/-]+'), ...required },
  Input: { type: 'string', least: 1 },
  DeadLetterConfig: {
    type: 'structure',
    members: { Arn: boundedText(1600, 'arn:aws[a-z-]*:sqs:[a-z0-9\\-]+:\\d{12}:[a-zA-Z0-9\\-_]+') },
  },
  RetryPolicy: {
    type: 'structure',
    members: {
      MaximumEventAgeInSeconds: { type: 'integer', least: 60, most: 86_400 },
      MaximumRetryAttempts: { type: 'integer', least: 0, most: 185 },
    },
  },
};

const schedule: Members = {
  Name: { ...name, ...required },
  GroupName: name,
  ScheduleExpression: { ...boundedText(256), ...required },
  ScheduleExpressionTimezone: boundedText(50),
  FlexibleTimeWindow: {
    type: 'structure',
    members: {
      Mode: { type: 'string', values: ['OFF', 'FLEXIBLE'], ...required },
      MaximumWindowInMinutes: { type: 'integer', least: 1, most: 1440 },
    },
    ...required,
  },
  Target: { type: 'structure', members: target, ...required },
  ActionAfterCompletion: { type: 'string', values: ['NONE', 'DELETE'] },
  State: state,
  Description: { type: 'string', most: 512 },
  ClientToken: token,
};

/** What each action of EventBridge Scheduler takes here. */
export const scheduleShapes: Readonly<Record<string, Members>> = {
  CreateSchedule: schedule,
  UpdateSchedule: schedule,
  GetSchedule: { Name: { ...name, ...required }, GroupName: name },
  DeleteSchedule: { Name: { ...name, ...required }, GroupName: name, ClientToken: token },
  ListSchedules: {
    GroupName: name,
    NamePrefix: name,
    State: state,
    MaxResults: { type: 'integer', least: 1, most: 100 },
    NextToken: boundedText(2048),
  },
};

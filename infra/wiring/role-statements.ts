import { openWork } from '../../functions/aws/table.ts';
import type { Needs } from './function-needs.ts';
import type { Placeholders } from './state-machine.ts';
import { earlierGrants, grantsOf } from './workflow-grants.ts';

/** A statement of a role's policy, as IAM takes it in JSON. */
export interface RoleStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The ARNs of what functions work with. */
export interface Works {
  readonly table: string;
  /** The state machine, its alias where it has one, and its executions, named after handoffs. */
  readonly machines: readonly string[];
  readonly executions: string;
  /** Reminders: the schedules of the group, and the role in which they call. */
  readonly schedules: string;
  readonly schedulerRole: string;
  /** What mail is sent with: identities and configuration set. */
  readonly mail: readonly string[];
  /** The one address that mail comes from. */
  readonly sender: string;
  /** The queue of what is tried again, and the functions that are. */
  readonly triedAgain: string;
  /** The queue of what waits for a person. */
  readonly undelivered: string;
  readonly functionsTriedAgain: readonly string[];
  /** The bus that deals come in on, what was heard of them, and the parameter with the secrets of the CRM. */
  readonly dealBus: string;
  readonly dealsHeard: string;
  readonly writeBacks: string;
  /** The table's stream; where there is none, nobody reads it. */
  readonly stream: string;
  /** The queue of what was told of mails that arrived. */
  readonly deliveries: string;
  readonly crmSecrets: string;
  /** The delivery stream of facts; undefined where they stay in the table. */
  readonly factStream: string | undefined;
  /** Whether the stage deletes what is older than it keeps. */
  readonly dropsOld: boolean;
}

const allow = (
  actions: readonly string[],
  resources: readonly string[],
  conditions?: RoleStatement['Condition'],
): RoleStatement => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
  ...(conditions && { Condition: conditions }),
});

/** What Lambda does with a queue in the role of who takes from it. */
const takes = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'] as const;

/** What Lambda does with the table's stream in the role of who reads it. */
const readsStream = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
] as const;

/** What a function's role allows: exactly what it needs. */
export function functionStatements(needs: Needs, works: Works): readonly RoleStatement[] {
  return [
    ...usesTable(needs.table, works.table),
    ...(needs.dropsOld && works.dropsOld ? usesTable(needs.dropsOld, works.table) : []),
    ...(needs.openWork ? [allow(['dynamodb:Query'], [`${works.table}/index/${openWork.name}`])] : []),
    // As the sender and as nobody else.
    ...(needs.sendsMail
      ? [allow(['ses:SendRawEmail'], works.mail, { StringEquals: { 'ses:FromAddress': works.sender } })]
      : []),
    // On the machine and on its alias: which of the two IAM looks at is not the same for every call.
    ...(needs.executions?.includes('start') ? [allow(['states:StartExecution'], works.machines)] : []),
    ...(needs.executions?.includes('stop') ? [allow(['states:StopExecution'], [works.executions])] : []),
    ...keepsReminders(needs, works),
    // Lambda writes as the function, and reads as the one that takes.
    ...(needs.triedAgain ? [allow(['sqs:SendMessage'], [works.triedAgain])] : []),
    ...(needs.leftForPeople ? [allow(['sqs:SendMessage'], [works.undelivered])] : []),
    ...(needs.triesAgain
      ? [allow(takes, [works.triedAgain]), allow(['lambda:InvokeFunction'], works.functionsTriedAgain)]
      : []),
    ...(needs.putsEvents ? [allow(['events:PutEvents'], [works.dealBus])] : []),
    ...(needs.sendsFacts && works.factStream ? [allow(['firehose:PutRecordBatch'], [works.factStream])] : []),
    ...(needs.crm ? [allow(['ssm:GetParameter'], [works.crmSecrets])] : []),
    ...(needs.readsDeals ? [allow(takes, [works.dealsHeard])] : []),
    ...(needs.queuesWriteBacks
      ? [allow(readsStream, [works.stream]), allow(['sqs:SendMessage'], [works.writeBacks, works.undelivered])]
      : []),
    ...(needs.writesBack ? [allow(takes, [works.writeBacks])] : []),
    // Asked by the function itself, which knows the queue.
    ...(needs.takesDeliveries ? [allow(['sqs:DeleteMessage', 'sqs:ReceiveMessage'], [works.deliveries])] : []),
    ...(needs.tokens
      ? [
          allow(
            needs.tokens.map((answer) => `states:${answer}`),
            works.machines,
          ),
        ]
      : []),
  ];
}

/** One statement for all actions on the same partitions. */
function usesTable(table: Needs['table'], tableArn: string): RoleStatement[] {
  const byKeys = new Map<string, { actions: string[]; keys: readonly string[] }>();
  for (const [action, keys] of Object.entries(table)) {
    const known = byKeys.get(`${keys}`) ?? { actions: [], keys };
    known.actions.push(`dynamodb:${action}`);
    byKeys.set(`${keys}`, known);
  }
  return [...byKeys.values()].map(({ actions, keys }) => allow(actions, [tableArn], inPartitions(keys)));
}

const inPartitions = (keys: readonly string[]): RoleStatement['Condition'] & object => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
});

function keepsReminders({ schedules = [] }: Needs, works: Works): RoleStatement[] {
  const puts = schedules.includes('put');
  const actions = [
    ...(puts ? ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule'] : []),
    ...(schedules.includes('remove') ? ['scheduler:DeleteSchedule'] : []),
  ];
  return [
    ...(actions.length > 0 ? [allow(actions, [works.schedules])] : []),
    // A schedule says as whom the scheduler is to act.
    ...(puts ? [passes(works.schedulerRole, 'scheduler.amazonaws.com')] : []),
  ];
}

const passes = (role: string, service: string): RoleStatement =>
  allow(['iam:PassRole'], [role], { StringEquals: { 'iam:PassedToService': service } });

/**
 * What the state machine's role allows: what its definition calls. `arns`: what its placeholders stand for, of the table and the
 * group of schedules their ARNs. Throws for an integration that nobody has thought about.
 */
export function workflowStatements(definition: unknown, arns: Placeholders): readonly RoleStatement[] {
  const named = new Map<string, string>(Object.entries(arns));
  const own = grantsOf(definition);
  const known = new Set(own.map(({ on }) => on));
  return [...own, ...earlierGrants.filter(({ on }) => !known.has(on))].map(({ actions, on, leadingKeys, passedTo }) => {
    const arn = named.get(/^\$\{(\w+)\}$/.exec(on)?.[1] ?? '');
    if (!arn) throw new Error(`The state machine names ${on || 'nothing'} where a placeholder is expected.`);
    if (passedTo) return passes(arn, passedTo);
    return allow(actions, [arn], leadingKeys && inPartitions(leadingKeys));
  });
}

/** What the role of reminders allows: to call who reminds, and to keep what did not come through. */
export const schedulerStatements = (notifyArn: string, deadLettersArn: string): readonly RoleStatement[] => [
  allow(['lambda:InvokeFunction'], [notifyArn]),
  allow(['sqs:SendMessage'], [deadLettersArn]),
];

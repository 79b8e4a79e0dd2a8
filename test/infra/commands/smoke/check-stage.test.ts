import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { checkStage, type StageCalls, stageCalls } from '../../../../infra/commands/smoke/check-stage.ts';
import { type Finding, findingLines } from '../../../../infra/commands/smoke/finding.ts';
import { settingsOf } from '../../../../infra/stack/settings.ts';
import { resolve } from '../../stack/resolve.ts';
import { synthesize } from '../../stack/synthesize.ts';

const changes = { alarmMail: 'Operations@example.com' };
const settingsWith = (more: object = {}) =>
  settingsOf('sample', {
    sample: {
      company: 'E',
      siteName: 'Handoff',
      sender: 'handoff@example.com',
      defaultZone: 'UTC',
      ...changes,
      ...more,
    },
  });

/** What the stack makes, as AWS would answer: the alarms, and the policy of the queue. */
const { template, ofType } = synthesize(changes);
const resolved = (value: unknown) => resolve(template.Resources, value) as Record<string, unknown>;
const topic = 'arn:aws:sns:us-east-1:111111111111:handoff-sample-alarms';
const alarms = ofType('AWS::CloudWatch::Alarm').map(({ Properties: { AlarmActions: _, ...properties } }) => ({
  ...resolved(properties),
  AlarmActions: [topic],
  ActionsEnabled: true,
}));
const policy = ofType('AWS::SQS::QueuePolicy')
  .map(({ Properties }) => resolved(Properties))
  .find(({ Queues }) => JSON.stringify(Queues).includes('undelivered"'))?.['PolicyDocument'];

const named = (name: string) => Object.assign(new Error('It is so.'), { name });
const member = (endpoint: string, arn: string) =>
  `<member><TopicArn>${topic}</TopicArn><Protocol>email</Protocol><SubscriptionArn>${arn}</SubscriptionArn><Endpoint>${endpoint}</Endpoint></member>`;
const confirmed = member('operations@example.com', `${topic}:1234`);

interface Account {
  readonly identity?: object | Error;
  readonly account?: object;
  readonly queues?: readonly string[];
  readonly policy?: unknown;
  readonly alarms?: readonly object[];
  readonly subscriptions?: readonly string[];
  /** The metrics that have data, by name. */
  readonly heard?: readonly string[];
}

const healthy = {
  ProductionAccessEnabled: true,
  SendingEnabled: true,
  EnforcementStatus: 'HEALTHY',
  SendQuota: { Max24HourSend: 50_000, SentLast24Hours: 12 },
};
const allQueues = ['undelivered', 'undelivered-reminders', 'tried-again', 'deliveries'];

function calls(of: Account): StageCalls {
  return {
    ses: async (path) => {
      if (path === '/v2/email/account') return (of.account ?? healthy) as Record<string, unknown>;
      expect(path).toBe('/v2/email/identities/example.com');
      if (of.identity instanceof Error) throw of.identity;
      return (of.identity ?? { VerifiedForSendingStatus: true }) as Record<string, unknown>;
    },
    sqs: async (action, { QueueName, QueueUrl }) => {
      if (action === 'GetQueueUrl') {
        if (!(of.queues ?? allQueues).some((name) => QueueName === `handoff-sample-${name}`))
          throw named('QueueDoesNotExist');
        return { QueueUrl: `https://sqs/${QueueName}` };
      }
      expect(QueueUrl).toBe('https://sqs/handoff-sample-undelivered');
      return {
        Attributes:
          'policy' in of && of.policy === undefined ? undefined : { Policy: JSON.stringify(of.policy ?? policy) },
      };
    },
    sns: async (action, { TopicArn, NextToken }) => {
      expect([action, TopicArn]).toEqual(['ListSubscriptionsByTopic', topic]);
      const all = of.subscriptions ?? [confirmed];
      const at = Number(NextToken ?? 0);
      return `<R><Subscriptions>${all[at] ?? ''}</Subscriptions>${at + 1 < all.length ? `<NextToken>${at + 1}</NextToken>` : ''}</R>`;
    },
    cloudWatch: async (action, { NextToken, AlarmNamePrefix, MetricName, Dimensions }) => {
      if (action === 'DescribeAlarms') {
        expect(AlarmNamePrefix).toBe('handoff-sample-');
        const all = of.alarms ?? alarms;
        return NextToken ? { MetricAlarms: all.slice(5) } : { MetricAlarms: all.slice(0, 5), NextToken: '5' };
      }
      // Somebody else's metric of that name, with other dimensions.
      const others = Dimensions ? [] : [{ MetricName, Dimensions: [{ Name: 'FunctionName', Value: 'other' }] }];
      const ours = (of.heard ?? []).includes(String(MetricName)) ? [{ MetricName, Dimensions }] : [];
      return { Metrics: [...others, ...ours] };
    },
  };
}

const check = (of: Account, more: object = {}) => checkStage(settingsWith(more), calls(of));
const ofKind = (findings: readonly Finding[], kind: Finding['kind']) =>
  findings.filter((finding) => finding.kind === kind);
const told = (findings: readonly Finding[], kind: Finding['kind'] = 'bad') =>
  ofKind(findings, kind).flatMap(findingLines).join('\n');

const everyMetric = alarms.map((alarm) => String(Object(alarm).MetricName));

describe('what is checked of a stage', () => {
  it('is well as the stack makes it, once it is confirmed, verified and in use', async () => {
    const findings = await check({ heard: everyMetric });
    expect(findings.flatMap(findingLines)).toEqual([
      'checked SES has verified the sender example.com',
      'checked SES sends to anybody: 12 of 50000 mails used in 24 hours',
      'checked EventBridge may write to handoff-sample-undelivered, for all 12 rules',
      'checked Alarms reach Operations@example.com',
      'checked 17 of 17 alarms have heard of their metric within two weeks',
    ]);
  });

  it.each([
    [
      { identity: { VerifiedForSendingStatus: false, VerificationStatus: 'PENDING' } },
      {},
      'has not verified the sender example.com (PENDING)',
      'Publish the three DKIM records',
    ],
    [
      { identity: named('NotFoundException') },
      {},
      'does not know the sender example.com',
      '"senderIdentity": "create"',
    ],
    [{ account: { ...healthy, ProductionAccessEnabled: false } }, {}, 'in its sandbox', 'Ask for production access'],
    [{ account: { ...healthy, SendingEnabled: false } }, {}, 'sending is paused', 'account dashboard'],
    [{ account: { ...healthy, EnforcementStatus: 'SHUTDOWN' } }, {}, 'sending is paused', 'account dashboard'],
    [{ account: { ...healthy, EnforcementStatus: 'PROBATION' } }, {}, 'reviews this account', 'correct the addresses'],
  ])('says that mail is not well, and how to mend it: %j', async (account, more, what, remedy) => {
    const findings = await check(account, more);
    expect(ofKind(findings, 'bad')).toHaveLength(1);
    expect(told(findings)).toMatch(/^FAILED {2}\S/);
    expect(told(findings)).toContain(what);
    expect(told(findings)).toContain(remedy);
  });

  it('takes the sandbox for what is meant where its recipients are named', async () => {
    const findings = await check(
      { account: { ...healthy, ProductionAccessEnabled: false } },
      { sandboxRecipients: ['a@example.com'] },
    );
    expect(ofKind(findings, 'bad')).toEqual([]);
    expect(told(findings, 'not yet')).toContain('SES is in its sandbox, and sends to the verified addresses alone');
  });

  it('names each queue that is gone', async () => {
    const findings = await check({ queues: ['tried-again', 'deliveries'] });
    expect(told(findings)).toContain('no queue handoff-sample-undelivered:');
    expect(told(findings)).toContain('no queue handoff-sample-undelivered-reminders:');
    expect(ofKind(findings, 'bad')).toHaveLength(2);
  });

  it('knows which rules of the clock the stage has, and that each of them may, too', async () => {
    const { Statement } = Object(policy) as { Statement: Record<string, unknown>[] };
    const without = (rule: string) => ({
      policy: { Statement: Statement.filter((statement) => !JSON.stringify(statement).includes(rule)) },
    });
    for (const rule of ['measure', 'send-reports'])
      expect(told(await check(without(`handoff-sample-${rule}`)))).toContain(
        `may not write to handoff-sample-undelivered for handoff-sample-${rule}:`,
      );
    // Where a CRM is asked there is one more, which this queue does not know.
    const crm = { crm: { name: 'hubspot', account: '1234' } };
    expect(told(await check({}, crm))).toContain('for handoff-sample-reconcile:');
  });

  it('names each rule that may not write to the dead letters', async () => {
    const { Statement } = Object(policy) as { Statement: Record<string, unknown>[] };
    const without = (change: (statement: Record<string, unknown>) => Record<string, unknown> | undefined) => ({
      policy: {
        Statement: Statement.flatMap((statement) =>
          JSON.stringify(statement).includes('mail-fate') ? (change(statement) ?? []) : statement,
        ),
      },
    });
    for (const account of [
      without(() => undefined),
      without((statement) => ({ ...statement, Effect: 'Deny' })),
      without((statement) => ({ ...statement, Principal: { Service: 'sns.amazonaws.com' } })),
      without((statement) => ({ ...statement, Action: 'sqs:ReceiveMessage' })),
      without(({ Condition: _, ...statement }) => statement),
    ]) {
      const findings = await check(account);
      expect(ofKind(findings, 'bad')).toHaveLength(1);
      expect(told(findings)).toContain('may not write to handoff-sample-undelivered for handoff-sample-mail-fate:');
      expect(told(findings)).toContain('Detect drift');
    }
    expect(told(await check({ policy: undefined }))).toContain('handoff-sample-deal-closed-won, ');
  });

  it.each([
    [[member('operations@example.com', 'PendingConfirmation')], 'has not confirmed its subscription'],
    [[], 'is not subscribed to them any more'],
    [[member('somebody@example.com', `${topic}:1`)], 'is not subscribed to them any more'],
    [[member('operations@example.com', 'Deleted')], 'is not subscribed to them any more'],
  ])('says that nobody hears of alarms, and how to mend it: %j', async (subscriptions, why) => {
    const findings = await check({ subscriptions });
    expect(ofKind(findings, 'bad')).toHaveLength(1);
    expect(told(findings)).toContain(`No alarm reaches Operations@example.com, which ${why}`);
    expect(told(findings)).toContain(`aws sns subscribe --topic-arn ${topic}`);
  });

  it('finds the subscription on any page, and behind one that was never confirmed', async () => {
    const pending = member('operations@example.com', 'PendingConfirmation');
    expect(told(await check({ subscriptions: [member('x@example.com', `${topic}:1`), pending, confirmed] }))).toBe('');
  });

  it('says that there are no alarms, and takes those of a stage with a longer name for none of its own', async () => {
    const others = alarms.map((alarm) => ({ ...alarm, AlarmActions: [topic.replace('sample', 'sample-eu')] }));
    for (const none of [[], others])
      expect(told(await check({ alarms: none }))).toContain('No alarm of handoff-sample tells anybody');
  });

  it('names an alarm that is switched off', async () => {
    const [first, ...more] = alarms;
    const findings = await check({ alarms: [{ ...first, ActionsEnabled: false }, ...more] });
    expect(told(findings)).toContain(
      'aws cloudwatch enable-alarm-actions --alarm-names handoff-sample-executions-failed',
    );
  });

  it('says honestly of which metrics no data has come yet, and calls no alarm well for it', async () => {
    const findings = await check({ heard: ['Errors'] });
    expect(ofKind(findings, 'bad')).toEqual([]);
    expect(told(findings, 'good')).toContain('4 of 17 alarms have heard');
    const silent = told(findings, 'not yet');
    expect(silent).toContain('handoff-sample-executions-failed');
    // Throttles of other functions are not those of the account.
    expect(silent).toContain('handoff-sample-functions-throttled');
    expect(silent).not.toContain('notify-errors');
    expect(told(await check({}), 'not yet')).toMatch(/0 of 17 alarms[\s\S]*notify-errors.*once their function has run/);
  });

  it('is checked as far as it can be: what AWS refuses keeps nothing else from it', async () => {
    const denied = () => Promise.reject(named('AccessDeniedException'));
    const findings = await checkStage(settingsWith(), { ...calls({ heard: everyMetric }), sns: denied });
    expect(told(findings)).toMatch(
      /^FAILED {2}Not checked: the alarms\. AccessDeniedException: It is so\.\n.*credentials/,
    );
    expect(ofKind(findings, 'good')).toHaveLength(3);
  });
});

describe('the calls that check a stage', () => {
  const answers: Readonly<Record<string, readonly [number, string, Record<string, string>?]>> = {
    'monitoring POST /': [200, '{"MetricAlarms":[]}'],
    'sns POST /': [200, '<R><Subscriptions/></R>'],
    'sqs POST /': [200, '{"QueueUrl":"q"}'],
    'email GET /v2/email/account': [200, '{"SendingEnabled":true}'],
    'email GET /v2/email/identities/a%40example.com': [
      404,
      '{"message":"None."}',
      { 'x-amzn-errortype': 'NotFoundException:http://x' },
    ],
  };
  const sent: { headers: Record<string, string>; body?: string }[] = [];
  const made = stageCalls(
    new LambdaClient({
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
      requestHandler: {
        handle: async (request: unknown) => {
          const { hostname, method, path, ...more } = request as Record<string, string> & (typeof sent)[number];
          sent.push(more);
          const [statusCode, text, headers = {}] = answers[`${hostname?.split('.')[0]} ${method} ${path}`] ?? [500, ''];
          return { response: { statusCode, headers, body: Buffer.from(text) } } as never;
        },
      },
    }),
  );
  const last = () => sent.at(-1) ?? { headers: {} };

  it('go to each service as it wants to be asked', async () => {
    expect(await made.cloudWatch('DescribeAlarms', { MaxRecords: 100 })).toEqual({ MetricAlarms: [] });
    expect(last().headers['x-amz-target']).toBe('GraniteServiceVersion20100801.DescribeAlarms');
    expect(last().headers['authorization']).toContain('/eu-central-1/monitoring/');
    expect(await made.sns('ListSubscriptionsByTopic', { TopicArn: topic })).toContain('Subscriptions');
    expect(new URLSearchParams(last().body).get('TopicArn')).toBe(topic);
    expect(await made.sqs('GetQueueUrl', { QueueName: 'q' })).toEqual({ QueueUrl: 'q' });
    expect(last().headers['x-amz-target']).toBe('AmazonSQS.GetQueueUrl');
    expect(await made.ses('/v2/email/account')).toEqual({ SendingEnabled: true });
    expect(last().headers['authorization']).toContain('/eu-central-1/ses/');
  });

  it('name a refusal as the service does', async () => {
    await expect(made.ses(`/v2/email/identities/${encodeURIComponent('a@example.com')}`)).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'None.',
    });
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openWork, timeToLive } from '../../../functions/aws/table.ts';
import { notReached } from '../../../infra/commands/forget/said.ts';
import { fixedCost } from '../../../infra/stack/fixed-cost.ts';
import { writeBackNames } from '../../../infra/wiring/crms.ts';
import { dealRules } from '../../../infra/wiring/deal-rules.ts';
import { functionNamesOf } from '../../../infra/wiring/function-names.ts';
import { schedules } from '../../../infra/wiring/schedules.ts';
import { definitionFileOf } from '../../../infra/wiring/state-machine.ts';
import { earlierGrants, grantsOf } from '../../../infra/wiring/workflow-grants.ts';
import { playbookNames } from '../../../statemachines/shipped-playbooks.ts';
import { committed } from '../../support/handoff-definition.ts';
import { resolve } from './resolve.ts';
import { type Resource, synthesize } from './synthesize.ts';

const sample = synthesize();
const everything = {
  customerManagedKey: true,
  senderIdentity: 'create',
  trustedAccounts: ['222222222222'],
  sandboxRecipients: ['anna.keller@example.com'],
  color: '#0a7d33',
  locale: 'de-DE',
  logo: 'https://example.com/logo.png',
  domain: { name: 'handoff.example.com', hostedZone: { id: 'Z0123456789', name: 'example.com' } },
};
const full = synthesize(everything);
const functionNames = functionNamesOf({ operations: 'off' });
const recurring = schedules.filter(({ target }) => functionNames.includes(target));
const ofType = (type: string, { template } = sample): (readonly [string, Resource])[] =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
const resolved = (value: unknown, { template } = sample) => resolve(template.Resources, value) as Record<string, never>;
const functionNamed = (name: string) =>
  resolved(sample.only('AWS::Lambda::Function', { FunctionName: `handoff-sample-${name}` }).Properties);

/** Every statement of every policy: of roles, queues, topics, keys and buses. */
function statements(of = sample): { on: string; statement: Record<string, unknown> }[] {
  return Object.entries(of.template.Resources).flatMap(([on, { Properties }]) =>
    documentsIn(Properties).flatMap(({ Statement }) => Statement.map((statement) => ({ on, statement }))),
  );
}

function documentsIn(value: unknown): { Statement: Record<string, unknown>[] }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('Statement' in value && Array.isArray(value.Statement)) return [value as never];
  return Object.values(value).flatMap(documentsIn);
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

describe('The stage', () => {
  it('has a key of its own only where its settings ask for one, and it is rotated', () => {
    expect(ofType('AWS::KMS::Key')).toEqual([]);
    const [, key, ...more] = ofType('AWS::KMS::Key', full).flat();
    expect([key, more]).toMatchObject([{ Properties: { EnableKeyRotation: true } }, []]);
    const [[, alias] = []] = ofType('AWS::KMS::Alias', full);
    expect(alias?.Properties).toMatchObject({ AliasName: 'alias/handoff-sample' });
  });
});

describe('The table', () => {
  const [, table] = ofType('AWS::DynamoDB::Table')[0] ?? [];

  it('cannot be lost', () => {
    expect(table).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        BillingMode: 'PAY_PER_REQUEST',
        TimeToLiveSpecification: { AttributeName: timeToLive, Enabled: true },
      },
    });
    expect(table?.Properties).not.toHaveProperty('TableName');
  });

  it('is restored with all that a restored table lacks, as the page says', () => {
    const page = readFileSync(new URL('../../../infra/docs/deploying.md', import.meta.url), 'utf8');
    for (const set of [
      'update-table --table-name T --deletion-protection-enabled',
      'PointInTimeRecoveryEnabled=true',
      `Enabled=true,AttributeName=${timeToLive}\n`,
      'SSEType=KMS,KMSMasterKeyId=',
      'StreamEnabled=true,StreamViewType=NEW_IMAGE',
    ])
      expect(page).toContain(set);
    // A tag, a policy or an alarm of the table's own would have to be set again, too.
    const kept = ['AttributeDefinitions', 'BillingMode', 'GlobalSecondaryIndexes', 'KeySchema'];
    const set = ['DeletionProtectionEnabled', 'PointInTimeRecoverySpecification', 'TimeToLiveSpecification'];
    expect(Object.keys(table?.Properties ?? {}).sort()).toEqual([...kept, ...set].sort());
  });

  it('has the one index that is queried, and no more in it than is counted there', () => {
    expect(table?.Properties['GlobalSecondaryIndexes']).toEqual([
      {
        IndexName: openWork.name,
        KeySchema: [
          { AttributeName: openWork.partitionKey, KeyType: 'HASH' },
          { AttributeName: openWork.sortKey, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ]);
  });

  it('is encrypted under a key of the company where it asks for one, and the dead letters with it', () => {
    const key = full.only('AWS::KMS::Key');
    expect(key).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', Properties: { EnableKeyRotation: true } });
    expect(full.only('AWS::DynamoDB::Table').Properties['SSESpecification']).toMatchObject({ SSEType: 'KMS' });
    for (const { Properties } of full.ofType('AWS::SQS::Queue')) expect(Properties).toHaveProperty('KmsMasterKeyId');
    expect(sample.ofType('AWS::KMS::Key')).toEqual([]);
  });
});

describe('Each function', () => {
  const [functions, roles, logs] = ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::Logs::LogGroup'].map((type) =>
    ofType(type).map(([, { Properties }]) => Properties),
  );

  it('is there, on Node 24 and arm64, with JSON logs and source maps', () => {
    expect(functions?.map(({ FunctionName }) => FunctionName).sort()).toEqual(
      functionNames.map((name) => `handoff-sample-${name}`).sort(),
    );
    for (const made of functions ?? [])
      expect(made).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO' },
        Environment: { Variables: { SERVICE_NAME: 'handoff-sample' } },
      });
  });

  it('has a role and a log of its own, kept for as long as set', () => {
    const used = functions?.map(({ Role }) => JSON.stringify(Role)) ?? [];
    expect(new Set(used).size).toBe(functionNames.length);
    // One more each for the state machine; more roles for its reminders and for Firehose, one more log for the pages.
    expect([roles?.length, logs?.length]).toEqual([functionNames.length + 3, functionNames.length + 2]);
    for (const log of logs ?? []) expect(log['RetentionInDays']).toBe(90);
    expect(
      synthesize({ logDays: 30 }).only('AWS::Logs::LogGroup', { LogGroupName: '/aws/lambda/handoff-sample-notify' })
        .Properties,
    ).toMatchObject({ RetentionInDays: 30 });
  });

  it('that nobody waits for leaves what it failed at where it is tried again', () => {
    const left = ofType('AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => {
      const { FunctionName, DestinationConfig } = resolved(Properties);
      return [String(FunctionName), DestinationConfig];
    });
    const queue = { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:111111111111:handoff-sample-tried-again' } };
    const forPeople = { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:111111111111:handoff-sample-undelivered' } };
    expect(Object.fromEntries(left)).toEqual({
      'handoff-sample-start-handoff': queue,
      'handoff-sample-stop-deal': queue,
      'handoff-sample-follow-deal': queue,
      'handoff-sample-track-mail': queue,
      'handoff-sample-notify': queue,
      // Whoever is called by the clock is called again by it: a person looks at what has failed.
      'handoff-sample-measure': forPeople,
      'handoff-sample-send-reports': forPeople,
    });
  });

  it('tries again for two days what another one failed at, one event at a time, and keeps what it gives up', () => {
    const queue = sample.only('AWS::SQS::Queue', { QueueName: 'handoff-sample-tried-again' }).Properties;
    const { VisibilityTimeout, RedrivePolicy } = resolved(queue) as unknown as {
      readonly VisibilityTimeout: number;
      readonly RedrivePolicy: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
    };
    expect(RedrivePolicy.deadLetterTargetArn).toMatch(/:handoff-sample-undelivered$/);
    expect(VisibilityTimeout * RedrivePolicy.maxReceiveCount).toBeGreaterThan(2 * 86_400);
    // So that it is back soon after an outage.
    expect(VisibilityTimeout).toBeLessThanOrEqual(900);
    const takes = Number(functionNamed('try-again')['Timeout']);
    expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * takes);
    for (const name of ['start-handoff', 'stop-deal', 'follow-deal', 'track-mail', 'notify'])
      expect(takes, name).toBeGreaterThan(Number(functionNamed(name)['Timeout']));
    expect(resolved(sample.only('AWS::Lambda::EventSourceMapping').Properties)).toMatchObject({
      EventSourceArn: 'arn:aws:sqs:us-east-1:111111111111:handoff-sample-tried-again',
      FunctionName: 'handoff-sample-try-again',
      BatchSize: 1,
    });
  });

  it('has settings that Lambda keeps, 4 KB of them, with as much in them as a stage may say', () => {
    const long = synthesize({
      ...everything,
      company: '引'.repeat(100),
      siteName: 'Ü'.repeat(80),
      logo: `https://example.com/${'x'.repeat(480)}`,
      crm: {
        name: 'hubspot',
        account: '1',
        deals: [{ property: 'x', is: ['ü'.repeat(980)] }],
        writeBack: writeBackNames,
      },
    });
    const sizes = ofType('AWS::Lambda::Function', long).map(([, { Properties }]) => {
      const { Environment } = resolved(Properties, long);
      return new TextEncoder().encode(JSON.stringify(Environment?.['Variables'])).length;
    });
    expect(Math.max(...sizes)).toBeGreaterThan(2900);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3600);
  });

  it('answers before whoever waits for it gives up', () => {
    // An HTTP API waits 30 seconds.
    for (const name of ['show-page', 'decide-step', 'show-desk', 'act-on-desk', 'show-reports'])
      expect(Number(functionNamed(name)['Timeout'])).toBeLessThan(30);
  });

  it('logs less when told so, and never loses its metrics by it', () => {
    const quiet = synthesize({ logLevel: 'ERROR' }).only('AWS::Lambda::Function', {
      FunctionName: 'handoff-sample-notify',
    });
    expect(quiet.Properties).toMatchObject({
      LoggingConfig: { ApplicationLogLevel: 'INFO' },
      Environment: { Variables: { LOG_LEVEL: 'ERROR' } },
    });
  });
});

describe('Policies', () => {
  it('allow no whole service, nobody unnamed, and everything only where AWS has nothing less', () => {
    for (const template of [sample, full]) {
      const allowing = statements(template).filter(({ statement }) => statement['Effect'] === 'Allow');
      const wide = allowing.filter(
        ({ on, statement }) =>
          list(statement['Action']).some((action) => /\*/.test(String(action))) && !/^Key/.test(on),
      );
      expect(wide).toEqual([]);
      expect(allowing.filter(({ statement }) => /"\*"/.test(JSON.stringify(statement['Principal'] ?? '')))).toEqual([]);
      const everywhere = allowing.filter(({ on, statement }) => statement['Resource'] === '*' && !/^Key/.test(on));
      expect(everywhere.map(({ on }) => on.replace(/[0-9A-F]{8}$/, ''))).toEqual(['WorkflowRole']);
    }
  });

  it('let mail go out from the sender alone', () => {
    const mailing = statements().filter(({ statement }) => list(statement['Action']).includes('ses:SendRawEmail'));
    expect(mailing).toHaveLength(7);
    for (const { statement } of mailing)
      expect(resolved(statement)).toMatchObject({
        Resource: [
          'arn:aws:ses:us-east-1:111111111111:configuration-set/handoff-sample',
          'arn:aws:ses:us-east-1:111111111111:identity/example.com',
        ],
        Condition: { StringEquals: { 'ses:FromAddress': 'handoff@example.com' } },
      });
  });

  it('let the state machine do what its definition calls, and those of earlier versions', () => {
    const [, role] = ofType('AWS::IAM::Role').find(([id]) => id.startsWith('WorkflowRole')) ?? [];
    const [calls] = documentsIn(role?.Properties['Policies']);
    const granted = calls?.Statement.flatMap((statement) => list(statement['Action']));
    const called = [...grantsOf(committed), ...earlierGrants].flatMap(({ actions }) => actions);
    expect([...new Set(granted)].sort()).toEqual([...new Set(called)].sort());
  });

  it('let other accounts tell of deals only where they are named', () => {
    expect(sample.ofType('AWS::Events::EventBusPolicy')).toEqual([]);
    expect(resolved(full.only('AWS::Events::EventBusPolicy').Properties, full)).toMatchObject({
      Statement: {
        Principal: { AWS: 'arn:aws:iam::222222222222:root' },
        Action: 'events:PutEvents',
        Condition: { StringEquals: { 'events:source': 'handoff.crm' } },
      },
    });
  });

  it('let as many of those as settings take: EventBridge takes 10,240 characters of a bus', () => {
    const trustedAccounts = Array.from({ length: 30 }, (_, i) => `${222_222_222_222 + i}`);
    const most = synthesize({ trustedAccounts }, 'a-stage-of-16-ch');
    const policies = ofType('AWS::Events::EventBusPolicy', most).map(([, { Properties }]) =>
      JSON.stringify(resolved(Properties, most)['Statement']),
    );
    expect(policies).toHaveLength(30);
    expect(policies.join().length).toBeLessThan(9800);
  });

  it('let EventBridge encrypt what it gives up as AWS documents it: with no condition that it may not meet', () => {
    const keyed = statements(full).filter(({ on }) => /^Key/.test(on));
    const events = keyed.filter(({ statement }) => /"events\./.test(JSON.stringify(statement['Principal'])));
    const allows = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Resource: '*' };
    expect(events.map(({ statement }) => statement)).toEqual([
      { ...allows, Action: ['kms:Decrypt', 'kms:GenerateDataKey'] },
      // What CDK adds for the queue that a rule writes into.
      { ...allows, Action: expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']) },
    ]);
    // Which is why the queues have to say who of EventBridge may write to them.
    const writing = statements(full).filter(({ statement }) => statement['Action'] === 'sqs:SendMessage');
    const byEventBridge = writing.filter(({ statement }) => /"events\./.test(JSON.stringify(statement['Principal'])));
    const ofDeadLetters = byEventBridge.filter(({ on }) => !on.includes('Deliveries'));
    // The fate of mails, that some arrived, and what recurs.
    expect(ofDeadLetters).toHaveLength(dealRules.length + 2 + recurring.length);
    for (const { statement } of ofDeadLetters)
      expect(statement).toMatchObject({ Condition: { ArnEquals: { 'aws:SourceArn': expect.anything() } } });
    // To the queue that a rule writes into, no other may.
    expect(
      writing.filter(({ on, statement }) => on.includes('Deliveries') && statement['Effect'] === 'Deny'),
    ).toMatchObject([{ statement: { Condition: { ArnNotEquals: { 'aws:SourceArn': [expect.anything()] } } } }]);
  });

  it('let the alarms of this account speak', () => {
    const publish = statements().find(({ statement }) => statement['Sid'] === 'AlarmsOfThisAccount');
    expect(publish?.statement).toMatchObject({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } });
  });
});

describe('The entrance', () => {
  it('tries a day long to hand over an event, then keeps it', () => {
    const rules = ofType('AWS::Events::Rule')
      .map(([, { Properties }]) => Properties)
      .filter((rule) => 'Targets' in rule && 'EventPattern' in rule);
    expect(rules).toHaveLength(dealRules.length + 2); // and the fate of mails
    for (const { Targets } of rules)
      expect(Targets).toMatchObject([
        {
          DeadLetterConfig: { Arn: expect.anything() },
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        },
      ]);
    for (const { Properties } of sample.ofType('AWS::SQS::Queue'))
      expect(Properties).toMatchObject({
        MessageRetentionPeriod: 14 * 86_400,
        MaximumMessageSize: 1024 * 1024,
        SqsManagedSseEnabled: true,
      });
  });

  it('keeps deals for a month, to replay', () => {
    expect(sample.only('AWS::Events::Archive').Properties).toMatchObject({ RetentionDays: 30 });
  });

  it('keeps deals in its archive, where forgetting somebody does not reach, as it says', () => {
    const page = readFileSync(new URL('../../../infra/docs/privacy.md', import.meta.url), 'utf8');
    for (const said of [page, notReached.join('\n')]) expect(said).toMatch(/the archive of the bus.*30 days/);
  });

  it('is open on the routes of the pages and nowhere else', () => {
    expect(ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties['RouteKey'])).toEqual([
      'GET /s/{link}',
      'HEAD /s/{link}',
      'GET /s/{link}/brief',
      'GET /s/{link}/plan',
      'GET /d/{link}',
      'GET /r/{link}',
      'GET /r/{link}/{page}',
      'GET /r/{link}/audit/{quarter}',
      'POST /r/{link}/audit/{quarter}',
      'POST /s/{link}',
      'POST /s/{link}/field',
      'POST /s/{link}/fresh',
      'POST /d/{link}',
      'POST /d/{link}/fresh',
    ]);
    const open = ['AWS::Lambda::Url', 'AWS::EC2::VPC', 'AWS::ApiGateway::RestApi'];
    for (const type of open) expect(sample.ofType(type)).toEqual([]);
    // The one bucket is open to nobody outside.
    const closed = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    };
    expect(
      sample.ofType('AWS::S3::Bucket').map(({ Properties }) => Properties['PublicAccessBlockConfiguration']),
    ).toEqual([closed]);
    for (const [, { Properties }] of ofType('AWS::Lambda::Permission'))
      expect(Properties).toMatchObject({ SourceArn: expect.anything() });
  });

  it('is throttled by route, so that a flood of pages that are shown keeps nobody from deciding', () => {
    const stage = sample.only('AWS::ApiGatewayV2::Stage');
    const { DefaultRouteSettings, RouteSettings } = stage.Properties;
    expect(DefaultRouteSettings).toEqual({ ThrottlingBurstLimit: 50, ThrottlingRateLimit: 20 });
    const keys = sample.ofType('AWS::ApiGatewayV2::Route').map(({ Properties }) => String(Properties['RouteKey']));
    expect(Object.keys(Object(RouteSettings)).sort()).toEqual(keys.sort());
    const rateOf = (key: string): unknown => Object(RouteSettings)[key]?.ThrottlingRateLimit;
    expect([rateOf('GET /s/{link}'), rateOf('POST /s/{link}'), rateOf('POST /s/{link}/fresh')]).toEqual([100, 20, 2]);
    expect([rateOf('GET /d/{link}'), rateOf('POST /d/{link}'), rateOf('POST /d/{link}/fresh')]).toEqual([20, 20, 2]);
    // CloudFormation sets a limit only for a route that is there.
    const routes = Object.entries(sample.template.Resources).filter(
      ([, { Type }]) => Type === 'AWS::ApiGatewayV2::Route',
    );
    expect(stage.DependsOn).toEqual(expect.arrayContaining(routes.map(([id]) => id)));
  });

  it('has a log that knows neither links nor people', () => {
    const { AccessLogSettings } = sample.only('AWS::ApiGatewayV2::Stage').Properties;
    const logged = String(Object(AccessLogSettings).Format);
    expect(logged).toContain('$context.routeKey');
    expect(logged).not.toMatch(/context\.path|requestPath|sourceIp|userAgent|identity|authorizer/);
  });

  it('has a name of its own where one is set', () => {
    expect(full.only('AWS::ApiGatewayV2::DomainName').Properties).toMatchObject({ DomainName: 'handoff.example.com' });
    const { Environment } = full.only('AWS::Lambda::Function', { FunctionName: 'handoff-sample-notify' }).Properties;
    expect(Environment).toMatchObject({ Variables: { SITE_URL: 'https://handoff.example.com' } });
  });

  it('answers at the address it had before, to which links in mailboxes and webhooks lead, until a stage says otherwise', () => {
    const { DisableExecuteApiEndpoint } = full.only('AWS::ApiGatewayV2::Api').Properties;
    expect(DisableExecuteApiEndpoint).not.toBe(true);
    const only = synthesize({
      domain: { name: 'handoff.example.com', hostedZone: { id: 'Z0123456789', name: 'example.com' }, only: true },
    });
    expect(only.only('AWS::ApiGatewayV2::Api').Properties).toMatchObject({ DisableExecuteApiEndpoint: true });
  });

  it('tells every function the locale of the stage', () => {
    const localesOf = (stack: typeof full) =>
      functionNames.map((name) => {
        const { Properties } = stack.only('AWS::Lambda::Function', { FunctionName: `handoff-sample-${name}` });
        return Object(Properties['Environment']).Variables.LOCALE;
      });
    expect(new Set(localesOf(sample))).toEqual(new Set(['en-US']));
    expect(new Set(localesOf(full))).toEqual(new Set([everything.locale]));
  });

  it('tells whoever sends mail how the company looks, where it is set', () => {
    const told = (stack: typeof full) =>
      functionNames.filter((name) => {
        const { Properties } = stack.only('AWS::Lambda::Function', { FunctionName: `handoff-sample-${name}` });
        const { BRAND_COLOR, BRAND_LOGO, MAIL_CONFIGURATION_SET } = Object(Properties['Environment']).Variables;
        expect([BRAND_COLOR, BRAND_LOGO]).toEqual(
          stack === full && MAIL_CONFIGURATION_SET ? [everything.color, everything.logo] : [undefined, undefined],
        );
        return BRAND_COLOR !== undefined;
      });
    expect(told(full)).toContain('notify');
    expect(told(sample)).toEqual([]);
  });
});

describe('The workflow', () => {
  it.each(playbookNames)('is that of the playbook the stage chooses: %s', (playbook) => {
    const stack = synthesize({ playbook });
    const { DefinitionString } = stack.only('AWS::StepFunctions::StateMachine').Properties;
    expect(JSON.parse(String(DefinitionString))).toEqual(JSON.parse(readFileSync(definitionFileOf(playbook), 'utf8')));
    expect(stack.findings).toEqual([]);
    const told = functionNames.filter((name) => {
      const { Properties } = stack.only('AWS::Lambda::Function', { FunctionName: `handoff-sample-${name}` });
      return Object(Properties['Environment']).Variables.PLAYBOOK === playbook;
    });
    expect(told).toEqual(['follow-deal', 'validate-package']);
  });

  it('is the committed state machine, with each placeholder filled', () => {
    const { DefinitionString, DefinitionSubstitutions } = sample.only('AWS::StepFunctions::StateMachine').Properties;
    expect(JSON.parse(String(DefinitionString))).toEqual(committed);
    const placeholders = String(DefinitionString).match(/(?<=\$\{)\w+(?=\})/g);
    expect(Object.keys(Object(DefinitionSubstitutions)).sort()).toEqual([...new Set(placeholders)].sort());
  });

  it('logs errors, and never what handoffs are about', () => {
    expect(sample.only('AWS::StepFunctions::StateMachine').Properties['LoggingConfiguration']).toMatchObject({
      Level: 'ERROR',
      IncludeExecutionData: false,
    });
  });

  it('can be rolled back: new handoffs start through an alias, and versions stay', () => {
    expect(sample.only('AWS::StepFunctions::StateMachineAlias').Properties).toMatchObject({ Name: 'live' });
    expect(sample.only('AWS::StepFunctions::StateMachineVersion')).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    const { Variables } = functionNamed('start-handoff')['Environment'] as unknown as { Variables: object };
    expect(Variables).toMatchObject({ STATE_MACHINE_ARN: expect.stringMatching(/:stateMachine:handoff-sample:live$/) });
  });
});

describe('Mail', () => {
  it('tells what became of it, to this stage alone', () => {
    const { EventDestination } = sample.only('AWS::SES::ConfigurationSetEventDestination').Properties;
    expect(EventDestination).toMatchObject({ MatchingEventTypes: ['bounce', 'complaint', 'reject', 'delivery'] });
    const { EventPattern } = sample.only('AWS::Events::Rule', { Name: 'handoff-sample-mail-fate' }).Properties;
    const ofStage = { mail: { tags: { 'ses:configuration-set': ['handoff-sample'] } } };
    expect(EventPattern).toMatchObject({
      'detail-type': ['Email Bounced', 'Email Complaint Received', 'Email Rejected'],
      detail: ofStage,
    });
  });

  it('leaves in a queue that it arrived, where only its own rule may write, until the function that notes it asks', () => {
    const arn = 'arn:aws:sqs:us-east-1:111111111111:handoff-sample-deliveries';
    const { EventPattern, Targets } = resolved(
      sample.only('AWS::Events::Rule', { Name: 'handoff-sample-mail-delivered' }).Properties,
    );
    expect(EventPattern).toMatchObject({
      'detail-type': ['Email Delivered'],
      detail: { mail: { tags: { 'ses:configuration-set': ['handoff-sample'] } } },
    });
    expect(Targets).toMatchObject([{ Arn: arn }]);
    const { Variables } = functionNamed('track-mail')['Environment'] as unknown as { Variables: object };
    expect(Variables).toMatchObject({ DELIVERY_QUEUE: expect.stringContaining('handoff-sample-deliveries') });
    const asked = sample.ofType('AWS::Lambda::EventSourceMapping').map(({ Properties }) => resolved(Properties));
    expect(asked.map(({ EventSourceArn }) => EventSourceArn)).not.toContain(arn);
  });

  it('comes from a domain that is verified already, unless the stack is to ask for it', () => {
    expect(synthesize({ senderIdentity: 'existing' }).ofType('AWS::SES::EmailIdentity')).toEqual([]);
    expect(sample.only('AWS::SES::EmailIdentity').Properties).toMatchObject({ EmailIdentity: 'example.com' });
    const records = Object.entries(sample.template.Outputs).filter(([name]) => /Dkim/.test(name));
    expect(records).toHaveLength(3);
    for (const [, { Value }] of records)
      expect(JSON.stringify(Value)).toMatch(/DkimDNSTokenName.* CNAME .*DkimDNSTokenValue/);
  });

  it('comes from an address that SES verifies by a mail to it: there are no records to publish', () => {
    const of = synthesize({ senderIdentityName: 'handoff@example.com' });
    expect(of.only('AWS::SES::EmailIdentity').Properties).toMatchObject({ EmailIdentity: 'handoff@example.com' });
    expect(Object.keys(of.template.Outputs).sort()).toEqual(['DealBus', 'Site', 'StateMachine']);
    expect(of.ofType('AWS::Route53::RecordSet')).toEqual([]);
  });

  it('keeps what verifies its domain when the stage goes, in a zone of the domain as well', () => {
    const domain = { name: 'handoff.example.com', hostedZone: { id: 'Z0123456789', name: 'example.com' } };
    const records = synthesize({ domain })
      .ofType('AWS::Route53::RecordSet')
      .filter(({ Properties }) => Properties['Type'] === 'CNAME');
    expect(records).toHaveLength(3);
    for (const record of records)
      expect(record).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  it('may go to those who are verified, too, while the account is in the sandbox', () => {
    const mailing = statements(full).find(({ statement }) => list(statement['Action']).includes('ses:SendRawEmail'));
    expect(JSON.stringify(mailing)).toContain(':identity/anna.keller@example.com');
  });

  it('may go to as many of those as settings take: IAM holds 10,240 characters of a role', () => {
    const sandboxRecipients = Array.from({ length: 50 }, (_, i) => `${String(i).padStart(40, 'x')}@mail.example.com`);
    const most = synthesize({
      ...everything,
      sandboxRecipients,
      crm: { name: 'hubspot', account: '1', writeBack: ['status'] },
      operations: 'iam',
    });
    const sizes = ofType('AWS::IAM::Role', most).map(([id, { Properties }]) => {
      const { Policies = [] } = resolved(Properties, most) as { Policies?: { PolicyDocument: object }[] };
      return [
        id,
        Policies.reduce((sum, { PolicyDocument }) => sum + JSON.stringify(PolicyDocument).length, 0),
      ] as const;
    });
    expect(sizes.filter(([, size]) => size > 6000).length).toBeGreaterThan(0);
    expect(sizes.filter(([, size]) => size > 9800)).toEqual([]);
  });
});

describe('The watch', () => {
  const alarms = ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

  it('tells by mail, and each alarm says what to do', () => {
    expect(sample.only('AWS::SNS::Subscription').Properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'operations@example.com',
    });
    const [[topic] = []] = ofType('AWS::SNS::Topic');
    expect(alarms).toHaveLength(17);
    for (const { AlarmActions, AlarmDescription, ActionsEnabled = true } of alarms) {
      expect([AlarmActions, ActionsEnabled]).toEqual([[{ Ref: topic }], true]);
      expect(String(AlarmDescription).length).toBeGreaterThan(80);
      expect(String(AlarmDescription).length).toBeLessThanOrEqual(1024);
    }
  });

  it('sends nobody to redrive a handoff that was given up', () => {
    const failed = alarms.find(({ AlarmName }) => AlarmName === 'handoff-sample-executions-failed');
    expect(failed?.['AlarmDescription']).toMatch(/HandoffAbandoned.*redriven it fails again.*win the deal again/);
  });

  it('has a topic whose name SNS takes, however long the names in it', () => {
    const [stage, siteName] = ['a-stage-of-16-ch', 'x'.repeat(80)];
    const { DisplayName } = synthesize({ siteName }, stage).only('AWS::SNS::Topic').Properties;
    expect(DisplayName).toBe(`${siteName} ${stage}`);
    expect(String(DisplayName).length).toBeLessThanOrEqual(100);
  });

  it('has a dashboard that sums up what is counted, over an hour each, by the names of those who count', () => {
    const [[, board] = []] = ofType('AWS::CloudWatch::Dashboard');
    const { widgets } = JSON.parse(String(resolved(board?.Properties['DashboardBody'])));
    const metrics: unknown[][] = widgets.flatMap(({ properties }: never) => Object(properties).metrics ?? []);
    const service = functionNamed('notify')['Environment']?.['Variables']?.['SERVICE_NAME'];
    const summed = { period: 3600, stat: 'Sum' };
    for (const name of ['StepLate', 'HandoffStalled', 'DealRefused', 'MailRejected', 'MailQuotaExceeded'])
      expect(metrics).toContainEqual(['Handoff', name, 'service', service, summed]);
    for (const name of ['Send', 'Delivery', 'Bounce', 'Complaint', 'Reject'])
      expect(metrics).toContainEqual(['AWS/SES', name, summed]);
    for (const name of ['Count', '4xx', '5xx'])
      expect(metrics).toContainEqual(['AWS/ApiGateway', name, 'ApiId', expect.any(String), summed]);
  });

  it('has one dashboard and saved queries', () => {
    expect(sample.ofType('AWS::CloudWatch::Dashboard')).toHaveLength(1);
    expect(ofType('AWS::Logs::QueryDefinition').map(([, { Properties }]) => Properties['Name'])).toEqual([
      'handoff-sample/Everything about a handoff',
      'handoff-sample/What is late',
      'handoff-sample/What failed',
    ]);
  });

  it('costs no more than $5 a month while nothing happens', () => {
    const { usd, items } = fixedCost(sample.template);
    expect(usd, JSON.stringify(items)).toBeLessThanOrEqual(5);
    expect(fixedCost(full.template).usd).toBe(usd + 1);
  });
});

describe('The stack', () => {
  it('has nothing that cdk-nag finds and nobody has given a reason for', () => {
    for (const template of [sample, full, synthesize({ customerManagedKey: true })])
      expect(template.findings).toEqual([]);
  });

  /** Type and property of each name of the sample's, and what follows the name of the stage in it. */
  const named = (of: typeof sample): readonly (readonly [string, string])[] =>
    Object.values(of.template.Resources).flatMap(({ Type, Properties }) =>
      Object.entries(Properties).flatMap(([property, value]) =>
        /^(?!Metric|Event|Attribute|Route|Stage|Domain)\w*Name$/.test(property) && typeof value === 'string'
          ? [[`${Type} ${property}`, value] as const]
          : [],
      ),
    );

  it('stands beside another stage: no name comes twice', () => {
    const [here, there] = [sample, synthesize({}, 'production')].map((of) => named(of).map(([, name]) => name));
    expect(here?.length).toBeGreaterThan(40);
    expect(here?.filter((name) => there?.includes(name) && !/live$/.test(name))).toEqual([]);
  });

  it('stands beside one that is called as it and a word of what is in it, such as sample-reminders', () => {
    const most = synthesize({ ...everything, crm: { name: 'hubspot', account: '1', writeBack: writeBackNames } });
    const things = named(most).map(([kind, name]) => [kind, name.replace(/^.*?handoff-sample-?/, '')] as const);
    const taken = things.flatMap(([kind, thing]) =>
      things.filter(([same, other]) => same === kind && other !== '' && thing.endsWith(`-${other}`)).map(() => thing),
    );
    expect(taken).toEqual([]);
  });

  it('fits: far from what CloudFormation takes', () => {
    expect(JSON.stringify(full.template).length).toBeLessThan(400_000);
    // It takes 500; each function brings five.
    expect(Object.keys(full.template.Resources).length).toBeLessThan(200);
  });
});

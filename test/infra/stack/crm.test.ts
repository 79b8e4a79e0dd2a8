import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../infra/stack/settings.ts';
import { type CrmName, crmNames, crmWiring } from '../../../infra/wiring/crms.ts';
import { changesToWriteBack } from '../../../infra/wiring/table-changes.ts';
import { resolve } from './resolve.ts';
import { synthesize } from './synthesize.ts';

const partnerBus = 'aws.partner/salesforce.com/00D000000000001/handoff';

const settingsFor = (name: CrmName): { crm: NonNullable<Settings['crm']> } => {
  const { tells, apiUrl, isAsked }: ReturnType<typeof crmWiring> = crmWiring(name);
  return {
    crm: {
      name,
      account: '24681357',
      ...(!apiUrl && { apiUrl: 'https://company.example.com/' }),
      ...(tells === 'partner bus' && { partnerBus }),
      deals: isAsked ? [{ property: 'Type', isNot: ['Renewal'] }] : [],
      writeBack: isAsked ? ['status', 'notes'] : [],
    },
  };
};

describe('a stage without a CRM', () => {
  const { template, ofType } = synthesize();

  it('has nothing of it', () => {
    const mappings = ofType('AWS::Lambda::EventSourceMapping');
    expect(mappings.filter(({ Properties }) => 'StartingPosition' in Properties)).toEqual([]);
    const names = ofType('AWS::Lambda::Function').map(({ Properties }) => String(Properties['FunctionName']));
    expect(names.filter((name) => /hear-webhook|read-deal|write-back|reconcile/.test(name))).toEqual([]);
    expect(JSON.stringify(template)).not.toContain('/crm/');
    expect(ofType('AWS::DynamoDB::Table')[0]?.Properties['StreamSpecification']).toBeUndefined();
  });
});

describe.each(crmNames)('a stage with %s', (name) => {
  const wiring: ReturnType<typeof crmWiring> = crmWiring(name);
  const { crm } = settingsFor(name);
  const synthesized = synthesize({ crm });
  const { template, ofType, only, findings } = synthesized;
  const resolved = (value: unknown) => JSON.stringify(resolve(template.Resources, value));
  const variablesOf = (functionName: string) => {
    const { Properties } = only('AWS::Lambda::Function', { FunctionName: `handoff-sample-${functionName}` });
    return Object(Properties['Environment']).Variables as Record<string, unknown>;
  };

  it('gives cdk-nag nothing to say', () => {
    expect(findings).toEqual([]);
  });

  it('takes what the CRM says from its bus, or from a webhook of ours, into the queue', () => {
    const ruleOf = (rule: string) => only('AWS::Events::Rule', { Name: `handoff-sample-${rule}` }).Properties;
    const heard = ruleOf('deal-heard');
    expect(resolved(heard['Targets'])).toContain('handoff-sample-deals-heard');
    expect(heard['EventPattern']).toEqual({ source: ['handoff.heard'], 'detail-type': ['Deal Heard'] });
    const isPartner = wiring.tells === 'partner bus';
    if (isPartner) {
      const partner = ruleOf('deal-heard-from-partner');
      expect(partner['EventPattern']).toEqual({ source: [partnerBus] });
      expect(resolved(partner['Targets'])).toContain('handoff-sample-deals-heard');
    }
    const routes = ofType('AWS::ApiGatewayV2::Route').map(({ Properties: { RouteKey } }) => RouteKey);
    expect(routes.includes('POST /crm/{crm}')).toBe(!isPartner);
  });

  it('tells who speaks with it which one it is, and where its secrets are, which only they may read', () => {
    const variables = variablesOf('read-deal');
    expect(variables).toMatchObject({ CRM: name, CRM_ACCOUNT: '24681357', CRM_SECRETS: '/handoff/sample/crm' });
    expect(String(variables['CRM_API_URL'])).toMatch(/^https:\/\/.*[^/]$/);
    expect(variables['CRM_DEALS']).toBe(wiring.isAsked ? '[{"property":"Type","isNot":["Renewal"]}]' : undefined);
    if (wiring.isAsked) expect(variablesOf('reconcile')['CRM_DEALS']).toBe(variables['CRM_DEALS']);
    expect(variablesOf('notify')).not.toHaveProperty('CRM');
    const roles = ofType('AWS::IAM::Role').filter((role) => resolved(role).includes('ssm:GetParameter'));
    const speakers = ['hear-webhook', 'read-deal', 'write-back', 'reconcile'].filter((speaker) =>
      ofType('AWS::Lambda::Function').some(
        ({ Properties }) => Properties['FunctionName'] === `handoff-sample-${speaker}`,
      ),
    );
    expect(roles).toHaveLength(speakers.length);
    for (const role of roles) expect(resolved(role)).toContain(':parameter/handoff/sample/crm"');
  });

  it('is compared with the handoffs every night, where it can be asked', () => {
    const rules = ofType('AWS::Events::Rule').filter(
      ({ Properties }) => Properties['ScheduleExpression'] !== undefined,
    );
    expect(rules.map(({ Properties }) => Properties['Name'])).toEqual([
      ...(wiring.isAsked ? ['handoff-sample-reconcile'] : []),
      'handoff-sample-note-deliveries',
      'handoff-sample-measure',
      'handoff-sample-send-reports',
    ]);
    const alarms = ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => String(Properties['AlarmName']));
    expect(alarms.includes('handoff-sample-crm-differs')).toBe(wiring.isAsked);
  });

  it('writes back from the stream of the table, through a queue of its own, where it can be written to', () => {
    const mappings = ofType('AWS::Lambda::EventSourceMapping').filter(
      ({ Properties }) => 'StartingPosition' in Properties,
    );
    expect(mappings).toHaveLength(wiring.isAsked ? 1 : 0);
    const { StreamSpecification: stream } = only('AWS::DynamoDB::Table').Properties;
    expect(stream).toEqual(wiring.isAsked ? { StreamViewType: 'NEW_IMAGE' } : undefined);
    if (!wiring.isAsked) return;
    const { EventSourceArn, FunctionName, DestinationConfig, FilterCriteria, ...how } = mappings[0]?.Properties ?? {};
    expect(JSON.stringify(EventSourceArn)).toContain('StreamArn');
    expect(resolved(FunctionName)).toContain('handoff-sample-queue-write-backs');
    expect(resolved(DestinationConfig)).toContain('handoff-sample-undelivered"');
    const patterns = Object(FilterCriteria).Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern));
    expect(patterns).toEqual(changesToWriteBack.patterns);
    // Longer than a stream keeps what changed, nobody would hear of what was given up.
    expect(how).toMatchObject({
      ...{ StartingPosition: 'TRIM_HORIZON', BisectBatchOnFunctionError: true, MaximumRecordAgeInSeconds: 82_800 },
      ...{ BatchSize: 100, MaximumBatchingWindowInSeconds: 10 },
    });
    expect(resolved(variablesOf('queue-write-backs')['WRITE_BACK_QUEUE'])).toContain('handoff-sample-write-backs');
    const givenUp = only('AWS::CloudWatch::Alarm', { AlarmName: 'handoff-sample-undelivered' }).Properties;
    expect(resolved(givenUp['AlarmDescription'])).toContain('something was not written back into the CRM');
    expect(variablesOf('write-back')['CRM_WRITES_BACK']).toBe('status,notes');
    const queue = only('AWS::SQS::Queue', { QueueName: 'handoff-sample-write-backs' }).Properties;
    expect(queue).toMatchObject({ DelaySeconds: 60, VisibilityTimeout: 600 });
  });

  it('with a key of its own uses it for the queues and the stream, too, and lets nobody else write what was heard', () => {
    const own = synthesize({ crm, customerManagedKey: true });
    expect(own.findings).toEqual([]);
    for (const queue of own.ofType('AWS::SQS::Queue')) expect(queue.Properties['KmsMasterKeyId']).toBeDefined();
    const policies = own.ofType('AWS::SQS::QueuePolicy').map(({ Properties }) => JSON.stringify(Properties));
    const heard = policies.find((policy) => policy.includes('"Sid":"only-these-rules"')) ?? '';
    expect(heard).toMatch(/"Effect":"Deny"[^}]*/);
    expect(heard).toContain('"ArnNotEquals":{"aws:SourceArn":');
  });
});

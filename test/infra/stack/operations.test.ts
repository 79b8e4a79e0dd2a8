import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../../infra/stack/settings.ts';
import { resolve } from './resolve.ts';
import { type Synthesized, synthesize } from './synthesize.ts';

const off = synthesize();
const iam = synthesize({ operations: 'iam' });
const provider = { issuer: 'https://login.example.com/tenant', audience: ['handoff-operations'] };
const jwt = synthesize({ operations: provider });

const routesOf = (stack: Synthesized) =>
  stack
    .ofType('AWS::ApiGatewayV2::Route')
    .map(({ Properties }) => Properties)
    .filter(({ RouteKey }) => String(RouteKey).includes('/operations'));

const functionsOf = (stack: Synthesized) =>
  stack.ofType('AWS::Lambda::Function').map(({ Properties }) => String(Properties['FunctionName']));

describe('The pages for operations', () => {
  it('are not there unless the stage asks for them: no route, no function, no role', () => {
    expect(routesOf(off)).toEqual([]);
    expect(functionsOf(off)).not.toContain('handoff-sample-show-operations');
    expect(JSON.stringify(off.template)).not.toMatch(/show-operations"|npm run operations/);
    expect(synthesize({ operations: 'off' }).template).toEqual(off.template);
  });

  it('are read and never written to, by GET alone', () => {
    for (const stack of [iam, jwt])
      expect(routesOf(stack).map(({ RouteKey }) => RouteKey)).toEqual([
        'GET /operations',
        'GET /operations/handoffs/{id}',
      ]);
    const role = iam
      .ofType('AWS::IAM::Role')
      .find(({ Properties }) => String(Properties['Description']).includes('show-operations'));
    const actions = JSON.stringify(role?.Properties['Policies']).match(
      /"(dynamodb|states|ses|kms|lambda|sqs):(?!LeadingKeys)\w+"/g,
    );
    expect(new Set(actions)).toEqual(new Set(['"dynamodb:GetItem"', '"dynamodb:BatchGetItem"', '"dynamodb:Query"']));
  });

  it('ask for a signature with iam, and say what has to be allowed on what', () => {
    for (const route of routesOf(iam)) expect(route['AuthorizationType']).toBe('AWS_IAM');
    const { OperationsArn } = iam.template.Outputs as { readonly OperationsArn: { readonly Value: unknown } };
    expect(JSON.stringify(resolve(iam.template.Resources, OperationsArn.Value))).toMatch(
      /arn:aws:execute-api:[\w-]+:\d{12}:[\w-]+\/\$default\/GET\/operations\*/,
    );
  });

  it("ask for a token of the company's issuer and for this audience, with a scope where one is set", () => {
    const { only } = jwt;
    expect(only('AWS::ApiGatewayV2::Authorizer').Properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: provider.issuer, Audience: provider.audience },
    });
    for (const route of routesOf(jwt)) {
      expect(route).toMatchObject({ AuthorizationType: 'JWT', AuthorizerId: expect.anything() });
      expect(route).not.toHaveProperty('AuthorizationScopes');
    }
    const scoped = synthesize({ operations: { ...provider, scopes: ['handoff/read'] } });
    for (const route of routesOf(scoped)) expect(route['AuthorizationScopes']).toEqual(['handoff/read']);
  });

  it('leave the links in mails open as they were', () => {
    for (const stack of [iam, jwt]) {
      const links = stack
        .ofType('AWS::ApiGatewayV2::Route')
        .map(({ Properties }) => Properties)
        .filter((route) => !routesOf(stack).includes(route));
      expect(links).toHaveLength(off.ofType('AWS::ApiGatewayV2::Route').length);
      for (const { AuthorizationType = 'NONE' } of links) expect(AuthorizationType).toBe('NONE');
    }
  });

  it('are throttled, watched and named where somebody is looking for what happened', () => {
    for (const stack of [iam, jwt]) {
      const { RouteSettings } = stack.only('AWS::ApiGatewayV2::Stage').Properties;
      expect(Object(RouteSettings)['GET /operations']).toEqual({ ThrottlingRateLimit: 5, ThrottlingBurstLimit: 20 });
      const failed = stack.only('AWS::CloudWatch::Alarm', { AlarmName: 'handoff-sample-executions-failed' });
      expect(String(failed.Properties['AlarmDescription'])).toContain('npm run operations -- sample');
      expect(String(failed.Properties['AlarmDescription']).length).toBeLessThanOrEqual(1024);
      const board = JSON.stringify(stack.only('AWS::CloudWatch::Dashboard').Properties['DashboardBody']);
      expect(board).toContain('npm run operations -- sample');
      expect(stack.findings).toEqual([]);
    }
  });

  it('know how executions are called, and may do nothing with them', () => {
    const { Properties } = iam.only('AWS::Lambda::Function', { FunctionName: 'handoff-sample-show-operations' });
    const { Variables } = Object(resolve(iam.template.Resources, Properties['Environment']));
    expect(Variables.STATE_MACHINE_ARN).toMatch(/:stateMachine:handoff-sample:live$/);
    expect(Variables).not.toHaveProperty('MAIL_CONFIGURATION_SET');
  });
});

describe('The setting of who sees them', () => {
  const settings = (operations: unknown) => () =>
    settingsOf('test', {
      test: {
        ...{ company: 'A', siteName: 'Handoff', sender: 'a@example.com', alarmMail: 'a@example.com' },
        ...{ defaultZone: 'UTC', operations },
      },
    });

  it('is off where nothing is said', () => {
    expect(settings(undefined)().operations).toBe('off');
  });

  const choices = /\n {2}operations: "off", "iam", or .*"issuer": "https:.*"audience"/;

  it.each<[operations: unknown, told: RegExp]>([
    ['on', choices],
    [true, choices],
    [{ issuer: 'https://login.example.com' }, choices],
    [{ issuer: 'http://login.example.com', audience: ['a'] }, /\n {2}operations.issuer: the https address/],
    [{ issuer: 'https://login.example.com', audience: [] }, /\n {2}operations.audience: at least one/],
    [{ issuer: 'https://login.example.com', audience: ['a'], open: true }, /\n {2}operations: .*open/],
  ])('that cannot be used is told with what can be: %j', (operations, told) => {
    expect(settings(operations)).toThrow(told);
  });
});

import { Aws, CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ARecord, type IHostedZone, PublicHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { FunctionName } from '../wiring/function-names.ts';
import { stageName } from '../wiring/names.ts';
import { routes } from '../wiring/routes.ts';
import type { Functions } from './functions.ts';
import { acknowledge } from './names.ts';
import type { Settings } from './settings.ts';

/** What of a request is kept. Not the path, which holds the link that opens the door; nobody's address or browser either. */
const logged = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  integrationStatus: '$context.integrationStatus',
};

/** The pages behind the links in mails: an HTTP API, each way in throttled by itself, at a name of the company's own where one is set. */
export class Pages extends Construct {
  readonly api: HttpApi;
  /** Where people reach them, without a slash at the end. */
  readonly url: string;
  readonly #stage: HttpStage;
  readonly #settings: Settings;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const { stage, domain } = settings;
    this.#settings = settings;
    this.api = new HttpApi(this, 'Api', {
      apiName: stageName(stage),
      description: 'The pages behind the links in mails.',
      createDefaultStage: false,
      // What was mailed before the stage had a name of its own leads to the API's.
      disableExecuteApiEndpoint: domain?.only === true,
    });
    const logs = new LogGroup(this, 'AccessLogs', {
      logGroupName: `/aws/vendedlogs/http/${stageName(stage)}`,
      retention: settings.logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const name = domain && this.#domainName(domain);
    this.#stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // What is on no route.
      throttle: { rateLimit: 20, burstLimit: 50 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(JSON.stringify(logged)),
      },
      ...(name && { domainMapping: { domainName: name } }),
    });
    this.url = domain ? `https://${domain.name}` : this.api.apiEndpoint;
    new CfnOutput(this, 'Url', { key: 'Site', value: this.url, description: 'Where the links in mails lead.' });
  }

  /** Puts the functions behind the routes; they know the address of this API, so it stands before they do. */
  open(functions: Functions): void {
    const integrations = new Map<FunctionName, HttpLambdaIntegration>();
    const { authorizer, scopes } = this.#authorizer();
    const opened = routes.filter(({ target }) => functions.byName.has(target));
    for (const { method, path, target, forOperations, forCrm } of opened) {
      const integration = integrations.get(target) ?? new HttpLambdaIntegration(target, functions.named(target));
      integrations.set(target, integration);
      const asked = { path, methods: [HttpMethod[method]], integration };
      const only = forOperations && authorizer ? { authorizer, ...(scopes && { authorizationScopes: scopes }) } : {};
      for (const route of this.api.addRoutes({ ...asked, ...only })) {
        // A limit can only be set for a route that is there.
        this.#stage.node.addDependency(route);
        if (forOperations) continue;
        acknowledge(
          route,
          'AwsSolutions-APIG4',
          forCrm
            ? "The request is signed with a secret of the CRM's, and the function checks that first."
            : 'The link is the credential: 128 random bits that a mail brought, kept as a hash, bound to one step and one person.',
        );
      }
    }
    const limits = opened.map(({ method, path, limit: { rate, burst } }) => [
      `${method} ${path}`,
      { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst },
    ]);
    const { defaultChild } = this.#stage.node;
    if (defaultChild instanceof CfnStage) defaultChild.routeSettings = Object.fromEntries(limits);
  }

  /** Who is let in where operations look; nobody where the stage does not say, and then there is no such way in. */
  #authorizer(): { readonly authorizer?: IHttpRouteAuthorizer; readonly scopes?: string[] } {
    const { operations } = this.#settings;
    if (operations === 'off') return {};
    if (operations === 'iam') {
      new CfnOutput(this, 'OperationsArn', {
        key: 'OperationsArn',
        value: `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.api.apiId}/$default/GET/operations*`,
        description: 'What execute-api:Invoke has to be allowed on, to see the pages for operations.',
      });
      return { authorizer: new HttpIamAuthorizer() };
    }
    const { issuer, audience, scopes } = operations;
    return {
      authorizer: new HttpJwtAuthorizer('Operations', issuer, { jwtAudience: audience }),
      ...(scopes && { scopes }),
    };
  }

  #domainName({ name, certificateArn, hostedZone }: NonNullable<Settings['domain']>): DomainName {
    const zone =
      hostedZone &&
      PublicHostedZone.fromPublicHostedZoneAttributes(this, 'Zone', {
        hostedZoneId: hostedZone.id,
        zoneName: hostedZone.name,
      });
    const made = new DomainName(this, 'DomainName', {
      domainName: name,
      certificate: certificateArn
        ? Certificate.fromCertificateArn(this, 'Certificate', certificateArn)
        : this.#certificate(name, zone),
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    const target = new ApiGatewayv2DomainProperties(made.regionalDomainName, made.regionalHostedZoneId);
    if (zone) new ARecord(this, 'Record', { zone, recordName: name, target: RecordTarget.fromAlias(target) });
    else
      new CfnOutput(this, 'DomainRecord', {
        value: `${name} CNAME ${made.regionalDomainName}`,
        description: 'The DNS record that leads to the pages.',
      });
    return made;
  }

  #certificate(domainName: string, zone: IHostedZone | undefined): Certificate {
    return new Certificate(this, 'Certificate', { domainName, validation: CertificateValidation.fromDns(zone) });
  }
}

import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { FunctionName } from '../wiring/function-names.ts';
import { stageName } from '../wiring/names.ts';
import { Dashboard } from './dashboard.ts';
import { Entrance } from './entrance.ts';
import { FactsInS3 } from './facts-in-s3.ts';
import { Functions } from './functions.ts';
import { SenderMail } from './mail.ts';
import { Pages } from './pages.ts';
import { Queues } from './queues.ts';
import { Schedules } from './schedules.ts';
import type { Settings } from './settings.ts';
import { Storage } from './storage.ts';
import { Watch } from './watch.ts';
import { Workflow } from './workflow.ts';

export interface HandoffStackProps extends StackProps {
  readonly settings: Settings;
  /** The bundled code of a function. */
  readonly codeOf: (name: FunctionName) => Code;
}

/** The handoff system in one account. What stands where: `deals in → functions ⇄ workflow → mail → pages`, watched. */
export class HandoffStack extends Stack {
  constructor(scope: Construct, { settings, codeOf, ...props }: HandoffStackProps) {
    const { stage } = settings;
    super(scope, stageName(stage), {
      description: 'Handoff: no customer falls between sales and customer success.',
      tags: { application: 'handoff', stage },
      ...props,
    });
    const key = settings.customerManagedKey ? this.#key(stage) : undefined;

    const { table } = new Storage(this, 'Storage', {
      key,
      isTold: (settings.crm?.writeBack ?? []).length > 0,
    });
    if (settings.facts === 's3')
      new FactsInS3(this, 'FactsInS3', { stage, key, retentionMonths: settings.retentionMonths });
    const mail = new SenderMail(this, 'Mail', settings);
    const pages = new Pages(this, 'Pages', settings);
    // Called after what was in it first: a queue under another logical id would be another queue.
    const queues = new Queues(this, 'DeadLetters', { stage, key, crm: settings.crm });
    const workflow = new Workflow(this, 'Workflow', { settings, key, reminderDeadLetters: queues.reminders });
    const functions = new Functions(this, 'Functions', {
      settings,
      table,
      key,
      mail,
      queues,
      reminders: workflow.reminders,
      siteUrl: pages.url,
      codeOf,
    });
    workflow.run({ table, functions });

    new Entrance(this, 'Entrance', { settings, functions, queues });
    // Called after what was in it first: a rule under another logical id would be another rule of the same name.
    new Schedules(this, 'Reconciler', { stage, zone: settings.defaultZone, functions, queues });
    mail.tell(functions.named('track-mail'), queues);
    pages.open(functions);

    const functionOf = (name: FunctionName) => functions.named(name);
    const { apiId } = pages.api;
    new Watch(this, 'Watch', {
      settings,
      key,
      functionOf,
      apiId,
      queues,
    });
    new Dashboard(this, 'Dashboard', { settings, functionOf, apiId, queues });
  }

  /** What it encrypts outlives the stack, so it does too. */
  #key(stage: string): Key {
    return new Key(this, 'Key', {
      alias: stageName(stage),
      description: `Encrypts the table, the dead letters and the alarms of ${stageName(stage)}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }
}

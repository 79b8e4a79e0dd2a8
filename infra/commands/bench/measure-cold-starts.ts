import { usualPlaybook } from '../../../statemachines/shipped-playbooks.ts';
import { median } from '../../local/bench/figures.ts';
import { functionArn, queueUrl, reminders } from '../../local/local-names.ts';
import { type Bundle, bundle, bundleFunctions } from '../../stack/bundling.ts';
import { type FunctionName, functionNamesOf } from '../../wiring/function-names.ts';
import { functionNeeds } from '../../wiring/function-needs.ts';
import { writeBacks } from '../../wiring/queues.ts';
import { type ColdStart, coldStart } from './cold-start.ts';
import { openColdAccount } from './first-events.ts';

/**
 * How a function starts and answers, medians in milliseconds of processor time, beside a handler that has the same SDK clients, and
 * reads one item.
 */
export interface ColdFunction {
  readonly name: FunctionName;
  readonly bundle: Bundle;
  readonly init: number;
  readonly load: number;
  readonly invocation: number;
  readonly bareInit: number;
  readonly bareLoad: number;
  readonly bareInvocation: number;
  /** Whether somebody waits for its page. */
  readonly showsPage: boolean;
}

const bareNames = ['dynamodb', 'dynamodb-ses', 'dynamodb-sfn', 'dynamodb-ses-sfn'] as const;
type BareName = (typeof bareNames)[number];

/** The clients that a function uses. */
function bareOf(name: FunctionName): BareName {
  const { sendsMail, executions, tokens } = functionNeeds[name];
  if (sendsMail) return executions || tokens ? 'dynamodb-ses-sfn' : 'dynamodb-ses';
  return executions || tokens ? 'dynamodb-sfn' : 'dynamodb';
}

export interface Measuring {
  readonly runs: number;
  /** Where the bundles go. */
  readonly folder: string;
  readonly names?: readonly FunctionName[];
  /** Told before each run. */
  readonly onRun?: (run: number) => void;
}

/**
 * Bundles the functions as the stack does, and starts each in processes of its own, in turn with a bare handler. The first
 * run is for the disk's caches and does not count. Throws when a function fails or answers what it should not.
 */
export async function measureColdStarts(measuring: Measuring): Promise<ColdFunction[]> {
  const { runs, folder, names = wholeStage } = measuring;
  const functions = await bundleFunctions(names, folder);
  const bare = await bundle(
    bareNames.map((name) => ({ name, entryPoint: `infra/commands/bench/bare-${name}.ts` })),
    `${folder}/bare`,
  );
  const account = await openColdAccount();
  const environment = environmentOf(account.url, account.system.stateMachineArn);
  const start = (made: Bundle<string> | undefined, event: object) =>
    coldStart({ file: `${made?.folder}/index.mjs`, event, environment });
  const pairs: { readonly name: FunctionName; readonly own: ColdStart; readonly bare: ColdStart }[] = [];
  try {
    for (let run = 0; run <= runs; run += 1) {
      measuring.onRun?.(run);
      for (const made of functions) {
        const { name } = made;
        const event = await account.eventFor(name);
        const beside = await start(
          bare.find((each) => each.name === bareOf(name)),
          {},
        );
        const own = await start(made, event);
        checkAnswer(name, own.answer);
        if (run > 0) pairs.push({ name, own, bare: beside });
      }
    }
  } finally {
    await account.close();
  }
  return functions.map((made) => {
    const own = pairs.filter(({ name }) => name === made.name);
    return {
      name: made.name,
      bundle: made,
      init: median(own.map((pair) => pair.own.init)),
      load: median(own.map((pair) => pair.own.load)),
      invocation: median(own.map((pair) => pair.own.invocation)),
      bareInit: median(own.map((pair) => pair.bare.init)),
      bareLoad: median(own.map((pair) => pair.bare.load)),
      bareInvocation: median(own.map((pair) => pair.bare.invocation)),
      showsPage: pages.includes(made.name),
    };
  });
}

/** What answers a GET of somebody who waits. */
const pages: readonly FunctionName[] = ['show-page', 'show-desk', 'show-reports', 'show-operations'];

/** The functions of a stage that has all it can have. Nobody waits for what comes at night. */
export const wholeStage = functionNamesOf({ operations: 'iam', crm: { name: 'webhook', writeBack: ['status'] } });

/** What Lambda tells a function. Nothing of this process gets there. */
const environmentOf = (url: string, stateMachineArn: string): Readonly<Record<string, string>> => ({
  AWS_LAMBDA_FUNCTION_NAME: 'handoff-cold',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL: url,
  HANDOFF_TABLE: 'handoff',
  SITE_URL: 'https://handoff.example.com',
  SITE_NAME: 'Handoff',
  COMPANY: 'Example Company',
  MAIL_FROM: 'handoff@example.com',
  DEFAULT_ZONE: 'UTC',
  STATE_MACHINE_ARN: stateMachineArn,
  PLAYBOOK: usualPlaybook,
  REMINDER_GROUP: reminders.group,
  REMINDER_TARGET_ARN: functionArn('notify'),
  REMINDER_ROLE_ARN: reminders.roleArn,
  REMINDER_DEAD_LETTERS_ARN: reminders.deadLettersArn,
  DEAL_BUS: 'default',
  WRITE_BACK_QUEUE: queueUrl(writeBacks.name),
  CRM: 'webhook',
  CRM_ACCOUNT: 'cold',
  CRM_API_URL: 'https://handoff.example.com',
  CRM_SECRETS: '/handoff/local/crm',
});

/** A page that says no, or a step with nothing to say, would be quick and prove nothing. */
function checkAnswer(name: FunctionName, answer: unknown): void {
  const { statusCode = 200, refused } = Object(answer);
  // Nobody who is asked anything reads audits: it looks at whose link it is, and says so.
  const expected = name === 'audit-quarter' ? 404 : 200;
  if (statusCode !== expected || refused !== undefined)
    throw new Error(`${name} answered ${JSON.stringify(answer).slice(0, 300)}`);
}

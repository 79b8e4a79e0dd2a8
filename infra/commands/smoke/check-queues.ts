import type { QueueCall } from '../../draining/queue-calls.ts';
import type { Settings } from '../../stack/settings.ts';
import { dealRules } from '../../wiring/deal-rules.ts';
import { functionNamesOf } from '../../wiring/function-names.ts';
import { deliveryRule, mailRule } from '../../wiring/mail-rule.ts';
import { stageName } from '../../wiring/names.ts';
import { deadLetterQueues, deliveries, triedAgain, undelivered } from '../../wiring/queues.ts';
import { schedules } from '../../wiring/schedules.ts';
import type { Finding } from './finding.ts';

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Condition?: unknown;
}

/** Whether the queues are there, and every rule may leave among the dead letters what it could not deliver. */
export async function checkQueues(settings: Settings, call: QueueCall): Promise<readonly Finding[]> {
  const { stage } = settings;
  const names = [...deadLetterQueues, triedAgain.name, deliveries.name].map((name) => stageName(stage, name));
  const findings: Finding[] = [];
  for (const QueueName of names) {
    const url = await urlOf(QueueName, call);
    if (url === undefined) findings.push(missing(stage, QueueName));
    else if (QueueName === stageName(stage, undelivered))
      findings.push(await checkPolicy(settings, QueueName, { url, call }));
  }
  return findings;
}

async function urlOf(QueueName: string, call: QueueCall): Promise<unknown> {
  try {
    return (await call('GetQueueUrl', { QueueName }))['QueueUrl'];
  } catch (error) {
    if (error instanceof Error && /QueueDoesNotExist|NonExistentQueue/.test(error.name)) return undefined;
    throw error;
  }
}

const missing = (stage: string, queue: string): Finding => ({
  kind: 'bad',
  what: `There is no queue ${queue}: what cannot be delivered is lost`,
  remedy: `Deploy the stage again: npm run deploy -- ${stage}. If it finds nothing to change, somebody has deleted the queue by hand: take the resource out of the stack, deploy, and put it back.`,
});

async function checkPolicy(
  settings: Settings,
  queue: string,
  { url: QueueUrl, call }: { readonly url: unknown; readonly call: QueueCall },
): Promise<Finding> {
  const { stage } = settings;
  const { Attributes } = await call('GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy'] });
  const { Policy = '{}' } = Object(Attributes);
  const statements = [Object(JSON.parse(String(Policy))).Statement ?? []].flat() as readonly Statement[];
  // A schedule whose function the stage has not is no rule there.
  const has = functionNamesOf(settings);
  const recurring = schedules.filter(({ target }) => has.includes(target));
  const rules = [...dealRules, mailRule, deliveryRule, ...recurring].map(({ name }) => stageName(stage, name));
  const shut = rules.filter((rule) => !statements.some((statement) => letsWrite(statement, rule)));
  if (shut.length === 0)
    return { kind: 'good', what: `EventBridge may write to ${queue}, for all ${rules.length} rules` };
  return {
    kind: 'bad',
    what: `EventBridge may not write to ${queue} for ${shut.join(', ')}: an event that comes through to no function is lost`,
    remedy: `Somebody has changed the policy of the queue. Put it back: CloudFormation, ${stageName(stage)}, Detect drift shows the difference; delete the policy and deploy, or write it as the template has it.`,
  };
}

/** Whether a statement lets EventBridge write for a rule, by the rule's name at the end of its ARN. */
function letsWrite({ Effect, Principal, Action, Condition }: Statement, rule: string): boolean {
  const { ArnEquals = {}, ArnLike = {} } = Object(Condition);
  const sources = [ArnEquals, ArnLike].flatMap((each) => [Object(each)['aws:SourceArn'] ?? []].flat());
  return (
    Effect === 'Allow' &&
    [Object(Principal).Service].flat().includes('events.amazonaws.com') &&
    [Action].flat().some((action) => /^sqs:(SendMessage|\*)$/i.test(String(action))) &&
    sources.some((source) => String(source).endsWith(`/${rule}`))
  );
}

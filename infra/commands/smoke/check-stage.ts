import { type CallSettings, jsonCalls, jsonOf, signedCall } from '../../../functions/aws/signed-calls.ts';
import { queryCalls } from '../../calls/query-calls.ts';
import { queueCalls } from '../../draining/queue-calls.ts';
import type { Settings } from '../../stack/settings.ts';
import { type AlarmCalls, checkAlarms } from './check-alarms.ts';
import { checkMail, type SesRead } from './check-mail.ts';
import { checkQueues } from './check-queues.ts';
import type { Finding } from './finding.ts';

export interface StageCalls extends AlarmCalls {
  readonly sqs: ReturnType<typeof queueCalls>;
  readonly ses: SesRead;
}

/** The calls, with the settings of a client that is there anyway. */
export const stageCalls = (settings: CallSettings): StageCalls => ({
  cloudWatch: jsonCalls(settings, { service: 'monitoring', target: 'GraniteServiceVersion20100801' }),
  sns: queryCalls(settings, { service: 'sns', version: '2010-03-31' }),
  sqs: queueCalls(settings),
  ses: async (path) => jsonOf(await signedCall(settings, { service: 'ses', host: 'email', method: 'GET', path })),
});

/** Checks what no deal passes through: what mail needs, where events are kept that cannot be delivered, and who hears of alarms. */
export async function checkStage(settings: Settings, calls: StageCalls): Promise<readonly Finding[]> {
  const checks: readonly (readonly [string, () => Promise<readonly Finding[]>])[] = [
    ['the sender', () => checkMail(settings, calls.ses)],
    ['the dead letters', () => checkQueues(settings, calls.sqs)],
    ['the alarms', () => checkAlarms(settings, calls)],
  ];
  const found = await Promise.all(
    checks.map(([what, check]) => check().catch((error: unknown) => [unchecked(what, error)])),
  );
  return found.flat();
}

/** One check that cannot be made keeps no other from it. */
function unchecked(what: string, error: unknown): Finding {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    kind: 'bad',
    what: `Not checked: ${what}. ${said}`,
    remedy:
      'Where a permission is missing, run this with credentials that may read SES, SQS, SNS and CloudWatch (the managed policy ReadOnlyAccess has it); else try again.',
  };
}

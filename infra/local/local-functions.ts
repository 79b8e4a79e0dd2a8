import type { Context } from 'aws-lambda';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { closeHandoffHandler } from '../../functions/handlers/close-handoff.ts';
import { decideStepHandler } from '../../functions/handlers/decide-step.ts';
import { followDealBy } from '../../functions/handlers/follow-deal.ts';
import { notifyHandler } from '../../functions/handlers/notify.ts';
import { showPageHandler } from '../../functions/handlers/show-page.ts';
import { startHandoffHandler } from '../../functions/handlers/start-handoff.ts';
import { stopDealHandler } from '../../functions/handlers/stop-deal.ts';
import { trackMailHandler } from '../../functions/handlers/track-mail.ts';
import { validatePackageBy } from '../../functions/handlers/validate-package.ts';
import type { World } from '../../functions/ports/world.ts';
import type { FunctionName } from '../wiring/function-names.ts';
import type { triedAgain } from '../wiring/queues.ts';

/** Who looks on while a function runs. */
export type Observer = NonNullable<Parameters<typeof notifyHandler>[1]>;

export type Handler = (event: never, context: Context) => unknown;
type HandlerOver = (world: World, observer?: Observer) => Handler;

/** The code of what every deal calls, where new handoffs follow the playbook that is deployed. */
const ofDeals = (deployed: () => Playbook) => ({
  'start-handoff': startHandoffHandler,
  'stop-deal': stopDealHandler,
  'follow-deal': followDealBy(deployed),
  'validate-package': validatePackageBy(deployed),
  notify: notifyHandler,
  'close-handoff': closeHandoffHandler,
  'show-page': showPageHandler,
  'decide-step': decideStepHandler,
  'track-mail': trackMailHandler,
});

type OfDeals = keyof ReturnType<typeof ofDeals>;

/** The code of the rest: desks, reports and what speaks with a CRM, a fourth of all that there is to read. */
const others: Readonly<Record<Exclude<FunctionName, OfDeals | typeof triedAgain.what>, () => Promise<HandlerOver>>> = {
  'send-reports': async () => (await import('../../functions/handlers/send-reports.ts')).sendReportsHandler,
  'audit-quarter': async () => (await import('../../functions/handlers/audit-quarter.ts')).auditQuarterHandler,
  'show-desk': async () => (await import('../../functions/handlers/show-desk.ts')).showDeskHandler,
  'act-on-desk': async () => (await import('../../functions/handlers/act-on-desk.ts')).actOnDeskHandler,
  'show-reports': async () => (await import('../../functions/handlers/show-reports.ts')).showReportsHandler,
  'show-operations': async () => (await import('../../functions/handlers/show-operations.ts')).showOperationsHandler,
  'hear-webhook': async () => (await import('../../functions/handlers/hear-webhook.ts')).hearWebhookHandler,
  'read-deal': async () => (await import('../../functions/handlers/read-deal.ts')).readDealHandler,
  'queue-write-backs': async () =>
    (await import('../../functions/handlers/queue-write-backs.ts')).queueWriteBacksHandler,
  'write-back': async () => (await import('../../functions/handlers/write-back.ts')).writeBackHandler,
  reconcile: async () => (await import('../../functions/handlers/reconcile.ts')).reconcileHandler,
  measure: async () => (await import('../../functions/handlers/measure.ts')).measureHandler,
};

/**
 * The code of a function by its name. What no deal calls is read when it is first called or, of the names `atOnce`, now: where calls are
 * to come in the same order in every run, none may wait for its code.
 */
export async function localFunctions(
  deployed: () => Playbook,
  { atOnce }: { readonly atOnce: readonly string[] },
): Promise<(name: keyof typeof others | OfDeals) => HandlerOver> {
  const [usual, rest] = [ofDeals(deployed), new Map<string, HandlerOver>()];
  for (const [name, read] of Object.entries(others))
    rest.set(name, atOnce.includes(name) ? await read() : whenCalled(read));
  return (name) => {
    const found = name in usual ? usual[name as OfDeals] : rest.get(name);
    if (found === undefined) throw new Error(`There is no code of a function ${name}.`);
    return found;
  };
}

/** A handler whose code is read when it is first called. */
const whenCalled =
  (read: () => Promise<HandlerOver>): HandlerOver =>
  (world, observer) => {
    let made: Promise<Handler> | undefined;
    return async (event, context) => {
      made ??= read().then((over) => over(world, observer));
      return (await made)(event, context);
    };
  };

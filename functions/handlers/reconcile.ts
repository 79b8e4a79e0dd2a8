import { crmOfEnvironment } from '../aws/crm-world.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { connect } from '../crm/connect.ts';
import { pacedHttp } from '../crm/paced-http.ts';
import { type DailyReconciled, reconcileDaily, reconcileDailyUses } from '../verbs/reconcile-daily.ts';

/**
 * Once a day, by the schedule of the stage: what the CRM has is compared with the handoffs. Where time goes by, the CRM is asked no
 * faster than leaves room for others who ask it, and waited for.
 */
export const reconcileHandler = stack('reconcile', [...reconcileDailyUses, 'crmAccess'], (world) => {
  const run = async ({ time }: { readonly time: string }, timeLeft: () => number): Promise<DailyReconciled> => {
    const now = Date.parse(time);
    const access = world.crmAccess();
    const { http, waiting } = access;
    const { crm } = connect({ ...access, http: waiting ? pacedHttp(http, waiting, timeLeft) : http }, () => now);
    const startedAt = new Date(waiting?.now() ?? now).toISOString();
    return reconcileDaily({ ...world, crm })({ at: new Date(now).toISOString(), startedAt });
  };
  return Object.assign(run, {
    counted: ({ left }: DailyReconciled) => (left > 0 ? ('CrmDiffers' as const) : undefined),
  });
});

export const handler = onLambda(reconcileHandler, crmOfEnvironment);

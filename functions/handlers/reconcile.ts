import { crmOfEnvironment } from '../aws/crm-world.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { connect } from '../crm/connect.ts';
import { type DailyReconciled, reconcileDaily, reconcileDailyUses } from '../verbs/reconcile-daily.ts';

/** Once a day, by the schedule of the stage: what the CRM has is compared with the handoffs. */
export const reconcileHandler = stack('reconcile', [...reconcileDailyUses, 'crmAccess'], (world) => {
  let now = 0;
  const { crm } = connect(world.crmAccess(), () => now);
  const run = async ({ time }: { readonly time: string }): Promise<DailyReconciled> => {
    now = Date.parse(time);
    return reconcileDaily({ ...world, crm })({ at: new Date(now).toISOString() });
  };
  return Object.assign(run, {
    counted: ({ left }: DailyReconciled) => (left > 0 ? ('CrmDiffers' as const) : undefined),
  });
});

export const handler = onLambda(reconcileHandler, crmOfEnvironment);

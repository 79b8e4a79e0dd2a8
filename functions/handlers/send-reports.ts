import { onLambda, stack } from '../aws/lambda-stack.ts';
import { type ReportsSent, sendReports, sendReportsUses } from '../verbs/send-reports.ts';

/** Each hour, by the schedule of the stage: mails the reports that are due to whoever's morning has begun. */
export const sendReportsHandler = stack('send-reports', sendReportsUses, (world) => {
  const send = sendReports(world);
  return ({ time }: { readonly time: string }): Promise<ReportsSent> => send({ at: new Date(time).toISOString() });
});

export const handler = onLambda(sendReportsHandler);

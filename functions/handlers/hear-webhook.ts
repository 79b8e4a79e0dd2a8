import { crmOfEnvironment } from '../aws/crm-world.ts';
import { addressOf, timeOf } from '../aws/http-pages.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { orFailedWebhook } from '../aws/webhook-answers.ts';
import { connect } from '../crm/connect.ts';
import { hearWebhook, hearWebhookUses } from '../verbs/hear-webhook.ts';

/** `POST /crm/{crm}`: what a CRM says of deals. */
export const hearWebhookHandler = stack('hear-webhook', [...hearWebhookUses, 'crmAccess'], (world) => {
  const access = world.crmAccess();
  const { crm } = access;
  const hear = hearWebhook({ ...world, crm, webhooks: connect(access).webhooks });
  return orFailedWebhook(async (event) => {
    if (event.pathParameters?.['crm'] !== crm) return undefined;
    const rawBody = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
    return hear({ method: 'POST', headers: event.headers, rawBody, url: addressOf(event) }, timeOf(event));
  });
});

export const handler = onLambda(hearWebhookHandler, crmOfEnvironment);

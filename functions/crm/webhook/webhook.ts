import { isRecord } from '../../domain/fields/record.ts';
import type { CrmConnector } from '../crm-connector.ts';
import { secretBytes, standardWebhookProblem } from './standard-webhook.ts';

const cannot = (what: string) => async (): Promise<never> => {
  throw new Error(`Whoever sends webhooks by themselves is told nothing, and asked nothing: nobody can ${what}.`);
};

/**
 * Anything that can sign a JSON webhook: our own events in the body, signed by the Standard Webhooks specification. There is nothing to
 * read and nowhere to write to.
 */
export const webhook: CrmConnector = {
  title: 'Standard Webhooks',
  secretNames: { webhookSecret: 'the secret that webhooks are signed with, "whsec_" and base64' },
  usualApiUrl: 'https://example.com',
  webhookProblem: (request, { secrets, now }) => {
    const keys = secrets.flatMap(({ webhookSecret = '' }) => secretBytes(webhookSecret) ?? []);
    return standardWebhookProblem(request, keys, now);
  },
  replayKey: ({ headers }) => headers['webhook-id'],
  hear: (body) =>
    isRecord(body) && isRecord(body['detail'])
      ? { event: body }
      : { unreadable: 'an event is an object with source, detail-type, and detail' },
  tellsEvents: true,
  connect: () => ({
    readDeal: cannot('read a deal'),
    dealStates: cannot('ask where deals stand'),
    wonSince: cannot('ask for won deals'),
    write: cannot('write to a deal'),
    addNote: cannot('add a note'),
  }),
};

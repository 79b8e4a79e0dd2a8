import { isTooDeep } from '../../domain/deal/deal-reading.ts';
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
  hear(body) {
    if (!isRecord(body) || !isRecord(body['detail']))
      return { unreadable: 'an event is an object with source, detail-type, and detail' };
    // Nobody could pass it on, and whoever is told that we failed sends it again for days.
    return isTooDeep(body, 1) ? { unreadable: 'an event is nested less deep' } : { event: body };
  },
  tellsEvents: true,
  connect: () => ({
    readDeal: cannot('read a deal'),
    dealStates: cannot('ask where deals stand'),
    wonSince: cannot('ask for won deals'),
    write: cannot('write to a deal'),
    addNote: cannot('add a note'),
  }),
};

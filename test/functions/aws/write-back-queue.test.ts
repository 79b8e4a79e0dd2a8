import { describe, expect, it } from 'vitest';
import { changedHandoffIn } from '../../../functions/aws/item-keys.ts';
import type { Settings } from '../../../functions/aws/settings.ts';
import type { CallSettings } from '../../../functions/aws/signed-calls.ts';
import { queueingWorld } from '../../../functions/aws/write-back-queue.ts';
import { openAccount } from '../../infra/account/open-account.ts';

const settings = { WRITE_BACK_QUEUE: 'https://sqs.us-east-1.amazonaws.com/111111111111/backs' } as Settings;

/** The queue of an account; `answer`: what SQS answers in place of what it would. */
async function open(answer?: object) {
  const { account, clients } = await openAccount({ queues: [{ name: 'backs' }] });
  const { config } = clients.dynamodb;
  const calls: string[] = [];
  const handle: CallSettings['config']['requestHandler']['handle'] = async (request, options) => {
    calls.push(request.headers['x-amz-target'] ?? '');
    const { response } = await config.requestHandler.handle(request, options);
    if (answer) response.body = Buffer.from(JSON.stringify(answer));
    return { response };
  };
  const requestHandler = { value: { handle } };
  const { writeBackQueue } = queueingWorld(settings, { config: Object.create(config, { requestHandler }) });
  const queued = () => account.queues.messages('backs').map(({ body }) => changedHandoffIn(body));
  return { queue: writeBackQueue, queued, calls };
}

describe('the queue of what is to be written back', () => {
  it.each([0, 1, 10, 11, 25])('takes %i handoffs, ten in a call', async (count) => {
    const { queue, queued, calls } = await open();
    const ids = Array.from({ length: count }, (_, i) => `D-${i}-1`);
    await queue.put(ids);
    expect(queued()).toEqual(ids);
    expect(calls).toEqual(Array(Math.ceil(count / 10)).fill('AmazonSQS.SendMessageBatch'));
  });

  it('says that they are to be queued again where SQS has taken only some of them', async () => {
    const { queue } = await open({ Successful: [{ Id: '0' }], Failed: [{ Id: '1', Code: 'InternalError' }] });
    await expect(queue.put(['D-1-1', 'D-2-1'])).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      message: 'SQS says InternalError of a message: try again.',
    });
  });

  it('has to be named', () => {
    expect(() => queueingWorld({} as Settings, {} as CallSettings)).toThrow('WRITE_BACK_QUEUE is not set');
  });
});

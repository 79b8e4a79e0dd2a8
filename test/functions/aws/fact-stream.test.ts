import { describe, expect, it } from 'vitest';
import { factStream } from '../../../functions/aws/fact-stream.ts';
import type { RecordedFact } from '../../../functions/domain/reports/fact.ts';
import { createAccount } from '../../../infra/account/account.ts';
import { inProcessClients } from '../../../infra/account/clients.ts';
import { createClock } from '../../../infra/account/clock.ts';

const at = '2026-11-20T15:00:00Z';
const rated: RecordedFact = {
  ...{ kind: 'rated', handoff: 'd-1-1', key: 'rated', at, score: 9 },
  ...{ revision: 1, recordedAt: '2026-11-21T01:10:00Z' },
};

async function open() {
  const account = await createAccount({
    clock: createClock({ start: Date.parse(at) }),
    functions: {},
    deliveryStreams: ['facts'],
  });
  const stream = factStream(inProcessClients(account).firehose, 'facts');
  return { account, stream };
}

describe('facts on their way to S3', () => {
  it('are lines of JSON', async () => {
    const { account, stream } = await open();
    const later: RecordedFact = { ...rated, revision: 2, key: 'ü' };
    await stream.send([rated, later]);
    const lines = account.delivered('facts').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([rated, later]);
  });

  it('ask nobody where there are none', async () => {
    const { account, stream } = await open();
    await stream.send([]);
    expect(account.delivered('facts')).toBe('');
  });

  it('say that they are to be sent again where Firehose takes only some', async () => {
    const failing = {
      send: async () => ({ FailedPutCount: 1, RequestResponses: [{ ErrorCode: 'ServiceUnavailableException' }] }),
    };
    const stream = factStream(failing as never, 'facts');
    await expect(stream.send([rated])).rejects.toThrow('ServiceUnavailableException: try again');
  });

  it('say so, too, where it has too much to do', async () => {
    const busy = Object.assign(new Error('Slow down.'), { name: 'ServiceUnavailableException', $fault: 'server' });
    const stream = factStream({ send: () => Promise.reject(busy) } as never, 'facts');
    await expect(stream.send([rated])).rejects.toThrow('Firehose says ServiceUnavailableException: try again.');
  });
});

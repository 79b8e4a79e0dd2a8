import { describe, expect, it } from 'vitest';
import { changedHandoffsIn } from '../../../functions/aws/stream-event.ts';
import { queueWriteBacks } from '../../../functions/verbs/queue-write-backs.ts';
import { anna, lena } from '../../support/handoff-record.ts';

const change = (pk: string) => ({ dynamodb: { NewImage: { pk: { S: pk } } } });

function open() {
  const queued: (readonly string[])[] = [];
  const steps = [{ id: 'D-1-1', step: 'hold-kickoff', dueAt: '2026-11-20T15:00:00Z' }];
  const work = new Map([
    [anna, { steps, handoffs: ['D-1-1', 'D-2-1'] }],
    [lena, { steps, handoffs: [] }],
  ]);
  const queue = queueWriteBacks({
    writeBackQueue: { put: async (ids) => void queued.push(ids) },
    roster: { everybody: async () => [anna, lena].map((email) => ({ email }) as never) },
    desks: { openWorkOf: async (email) => work.get(email) ?? { steps: [], handoffs: [] } },
    handoffs: { unmeasured: async () => ['D-3-1', 'D-2-1'] },
  });
  return { queue, queued };
}

describe('queueing handoffs to be written back', () => {
  it('queues each that changed once', async () => {
    const { queue, queued } = open();
    const changed = changedHandoffsIn({ Records: ['HANDOFF#D-7-1', 'HANDOFF#D-8-2', 'HANDOFF#D-7-1'].map(change) });
    expect(await queue(changed)).toEqual({ outcome: 'queued' });
    expect(queued).toEqual([['D-7-1', 'D-8-2']]);
  });

  it('queues all that are open or have just ended where nobody knows which they were', async () => {
    const { queue, queued } = open();
    expect(await queue(changedHandoffsIn({ DDBStreamBatchInfo: {} }))).toEqual({ outcome: 'all that are open queued' });
    expect(queued).toEqual([['D-1-1', 'D-2-1', 'D-3-1']]);
  });

  it('takes nothing for a handoff that is none', () => {
    expect(() => changedHandoffsIn({ Records: [change('ROSTER')] })).toThrow('names no handoff');
  });
});

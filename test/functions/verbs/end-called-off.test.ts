import { describe, expect, it } from 'vitest';
import { askStep } from '../../../functions/domain/playbook/playbook.ts';
import { endCalledOff } from '../../../functions/verbs/end-called-off.ts';
import { lena, people } from '../../support/handoff-record.ts';
import { upTo } from '../../support/progress.ts';

/** Lena called the kickoff off on a page that ended before its step did; when that ends, by an execution that comes at `at`. */
async function endedAt({ openedAt, at }: { readonly openedAt: string; readonly at: string }) {
  const { system, id } = await upTo('hold-kickoff');
  const record = await system.load(id);
  const [stands, step] = [record.meetings?.['kickoff'], record.steps['hold-kickoff']];
  if (!stands || !step) throw new Error('No kickoff was planned.');
  const off = { ...stands, status: 'off', sequence: stands.sequence + 1, by: lena, changedAt: calledOffAt } as const;
  const { decision } = await endCalledOff(system.world, {
    record: { ...record, meetings: { kickoff: off } },
    people,
    rule: askStep(record.playbook, 'hold-kickoff'),
    step: { ...step, askSaid: { at: openedAt, from: 'page' } },
    at,
  });
  return decision?.at;
}

const calledOffAt = '2026-11-24T09:00:00.000Z';

describe('a step whose meeting was called off while it was open', () => {
  const openedAt = '2026-11-23T09:00:00.000Z';

  it('ends when that was, however late the execution comes', async () => {
    expect(await endedAt({ openedAt, at: '2026-11-24T14:00:00.000Z' })).toBe(calledOffAt);
  });

  it('does not end before that, where a call of the day before is tried again', async () => {
    expect(await endedAt({ openedAt, at: openedAt })).toBe(calledOffAt);
  });
});

it('A step that is opened after its meeting was called off does not end before it was opened', async () => {
  const openedAt = '2026-11-24T14:00:00.000Z';
  expect(await endedAt({ openedAt, at: openedAt })).toBe(openedAt);
});

import { describe, expect, it } from 'vitest';
import type { ExceptionRequest } from '../../../functions/domain/handoff/exception-request.ts';
import type { Handing } from '../../../functions/domain/handoff/handing.ts';
import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import { putActsOnRecord } from '../../../functions/verbs/put-acts-on-record.ts';
import { daniel, handoffRecord, lena, people, ruth, stepRecord } from '../../support/handoff-record.ts';
import { openSystem } from '../../support/world.ts';

const handed: Handing = { from: lena, by: 'system', at: '2026-11-24T08:00:00.000Z', why: 'away' };

/** What the trail says after whoever visits the handoff has come twice. */
async function trailOf(record: HandoffRecord) {
  const { world } = await openSystem();
  const at = '2026-11-24T08:00:03.000Z';
  await putActsOnRecord(world, { record, people, at });
  await putActsOnRecord(world, { record, people, at });
  const trail = await world.audit.trail(record.state.id);
  return trail.map(({ what, who, from, detail }) => ({ what, who, from, said: detail.split('. ')[0] }));
}

describe('a step that went to somebody else, by a call that ended before it was on record', () => {
  const said = `From ${lena} to ${daniel}`;

  it('is put on record once, where its owner is away', async () => {
    const step = stepRecord('hold-kickoff', { owner: daniel, standInFor: lena, handed });
    expect(await trailOf(handoffRecord({ steps: [step] }))).toEqual([
      { what: 'stand-in', who: 'system', from: 'execution', said },
    ]);
  });

  it('is put on record once, where the CRM names another person', async () => {
    const step = stepRecord('hold-kickoff', { owner: daniel, handed: { ...handed, by: 'crm', why: 'asked' } });
    expect(await trailOf(handoffRecord({ steps: [step] }))).toEqual([
      { what: 'reassigned', who: 'crm', from: 'event', said },
    ]);
  });

  it('is put on record once, where it is the review of an exception', async () => {
    const request: ExceptionRequest = {
      by: lena,
      at: '2026-11-23T08:00:00Z',
      reason: 'They decide in January.',
      paths: ['contract.termMonths'],
      reviewer: daniel,
      askedAt: '2026-11-23T08:00:00Z',
      dueAt: '2026-11-25T08:00:00Z',
      because: 'due Wed',
      handed: { ...handed, from: ruth },
    };
    const step = stepRecord('hold-kickoff', { owner: lena, exceptions: [request] });
    expect(await trailOf(handoffRecord({ steps: [step] }))).toEqual([
      { what: 'stand-in', who: 'system', from: 'execution', said: `Exception: from ${ruth} to ${daniel}` },
    ]);
  });
});

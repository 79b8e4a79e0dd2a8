import { describe, expect, it } from 'vitest';
import type { PlayedName } from '../../../../infra/local/crm/played-names.ts';
import { playedNames } from '../../../../infra/local/crm/played-names.ts';
import { playEvents, UnusableEvent } from '../../../../infra/local/play/play-events.ts';
import { course } from '../../../support/course.ts';
import { roster, sampleEvent } from '../../../support/deals.ts';
import { full } from '../../../support/playbooks/full.ts';

const dealId = 'D-2026-1041';
const sample = sampleEvent('complete-standard');

const event = (what: string, time: string) => ({
  source: 'handoff.crm',
  'detail-type': what,
  time,
  detail: what === 'Deal Closed Won' ? { ...sample.detail, closedWonAt: time } : { dealId },
});
const won = event('Deal Closed Won', '2026-11-17T08:30:00Z');

const play = (events: readonly unknown[], crm: PlayedName) =>
  playEvents({ events, crm, playbook: full, roster: roster(), manner: 'prompt', script: {} });

const outcomes = ({ reports }: Awaited<ReturnType<typeof playEvents>>) =>
  reports.map(({ handoff, execution }) => `${handoff.customer} ${handoff.status} ${execution.status}`);

describe.each(playedNames)('events that are played in %s', (name) => {
  it('win a deal there, whose record shows the handoff in the end', course, async () => {
    const played = await play([won], name);
    expect(outcomes(played)).toEqual(['Nordwind Logistik GmbH complete SUCCEEDED']);
    expect([played.refusals, played.failures]).toEqual([[], []]);
    const [handoff] = played.reports;
    expect(Date.parse(handoff?.execution.start ?? '') - Date.parse(won.time)).toBeLessThan(15_000);
    expect(played.crm).toMatchObject({ name, deals: [{ event: dealId, customer: 'Nordwind Logistik GmbH' }] });
    const [deal] = played.crm?.deals ?? [];
    expect(handoff?.handoff.id).toBe(`${deal?.dealId}-1`);
    expect(deal?.stage).toMatch(/Won$/);
    expect(deal?.writtenBack).toMatchObject({ 'Handoff status': 'complete', 'Handoff phase': 'complete' });
    expect(deal?.notes[0]?.text).toContain('The handoff started.');
  });

  it('lose it, open it again and win it again, each at its own time', course, async () => {
    const played = await play(
      [
        event('Deal Lost', '2026-11-24T11:00:00Z'),
        won,
        event('Deal Reopened', '2026-11-18T11:00:00Z'),
        event('Deal Closed Won', '2026-11-20T10:00:00+01:00'),
      ],
      name,
    );
    expect(outcomes(played)).toEqual([
      'Nordwind Logistik GmbH cancelled ABORTED',
      'Nordwind Logistik GmbH cancelled ABORTED',
    ]);
    expect(played.reports.map(({ execution }) => execution.end?.slice(0, 16))).toEqual([
      '2026-11-18T11:00',
      '2026-11-24T11:00',
    ]);
    expect(played.crm?.deals[0]?.stage).toMatch(/Lost$/);
  });

  it('delete it', course, async () => {
    const played = await play([won, event('Deal Cancelled', '2026-11-18T11:00:00Z')], name);
    expect(outcomes(played)).toEqual(['Nordwind Logistik GmbH cancelled ABORTED']);
    expect(played.crm?.deals).toMatchObject([{ event: dealId, stage: null, writtenBack: {}, notes: [] }]);
  });
});

describe('events that cannot be played in a CRM', () => {
  it.each([
    [[won, event('Deal Lost', '2026-11-16T08:30:00Z')], 'Event 2 cannot be played in a CRM: nothing won D-2026-1041'],
    [[won, won], 'Event 2 cannot be played in a CRM: D-2026-1041 is won already by then.'],
    [
      [won, event('Deal Cancelled', '2026-11-18T08:30:00Z'), event('Deal Closed Won', '2026-11-19T08:30:00Z')],
      'Event 3 cannot be played in a CRM: D-2026-1041 was deleted there before it.',
    ],
    [
      [
        won,
        event('Deal Lost', '2026-11-18T08:30:00Z'),
        { ...won, time: '2026-11-19T08:30:00Z', detail: { ...won.detail, name: 'Another name' } },
      ],
      'Event 3 cannot be played in a CRM: it says something else of D-2026-1041 than the event before.',
    ],
    [
      [won, { ...won, 'detail-type': 'Deal Changed', time: '2026-11-19T08:30:00Z' }],
      'Event 2 cannot be played in a CRM: "Deal Changed" is nothing that can be done there.',
    ],
  ])('are refused before anything happens: %#', async (events, said) => {
    const error: unknown = await play(events, 'hubspot').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnusableEvent);
    expect(error instanceof Error ? error.message : '').toContain(said);
  });
});

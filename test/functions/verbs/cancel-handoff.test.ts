import { describe, expect, it } from 'vitest';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { MailThrottled, RecordsUnavailable } from '../../../functions/ports/errors.ts';
import { cancelHandoff } from '../../../functions/verbs/cancel-handoff.ts';
import { startHandoff } from '../../../functions/verbs/start-handoff.ts';
import { stopDeal } from '../../../functions/verbs/stop-deal.ts';
import { breaking } from '../../support/breaking.ts';
import { course } from '../../support/course.ts';
import { dealEvent, sampleDeal, sampleEvent } from '../../support/deals.ts';
import { anna, daniel, lena, ruth } from '../../support/handoff-record.ts';
import { upTo, won } from '../../support/progress.ts';
import type { OpenSystem } from '../../support/world.ts';
import { openSystem } from '../../support/world.ts';

const at = '2026-11-18T09:00:00Z';

const cancelled = (system: OpenSystem) =>
  system
    .mails()
    .filter(({ tags }) => tags['kind'] === 'handoff-cancelled')
    .map(({ to }) => to[0]?.address)
    .sort();

const stopped = (type: string, detail: object) => ({
  source: 'handoff.crm',
  'detail-type': type,
  detail: { ...detail },
});

/** The ports' methods that cancelling changes something with. */
const portsOfCancelling = [
  ['handoffs', 'changeStatus'],
  ['audit', 'write'],
  ['mails', 'claim'],
  ['mails', 'markSent'],
  ['mail', 'send'],
  ['schedules', 'remove'],
  ['executions', 'stop'],
] as const;

/** The keys of a handoff's steps. */
const stepsIn = (items: Awaited<ReturnType<OpenSystem['dump']>>, id: string): readonly unknown[] =>
  items.filter(({ pk, sk }) => pk === `HANDOFF#${id}` && String(sk).startsWith('STEP#')).map(({ sk }) => sk);

describe('cancelling a handoff while somebody else is at it', () => {
  const claimed = async () => {
    const { system, id } = await upTo('review-brief');
    const theirs = { at: '2026-11-18T08:59:58Z', token: 'theirs', lease: 0 };
    await system.world.mails.claim(id, `handoff-cancelled/${anna}`, theirs);
    return { system, id, cancellation: { handoffId: id, by: ruth, reason: 'The customer withdrew.', at } as const };
  };

  it(
    'is no error for whoever does so on a page: its execution ends it within minutes, should the other be interrupted',
    course,
    async () => {
      const { system, id } = await upTo('review-brief');
      // Lena's manager has been told that she is late.
      await system.until('2026-11-23T09:00:00Z');
      const theirs = { at: system.now(), token: 'theirs', lease: 0 };
      await system.world.mails.claim(id, `handoff-cancelled/${anna}`, theirs);
      await system.until('2026-11-23T09:00:02Z');
      const { html } = await system.submit(system.linkOf(daniel, 'review-brief'), 'cancel', { reason: 'Withdrawn.' });
      expect(html).toContain('The handoff is canceled');
      await system.until('2026-11-23T09:05:00Z');
      expect(cancelled(system)).toEqual([anna, lena, ruth]);
      expect((await system.status(id)).status).toBe('ABORTED');
    },
  );

  it('is tried again by what nobody waits for, until everybody has been told', course, async () => {
    const { system, id, cancellation } = await claimed();
    const event = { ...cancellation, by: 'crm', from: 'event' } as const;
    await expect(cancelHandoff(system.world)(event)).rejects.toThrow(MailThrottled);
    expect(await cancelHandoff(system.world)({ ...event, at: '2026-11-18T09:01:00Z' })).toBe('cancelled');
    expect(cancelled(system)).toEqual([anna, lena]);
    expect((await system.status(id)).status).toBe('ABORTED');
  });
});

describe('cancelling a handoff with a meeting ahead', () => {
  it.each([
    [
      'where the table cannot be written to for a moment',
      async () => Promise.reject(new RecordsUnavailable('Try again.')),
    ],
    ['where somebody else changes the meeting in that moment', async () => false],
  ])('takes it out of calendars with the mail of the end, also %s', async (_, write) => {
    const { system, id } = await upTo('review-brief');
    const before = '2026-11-17T10:00:00Z';
    const cancellation = { handoffId: id, by: 'crm', reason: 'Withdrawn.', at: before, from: 'event' } as const;
    const broken = { ...system.world, meetings: { ...system.world.meetings, write } };
    await expect(cancelHandoff(broken)(cancellation)).rejects.toThrow();
    expect(cancelled(system)).toEqual([]);
    expect(await cancelHandoff(system.world)({ ...cancellation, at: '2026-11-17T10:01:00Z' })).toBe('cancelled');
    expect(cancelled(system)).toEqual([anna, lena]);
    const entries = system
      .mails()
      .filter(({ tags }) => tags['kind'] === 'handoff-cancelled')
      .map(({ calendar }) => calendar?.method.toUpperCase());
    expect(entries).toEqual(['CANCEL', 'CANCEL']);
  });
});

describe('cancelling a handoff', () => {
  it('says so on the record, tells the people involved once, and stops the execution with the reason', async () => {
    const { system, id } = await upTo('review-brief');
    const cancellation = { handoffId: id, by: ruth, reason: 'The customer withdrew.', at, from: 'page' } as const;
    expect(await cancelHandoff(system.world)(cancellation)).toBe('cancelled');
    expect((await system.load(id)).state).toMatchObject({
      status: 'cancelled',
      reason: 'The customer withdrew.',
      endedAt: at,
    });
    expect(cancelled(system)).toEqual([anna, lena]);
    expect(await system.status(id)).toEqual({
      status: 'ABORTED',
      error: 'Handoff.Cancelled',
      cause: 'The customer withdrew.',
    });
    expect((await system.world.audit.trail(id)).at(-1)).toMatchObject({ what: 'mail-sent' });
    expect(await system.world.audit.trail(id)).toContainEqual(
      expect.objectContaining({ what: 'cancelled', who: ruth, detail: 'The customer withdrew.', from: 'page' }),
    );
  });

  it('kills its links', async () => {
    const { system, id } = await upTo('review-brief');
    const link = system.linkOf(lena, 'review-brief');
    await cancelHandoff(system.world)({ handoffId: id, by: ruth, reason: 'Lost', at, from: 'page' });
    const page = await system.get(link);
    expect(page.html).toContain('canceled');
    expect(page.html).not.toContain('name="choice"');
    for (const reading of ['brief', 'plan']) {
      expect(page.html).not.toContain(`/${reading}"`);
      expect((await system.get(`${link}/${reading}`)).status).toBe(404);
    }
    const before = await system.dump();
    await system.submit(link, 'accept');
    expect(await system.dump()).toEqual(before);
  });

  it('changes nothing when it is done again', course, async () => {
    const { system, id } = await upTo('review-brief');
    const cancellation = { handoffId: id, by: ruth, reason: 'Lost', at, from: 'page' } as const;
    await cancelHandoff(system.world)(cancellation);
    const before = await system.dump();
    expect(await cancelHandoff(system.world)({ ...cancellation, by: anna, reason: 'Again' })).toBe('cancelled');
    expect(await system.dump()).toEqual(before);
    expect(cancelled(system)).toEqual([anna, lena]);
  });

  it('goes on where it broke off', course, async () => {
    const { system, id } = await upTo('review-brief');
    const cancellation = { handoffId: id, by: ruth, reason: 'Lost', at, from: 'page' } as const;
    const broken = {
      ...system.world,
      mail: { send: () => Promise.reject(new Error('killed')) },
    };
    await expect(cancelHandoff(broken)(cancellation)).rejects.toThrow('killed');
    expect((await system.load(id)).state.status).toBe('cancelled');
    expect(await cancelHandoff(system.world)(cancellation)).toBe('cancelled');
    expect((await system.status(id)).status).toBe('ABORTED');
    expect(cancelled(system)).toEqual([anna, lena]);
  });

  it(
    'is gone on with by its own execution when nobody tries again: all are told, and nothing runs on',
    course,
    async () => {
      const { system, id } = await upTo('review-brief');
      const mails = system.mails().length;
      const cancellation = { handoffId: id, by: ruth, reason: 'Lost', at, from: 'page' } as const;
      const broken = { ...system.world, mail: { send: () => Promise.reject(new Error('killed')) } };
      await expect(cancelHandoff(broken)(cancellation)).rejects.toThrow('killed');
      await system.until('2026-11-20T17:00:00Z');
      expect(cancelled(system)).toEqual([anna, lena]);
      expect(system.mails()).toHaveLength(mails + 2);
      expect(await system.status(id)).toEqual({ status: 'ABORTED', error: 'Handoff.Cancelled', cause: 'Lost' });
      const entry = { what: 'cancelled', who: ruth, detail: 'Lost', from: 'page', at };
      expect((await system.world.audit.trail(id)).filter(({ what }) => what === 'cancelled')).toEqual([entry]);
    },
  );

  it.each(portsOfCancelling)('is finished whatever breaks off: %s', course, async (port, method) => {
    for (const when of ['before', 'after'] as const) {
      const { system, id } = await upTo('review-brief');
      const cancellation = { handoffId: id, by: ruth, reason: 'Lost', at, from: 'page' } as const;
      await cancelHandoff(breaking(system.world, { port, method, when }))(cancellation).catch(() => undefined);
      expect(await cancelHandoff(system.world)({ ...cancellation, at: '2026-11-18T09:02:00Z' })).toBe('cancelled');
      expect((await system.status(id)).status).toBe('ABORTED');
      expect(new Set(cancelled(system))).toEqual(new Set([anna, lena]));
      const trail = await system.world.audit.trail(id);
      expect(trail.filter(({ what }) => what === 'cancelled')).toHaveLength(1);
    }
  });

  it(
    'opens nothing while its execution cannot be stopped: no step, no item of a token, and every link says why',
    course,
    async () => {
      const { system, id } = await upTo('review-brief');
      const link = system.linkOf(lena, 'review-brief');
      const cancellation = { handoffId: id, by: ruth, reason: 'Lost', at, from: 'page' } as const;
      const throttled = {
        ...system.world,
        executions: {
          ...system.world.executions,
          stop: () => Promise.reject(new RecordsUnavailable('Too many stops')),
        },
      };
      // Somebody decides in the moment in which it is canceled: the flow goes on to what nobody has been asked.
      const decision = { choice: 'accept', by: lena, as: 'owner', at, evidence: {} } as const;
      const decided = await system.world.steps.decide({ id, step: 'review-brief', round: 1, decision });
      const token = decided.decided ? decided.token : undefined;
      await expect(cancelHandoff(throttled)(cancellation)).rejects.toThrow('Too many stops');
      const before = await system.dump();
      expect(await system.world.tokens.wake(token ?? '', { goesOn: true })).toBe('woken');
      await system.clock.settled();
      expect((await system.status(id)).status).toBe('ABORTED');
      expect(stepsIn(await system.dump(), id)).toEqual(stepsIn(before, id));
      expect((await system.get(link)).status).toBe(200);
      expect((await system.get(system.linkOf(anna))).status).toBe(200);
    },
  );

  it(
    'is read whatever its items look like: one of a token alone, and one of a step that nobody knows',
    course,
    async () => {
      const { system, id } = await upTo('review-brief');
      const link = system.linkOf(lena, 'review-brief');
      await cancelHandoff(system.world)({ handoffId: id, by: ruth, reason: 'Lost', at, from: 'page' });
      for (const step of ['hold-kickoff', 'a-step-of-long-ago'])
        await openTable(system.clients.dynamodb, 'handoff').put({
          pk: `HANDOFF#${id}`,
          sk: `STEP#${step}`,
          taskToken: 'x',
        });
      expect(Object.keys((await system.load(id)).steps)).not.toContain('hold-kickoff');
      expect((await system.get(link)).status).toBe(200);
      // Nor does the next episode stumble over it.
      const again = dealEvent({ wonEpisode: 2, closedWonAt: '2026-11-19T09:00:00Z' });
      expect((await system.status(await system.win(again))).status).toBe('RUNNING');
    },
  );

  it('leaves alone what has ended, and what never was', async () => {
    const { system, id } = await upTo('review-brief');
    await system.world.handoffs.changeStatus({ id, from: ['open'], to: 'complete', at });
    const cancellation = { handoffId: id, by: ruth, reason: 'Lost', at, from: 'page' } as const;
    const before = await system.dump();
    expect(await cancelHandoff(system.world)(cancellation)).toBe('not open');
    expect(await cancelHandoff(system.world)({ ...cancellation, handoffId: 'D-0-1' })).toBe('unknown');
    expect(await system.dump()).toEqual(before);
    expect(cancelled(system)).toEqual([]);
  });

  it('also cancels one that is stalled', course, async () => {
    const { system, id } = await upTo('review-brief');
    await system.world.handoffs.changeStatus({ id, from: ['open'], to: 'stalled', at });
    expect(await cancelHandoff(system.world)({ handoffId: id, by: 'crm', reason: 'Lost', at, from: 'event' })).toBe(
      'cancelled',
    );
  });
});

describe('a deal that is won no more', () => {
  it.each([
    ['Deal Reopened', 'Deal reopened: Wrong price'],
    ['Deal Lost', 'Deal lost: Wrong price'],
    ['Deal Cancelled', 'Deal canceled: Wrong price'],
  ])('stops its handoff: %s', course, async (type, cause) => {
    const { system, id } = await upTo('review-brief');
    await system.put({
      ...sampleEvent('complete-standard'),
      ...stopped(type, { dealId: 'D-2026-1041', reason: 'Wrong price' }),
    });
    expect(await system.status(id)).toMatchObject({ status: 'ABORTED', cause });
    expect(cancelled(system)).toEqual([anna, lena]);
  });

  it('stops its newest won episode, or the one it names', course, async () => {
    const { system, id } = await upTo('review-brief');
    const second = await system.win(dealEvent({ wonEpisode: 2 }));
    const stop = stopDeal(system.world);
    expect(await stop({ event: stopped('Deal Lost', { dealId: 'D-2026-1041' }), at })).toEqual({
      handoffId: second,
      outcome: 'cancelled',
    });
    expect((await system.status(id)).status).toBe('RUNNING');
    expect(await stop({ event: stopped('Deal Lost', { dealId: 'D-2026-1041', wonEpisode: 1 }), at })).toEqual({
      handoffId: id,
      outcome: 'cancelled',
    });
  });

  it('leaves alone a deal that was won after that: an event may come late, or be replayed', course, async () => {
    const { system, id } = await upTo('review-brief');
    const stop = stopDeal(system.world);
    const before = '2026-11-17T08:00:00Z';
    expect(await stop({ event: stopped('Deal Reopened', { dealId: 'D-2026-1041' }), at: before })).toEqual({
      handoffId: id,
      outcome: 'not open',
    });
    expect((await system.status(id)).status).toBe('RUNNING');
  });

  it('is on record when there is no handoff, or when it is not named', async () => {
    const system = await openSystem({ at: won });
    const stop = stopDeal(system.world);
    await stop({ event: stopped('Deal Lost', { dealId: 'D-0' }), at });
    await stop({ event: stopped('Deal Lost', {}), at });
    await stop({ event: 'nonsense', at });
    const kept = (await system.dump()).filter(({ pk }) => pk === 'REFUSED');
    expect(kept.map(({ refused }) => (JSON.parse(String(refused)) as { field: string }[])[0]?.field).sort()).toEqual([
      'detail.dealId',
      'detail.dealId',
      'event',
    ]);
  });

  it('stops a handoff that has not begun yet as soon as it has', course, async () => {
    const system = await openSystem({ at: won });
    const id = 'D-2026-1041-1';
    await system.world.deals.store(id, sampleDeal('complete-standard'), { notes: [], at: won });
    const lost = { ...sampleEvent('complete-standard'), ...stopped('Deal Lost', { dealId: 'D-2026-1041' }) };
    await system.put(lost);
    await system.world.executions.start(id);
    await system.clock.settled();
    expect((await system.status(id)).status).toBe('RUNNING');
    await system.until('2026-11-17T08:35:00Z');
    expect((await system.status(id)).status).toBe('ABORTED');
    expect((await system.dump()).filter(({ pk }) => pk === 'REFUSED')).toEqual([]);
    expect(system.account.deadLetters).toEqual([]);
  });

  it('names an episode that is not known: that is refused in these words, and stops nothing', course, async () => {
    const { system, id } = await upTo('review-brief');
    const result = await stopDeal(system.world)({
      event: stopped('Deal Cancelled', { dealId: 'D-2026-1041', wonEpisode: 2 }),
      at,
    });
    expect(result).toMatchObject({
      refused: [
        {
          field: 'detail.wonEpisode',
          problem: 'names episode 2 of deal D-2026-1041, of which only episode 1 is known',
        },
      ],
    });
    expect((await system.dump()).filter(({ pk }) => pk === 'REFUSED')).toHaveLength(1);
    expect((await system.status(id)).status).toBe('RUNNING');
    // The episode it names is won after it: it cannot have meant that one.
    await system.until('2026-11-19T09:00:00Z');
    const second = await system.win(dealEvent({ wonEpisode: 2, closedWonAt: '2026-11-19T09:00:00Z' }));
    expect((await system.status(second)).status).toBe('RUNNING');
  });
});

describe('a deal that was won no more before its win came in', () => {
  const lost = { event: stopped('Deal Lost', { dealId: 'D-2026-1041', reason: 'Budget' }), at };
  const late = { event: dealEvent({ wonEpisode: undefined }), at: won };

  it('begins nothing, tells nobody, and is on record', async () => {
    const system = await openSystem({ at: won });
    await stopDeal(system.world)(lost);
    const start = startHandoff(system.world);
    expect(await start(late)).toEqual({ handoffId: 'D-2026-1041-1', outcome: 'called off' });
    expect(await start(late)).toEqual({ handoffId: 'D-2026-1041-1', outcome: 'called off' });
    expect(await stopDeal(system.world)(lost)).toEqual({ handoffId: 'D-2026-1041-1', outcome: 'called off' });
    expect(system.account.stepFunctions.executions()).toEqual([]);
    expect(system.mails()).toEqual([]);
    expect(await system.world.audit.trail('D-2026-1041-1')).toMatchObject([
      { what: 'deal-won' },
      { what: 'cancelled', detail: 'Deal lost: Budget. It was over before the handoff began.' },
    ]);
  });

  it('begins nothing where it was won again since: that is the handoff', course, async () => {
    const system = await openSystem({ at: '2026-11-19T09:00:00Z' });
    const start = startHandoff(system.world);
    const again = dealEvent({ wonEpisode: 2, closedWonAt: '2026-11-19T09:00:00Z' });
    expect(await start({ event: again, at: system.now() })).toMatchObject({ outcome: 'started' });
    expect(await start({ event: dealEvent(), at: won })).toEqual({
      handoffId: 'D-2026-1041-1',
      outcome: 'called off',
    });
    expect(await system.world.audit.trail('D-2026-1041-1')).toMatchObject([
      { what: 'deal-won' },
      { what: 'cancelled', detail: 'The deal was won again since. It was over before the handoff began.' },
    ]);
  });

  it('begins its next episode when it is won again', course, async () => {
    const system = await openSystem({ at: won });
    await stopDeal(system.world)(lost);
    await startHandoff(system.world)(late);
    const again = { event: dealEvent({ wonEpisode: undefined, closedWonAt: '2026-11-19T09:00:00Z' }) };
    expect(await startHandoff(system.world)({ ...again, at: '2026-11-19T09:00:00Z' })).toEqual({
      handoffId: 'D-2026-1041-2',
      outcome: 'started',
    });
  });
});

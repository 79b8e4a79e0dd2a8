import { describe, expect, it } from 'vitest';
import type { World } from '../../../functions/ports/world.ts';
import { decideStep } from '../../../functions/verbs/decide-step.ts';
import { course } from '../../support/course.ts';
import { roster } from '../../support/deals.ts';
import { anna, daniel, klaus, lena, ruth } from '../../support/handoff-record.ts';
import { upTo, won } from '../../support/progress.ts';
import { hiddenFields, type OpenSystem } from '../../support/world.ts';

const told = (system: OpenSystem, kind: string) =>
  system
    .mails()
    .filter(({ tags }) => tags['kind'] === kind)
    .map(({ to, tags }) => `${tags['step']} ${to[0]?.address}`);

const trail = async (system: OpenSystem, id: string) =>
  (await system.world.audit.trail(id)).map(({ what, who, from }) => `${what} ${who} ${from}`);

const stepOf = async (system: OpenSystem, id: string, step: string) => {
  const found = (await system.load(id)).steps[step];
  if (!found) throw new Error(`${step} was not asked.`);
  return found;
};

describe('handing a step to a colleague', () => {
  it('asks them at once, with a due time of their own calendar, and the rest goes on', async () => {
    const { system, id } = await upTo('review-brief');
    expect(
      (await system.answer(lena, 'review-brief', 'reassign', { to: daniel, everything: 'no', reason: 'On leave' }))
        .status,
    ).toBe(200);
    expect(await stepOf(system, id, 'review-brief')).toMatchObject({ owner: daniel, round: 1 });
    expect(told(system, 'ask')).toContain(`review-brief ${daniel}`);
    expect(await trail(system, id)).toContain(`reassigned ${lena} page`);
    await system.answer(daniel, 'review-brief', 'accept');
    expect((await system.load(id)).steps['hold-internal-meeting']).toMatchObject({ owner: lena });
  });

  it('hands over the whole side when it is meant: what is open, and what is still to come', course, async () => {
    const { system, id } = await upTo('introduce-customer');
    expect(await stepOf(system, id, 'map-stakeholders')).toMatchObject({ owner: lena });
    await system.answer(lena, 'introduce-customer', 'reassign', { to: daniel, everything: 'yes' });
    expect(await stepOf(system, id, 'introduce-customer')).toMatchObject({ owner: daniel });
    expect(await stepOf(system, id, 'map-stakeholders')).toMatchObject({ owner: daniel });
    await system.answer(daniel, 'introduce-customer', 'approved');
    expect(await stepOf(system, id, 'schedule-kickoff')).toMatchObject({ owner: daniel });
    expect(Object.fromEntries(await system.world.roster.openHandoffs([lena, daniel]))).toEqual({
      [lena]: 0,
      [daniel]: 1,
    });
  });

  it('tells the owner, when somebody else does it', course, async () => {
    const { system } = await upTo('schedule-internal-meeting');
    await system.until('2026-11-19T12:00:00Z');
    await system.answer(klaus, 'schedule-internal-meeting', 'reassign', { to: klaus, everything: 'no' });
    expect(told(system, 'handed-away')).toEqual([`schedule-internal-meeting ${anna}`]);
    expect(told(system, 'ask')).toContain(`schedule-internal-meeting ${klaus}`);
  });

  it.each([
    ['nobody', ''],
    ['somebody unknown', 'stranger@example.com'],
  ])('is refused for %s', course, async (_, to) => {
    const { system, id } = await upTo('review-brief');
    const answer = await system.answer(lena, 'review-brief', 'reassign', { to });
    expect(answer.status).toBe(422);
    expect(await stepOf(system, id, 'review-brief')).toMatchObject({ owner: lena });
  });

  it('is refused for somebody who has left', async () => {
    const people = roster().map((person) => (person.email === daniel ? { ...person, active: false } : person));
    const { system, id } = await upTo('review-brief', { roster: people });
    expect((await system.answer(lena, 'review-brief', 'reassign', { to: daniel })).status).toBe(422);
    expect(await stepOf(system, id, 'review-brief')).toMatchObject({ owner: lena });
  });

  it('asks the new owner also when the execution is between two tokens', course, async () => {
    const { system } = await upTo('review-brief');
    const world = {
      ...system.world,
      executions: system.world.executions,
      tokens: { wake: async () => 'gone' as const, askAgain: async () => 'gone' as const },
    };
    const linkId = system.linkOf(lena, 'review-brief').replace('/s/', '');
    await decideStep(world)({ linkId, form: { choice: 'reassign', round: '1', to: daniel }, at: won });
    expect(told(system, 'ask').filter((each) => each === `review-brief ${daniel}`)).toHaveLength(1);
    await system.until('2026-11-17T12:30:00Z');
    expect(told(system, 'ask').filter((each) => each === `review-brief ${daniel}`)).toHaveLength(1);
  });
});

describe('waiting for the customer', () => {
  it('stops the clock: what working time was left is left again afterwards (P)', course, async () => {
    const { system, id } = await upTo('review-brief');
    const before = await stepOf(system, id, 'review-brief');
    expect(before.dueAt).toBe('2026-11-18T08:30:00Z');
    await system.answer(lena, 'review-brief', 'wait-for-customer', { until: '2026-11-25', reason: 'Trade fair' });
    const step = await stepOf(system, id, 'review-brief');
    // Eight working hours were left: Wed, Nov 25, 9 AM to 17:00 in Berlin.
    expect(step).toMatchObject({
      dueAt: '2026-11-25T16:00:00Z',
      pauses: [{ from: '2026-11-17T08:30:00.000Z', until: '2026-11-25T08:00:00Z', reason: 'Trade fair', by: lena }],
      because: expect.stringContaining('waiting for the customer'),
    });
    // Whoever got another mail at this moment hears of it a little later.
    await system.until('2026-11-17T09:00:00Z');
    const mails = system.mails().length;
    await system.until('2026-11-25T07:59:00Z');
    expect(system.mails()).toHaveLength(mails);
    await system.until('2026-11-25T08:00:00Z');
    expect(told(system, 'remind')).toEqual([`review-brief ${lena}`]);
    await system.answer(lena, 'review-brief', 'accept');
    expect((await stepOf(system, id, 'review-brief')).decision?.choice).toBe('accept');
  });

  it('said again, moves the end of the same pause, and gives no time away', async () => {
    const { system, id } = await upTo('review-brief');
    const link = system.linkOf(lena, 'review-brief');
    const first = await system.submit(link, 'wait-for-customer', { until: '2026-11-25', reason: 'Trade fair' });
    expect(first.html).toContain('Paused until Wed, Nov 25');
    await system.until('2026-11-20T10:00:00Z');
    const second = await system.submit(link, 'wait-for-customer', { until: '2026-12-02', reason: 'Longer' });
    expect(second.html).toContain('Paused until Wed, Dec 2');
    expect(await stepOf(system, id, 'review-brief')).toMatchObject({
      dueAt: '2026-12-02T16:00:00Z',
      pauses: [{ from: '2026-11-17T08:30:00.000Z', until: '2026-12-02T08:00:00Z', reason: 'Longer' }],
    });
  });

  it('begins again after a pause that is over', course, async () => {
    const { system, id } = await upTo('review-brief');
    const link = system.linkOf(lena, 'review-brief');
    await system.submit(link, 'wait-for-customer', { until: '2026-11-25', reason: 'Trade fair' });
    await system.until('2026-11-25T10:00:00Z');
    await system.submit(link, 'wait-for-customer', { until: '2026-12-02', reason: 'Again' });
    const step = await stepOf(system, id, 'review-brief');
    expect(step.pauses).toHaveLength(2);
    // Six of eight hours are left: Wed, Dec 2, 9 AM to 15:00.
    expect(step.dueAt).toBe('2026-12-02T14:00:00Z');
  });

  it('says until when, also to whoever sends the same form twice', async () => {
    const { system, id } = await upTo('review-brief');
    const { html } = await system.get(system.linkOf(lena, 'review-brief'));
    const pause = { choice: 'wait-for-customer', until: '2026-11-25', reason: 'Trade fair' };
    const form = new URLSearchParams({ ...hiddenFields(html), ...pause });
    for (const _ of ['sent', 'sent again'])
      expect((await system.post(system.linkOf(lena, 'review-brief'), form)).html).toContain('Paused until Wed, Nov 25');
    expect((await stepOf(system, id, 'review-brief')).pauses).toHaveLength(1);
  });

  it.each(['2026-11-17', '2026-11-01', '2027-11-17', 'soon', ''])('is refused until %j', course, async (until) => {
    const { system, id } = await upTo('review-brief');
    const answer = await system.answer(lena, 'review-brief', 'wait-for-customer', { until, reason: 'Trade fair' });
    expect(answer.status).toBe(422);
    expect((await stepOf(system, id, 'review-brief')).pauses).toEqual([]);
  });
});

describe('waiting for the customer, said in the evening', () => {
  it.each(['', 'soon', '2026-11-17'])('is refused until %j, and pauses nothing', course, async (until) => {
    const { system, id } = await upTo('review-brief');
    // The next working moment is tomorrow: what cannot be read must not be taken for it.
    await system.until('2026-11-17T20:00:00Z');
    const answer = await system.answer(lena, 'review-brief', 'wait-for-customer', { until, reason: 'Trade fair' });
    expect(answer.status).toBe(422);
    expect((await stepOf(system, id, 'review-brief')).pauses).toEqual([]);
  });
});

describe('a note', () => {
  it('is in the audit trail and among the notes, and changes nothing else', async () => {
    const { system, id } = await upTo('review-brief');
    const before = await system.load(id);
    await system.answer(lena, 'review-brief', 'note', { text: 'They moved offices.\n<script>' });
    expect(await system.world.audit.trail(id)).toContainEqual(
      expect.objectContaining({
        what: 'note',
        who: lena,
        detail: 'They moved offices.\n<script>',
        step: 'review-brief',
        from: 'page',
      }),
    );
    const { notes, ...now } = await system.load(id);
    expect(now).toEqual(before);
    expect(notes).toMatchObject([{ by: lena, at: system.now(), text: 'They moved offices.\n<script>' }]);
  });

  it('is on every page of the handoff, newest first, in the zone of the reader', course, async () => {
    const inNewYork = roster().map((person) =>
      person.email === anna
        ? { ...person, availability: { ...person.availability, zone: 'America/New_York' } }
        : person,
    );
    const { system } = await upTo('review-brief', { roster: inNewYork });
    const added = await system.answer(lena, 'review-brief', 'note', { text: 'They <b>moved</b>.' });
    expect(added.html).toContain('Colleagues now see it on every page of this handoff');
    await system.until('2026-11-17T15:00:00Z');
    await system.answer(lena, 'review-brief', 'note', { text: `Two: ${'a long story '.repeat(40)}end.` });
    const [hers, his] = [system.linkOf(lena, 'review-brief'), system.linkOf(anna, 'schedule-internal-meeting')];
    for (const path of [hers, `${hers}/brief`, `${hers}/plan`, his]) {
      const { html } = await system.get(path);
      expect(html).toContain('Notes (2)');
      expect(html.indexOf('Two: ')).toBeLessThan(html.indexOf('They &lt;b&gt;moved&lt;/b&gt;.'));
      expect(html).toMatch(/<details><summary dir="auto">Two: [^<]*…<\/summary>Two: [^<]*end\.<\/details>/);
    }
    expect((await system.get(hers)).html).toContain('Lena Vogt, Tue, Nov 17, 4 PM Berlin time');
    expect((await system.get(his)).html).toContain('Lena Vogt, Tue, Nov 17, 10 AM New York time');
    await system.answer(lena, 'review-brief', 'accept');
    expect((await system.get(hers)).html).toContain('Notes (2)');
  });

  it('is never told to the customer', course, async () => {
    const { system } = await upTo('introduce-customer');
    await system.answer(lena, 'introduce-customer', 'note', { text: 'Between us: a hard one.' });
    await system.answer(lena, 'introduce-customer', 'approved');
    expect(system.mails().filter(({ text }) => text.includes('Between us'))).toEqual([]);
  });
});

describe('leaving a step out', () => {
  it('is for managers and revenue operations, with a reason', course, async () => {
    const { system, id } = await upTo('review-brief');
    await system.until('2026-11-19T12:00:00Z');
    expect((await system.answer(daniel, 'review-brief', 'skip', { reason: '' })).status).toBe(422);
    expect((await system.answer(daniel, 'review-brief', 'skip', { reason: 'Renewal' })).status).toBe(200);
    expect((await stepOf(system, id, 'review-brief')).decision).toMatchObject({
      choice: 'skipped',
      by: daniel,
      as: 'manager',
      evidence: { reason: 'Renewal' },
    });
    expect((await system.load(id)).steps['hold-internal-meeting']).toBeDefined();
    expect(await trail(system, id)).toContain(`decided ${daniel} page`);
  });

  it('of the rating does no harm to the execution', course, async () => {
    const { system, id } = await upTo('follow-ups');
    await system.until('2026-12-22T17:00:00Z');
    await system.answer(daniel, 'rate-handoff', 'skip', { reason: 'New colleague' });
    expect(await system.status(id)).toEqual({ status: 'RUNNING' });
    expect(told(system, 'low-score')).toEqual([]);
  });
});

describe('an exception', () => {
  it('can be asked for on the package only', async () => {
    const { system, id } = await upTo('review-brief');
    expect((await system.answer(lena, 'review-brief', 'request-exception')).status).toBe(422);
    expect(told(system, 'exception-requested')).toEqual([]);
    expect((await stepOf(system, id, 'review-brief')).decision).toBeUndefined();
  });
});

describe('cancelling from a page', () => {
  it('needs a reason and a tick, and is for managers and revenue operations', async () => {
    const { system, id } = await upTo('review-brief');
    await system.until('2026-11-20T12:00:00Z');
    const link = system.linkOf(ruth, 'review-brief');
    expect((await system.submit(link, 'cancel', { reason: 'Lost', confirm: [] })).status).toBe(422);
    expect(await system.status(id)).toEqual({ status: 'RUNNING' });
    expect((await system.submit(link, 'cancel', { reason: 'Lost' })).status).toBe(200);
    expect(await system.status(id)).toMatchObject({ status: 'ABORTED', cause: 'Lost' });
    expect(told(system, 'handoff-cancelled').sort()).toEqual(
      // Daniel heard of the escalation.
      [` ${anna}`, ` ${daniel}`, ` ${lena}`].map((each) => `none${each}`).sort(),
    );
  });

  it(
    'is finished by its execution where the page cannot, and by the same form where nothing waits',
    course,
    async () => {
      const asleep: World['tokens'] = { wake: async () => 'gone', askAgain: async () => 'gone' };
      for (const tokens of [undefined, asleep]) {
        const { system, id } = await upTo('review-brief');
        await system.until('2026-11-20T12:00:00Z');
        const submission = {
          linkId: system.linkOf(ruth, 'review-brief').replace('/s/', ''),
          form: { choice: 'cancel', round: '1', reason: 'Lost', confirm: 'Yes, stop this handoff for good' },
          at: system.now(),
        };
        const world = {
          ...system.world,
          executions: { ...system.world.executions, stop: () => Promise.reject(new Error('Too many stops')) },
          ...(tokens && { tokens }),
        };
        if (tokens) {
          await expect(decideStep(world)(submission)).rejects.toThrow('Too many stops');
          expect((await decideStep(system.world)(submission)).kind).toBe('confirmed');
        } else expect((await decideStep(world)(submission)).kind).toBe('confirmed');
        await system.clock.settled();
        expect(await system.status(id)).toMatchObject({ status: 'ABORTED', cause: 'Lost' });
        expect(told(system, 'handoff-cancelled')).toHaveLength(3);
      }
    },
  );
});

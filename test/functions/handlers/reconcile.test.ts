import { describe, expect, it } from 'vitest';
import { CrmUnavailable } from '../../../functions/ports/errors.ts';
import { type PlayedName, playedNames } from '../../../infra/local/crm/played-names.ts';
import { course } from '../../support/course.ts';
import { busiest, openNight } from '../../support/many-open.ts';

/** Calls for 300 open handoffs of ten sellers, all won this week: what is listed, where they stand, the sellers, what rarely changes. */
const calls: Readonly<Record<PlayedName, number>> = {
  hubspot: 4 + 3 + 10 + 1,
  salesforce: 1 + 3 + 5,
  pipedrive: 1 + 3 + 11,
};

const hour = 3_600_000;
const agrees = { outcome: 'all agrees', said: 0, left: 0 };
/** What asks where deals stand. */
const asksStates = /batch\/read|deals\?ids|%20IN%20/;

describe.each(playedNames)('a night with many open handoffs in %s', (name) => {
  it('compares 300 in seconds, and leaves half of what the CRM allows to others', async () => {
    const { run, asked } = await openNight(name, 300);
    const { result, seconds } = await run();
    expect([result, asked.length]).toEqual([agrees, calls[name]]);
    expect(seconds).toBeLessThan(5);
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([200]));
    expect(busiest(asked, 10_000)).toBeLessThanOrEqual(50);
    expect(busiest(asked, 2000)).toBeLessThanOrEqual(10);
  });

  it.each([0, 1, 101])('compares %i', course, async (count) => {
    const { run, asked } = await openNight(name, count);
    expect((await run()).result).toEqual(agrees);
    expect(asked.filter(({ request }) => asksStates.test(request.url))).toHaveLength(Math.ceil(count / 100));
  });

  it('reads whole only what was lost, moved, or is not there', async () => {
    const { run, asked, fake, ids, hear, said, pass } = await openNight(name, 150);
    const [lost = '', given = '', removed = '', unheard = ''] = [ids[3], ids[120], ids[70], ids[71]];
    fake.move(lost, fake.stages.find(({ phase }) => phase === 'lost')?.id ?? '');
    fake.revise(given, { owner: 'somebody.new@example.com' });
    for (const id of [removed, unheard]) fake.remove(id);
    for (const id of [lost, given, removed]) await hear(id);
    // What changed a moment ago may be on its way.
    pass(hour);
    expect((await run()).result).toEqual({ outcome: 'left for people', said: 2, left: 1 });
    expect(new Set(said.map(({ detail, detailType }) => `${detail['dealId']} ${detailType}`))).toEqual(
      new Set([`${lost} Deal Lost`, `${given} Deal Changed`]),
    );
    expect(asked.length).toBeLessThanOrEqual(calls[name] + 2 * 9 + 2);
  });

  it('reads none of them whole where all seem lost', async () => {
    const { run, asked, fake, ids, hear, said, pass } = await openNight(name, 120);
    const stage = fake.stages.find(({ phase }) => phase === 'lost')?.id ?? '';
    for (const id of ids) {
      fake.move(id, stage);
      await hear(id);
    }
    // What changed a moment ago may be on its way.
    pass(hour);
    expect((await run()).result).toEqual({ outcome: 'left for people', said: 0, left: 120 });
    expect([said, asked.length <= calls[name]]).toEqual([[], true]);
  });

  it('waits where somebody else has used up what the CRM allows', async () => {
    let isFirst = true;
    const night = await openNight(name, 150, {
      between: (request, answer) => {
        if (!asksStates.test(request.url) || !isFirst) return answer();
        isFirst = false;
        return { status: 429, headers: { 'retry-after': '7' }, text: '{}' };
      },
    });
    const { result, seconds } = await night.run();
    expect(result).toEqual(agrees);
    expect([seconds > 7, seconds < 15]).toEqual([true, true]);
    expect(night.asked.filter(({ status }) => status === 429)).toHaveLength(1);
  });

  it('ends in its time where the CRM is busy for good, and does all once it is not', async () => {
    let isBusy = true;
    const night = await openNight(name, 101, {
      between: (request, answer) =>
        isBusy && asksStates.test(request.url) ? { status: 429, headers: {}, text: '{}' } : answer(),
      secondsLeft: 60,
    });
    const first = await night.run();
    expect(first.result).toBeInstanceOf(CrmUnavailable);
    expect(String(first.result)).toContain('429');
    expect(first.seconds).toBeLessThan(60);
    isBusy = false;
    expect((await night.run()).result).toEqual(agrees);
  });

  it('goes on with the token that is right by now', course, async () => {
    let isChanged = false;
    const old = { accessToken: 'was', apiToken: 'was', clientId: 'was', clientSecret: 'was' };
    const right = { accessToken: 'is', apiToken: 'is', clientId: 'is', clientSecret: 'is' };
    const night = await openNight(name, 101, {
      held: (fresh) => [isChanged && !fresh ? old : right],
      between: (request, answer) => {
        const answered = answer();
        if (asksStates.test(request.url)) isChanged = true;
        return answered;
      },
    });
    expect((await night.run()).result).toEqual(agrees);
  });
});

describe('a night in which the time is up', course, () => {
  it('begins with others when it is tried again', async () => {
    const { run, asked } = await openNight('hubspot', 300, { secondsLeft: 34 });
    const begun = async () => {
      const from = asked.length;
      await run();
      const first = asked.slice(from).find(({ request }) => asksStates.test(request.url));
      return first?.request.body;
    };
    const tries = [await begun(), await begun(), await begun()];
    expect(new Set(tries).size).toBe(3);
  });
});

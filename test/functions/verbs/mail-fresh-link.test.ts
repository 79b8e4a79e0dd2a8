import { describe, expect, it } from 'vitest';
import { mailFreshLink } from '../../../functions/verbs/mail-fresh-link.ts';
import { anna, daniel, lena } from '../../support/handoff-record.ts';
import { upTo, won } from '../../support/progress.ts';
import { hiddenFields, type OpenSystem } from '../../support/world.ts';

/** When the links of the first day have expired. */
const expired = '2026-12-18T09:00:00Z';

const fresh = (system: OpenSystem) => system.mails().filter(({ tags }) => tags['kind'] === 'fresh-link');

const idOf = (link: string): string => link.replace('/s/', '');

describe('a fresh link', () => {
  it('is offered by an expired page, and mailed to the person of the old one', async () => {
    const { system, id } = await upTo('review-brief');
    const first = system.mails().find(({ tags, to }) => tags['step'] === 'review-brief' && to[0]?.address === lena);
    const link = /\/s\/[A-Za-z0-9_-]+/.exec(first?.text ?? '')?.[0] ?? '';
    await system.until(expired);
    const page = await system.get(link);
    expect(page.status).toBe(410);
    expect(page.html).not.toContain('Nordwind');
    const answer = await system.post(`${link}/fresh`, new URLSearchParams(hiddenFields(page.html)));
    expect(answer.status).toBe(200);
    const [mail] = fresh(system);
    expect(mail?.recipients).toEqual([lena]);
    expect((await system.answer(lena, 'review-brief', 'accept')).status).toBe(200);
    expect((await system.load(id)).steps['review-brief']?.decision?.choice).toBe('accept');
  });

  it('is mailed at most once in ten minutes', async () => {
    const { system } = await upTo('review-brief');
    const linkId = idOf(system.linkOf(lena, 'review-brief'));
    const mail = mailFreshLink(system.world);
    await mail({ linkId, at: '2026-12-18T09:09:59Z' });
    await mail({ linkId, at: '2026-12-18T09:10:01Z' });
    await Promise.all(Array.from({ length: 5 }, () => mail({ linkId, at: '2026-12-18T09:15:00Z' })));
    expect(fresh(system)).toHaveLength(1);
    await mail({ linkId, at: '2026-12-18T09:20:00Z' });
    expect(fresh(system)).toHaveLength(2);
  });

  it('is one mail for thirty requests at once; where that comes to nothing, the next request a minute later sends it', async () => {
    const { system } = await upTo('review-brief');
    const linkId = idOf(system.linkOf(lena, 'review-brief'));
    const killed = { ...system.world, mail: { send: () => Promise.reject(new Error('killed')) } };
    await expect(mailFreshLink(killed)({ linkId, at: '2026-12-18T09:01:00Z' })).rejects.toThrow('killed');
    const ask = (at: string) =>
      Promise.all(Array.from({ length: 30 }, () => mailFreshLink(system.world)({ linkId, at })));
    await ask('2026-12-18T09:01:30Z');
    expect(fresh(system)).toHaveLength(0);
    const answers = await ask('2026-12-18T09:02:00Z');
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['fresh-link-sent']));
    expect(fresh(system)).toHaveLength(1);
  });

  it('is not mailed for a step that is decided, a handoff that has ended, or a link that nobody has', async () => {
    const { system, id } = await upTo('review-brief');
    const [decided, open] = [system.linkOf(anna, 'schedule-internal-meeting'), system.linkOf(lena, 'review-brief')].map(
      idOf,
    );
    const mail = mailFreshLink(system.world);
    expect(await mail({ linkId: decided ?? '', at: won })).toEqual({ kind: 'fresh-link-sent' });
    expect(await mail({ linkId: 'nobodys', at: won })).toEqual({ kind: 'unknown-link' });
    await system.world.handoffs.changeStatus({ id, from: ['open'], to: 'cancelled', at: won, reason: 'Lost' });
    await mail({ linkId: open ?? '', at: won });
    expect(fresh(system)).toEqual([]);
  });

  it('gives somebody who has the step no more nothing but the view they had', async () => {
    const { system, id } = await upTo('review-brief');
    const old = idOf(system.linkOf(lena, 'review-brief'));
    await system.answer(lena, 'review-brief', 'reassign', { to: daniel, everything: 'no' });
    await mailFreshLink(system.world)({ linkId: old, at: '2026-11-17T09:00:00Z' });
    expect(fresh(system)[0]?.recipients).toEqual([lena]);
    await system.answer(lena, 'review-brief', 'accept');
    expect((await system.load(id)).steps['review-brief']?.decision).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { freshDeskMessage } from '../../functions/domain/messages/fresh-desk.ts';
import { sendReportOnce } from '../../functions/mailing/send-report.ts';
import type { World } from '../../functions/ports/world.ts';
import { trackMail } from '../../functions/verbs/track-mail.ts';
import { anna, daniel, lena, personAt } from '../support/handoff-record.ts';
import { mailEvent } from '../support/mail-events.ts';
import { upTo } from '../support/progress.ts';
import { hiddenFields, type OpenSystem, sameOrigin } from '../support/world.ts';

const day = 86_400_000;
const lease = 60_000;
const key = 'weekly-list/2026-W47';

/** Sends somebody a mail that is about no single handoff. */
const report = (system: OpenSystem, email: string, over: Partial<World> = {}) =>
  sendReportOnce(
    { ...system.world, ...over },
    {
      ...{ person: personAt(email), kind: 'fresh-desk', key, at: system.now(), lease },
      compose: async ({ desk }) => ({
        message: freshDeskMessage(personAt(email), desk, system.world.site),
        lists: ['a'],
      }),
    },
  );

const reports = (system: OpenSystem) => system.mails().filter(({ tags }) => tags['handoff'] === 'none');

function deskIn(system: OpenSystem): string {
  const link = /\/d\/[\w.-]+/.exec(reports(system).at(-1)?.text ?? '')?.[0];
  if (link === undefined) throw new Error('No report has a link to a desk.');
  return link;
}

const later = (system: OpenSystem, milliseconds: number) =>
  system.until(new Date(Date.parse(system.now()) + milliseconds).toISOString());

async function act(system: OpenSystem, desk: string, form: Readonly<Record<string, string>>) {
  const { nonce = '' } = hiddenFields((await system.get(desk)).html);
  return system.post(desk, new URLSearchParams({ nonce, ...form }), sameOrigin);
}

describe('A mail that is about no single handoff', () => {
  it('goes out once, names no handoff, and remembers what it listed', async () => {
    const { system } = await upTo('review-brief');
    expect(await report(system, lena)).toBe('sent');
    expect(await report(system, lena)).toBe('sent before');
    expect(reports(system).map(({ recipients, tags }) => [recipients, tags['step']])).toEqual([[[lena], 'none']]);
    expect(await system.world.reportMails.last(lena, 'weekly-list/')).toMatchObject({
      key,
      status: 'sent',
      lists: ['a'],
    });
    expect(await system.world.reportMails.last(lena, 'weekly-list/', key)).toBeUndefined();
    expect(await system.world.reportMails.last(lena, 'weekly-kpis/')).toBeUndefined();
  });

  it('goes out again where nobody knows whether it did, once whoever began has had their time', async () => {
    const { system } = await upTo('review-brief');
    const mail = { send: () => Promise.reject(new Error('killed')) };
    await expect(report(system, lena, { mail })).rejects.toThrow('killed');
    await later(system, 30_000);
    await expect(report(system, lena)).rejects.toThrow('Somebody else is sending');
    await later(system, lease);
    expect(await report(system, lena)).toBe('sent');
    expect(reports(system)).toHaveLength(1);
  });

  it('opens its reader’s desk, on which everything can be done', async () => {
    const { system, id } = await upTo('review-brief');
    await report(system, lena);
    const desk = deskIn(system);
    const shown = await system.get(desk);
    expect([shown.status, shown.html.includes('1 step for you')]).toEqual([200, true]);
    const step = await act(system, desk, { act: 'open', handoff: id, step: 'review-brief' });
    expect(step.status).toBe(303);
    const away = { act: 'away', from: '2026-12-01', until: '2026-12-04', deputy: '' };
    const noted = await act(system, desk, away);
    expect(noted.html).toContain('Your absence is noted');
    const person = (await system.world.roster.people([lena])).get(lena);
    expect(person?.awayNotes?.map(({ from, said }) => [from, said?.id])).toEqual([['2026-12-01', undefined]]);
    expect((await act(system, desk, { act: 'end' })).status).toBe(200);
    expect((await system.get(desk)).status).toBe(410);
  });

  it('offers who stands in: colleagues of the same role', async () => {
    const { system } = await upTo('review-brief');
    await report(system, anna);
    const { html } = await system.get(deskIn(system));
    const others = (await system.world.roster.everybody()).filter(
      ({ role, active, email }) => role === 'accountExecutive' && active && email !== anna,
    );
    expect(others.length).toBeGreaterThan(0);
    for (const { email } of others) expect(html).toContain(email);
    expect(html).not.toContain(`value="${daniel}"`);
  });

  it('has its link replaced by mail when it has expired: at most once in ten minutes, and once for many at once', async () => {
    const { system } = await upTo('review-brief');
    await report(system, lena);
    const desk = deskIn(system);
    await later(system, 8 * day);
    const { html, status } = await system.get(desk);
    expect([status, html.includes('Nordwind')]).toEqual([410, false]);
    const ask = () => system.post(`${desk}/fresh`, new URLSearchParams(hiddenFields(html)), sameOrigin);
    const before = reports(system).length;
    for (const answer of await Promise.all([ask(), ask(), ask()])) expect(answer.status).toBe(200);
    await ask();
    expect(reports(system)).toHaveLength(before + 1);
    expect((await system.get(deskIn(system))).status).toBe(200);
    await later(system, 11 * 60_000);
    await system.post(`${desk}/fresh`, new URLSearchParams(hiddenFields((await system.get(desk)).html)), sameOrigin);
    expect(reports(system)).toHaveLength(before + 2);
  });

  it('gives its claim back where the mail service is too busy', async () => {
    const { system } = await upTo('review-brief');
    system.account.mailTrouble.throttleNext(1);
    await expect(report(system, lena)).rejects.toThrow('SES');
    expect(await system.world.reportMails.last(lena, 'weekly-list/')).toBeUndefined();
    expect(await report(system, lena)).toBe('sent');
  });

  it('marks its reader when it bounces, clears the mark when one arrives, and tells the same news once', async () => {
    const { system } = await upTo('review-brief');
    await report(system, lena);
    const [mail] = reports(system);
    const tags = { handoff: ['none'], kind: ['weekly-list'], step: ['none'] };
    const [found] = await system.world.reportMails.of(lena);
    expect(found).toMatchObject({ key, messageId: mail?.id });
    const track = (type: 'Bounce' | 'Delivery', at: string) =>
      trackMail(system.world)({
        event: mailEvent(type, { tags, to: [lena], messageId: mail?.id ?? '', at, sentAt: at }),
      });
    const at = system.now();
    expect(await track('Bounce', at)).toEqual({ outcome: 'bounced' });
    expect((await system.world.roster.people([lena])).get(lena)?.unreachable?.why).toContain('Email bounced');
    expect(await track('Bounce', at)).toEqual({ outcome: 'known' });
    // Of a mail that bounced, a delivery is no news; of another it is.
    expect(await track('Delivery', at)).toEqual({ outcome: 'known' });
    const elsewhere = mailEvent('Delivery', {
      tags,
      to: [lena],
      messageId: 'another',
      at,
      sentAt: '2026-12-24T08:00:00.000Z',
    });
    expect(await trackMail(system.world)({ event: elsewhere })).toEqual({ outcome: 'delivered' });
    expect((await system.world.roster.people([lena])).get(lena)?.unreachable).toBeUndefined();
  });
});

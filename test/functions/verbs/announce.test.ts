import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { OutgoingMail } from '../../../functions/ports/mail.ts';
import type { World } from '../../../functions/ports/world.ts';
import { announce, announceKnowing } from '../../../functions/verbs/announce.ts';
import { stopDeal } from '../../../functions/verbs/stop-deal.ts';
import { course } from '../../support/course.ts';
import { dealEvent } from '../../support/deals.ts';
import { anna, daniel, lena } from '../../support/handoff-record.ts';
import { untilAsked, upTo, won } from '../../support/progress.ts';
import type { OpenSystem } from '../../support/world.ts';

const customer = '@nordwind-logistik.example';

const kinds = (system: OpenSystem, kind: string) => system.mails().filter(({ tags }) => tags['kind'] === kind);

const toCustomer = (system: OpenSystem) =>
  system
    .mails()
    .filter(({ recipients }) => recipients.some((address) => address.endsWith(customer)))
    .map(({ tags }) => `${tags['handoff']} ${tags['kind']}`);

describe('what is known of a handoff once something was told', () => {
  it.each([
    ['schedule-internal-meeting', anna, 'internal-meeting-invitation'],
    ['schedule-kickoff', lena, 'kickoff-invitation'],
  ] as const)('is what stands then: %s', async (step, owner, say) => {
    const { system, id } = await upTo(step);
    await system.answer(owner, step, 'scheduled');
    const request = { handoffId: id, step, say, at: system.now() } as const;
    expect(Object.keys((await system.load(id)).mails)).toContain(say);
    // As if it had not been told: what went out stands under this key.
    await system.clients.dynamodb.send(
      new DeleteItemCommand({ TableName: 'handoff', Key: { pk: { S: `HANDOFF#${id}` }, sk: { S: `MAIL#${say}` } } }),
    );
    const sent = system.mails().length;
    const { known } = await announceKnowing(system.world)(request);
    expect(system.mails()).toHaveLength(sent + 1);
    const stands = await system.load(id);
    expect(stands.mails[say]?.status).toBe('sent');
    expect(known.record).toEqual(stands);
    expect([...known.people.keys()]).toEqual(expect.arrayContaining([anna, lena]));
  });
});

describe('the introduction to the customer', () => {
  it('goes out only after a person has approved it, once, with sales in copy', async () => {
    const { system } = await upTo('introduce-customer');
    expect(toCustomer(system)).toEqual([]);
    await system.answer(lena, 'introduce-customer', 'approved', { text: 'Dear Henrik,\nI am your contact.' });
    const [mail] = kinds(system, 'customer-introduction');
    expect(mail?.text).toContain('Dear Henrik,\nI am your contact.');
    expect(mail?.cc.map(({ address }) => address)).toContain(anna);
    expect(toCustomer(system)).toEqual(['D-2026-1041-1 customer-introduction']);
  });

  it('goes out once, however often it is called', async () => {
    const { system, id } = await upTo('schedule-kickoff');
    const request = { handoffId: id, step: 'introduce-customer', say: 'customer-introduction', at: won } as const;
    await Promise.all([announce(system.world)(request), announce(system.world)(request)]);
    await announce(system.world)(request);
    expect(toCustomer(system)).toHaveLength(1);
  });

  it('is held when nobody knows whether it went out, and its owner is told, once', course, async () => {
    const { system, id } = await upTo('introduce-customer');
    await system.world.mails.claim(id, 'customer-introduction', { at: won, token: 'theirs' });
    await system.answer(lena, 'introduce-customer', 'approved');
    const request = { handoffId: id, step: 'introduce-customer', say: 'customer-introduction', at: won } as const;
    await announce(system.world)(request);
    expect(toCustomer(system)).toEqual([]);
    expect(kinds(system, 'customer-mail-held').map(({ to }) => to[0]?.address)).toEqual([lena]);
    expect(await system.status(id)).toEqual({ status: 'RUNNING' });
  });

  it('tells its owner once that it was rejected, though whoever tells is interrupted', async () => {
    const { system, id } = await upTo('introduce-customer');
    system.account.mailTrouble.reject('h.luehrs@nordwind-logistik.example', 'Address blacklisted.');
    await system.answer(lena, 'introduce-customer', 'approved');
    const told = () => kinds(system, 'customer-mail-held').map(({ to }) => to[0]?.address);
    expect(told()).toEqual([lena]);
    const request = { handoffId: id, step: 'introduce-customer', say: 'customer-introduction', at: won } as const;
    await announce(system.world)(request);
    expect(told()).toEqual([lena]);
    expect(toCustomer(system)).toEqual([]);
  });

  it('is not held back for ever when the service is busy for a while', course, async () => {
    const { system } = await upTo('introduce-customer');
    system.account.mailTrouble.throttleNext(1);
    await system.answer(lena, 'introduce-customer', 'approved');
    await system.until(new Date(Date.parse(system.now()) + 15 * 60_000).toISOString());
    expect(toCustomer(system)).toEqual(['D-2026-1041-1 customer-introduction']);
    expect(kinds(system, 'customer-mail-held')).toEqual([]);
  });

  /** The deal was reopened after the introduction and won again; the introduction is to be approved. */
  async function wonAgain() {
    const { system, id } = await upTo('schedule-kickoff');
    await stopDeal(system.world)({
      event: { source: 'handoff.crm', 'detail-type': 'Deal Reopened', detail: { dealId: 'D-2026-1041' } },
      at: system.now(),
    });
    expect((await system.status(id)).status).toBe('ABORTED');
    await system.until('2026-11-18T10:00:00Z');
    const again = await system.win(dealEvent({ wonEpisode: 2, closedWonAt: '2026-11-18T10:00:00Z' }));
    await system.answer(anna, 'schedule-internal-meeting', 'scheduled');
    await system.answer(lena, 'review-brief', 'accept');
    await untilAsked(system, again, 'hold-internal-meeting');
    await system.answer(lena, 'hold-internal-meeting', 'held');
    return { system, again };
  }

  it('is not sent again when the deal is won again (P)', course, async () => {
    const { system, again } = await wonAgain();
    await system.answer(lena, 'introduce-customer', 'approved');
    expect(toCustomer(system)).toEqual(['D-2026-1041-1 customer-introduction']);
    const trail = await system.world.audit.trail(again);
    expect(trail.map(({ what }) => what)).toContain('not-sent-again');
    // Colleagues hear of the new handoff all the same.
    expect(kinds(system, 'internal-meeting-notes')).toHaveLength(2);
    await system.answer(lena, 'schedule-kickoff', 'scheduled');
    expect(toCustomer(system)).toEqual(['D-2026-1041-1 customer-introduction', `${again} kickoff-invitation`]);
  });

  it('is said not to go out again: before it is approved, in the answer, and on the next page', course, async () => {
    const { system, again } = await wonAgain();
    const page = await system.get(system.linkOf(lena, 'introduce-customer'));
    expect(page.html).toMatch(
      /@\S+ and \S+@\S+ got the introduction on Wed, Nov 18, when this deal was won before\. In the same words it does not go out to them again\. To tell them something new, change the text, or write to them yourself\./,
    );
    const said =
      /\S+ and \S+@\S+ got the introduction in these words when this deal was won before\. It does not go out to them again: write to them yourself\./;
    const { html } = await system.answer(lena, 'introduce-customer', 'approved');
    expect(html).toMatch(said);
    const next = /href="(\/s\/[^"]+)" data-step="schedule-kickoff"/.exec(html)?.[1] ?? '';
    expect((await system.get(next)).html).toMatch(said);
    expect((await system.load(again)).steps['introduce-customer']?.decision?.evidence['gotBefore']).toHaveLength(2);
    expect((await system.get(system.linkOf(anna, 'schedule-internal-meeting'))).html).not.toMatch(said);
  });

  it('goes out again in other words, and nothing is said of it', course, async () => {
    const { system, again } = await wonAgain();
    const { html } = await system.answer(lena, 'introduce-customer', 'approved', { text: 'Welcome back!' });
    expect(html).not.toContain('won before');
    expect(toCustomer(system)).toEqual(['D-2026-1041-1 customer-introduction', `${again} customer-introduction`]);
  });

  it('is not sent when the step is skipped', async () => {
    const { system, id } = await upTo('introduce-customer');
    await system.until('2026-11-20T17:00:00Z');
    await system.answer(daniel, 'introduce-customer', 'skip', { reason: 'They know each other.' });
    expect(toCustomer(system)).toEqual([]);
    expect((await system.world.audit.trail(id)).map(({ what }) => what)).toContain('nothing-to-tell');
  });
});

describe('the confirmation', () => {
  it('tells sales that it is over, with a link to say how it went', course, async () => {
    const { system, id } = await upTo('follow-ups');
    const [mail] = kinds(system, 'handoff-confirmation');
    expect(mail?.to.map(({ address }) => address)).toContain(anna);
    expect((await system.load(id)).steps['share-remarks']).toMatchObject({ owner: anna, round: 1 });
    const answer = await system.answer(anna, 'confirm-handoff', 'shared', { right: 'Everything.' });
    expect(answer.status).toBe(200);
    expect((await system.load(id)).steps['share-remarks']?.decision?.evidence).toEqual(
      expect.objectContaining({ right: 'Everything.' }),
    );
  });

  it('finds out when the follow-ups open, in the calendar of the customer success manager', course, async () => {
    const { system, id } = await upTo('follow-ups');
    const { opens } = await announce(system.world)({
      handoffId: id,
      step: 'confirm-handoff',
      say: 'handoff-confirmation',
      at: won,
    });
    expect(opens).toMatchObject({
      'availability-closes': '2026-12-02T08:30:00Z',
      'rate-handoff': '2026-12-17T08:30:00Z',
      'give-feedback': '2026-12-03T08:00:00Z',
      'record-first-value': '2026-12-21T08:00:00Z',
    });
  });

  it('knows the renewal, and 90 days before it', course, async () => {
    const { system, id } = await upTo('follow-ups');
    const { opens } = await announce(system.world)({
      handoffId: id,
      step: 'confirm-handoff',
      say: 'handoff-confirmation',
      at: won,
    });
    const { renewalDate } = (dealEvent().detail['package'] as { contract: { renewalDate: string } }).contract;
    const days = (Date.parse(renewalDate) - Date.parse(opens['renewal-reminder'] ?? '')) / 86_400_000;
    expect(days).toBeGreaterThan(85);
    expect(days).toBeLessThanOrEqual(90);
  });
});

describe('when the handoff has ended', () => {
  const counting = (world: World): { world: World; sent: OutgoingMail[] } => {
    const sent: OutgoingMail[] = [];
    return {
      sent,
      world: {
        ...world,
        mail: {
          send: async (mail) => {
            sent.push(mail);
            return { messageId: 'x' };
          },
        },
      },
    };
  };

  it('nothing is said any more, but for the renewal', course, async () => {
    const { system, id } = await upTo('follow-ups');
    await system.world.handoffs.changeStatus({ id, from: ['open'], to: 'complete', at: won });
    const { world, sent } = counting(system.world);
    await announce(world)({ handoffId: id, step: 'close-availability', say: 'availability-closes', at: won });
    expect(sent).toEqual([]);
    const { renewalDate } = (dealEvent().detail['package'] as { contract: { renewalDate: string } }).contract;
    const at = new Date(Date.parse(renewalDate) - 80 * 86_400_000).toISOString();
    await announce(world)({ handoffId: id, step: 'remind-of-renewal', say: 'renewal-reminder', at });
    expect(sent.map(({ tags }) => tags.kind)).toEqual(['renewal-reminder']);
  });

  it('nothing at all is said of one that was cancelled', course, async () => {
    const { system, id } = await upTo('follow-ups');
    await system.world.handoffs.changeStatus({ id, from: ['open'], to: 'cancelled', at: won, reason: 'Lost' });
    const { world, sent } = counting(system.world);
    await announce(world)({ handoffId: id, step: 'remind-of-renewal', say: 'renewal-reminder', at: won });
    expect(sent).toEqual([]);
  });
});

describe('what a segment does not tell', () => {
  it('is passed over in silence', async () => {
    const { system, id } = await upTo('schedule-kickoff');
    await announce(system.world)({ handoffId: id, step: 'send-onboarding-mails', say: 'onboarding-faq', at: won });
    expect(kinds(system, 'onboarding-faq')).toEqual([]);
  });
});

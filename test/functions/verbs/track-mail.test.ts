import { describe, expect, it } from 'vitest';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { roster as rosterIn } from '../../../functions/aws/roster.ts';
import { sendOnce } from '../../../functions/mailing/send-mail.ts';
import { noteDeliveries } from '../../../functions/verbs/note-deliveries.ts';
import { trackMail } from '../../../functions/verbs/track-mail.ts';
import type { Mail } from '../../../infra/account/ses/mail.ts';
import { course } from '../../support/course.ts';
import { dealEvent } from '../../support/deals.ts';
import { anna, klaus, lena, personAt, ruth } from '../../support/handoff-record.ts';
import { mailEvent } from '../../support/mail-events.ts';
import { upTo } from '../../support/progress.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

/** Tuesday 17 November 2026, 09:30 in Berlin. */
const at = '2026-11-17T08:30:00Z';
const minutesLater = (minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();
const step = 'schedule-internal-meeting';

const told = (system: OpenSystem) => system.mails().map(({ to, tags }) => `${tags['kind']} ${to[0]?.address}`);
const audited = async (system: OpenSystem, id: string) => (await system.world.audit.trail(id)).map(({ what }) => what);
const person = async (system: OpenSystem, email: string) => (await system.world.roster.people([email])).get(email);
const fates = async (system: OpenSystem, id: string) =>
  Object.values((await system.load(id)).mails).flatMap(({ fates }) => Object.entries(fates ?? {}));

async function won(trouble: (system: OpenSystem) => void): Promise<{ system: OpenSystem; id: string }> {
  const system = await openSystem({ at });
  trouble(system);
  const id = await system.win(dealEvent());
  return { system, id };
}

describe('a mail that arrives', () => {
  it('is on record as delivered after the night, and costs one write and no audit entry', async () => {
    const { system, id } = await won(() => undefined);
    await system.until(minutesLater(1));
    const [before, trail] = [system.account.usage(), await audited(system, id)];
    expect(await fates(system, id)).toEqual([]);
    await noteDeliveries(system.world)();
    expect(await fates(system, id)).toEqual([[anna, { what: 'delivered', at: expect.any(String) }]]);
    expect(system.account.usage().dynamodb.writeUnits - before.dynamodb.writeUnits).toBe(1);
    expect(await audited(system, id)).toEqual(trail);
    expect(system.account.deadLetters).toEqual([]);
  });
});

describe('deliveries', () => {
  const delivered = (messageId: string, id: string, to: readonly string[]) =>
    mailEvent('Delivery', { messageId, to, tags: { handoff: [id], kind: ['ask'], step: [step] } });
  /** A world in whose queue there are these, in turns. */
  function waiting(system: OpenSystem, ...turns: (readonly unknown[])[]) {
    const noted: string[] = [];
    const left = turns.map((events, turn) => events.map((event, i) => ({ event, receipt: `${turn}.${i}` })));
    const deliveries = {
      take: async () => left.shift() ?? [],
      noted: async (receipts: readonly string[]) => {
        noted.push(...receipts);
      },
    };
    return { world: { ...system.world, deliveries }, noted };
  }

  it('to several readers of one mail are one write, however often they are told', async () => {
    const { system, id } = await won(() => undefined);
    await system.until(minutesLater(1));
    await noteDeliveries(system.world)();
    const messageId = system.mails()[0]?.id ?? '';
    const events = [[klaus], [ruth, lena], [klaus]].map((to) => delivered(messageId, id, to));
    const before = system.account.usage().dynamodb.writeUnits;
    expect(await noteDeliveries(waiting(system, events, events).world)()).toEqual({ deliveries: 6 });
    expect(system.account.usage().dynamodb.writeUnits - before).toBe(1);
    expect((await fates(system, id)).map(([email]) => email).toSorted()).toEqual([anna, klaus, lena, ruth].toSorted());
  });

  it('that cannot be read stay where they are, and keep no other', async () => {
    const { system, id } = await won(() => undefined);
    const good = delivered(system.mails()[0]?.id ?? '', id, [anna]);
    const { world, noted } = waiting(system, [{ detail: { eventType: 'Delivery' } }, good, undefined]);
    expect(await noteDeliveries(world)()).toEqual({ deliveries: 1 });
    expect(noted).toEqual(['0.1']);
    expect(await fates(system, id)).toEqual([[anna, { what: 'delivered', at: '2026-11-17T08:30:02.000Z' }]]);
  });

  it('of a mail that is reported as spam in the meantime are on record for its other readers', async () => {
    const { system, id } = await won(() => undefined);
    const mail = system.mails()[0]?.id ?? '';
    const { world } = waiting(system, [delivered(mail, id, [anna, klaus])]);
    const [before] = await system.world.mails.of(id);
    await trackMail(system.world)({
      event: mailEvent('Complaint', { messageId: mail, tags: { handoff: [id], kind: ['ask'], step: [step] } }),
    });
    const mails = { ...world.mails, of: async () => (before ? [before] : []) };
    await noteDeliveries({ ...world, mails })();
    const known = Object.fromEntries(await fates(system, id));
    expect([known[anna]?.what, known[klaus]?.what]).toEqual(['complained', 'delivered']);
  });

  it('are noted when the night has failed once: they come again', async () => {
    const { system, id } = await won(() => undefined);
    await system.until(minutesLater(1));
    const mails = { ...system.world.mails, recordArrived: () => Promise.reject(new Error('killed')) };
    await expect(noteDeliveries({ ...system.world, mails })()).rejects.toThrow('killed');
    expect(await noteDeliveries(system.world)()).toEqual({ deliveries: 0 });
    await system.until(minutesLater(10));
    expect(await noteDeliveries(system.world)()).toEqual({ deliveries: 1 });
    expect(await fates(system, id)).toHaveLength(1);
  });
});

describe('a mail to a colleague that bounces', () => {
  it('marks them, and tells their manager at once, once, why it is them', async () => {
    const { system, id } = await won(({ account }) => account.mailTrouble.bounce(anna));
    await system.until(minutesLater(1));
    expect((await person(system, anna))?.unreachable).toEqual({
      since: '2026-11-17T08:30:02.000Z',
      why: 'Email bounced (General)',
    });
    expect(told(system)).toEqual([`ask ${anna}`, `ask ${klaus}`]);
    expect(system.mails().at(-1)?.text).toMatch(/You're hearing now because\s+email\s+to\s+Anna\s+bounces\./);
    expect(await fates(system, id)).toContainEqual([anna, { what: 'bounced', at: '2026-11-17T08:30:02.000Z' }]);
    expect((await audited(system, id)).filter((what) => what === 'mail-bounced')).toHaveLength(1);
    expect(await system.status(id)).toEqual({ status: 'RUNNING' });
    expect(system.account.lambda.failures).toEqual([]);
  });

  it('lets the manager act in their place, and every later rung reach them, too', course, async () => {
    const { system, id } = await won(({ account }) => account.mailTrouble.bounce(anna));
    await system.until('2026-11-17T13:00:00Z');
    expect(told(system).slice(2)).toEqual([`warn ${anna}`, `warn ${klaus}`]);
    await system.answer(klaus, step, 'reassign', { to: klaus });
    expect((await system.load(id)).steps[step]?.owner).toBe(klaus);
  });

  it('changes nothing twice when the event comes twice', course, async () => {
    const { system, id } = await won(({ account }) => account.mailTrouble.bounce(anna));
    await system.until(minutesLater(1));
    const messageId = system.mails()[0]?.id ?? '';
    const event = mailEvent('Bounce', { messageId, tags: { handoff: [id], kind: ['ask'], step: [step] } });
    const [table, transitions] = [await system.dump(), system.account.usage().stateTransitions];
    expect(await trackMail(system.world)({ event })).toEqual({ handoffId: id, outcome: 'known' });
    await system.clock.settled();
    expect(await system.dump()).toEqual(table);
    expect(system.account.usage().stateTransitions).toBe(transitions);
  });

  it('goes on where a crash left it', course, async () => {
    const { system, id } = await won(() => undefined);
    const messageId = system.mails()[0]?.id ?? '';
    const event = mailEvent('Bounce', { messageId, tags: { handoff: [id], kind: ['ask'], step: [step] } });
    const tokens = { ...system.world.tokens, askAgain: () => Promise.reject(new Error('killed')) };
    await expect(trackMail({ ...system.world, tokens })({ event })).rejects.toThrow('killed');
    await trackMail(system.world)({ event });
    await system.clock.settled();
    expect(told(system)).toEqual([`ask ${anna}`, `ask ${klaus}`]);
    expect((await audited(system, id)).filter((what) => what === 'mail-bounced')).toHaveLength(1);
  });

  it('tells the next person up when it is the manager whom mail does not reach', course, async () => {
    const { system } = await won(({ account }) => {
      account.mailTrouble.bounce(anna);
      account.mailTrouble.bounce(klaus);
    });
    await system.until(minutesLater(1));
    expect(told(system)).toEqual([`ask ${anna}`, `ask ${klaus}`, `ask ${ruth}`]);
  });

  it('says it from here when no execution waits for the step just now', course, async () => {
    const { system, id } = await won(() => undefined);
    const messageId = system.mails()[0]?.id ?? '';
    const event = mailEvent('Bounce', { messageId, tags: { handoff: [id], kind: ['ask'], step: [step] } });
    const tokens = { ...system.world.tokens, askAgain: async () => 'gone' as const };
    await trackMail({ ...system.world, tokens })({ event });
    expect(told(system)).toEqual([`ask ${anna}`, `ask ${klaus}`]);
  });

  it('asks nobody for what is optional', course, async () => {
    const { system, id } = await upTo('confirm-handoff');
    system.account.mailTrouble.bounce(anna);
    await system.answer(lena, 'confirm-handoff', 'confirmed');
    await system.until(new Date(system.clock.now() + 60_000).toISOString());
    expect((await person(system, anna))?.unreachable).toBeDefined();
    expect((await system.load(id)).steps['share-remarks']).toMatchObject({ owner: anna });
    expect(told(system).filter((line) => line.endsWith(klaus))).toEqual([]);
    expect(system.mails().some(({ tags }) => tags['kind'] === 'ask' && tags['step'] === 'share-remarks')).toBe(false);
  });

  it('changes nothing in a handoff that has ended but the roster', course, async () => {
    const { system, id } = await won(() => undefined);
    await system.world.handoffs.changeStatus({ id, from: ['open'], to: 'cancelled', at, reason: 'x' });
    const messageId = system.mails()[0]?.id ?? '';
    await trackMail(system.world)({
      event: mailEvent('Bounce', { messageId, tags: { handoff: [id], kind: ['ask'], step: [step] } }),
    });
    expect((await person(system, anna))?.unreachable).toBeDefined();
    expect(told(system)).toEqual([`ask ${anna}`]);
  });
});

describe('a mail to a colleague', () => {
  it('that bounced for the moment leaves a note and nothing else', async () => {
    const { system, id } = await won(({ account }) =>
      account.mailTrouble.bounce(anna, { type: 'Transient', subType: 'MailboxFull' }),
    );
    await system.until(minutesLater(1));
    expect((await person(system, anna))?.unreachable).toBeUndefined();
    expect(told(system)).toEqual([`ask ${anna}`]);
    expect(await audited(system, id)).toContain('mail-delayed');
  });

  it('that they report as spam, or that is refused on its way, counts as not read', course, async () => {
    for (const type of ['Complaint', 'Reject'] as const) {
      const { system, id } = await won(() => undefined);
      const messageId = system.mails()[0]?.id ?? '';
      await trackMail(system.world)({
        event: mailEvent(type, { messageId, tags: { handoff: [id], kind: ['ask'], step: [step] } }),
      });
      await system.clock.settled();
      expect(told(system), type).toEqual([`ask ${anna}`, `ask ${klaus}`]);
    }
  });

  it('whom the roster does not know is told of to whoever is accountable', course, async () => {
    const stranger = 'new.seller@example.com';
    const system = await openSystem({ at });
    system.account.mailTrouble.bounce(stranger);
    await system.win(dealEvent({ accountExecutive: stranger }));
    // Where nothing is known of somebody, work begins at nine in the zone of the installation: UTC.
    await system.until(minutesLater(40));
    expect(told(system)).toEqual([`not-on-roster ${ruth}`, `ask ${stranger}`, `colleague-mail-bounced ${lena}`]);
  });
});

describe('the mark', () => {
  it(
    'goes in the night after a later mail is delivered, and an old bounce that comes late does not put it back',
    course,
    async () => {
      const { system, id } = await won(({ account }) => account.mailTrouble.bounce(anna));
      await system.until(minutesLater(1));
      system.account.mailTrouble.clear();
      await system.until('2026-11-18T01:00:00Z');
      expect((await person(system, anna))?.unreachable).toBeUndefined();
      await trackMail(system.world)({
        event: mailEvent('Bounce', { messageId: 'another', tags: { handoff: [id] }, at: '2026-11-17T09:00:00.000Z' }),
      });
      expect((await person(system, anna))?.unreachable).toBeUndefined();
    },
  );

  it('of somebody who complained stays until they act on a link: that mail was delivered, too', async () => {
    const { system } = await won(({ account }) => account.mailTrouble.complain(anna));
    await system.until(minutesLater(1));
    expect((await person(system, anna))?.unreachable?.why).toBe('An email was reported as spam');
    system.account.mailTrouble.clear();
    await system.until('2026-11-17T13:00:00Z');
    expect((await person(system, anna))?.unreachable).toBeDefined();
    await system.answer(anna, step, 'scheduled');
    expect((await person(system, anna))?.unreachable).toBeUndefined();
  });
});

describe('a mail to the customer that bounces', () => {
  const isCustomer = ({ recipients }: Mail) => recipients.some((email) => !email.endsWith('@example.com'));
  const customerMails = (system: OpenSystem) => system.mails().filter((mail) => isCustomer(mail));
  const notices = (system: OpenSystem) => system.mails().filter(({ tags }) => tags['kind'] === 'customer-mail-bounced');
  const soon = (system: OpenSystem) => system.until(new Date(system.clock.now() + 60_000).toISOString());

  async function introduced(bad: 'bounce' | 'complain' = 'bounce') {
    const { system, id } = await upTo('introduce-customer');
    const address = 'gone@nordwind-logistik.example';
    system.account.mailTrouble[bad](address);
    await system.answer(lena, 'introduce-customer', 'approved', {
      recipients: ['jonas@nordwind-logistik.example', address],
    });
    await soon(system);
    return { system, id, address };
  }

  it('is told to the customer success manager, once, with what to do', course, async () => {
    const { system, address } = await introduced();
    expect(customerMails(system)).toHaveLength(1);
    expect(notices(system).map(({ to }) => to[0]?.address)).toEqual([lena]);
    expect(notices(system)[0]?.text).toContain(address);
    expect(notices(system)[0]?.subject).toContain('came back');
    expect(notices(system)[0]?.text).not.toContain('jonas@');
  });

  it('is told to whoever has their steps since they left', course, async () => {
    const { system, id } = await upTo('introduce-customer');
    const address = 'gone@nordwind-logistik.example';
    await system.answer(lena, 'introduce-customer', 'approved', { recipients: [address] });
    const messageId = customerMails(system)[0]?.id ?? '';
    await rosterIn(openTable(system.clients.dynamodb, 'handoff')).save({ ...personAt(lena), active: false });
    const tags = { handoff: [id], kind: ['customer-introduction'], step: ['introduce-customer'] };
    await trackMail(system.world)({ event: mailEvent('Bounce', { to: [address], messageId, tags }) });
    expect(notices(system).map(({ to }) => to[0]?.address)).toEqual([personAt(lena).manager]);
  });

  it('is not suggested again, and is mailed again once a person enters it', course, async () => {
    const { system, address } = await introduced();
    system.account.mailTrouble.clear();
    const { html } = await system.get(system.linkOf(lena, 'schedule-kickoff'));
    const suggested = /<textarea[^>]*name="recipients"[^>]*>([^<]*)</.exec(html)?.[1];
    expect(suggested).toContain('@');
    expect(suggested).not.toContain(address);
    await system.answer(lena, 'schedule-kickoff', 'scheduled', { recipients: [address] });
    expect(
      customerMails(system)
        .at(-1)
        ?.to.map((to) => to.address),
    ).toEqual([address]);
  });

  it(
    'keeps the address out of what a person has not approved since; the rest of the audience gets its mail',
    course,
    async () => {
      const { system, id, address } = await introduced('complain');
      const others = ['jonas@nordwind-logistik.example'];
      expect(await system.world.suppressions.among([address, ...others])).toEqual(
        new Map([[address, { email: address, since: expect.any(String), what: 'complained' }]]),
      );
      await system.answer(lena, 'schedule-kickoff', 'scheduled', { recipients: others });
      await system.world.suppressions.add({
        email: 'jonas@nordwind-logistik.example',
        since: '2027-01-01T00:00:00.000Z',
        what: 'bounced',
      });
      expect((await system.load(id)).mails['kickoff-invitation']?.status).toBe('sent');
      expect(
        customerMails(system)
          .at(-1)
          ?.to.map((to) => to.address),
      ).toEqual(others);
    },
  );

  it('is refused for good content: nobody is suppressed, somebody is told', course, async () => {
    const { system, id, address } = await introduced();
    system.account.mailTrouble.clear();
    const other = 'jonas@nordwind-logistik.example';
    await trackMail(system.world)({
      event: mailEvent('Reject', {
        to: [other],
        messageId: 'x',
        tags: { handoff: [id], kind: ['customer-introduction'], step: ['introduce-customer'] },
      }),
    });
    expect([...(await system.world.suppressions.among([address, other])).keys()]).toEqual([address]);
    expect(notices(system).at(-1)?.text).toMatch(/because\s+of\s+its\s+content/);
  });
});

describe('a mail that went to a suppressed customer only', () => {
  it('is not sent, and whoever is accountable hears of it', course, async () => {
    const { system, id } = await upTo('introduce-customer');
    const address = 'gone@nordwind-logistik.example';
    await system.world.suppressions.add({ email: address, since: '2027-01-01T00:00:00.000Z', what: 'bounced' });
    await system.answer(lena, 'introduce-customer', 'approved', { recipients: [address] });
    expect(system.mails().some(({ recipients }) => recipients.includes(address))).toBe(false);
    const notice = system.mails().find(({ tags }) => tags['kind'] === 'customer-mail-bounced');
    expect(notice?.to[0]?.address).toBe(lena);
    expect(notice?.text).toContain("The introduction wasn't sent there.");
    expect(await audited(system, id)).toContain('suppressed');
    expect(await system.status(id)).toEqual({ status: 'RUNNING' });
  });

  it('says that somebody reported it as spam, though other mail merely came back', course, async () => {
    const { system } = await upTo('introduce-customer');
    const since = '2027-01-01T00:00:00.000Z';
    const recipients = ['gone@nordwind-logistik.example', 'angry@nordwind-logistik.example'];
    const [gone = '', angry = ''] = recipients;
    await system.world.suppressions.add({ email: gone, since, what: 'bounced' });
    await system.world.suppressions.add({ email: angry, since, what: 'complained' });
    await system.answer(lena, 'introduce-customer', 'approved', { recipients });
    const notice = system.mails().find(({ tags }) => tags['kind'] === 'customer-mail-bounced');
    expect(notice?.subject).toContain('email reported as spam');
    for (const email of recipients) expect(notice?.text).toContain(email);
  });
});

describe('an event', () => {
  it('about a mail of somebody else is passed over', async () => {
    const system = await openSystem({ at });
    expect(await trackMail(system.world)({ event: mailEvent('Bounce', { tags: {} }) })).toEqual({
      outcome: 'not ours',
    });
    expect((await person(system, anna))?.unreachable).toBeUndefined();
  });

  it('about a handoff nobody knows still marks whom mail does not reach', course, async () => {
    const system = await openSystem({ at });
    await trackMail(system.world)({ event: mailEvent('Bounce', { tags: { handoff: ['D-0-1'] } }) });
    expect((await person(system, anna))?.unreachable).toBeDefined();
    expect(system.mails()).toEqual([]);
  });

  it('never turns what is known of a mail to the better', async () => {
    const { system, id } = await won(({ account }) => account.mailTrouble.complain(anna));
    await system.until(minutesLater(1));
    const messageId = system.mails()[0]?.id ?? '';
    const event = mailEvent('Delivery', { messageId, tags: { handoff: [id] } });
    expect((await trackMail(system.world)({ event })).outcome).toBe('known');
    expect((await fates(system, id)).find(([email]) => email === anna)?.[1]).toMatchObject({ what: 'complained' });
  });

  it('turns it to the worse: what came back, and is reported as spam then, is on record as spam', course, async () => {
    const { system, id } = await won(({ account }) => account.mailTrouble.bounce(anna));
    await system.until(minutesLater(1));
    const told = { messageId: system.mails()[0]?.id ?? '', tags: { handoff: [id] } };
    expect((await trackMail(system.world)({ event: mailEvent('Complaint', told) })).outcome).toBe('complained');
    expect((await fates(system, id)).find(([email]) => email === anna)?.[1]).toMatchObject({ what: 'complained' });
    await trackMail(system.world)({ event: mailEvent('Bounce', told) });
    expect((await fates(system, id)).find(([email]) => email === anna)?.[1]).toMatchObject({ what: 'complained' });
  });

  it('leaves the mail sent: it does not go out again', course, async () => {
    const { system, id } = await won(({ account }) => account.mailTrouble.bounce(anna));
    await system.until(minutesLater(1));
    const record = await system.load(id);
    const [key = ''] = Object.keys(record.mails).filter((known) => known.endsWith(anna));
    const once = { record: { ...record, mails: {} }, key, at, toCustomer: false };
    const compose = () => Promise.reject(new Error('It was composed again.'));
    expect(await sendOnce(system.world, { ...once, compose })).toBe('sent before');
  });
});

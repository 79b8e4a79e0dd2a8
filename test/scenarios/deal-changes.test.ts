import { GetScheduleCommand } from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { course } from '../support/course.ts';
import { type DealEvent, dealEvent } from '../support/deals.ts';
import { anna, klaus, lena } from '../support/handoff-record.ts';
import { upTo, won } from '../support/progress.ts';
import { type OpenSystem, openSystem } from '../support/world.ts';

const tom = 'tom.hughes@example.com';
const [daniel, diana, grace] = ['daniel.weiss@example.com', 'diana.moore@example.com', 'grace.okafor@example.com'];
const james = 'james.carter@example.com';
const id = 'D-2026-1041-1';

type Package = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const known = dealEvent().detail['package'] as Package;

/** The CRM says of the standard sample how it stands now: another owner, or other answers in one section. */
function changed(
  overrides: Readonly<Record<string, unknown>>,
  sections: Readonly<Record<string, unknown>> = {},
): DealEvent {
  const { closedWonAt: _at, wonEpisode: _episode, ...detail } = dealEvent().detail;
  const pkg = Object.fromEntries(
    Object.entries({ ...known, ...sections }).map(([name, said]) => [
      name,
      Array.isArray(said) ? said : { ...known[name], ...Object(said) },
    ]),
  );
  return { source: 'handoff.crm', 'detail-type': 'Deal Changed', detail: { ...detail, package: pkg, ...overrides } };
}

const worth = (amount: number): DealEvent => changed({}, { contract: { value: { amount, currency: 'EUR' } } });

/** What was mailed since, as kind and reader. */
const mailsSince = (system: OpenSystem, count: number): readonly string[] =>
  system
    .mails()
    .slice(count)
    .map(({ tags, to }) => `${tags['kind']} → ${to[0]?.address}`)
    .sort();

const textOf = (system: OpenSystem, kind: string, to: string): string =>
  system
    .mails()
    .findLast((mail) => mail.tags['kind'] === kind && mail.to[0]?.address === to)
    ?.text.replace(/\s+/g, ' ') ?? '';

const later = (system: OpenSystem, minutes: number): Promise<void> =>
  system.until(new Date(Date.parse(system.now()) + minutes * 60_000).toISOString());

async function running(): Promise<OpenSystem> {
  const { system } = await upTo('review-brief');
  await later(system, 30);
  return system;
}

describe('What the CRM changes of a deal that is won', () => {
  it('is in the package and the brief, old and new, and both hear of the amount, once each', async () => {
    const system = await running();
    const count = system.mails().length;
    await system.put(worth(90_000));
    expect(mailsSince(system, count)).toEqual([`deal-changed → ${anna}`, `deal-changed → ${lena}`]);
    expect(textOf(system, 'deal-changed', lena)).toContain('90,000 EUR, before: 86,400 EUR');
    expect(textOf(system, 'deal-changed', anna)).toContain('Tell Lena what is behind it.');
    const link = /\/s\/[\w-]+\/brief/.exec(textOf(system, 'deal-changed', lena))?.[0] ?? '';
    expect(textOf(system, 'deal-changed', lena)).toContain('Read the brief');
    expect((await system.get(link)).html).toContain('90,000 EUR');
    const brief = (await system.get(`${system.linkOf(lena)}/brief`)).html.replace(/\s+/g, ' ');
    expect(brief).toContain('90,000 EUR');
    expect(brief).toMatch(/, until Tue, Nov 17, 2026.{1,60}86,400 EUR/);
    await later(system, 5);
    const stood = await system.dump();
    const mails = system.mails().length;
    await system.put(worth(90_000));
    expect(system.mails()).toHaveLength(mails);
    const left = (items: readonly Record<string, unknown>[]) =>
      items.map(({ saidAt: _at, said: _said, ...item }) => item);
    expect(left(await system.dump())).toEqual(left(stood));
  });

  it('reaches everybody once though the mail service was too busy in between', async () => {
    const system = await running();
    const count = system.mails().length;
    system.account.mailTrouble.throttleNext(8);
    const event = worth(90_000);
    await system.put({ ...event, detail: { ...event.detail, accountExecutive: james } });
    await later(system, 60);
    const told = mailsSince(system, count);
    expect(told).toEqual([...new Set(told)]);
    expect(told).toContain(`deal-changed → ${lena}`);
    expect(told).toContain(`handed-away → ${anna}`);
    expect(told).toContain(`taken-over → ${james}`);
    // The meeting was theirs before anybody heard of it.
    expect(told.filter((each) => each.startsWith('meeting-people-changed'))).toEqual(
      [anna, james, lena].map((reader) => `meeting-people-changed → ${reader}`),
    );
    const record = await system.load(id);
    expect(record.state.people.accountExecutive).toBe(james);
    expect(Object(record.package).contract.value).toEqual({ amount: 90_000, currency: 'EUR' });
  });

  it('is followed to where the newest event left it, in whatever order two of them come', async () => {
    const system = await running();
    const [earlier, newer] = [1, 2].map((minutes) =>
      new Date(Date.parse(system.now()) + minutes * 60_000).toISOString(),
    );
    await later(system, 5);
    await putAt(system, worth(95_000), newer ?? '');
    const count = system.mails().length;
    await putAt(system, changed({ accountExecutive: james }, { contract: { value: '91,000 EUR' } }), earlier ?? '');
    expect(system.mails()).toHaveLength(count);
    const record = await system.load(id);
    expect(record.state.people.accountExecutive).toBe(anna);
    expect(Object(record.package).contract.value).toEqual({ amount: 95_000, currency: 'EUR' });
  });

  it('names both sides anew at once: each reader hears of both in one email, and the meeting is theirs', async () => {
    const system = await running();
    const count = system.mails().length;
    await system.put(changed({ accountExecutive: james, customerSuccessManager: tom }));
    await later(system, 60);
    const told = mailsSince(system, count);
    expect(told).toEqual([...new Set(told)]);
    const { state, meetings } = await system.load(id);
    expect(state.people).toMatchObject({ accountExecutive: james, customerSuccessManager: tom });
    expect(Object.values(meetings ?? {}).map(({ hosts }) => hosts.toSorted())).toEqual([[james, tom]]);
    expect(told.filter((each) => each.startsWith('meeting-people-changed'))).toEqual(
      [anna, james, tom, lena].map((reader) => `meeting-people-changed → ${reader}`).sort(),
    );
  });

  it(
    'tells each of both sides in one email where something of one side is open, and nothing of the other',
    course,
    async () => {
      const { system } = await upTo('follow-ups');
      await later(system, 30 * 24 * 60);
      const count = system.mails().length;
      await system.put(changed({ accountExecutive: james, customerSuccessManager: tom }));
      const told = mailsSince(system, count);
      expect(told).toEqual([...new Set(told)]);
      expect(told).toEqual(
        [
          ...[anna, lena].map((reader) => `handed-away → ${reader}`),
          ...[daniel, diana, grace, james, klaus].map((reader) => `taken-over → ${reader}`),
        ].sort(),
      );
      // What is about the reader comes first, and the other side after it.
      expect(textOf(system, 'taken-over', james)).toMatch(
        /Your CRM names you in place of Anna now\..*Your CRM names Tom in place of Lena now, in all of this handoff\./,
      );
      expect(textOf(system, 'handed-away', lena)).toMatch(
        /Your CRM names Tom in your place now\..*Rate the handoff.*Your CRM names James in place of Anna now/,
      );
      await later(system, 4 * 24 * 60);
      expect(mailsSince(system, count).filter((each) => each.includes(tom))).toContain(`ask → ${tom}`);
    },
  );

  it('tells whoever takes the customer of contacts and of the renewal date, whose reminder moves', async () => {
    const system = await running();
    const count = system.mails().length;
    const [first, ...others] = known['stakeholders'] as unknown as readonly Record<string, unknown>[];
    const nina = { ...first, name: 'Nina Sommer', email: 'n.sommer@nordwind-logistik.example', roles: ['end user'] };
    await system.put(
      changed({}, { stakeholders: [first, ...others.slice(0, -1), nina], contract: { renewalDate: '2028-05-31' } }),
    );
    expect(mailsSince(system, count)).toEqual([`deal-changed → ${lena}`]);
    const text = textOf(system, 'deal-changed', lena);
    expect(text).toContain('New: Nina Sommer. Gone: Gerd Wolters.');
    expect(text).toContain('May 31, 2028');
    const schedule = await system.clients.scheduler.send(new GetScheduleCommand({ Name: `renewal-reminder-${id}` }));
    expect(schedule.ScheduleExpression).toMatch(/^at\(2028-03-0/);
  });

  it('leaves what somebody wrote after it, and shows both', async () => {
    const system = await openSystem({ at: won });
    const { package: pkg, ...detail } = dealEvent().detail;
    const { contract, ...rest } = pkg as Package;
    const { scope: _scope, ...bought } = contract ?? {};
    await system.win({ ...dealEvent(), detail: { ...detail, package: { ...rest, contract: bought } } });
    await later(system, 60);
    await system.submit(system.linkOf(anna, 'complete-package'), 'save', { 'contract.planTier': 'Enterprise' });
    const count = system.mails().length;
    const said = changed({}, { contract: { planTier: 'Starter' } });
    // It happened half an hour ago, and comes only now.
    const time = new Date(Date.parse(system.now()) - 30 * 60_000).toISOString();
    await putAt(system, said, time);
    expect(mailsSince(system, count)).toEqual([`deal-changed → ${anna}`, `deal-changed → ${lena}`]);
    expect(textOf(system, 'deal-changed', lena)).toContain(
      'Enterprise stays, because Anna wrote it later. The CRM says Starter',
    );
    const { html } = await system.get(system.linkOf(anna, 'complete-package'));
    expect(html).toContain('This has 2 answers. All are kept: choose one.');
    expect(html).toContain('the CRM');
    // What is older than that changes nothing.
    await putAt(system, changed({}, { contract: { planTier: 'Basic' } }), won);
    expect(system.mails()).toHaveLength(count + 2);
  });

  it('has a new account executive take over what is open, and everybody hears it once', async () => {
    const system = await openSystem({ at: won });
    const { package: _package, ...detail } = dealEvent().detail;
    await system.win({ ...dealEvent(), detail });
    await later(system, 60);
    const count = system.mails().length;
    await system.put({ ...worth(90_000), detail: { ...worth(90_000).detail, accountExecutive: james } });
    const record = await system.load(id);
    expect(record.state.people.accountExecutive).toBe(james);
    const open = Object.values(record.steps).filter(({ decision, owner }) => !decision && owner === james);
    expect(open.map(({ step }) => step).sort()).toEqual(['complete-package']);
    const told = mailsSince(system, count);
    expect(told.filter((line) => line.endsWith(lena))).toEqual([`deal-changed → ${lena}`]);
    expect(told).toContain(`handed-away → ${anna}`);
    expect(told).toContain(`taken-over → ${klaus}`);
    expect(textOf(system, 'deal-changed', lena)).toContain('James answers for sales now.');
    await later(system, 600);
    expect(textOf(system, 'ask', james)).toContain('Your CRM names you in place of Anna now.');
    expect(mailsSince(system, count).filter((line) => line.endsWith(lena))).toEqual([`deal-changed → ${lena}`]);
  });

  it('tells whoever takes the customer in one email that the other side changed at once, too', async () => {
    const system = await openSystem({ at: won });
    const { package: _package, ...detail } = dealEvent().detail;
    await system.win({ ...dealEvent(), detail });
    await later(system, 60);
    const count = system.mails().length;
    await system.put(changed({ accountExecutive: james, customerSuccessManager: tom }));
    await later(system, 60);
    expect(mailsSince(system, count).filter((line) => line.endsWith(tom))).toEqual([`taken-over → ${tom}`]);
    expect(textOf(system, 'taken-over', tom)).toMatch(
      /Your CRM names you in place of Lena now.*Your CRM names James in place of Anna now/,
    );
  });

  it('tells old and new account executive where nothing of theirs is open', async () => {
    const system = await running();
    const count = system.mails().length;
    await system.put(changed({ accountExecutive: james }));
    expect((await system.load(id)).state.people.accountExecutive).toBe(james);
    const told = mailsSince(system, count);
    expect(told).toContain(`handed-away → ${anna}`);
    expect(told).toContain(`taken-over → ${james}`);
    expect(told).toContain(`taken-over → ${lena}`);
    expect(textOf(system, 'taken-over', james)).toContain('Your CRM names you in place of Anna now.');
    await later(system, 5);
    const mails = system.mails().length;
    await system.put(changed({ accountExecutive: james }));
    expect(system.mails()).toHaveLength(mails);
  });

  it('changes nothing of a handoff that has ended, on record, nor of a deal without one', async () => {
    const system = await running();
    await system.put({
      source: 'handoff.crm',
      'detail-type': 'Deal Lost',
      detail: { dealId: dealEvent().detail['dealId'] },
    });
    await later(system, 5);
    const count = system.mails().length;
    await system.put(worth(90_000));
    await system.put({ ...worth(1), detail: { ...worth(1).detail, dealId: 'nobody-knows-it' } });
    expect(system.mails()).toHaveLength(count);
    const items = await system.dump();
    expect(items.filter(({ what }) => what === 'deal-changed')).toMatchObject([
      { detail: 'The handoff is canceled: nothing follows from it.' },
    ]);
    expect(items.filter(({ pk }) => String(pk).startsWith('REFUSED'))).toHaveLength(1);
  });
});

/** Puts an event on the bus that happened at another time. */
async function putAt(system: OpenSystem, event: DealEvent, time: string): Promise<void> {
  await system.put({ ...event, time });
}

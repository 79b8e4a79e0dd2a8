import { describe, expect, it } from 'vitest';
import { measuresOf } from '../../functions/domain/handoff/measures.ts';
import { type DealEvent, dealEvent, roster, sampleEvent } from '../support/deals.ts';
import { anna, lena } from '../support/handoff-record.ts';
import { type OpenSystem, openSystem } from '../support/world.ts';

const james = 'james.carter@example.com';
const id = 'D-2026-1041-1';
/** Two weeks before the sample is won. */
const proposedAt = '2026-11-03T09:00:00Z';

type Package = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const whole = dealEvent().detail['package'] as Package;

/** The package without what only the account executive knows. */
const { dealContext, redFlags, ...fromCrm } = whole;

const unsigned = ({ closedWonAt: _at, wonEpisode: _episode, ...facts }: DealEvent['detail']): DealEvent['detail'] =>
  facts;

const proposed = (changed: Readonly<Record<string, unknown>> = {}): DealEvent => ({
  source: 'handoff.crm',
  'detail-type': 'Deal Proposed',
  detail: { ...unsigned(dealEvent().detail), package: fromCrm, expectedCloseOn: '2026-11-17', ...changed },
});

const won = (pkg: object = fromCrm): DealEvent => dealEvent({ package: pkg, wonEpisode: undefined });

const told = (system: OpenSystem): readonly string[] =>
  system
    .mails()
    .map(({ tags, to }) => `${tags['kind']} → ${to[0]?.address}`)
    .sort();

const mailTo = (system: OpenSystem, kind: string, to: string) =>
  system.mails().findLast((mail) => mail.tags['kind'] === kind && mail.to[0]?.address === to);

const textOf = (system: OpenSystem, kind: string, to: string): string =>
  mailTo(system, kind, to)?.text.replace(/\s+/g, ' ') ?? '';

/** The path of the link in the mail of a draft. */
const linkIn = (system: OpenSystem, kind: string, to: string): string =>
  /\/s\/[\w-]+/.exec(mailTo(system, kind, to)?.text ?? '')?.[0] ?? '';

const later = (system: OpenSystem, minutes: number): Promise<void> =>
  system.until(new Date(Date.parse(system.now()) + minutes * 60_000).toISOString());

async function drafting(): Promise<OpenSystem> {
  const system = await openSystem({ at: proposedAt });
  await system.put(proposed());
  await later(system, 5);
  return system;
}

/** What is typed into the form for the sections that the CRM does not know. */
const typed = Object.fromEntries(
  Object.entries({ dealContext, redFlags }).flatMap(([section, said]) =>
    Object.entries(said ?? {}).map(([name, text]) => [`${section}.${name}`, String(text)]),
  ),
);

const fill = (system: OpenSystem, texts: Readonly<Record<string, string>>) =>
  system.submit(linkIn(system, 'draft-started', anna), 'save', texts);

describe('A deal past the proposal stage', () => {
  it('gets a draft, and nothing is due: the account executive can start, the customer success manager reads', async () => {
    const system = await drafting();
    expect(told(system)).toEqual([`draft-started → ${anna}`, `early-notice → ${lena}`]);
    expect(textOf(system, 'early-notice', lena)).toContain('Anna expects Nordwind Logistik to sign on Tue, Nov 17.');
    expect(textOf(system, 'early-notice', lena)).toContain('Nothing is due.');
    expect(textOf(system, 'draft-started', anna)).toMatch(/\d+ of \d+ answers came from your CRM\./);
    const form = await system.get(linkIn(system, 'draft-started', anna));
    expect([form.status, form.html.includes('Start the package'), form.html.includes('Save draft')]).toEqual([
      200,
      true,
      true,
    ]);
    const read = await system.get(linkIn(system, 'early-notice', lena));
    expect([read.status, read.html.includes('<textarea'), read.html.includes('Read the draft')]).toEqual([
      200,
      false,
      true,
    ]);
    expect((await system.get(`${linkIn(system, 'early-notice', lena)}/brief`)).status).toBe(200);
    await later(system, 7 * 24 * 60);
    expect(system.mails()).toHaveLength(2);
  });

  it('whose package the CRM filled in asks for nothing, and says what comes next', async () => {
    const system = await openSystem({ at: proposedAt });
    await system.put(proposed({ package: whole }));
    await later(system, 5);
    expect(mailTo(system, 'draft-started', anna)?.subject).toBe('Nordwind Logistik: the package is complete already');
    const text = textOf(system, 'draft-started', anna);
    expect(text).toMatch(/All \d+ answers came from your CRM\. There's nothing to add\./);
    expect(text).toContain("If it's won like this, you won't be asked for the package.");
    expect(text).toContain("Lena takes over if it's signed");
    expect(text).not.toContain('Target by signing');
    await system.until('2026-11-17T09:00:00Z');
    await system.win(won(whole));
    await later(system, 5);
    expect((await system.load(id)).steps['complete-package']).toBeUndefined();
  });

  it('without a day on which it may be signed says nothing of one', async () => {
    const system = await openSystem({ at: proposedAt });
    await system.put(proposed({ expectedCloseOn: undefined }));
    await later(system, 5);
    expect(textOf(system, 'early-notice', lena)).toContain('ask Anna now for what you');
    expect(textOf(system, 'early-notice', lena)).not.toContain('expects');
  });

  it('that is filled in and won has its package at once, and nobody is asked for it', async () => {
    const system = await drafting();
    const saved = await fill(system, typed);
    expect([saved.status, saved.html.includes('100% complete')]).toEqual([200, true]);
    await later(system, 60);
    await system.win(won());
    await later(system, 5);
    const record = await system.load(id);
    expect(record.state).toMatchObject({ packageComplete: true, packagePercent: 100, draftPercent: 100 });
    expect(record.state.people.customerSuccessManager).toBe(lena);
    expect(record.steps['complete-package']).toBeUndefined();
    expect(told(system).filter((line) => line.startsWith('ask') && line.includes(anna))).toEqual([`ask → ${anna}`]);
    expect(measuresOf(record, system.now()).draft).toEqual({ percent: 100, target: 70, met: true });
    // The links of the draft lead on.
    const led = await system.get(linkIn(system, 'draft-started', anna));
    expect([led.status, led.html.includes('the handoff has begun')]).toEqual([200, true]);
    expect((await system.get(`${linkIn(system, 'early-notice', lena)}/brief`)).html).toContain('won on');
  });

  it('that is won before the draft is finished asks for the rest, with what was typed', async () => {
    const system = await drafting();
    await fill(system, { 'dealContext.whyUs': 'Re-planning during the day.', 'redFlags.concerns': '' });
    await later(system, 60);
    await system.win(won());
    const record = await system.load(id);
    expect(record.state.packageComplete).toBe(false);
    expect(Object(record.package).dealContext.whyUs).toBe('Re-planning during the day.');
    const { html } = await system.get(linkIn(system, 'draft-started', anna));
    expect(html).toContain('Re-planning during the day.');
    expect(html).toContain('Hand over');
  });

  it('keeps what people typed unless the CRM changed it since', async () => {
    const system = await drafting();
    await fill(system, { 'contract.planTier': 'Enterprise', 'contract.purchase': '90 seats' });
    await later(system, 60);
    const contract = { ...whole['contract'], purchase: '150 seats' };
    await system.win(won({ ...fromCrm, contract }));
    const record = await system.load(id);
    expect(Object(record.package).contract).toMatchObject({ planTier: 'Enterprise', purchase: '150 seats' });
    expect(record.packageHistory?.['contract.purchase']?.changed?.was).toBe('90 seats');
  });

  it('follows the CRM while it is a draft, and says nothing twice', async () => {
    const system = await drafting();
    const mails = system.mails().length;
    await system.put(proposed());
    await later(system, 60);
    const contract = { ...whole['contract'], planTier: 'Starter' };
    await system.put(proposed({ package: { ...fromCrm, contract } }));
    await later(system, 5);
    expect(system.mails()).toHaveLength(mails);
    expect((await system.get(linkIn(system, 'draft-started', anna))).html).toContain('value="Starter"');
    // Somebody has typed since: that stays, the rest follows.
    await fill(system, { 'contract.planTier': 'Professional Plus' });
    await later(system, 60);
    await system.put(proposed({ package: { ...fromCrm, contract: { ...contract, purchase: '150 seats' } } }));
    const { html } = await system.get(linkIn(system, 'draft-started', anna));
    expect([html.includes('Professional Plus'), html.includes('150 seats')]).toEqual([true, true]);
  });

  it('asks a new account executive to go on, and tells nobody else', async () => {
    const system = await drafting();
    await fill(system, { 'dealContext.whyUs': 'Re-planning during the day.' });
    await later(system, 60);
    const mails = system.mails().length;
    await system.put(proposed({ accountExecutive: james }));
    await later(system, 5);
    expect(told(system).length).toBe(mails + 1);
    expect((await system.get(linkIn(system, 'draft-started', james))).html).toContain('Re-planning during the day.');
    const old = await system.get(linkIn(system, 'draft-started', anna));
    expect([old.status, old.html.includes('<textarea')]).toEqual([200, false]);
    expect((await system.post(linkIn(system, 'draft-started', anna), new URLSearchParams())).status).not.toBe(200);
  });

  it.each(['Deal Lost', 'Deal Cancelled'])('ends quietly with %s, and opens again if it comes back', async (type) => {
    const system = await drafting();
    const mails = system.mails().length;
    const dealId = dealEvent().detail['dealId'];
    await system.put({ source: 'handoff.crm', 'detail-type': type, detail: { dealId, reason: 'No budget.' } });
    await later(system, 60);
    expect(system.mails()).toHaveLength(mails);
    const gone = await system.get(linkIn(system, 'draft-started', anna));
    expect([gone.status, gone.html.includes('No budget.')]).toEqual([200, true]);
    expect((await system.dump()).filter(({ pk }) => String(pk).startsWith('REFUSED'))).toEqual([]);
    await system.put(proposed());
    await later(system, 5);
    expect(system.mails()).toHaveLength(mails);
    expect((await system.get(linkIn(system, 'draft-started', anna))).html).toContain('Start the package');
  });

  it('has links that can be renewed, and desks behind its mails', async () => {
    const system = await drafting();
    const desk = /\/d\/[\w.-]+/.exec(mailTo(system, 'early-notice', lena)?.text ?? '')?.[0] ?? '';
    expect((await system.get(desk)).status).toBe(200);
    const link = linkIn(system, 'draft-started', anna);
    await later(system, 31 * 24 * 60);
    const old = await system.get(link);
    expect(old.status).toBe(410);
    const nonce = /name="nonce" value="([^"]+)"/.exec(old.html)?.[1] ?? '';
    expect((await system.post(`${link}/fresh`, new URLSearchParams({ nonce }))).status).toBe(200);
    const fresh = await system.get(linkIn(system, 'fresh-link', anna));
    expect([fresh.status, fresh.html.includes('Start the package')]).toEqual([200, true]);
  });

  it('waits for the win where the CRM has changed the deal since, and then follows', async () => {
    const system = await drafting();
    const contract = { ...whole['contract'], purchase: '150 seats' };
    await system.put({ ...proposed({ package: { ...fromCrm, contract } }), 'detail-type': 'Deal Changed' });
    await system.win(won());
    await later(system, 30);
    expect(Object((await system.load(id)).package).contract.purchase).toBe('150 seats');
    expect((await system.dump()).filter(({ pk }) => String(pk).startsWith('REFUSED'))).toEqual([]);
  });

  it('changes nothing where its event comes after the deal was won, or too late', async () => {
    const system = await openSystem({ at: proposedAt });
    await system.win(won(whole));
    await later(system, 60);
    const mails = system.mails().length;
    await system.put(proposed());
    expect(system.mails()).toHaveLength(mails);
    expect((await system.dump()).filter(({ sk }) => sk === 'DRAFT')).toEqual([]);
    const measures = measuresOf(await system.load(id), system.now());
    expect('draft' in measures).toBe(false);
  });

  describe('of a segment with a preview meeting', () => {
    const hours = (from: string, to: string) =>
      Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, { from, to }]));

    /** What both are told; sales works until 10 in the morning, everybody else from then on. */
    async function told(from: string) {
      const people = roster().map(({ availability, ...person }) => {
        const own = person.role === 'accountExecutive' ? hours('06:00', '10:00') : hours(from, '18:00');
        return { ...person, availability: { ...availability, zone: 'UTC', hours: own } };
      });
      const system = await openSystem({ at: proposedAt, roster: people });
      const { detail } = sampleEvent('enterprise-across-zones');
      await system.put({ ...proposed(), detail: unsigned(detail) });
      await later(system, 24 * 60);
      const texts = system.mails().map(({ text }) => text.replace(/\s+/g, ' '));
      expect(texts).toHaveLength(2);
      return texts;
    }

    it('offers one when both work', async () => {
      for (const text of await told('09:00'))
        expect(text).toMatch(/for 30 minutes before it's signed\. \w+, \w+ \d+, 9 AM UTC could suit you both\./);
    });

    it('is the seller’s to arrange where their working hours never meet', async () => {
      const texts = await told('10:00');
      expect(
        texts.filter((text) => / Meet (\w+) for 30 minutes before it's signed\. Ask \1 for a time\./.test(text)),
      ).toHaveLength(1);
      expect(texts.filter((text) => / \w+ will ask you for 30 minutes before it's signed\./.test(text))).toHaveLength(
        1,
      );
      for (const text of texts) expect(text).not.toContain('could suit');
    });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hubspot } from '../../../functions/crm/hubspot/hubspot.ts';
import { checkPackage } from '../../../functions/domain/deal/completeness.ts';
import { type Deal, parseDealEvent } from '../../../functions/domain/deal/deal.ts';
import { answerAt } from '../../../functions/domain/deal/package.ts';
import type { Crm, CrmDeal } from '../../../functions/ports/crm.ts';
import type { CrmAnswer } from '../../../functions/ports/crm-access.ts';
import { CrmAccessRefused, CrmUnavailable } from '../../../functions/ports/errors.ts';
import { dealOf, sampleEvent, sampleNames } from '../../support/deals.ts';
import { openPortal, readDeal, secrets, settings } from '../../support/hubspot-portal.ts';

const detail = sampleEvent('complete-standard').detail;
const address = (dealId: string) => `https://app.hubspot.com/contacts/${settings.account}/record/0-3/${dealId}`;

/** What a deal won in HubSpot comes to: its event, as the one who reads deals makes it. */
const wonEvent = ({ facts, wonAt }: CrmDeal) => ({
  ...{ source: 'handoff.crm', 'detail-type': 'Deal Closed Won', time: wonAt },
  detail: { ...facts, closedWonAt: wonAt },
});

const rules = { fields: {}, segments: ['self-serve', 'standard', 'enterprise'], segment: 'standard' };
const packageOf = (deal: Deal) => checkPackage({ package: deal.package, deal, rules });

const peopleOf = ({ facts }: CrmDeal) => String(answerAt(facts['package'], 'stakeholders')).split('\n');

async function won(given: Readonly<Record<string, unknown>>, portal = openPortal()) {
  const dealId = portal.fake.put(given);
  await portal.clock.advanceTo(portal.clock.now() + 86_400_000);
  portal.fake.move(dealId, 'closedwon');
  return { ...portal, dealId, deal: await readDeal(portal.crm, dealId) };
}

describe('a deal of HubSpot', () => {
  it.each(sampleNames)('brings what its event would have brought: %s', async (name) => {
    const event = sampleEvent(name);
    const { deal: read, dealId } = await won(event.detail);
    const deal = dealOf(wonEvent(read));
    const expected = dealOf(event);
    // HubSpot has ids, an address and a moment of winning of its own.
    const own = { dealId, wonEpisode: 1, crmRecord: address(dealId), closedWonAt: '2026-11-21T15:00:00Z' };
    const [{ package: _, ...facts }, { package: __, ...sent }] = [deal, expected];
    expect(facts).toEqual({ ...sent, ...own });
    expect(read.notes).toEqual([]);
    const [brought, given] = [packageOf(deal), packageOf({ ...expected, ...own })];
    const crmRecord = { url: address(dealId) };
    expect(brought.package).toEqual({ ...given.package, attachments: { ...given.package.attachments, crmRecord } });
    expect(brought.percent).toBe(given.percent);
    // Nobody can save a contact in HubSpot whose address is none, so nobody learns what was typed.
    const typed = /: "[^"]+" needs the form name@company.com/;
    const expectedGaps = given.gaps.map(({ remedy }) => remedy.replace(typed, ' needs an email address'));
    expect(brought.gaps.map(({ remedy }) => remedy)).toEqual(expectedGaps);
  });

  it.each(Object.keys(detail))('is read without %s, too', async (member) => {
    const { deal } = await won({ ...detail, [member]: undefined });
    const parsed = parseDealEvent(wonEvent(deal));
    if (member === 'accountExecutive') {
      expect(parsed).toMatchObject({ refused: [{ field: 'detail.accountExecutive' }] });
      expect(deal.notes).toEqual(['The deal has no owner.']);
    } else {
      expect(parsed).toHaveProperty('deal');
      expect(deal.notes).toEqual(
        member === 'customer' ? ['The deal has no company: its own name stands for the customer.'] : [],
      );
    }
  });

  it.each(Object.keys(detail['package'] as object))("is read without the package's %s, too", async (section) => {
    const { deal } = await won({ ...detail, package: { ...(detail['package'] as object), [section]: undefined } });
    const told = ['technicalRequirements.integrations', 'contract.value', 'communication.meetingFrequency'];
    const path = told.find((each) => each.startsWith(section)) ?? section;
    expect(dealOf(wonEvent(deal)).package).not.toHaveProperty(path);
  });

  it('reads the same in whatever order HubSpot lists what belongs to it', async () => {
    const turned = openPortal({
      between: (request, answer) => {
        const given = answer();
        if (!/associations|batch/.test(request.url)) return given;
        const { results, ...others } = JSON.parse(given.text);
        const turnedTo = results.toReversed().map((each: { to?: unknown[] }) => ({
          ...each,
          ...(each.to && { to: each.to.toReversed() }),
        }));
        return { ...given, text: JSON.stringify({ ...others, results: turnedTo }) };
      },
    });
    expect((await won(detail, turned)).deal).toEqual((await won(detail)).deal);
  });

  it('names its customer success manager by an owner, or by a mail address', async () => {
    const portal = await won({ ...detail, customerSuccessManager: 'lena.fischer@example.com' });
    expect(portal.deal.facts['customerSuccessManager']).toBe('lena.fischer@example.com');
    const id = portal.fake.owner('ruth.adler@example.com');
    portal.fake.change(portal.dealId, { handoff_customer_success_manager: id });
    expect((await readDeal(portal.crm, portal.dealId)).facts['customerSuccessManager']).toBe('ruth.adler@example.com');
    // The same person as a user has another id.
    const { userId } = JSON.parse(
      portal.fake.answer({
        ...{ method: 'GET', url: `${settings.apiUrl}/crm/owners/2026-09/${id}` },
        headers: { authorization: `Bearer ${secrets.accessToken}` },
      }).text,
    );
    portal.fake.change(portal.dealId, { handoff_customer_success_manager: String(userId) });
    const byUser = await readDeal(portal.crm, portal.dealId);
    expect([byUser.facts['customerSuccessManager'], byUser.notes]).toEqual(['ruth.adler@example.com', []]);
    portal.fake.deactivate('ruth.adler@example.com');
    expect((await readDeal(portal.crm, portal.dealId)).notes).toEqual([
      'The property handoff_customer_success_manager names somebody who is deactivated in HubSpot.',
    ]);
  });

  it.each([404, 400])('says so where it names nobody that HubSpot knows, who answers %i', async (status) => {
    const portal = openPortal({
      between: (request, answer) =>
        request.url.includes('idProperty=userId') ? { status, headers: {}, text: '{}' } : answer(),
    });
    const { dealId } = await won(detail, portal);
    portal.fake.change(dealId, { handoff_customer_success_manager: '999' });
    const deal = await readDeal(portal.crm, dealId);
    expect(deal.notes).toEqual([
      "The property handoff_customer_success_manager names somebody HubSpot doesn't know; not used.",
    ]);
    // The handoff says so, too.
    expect(parseDealEvent(wonEvent(deal))).toMatchObject({
      notes: [expect.stringContaining('detail.customerSuccessManager is not usable: "999"')],
    });
  });

  it('keeps the owner who has left', async () => {
    const { fake, crm, dealId } = await won(detail);
    fake.deactivate('anna.keller@example.com');
    const deal = await readDeal(crm, dealId);
    expect(deal.facts['accountExecutive']).toBe('anna.keller@example.com');
    expect(deal.notes).toEqual(["The deal's owner is deactivated in HubSpot."]);
  });

  it('is gone once somebody deletes it, and was never there under another number', async () => {
    const { fake, crm, dealId } = await won(detail);
    fake.remove(dealId);
    const gone = { gone: 'HubSpot has no such deal any more, or does not show it to us.' };
    expect(await crm.readDeal(dealId)).toEqual(gone);
    expect(await crm.readDeal('1')).toEqual(gone);
    expect(await crm.write(dealId, { status: 'In progress' })).toBe('gone');
    expect(await crm.addNote(dealId, { text: 'Kickoff held.', at: '2026-11-21T15:00:00Z' })).toBe('gone');
  });

  it('says which deal it was merged into, and that one knows the people of both', async () => {
    const { fake, crm, dealId } = await won(detail);
    const other = fake.put({ ...detail, accountExecutive: 'james.carter@example.com' });
    const into = fake.merge(dealId, other);
    expect(await crm.readDeal(dealId)).toEqual({ mergedInto: into });
    expect(await crm.readDeal(other)).toEqual({ mergedInto: into });
    const merged = await readDeal(crm, into);
    expect(merged).toMatchObject({ phase: 'won', wonAt: '2026-11-21T15:00:00.000Z', tookIn: [dealId, other] });
    expect(peopleOf(merged)).toHaveLength(4);
  });

  it('is won when it entered the stage, whatever close date somebody types, and anew after it was reopened', async () => {
    const { fake, crm, clock, dealId } = await won(detail);
    fake.change(dealId, { closedate: '2026-12-31T00:00:00Z' });
    expect(await readDeal(crm, dealId)).toMatchObject({ wonAt: '2026-11-21T15:00:00.000Z' });
    fake.move(dealId, 'contractsent');
    const reopened = await readDeal(crm, dealId);
    expect(reopened).toMatchObject({ phase: 'proposed', expectedCloseOn: '2026-12-31', stage: 'Contract Sent' });
    await clock.advanceTo(clock.now() + 3_600_000);
    fake.move(dealId, 'closedwon');
    expect(await readDeal(crm, dealId)).toMatchObject({ phase: 'won', wonAt: '2026-11-21T16:00:00.000Z' });
  });
});

const failing = (status: number, text = '') => {
  const answer: CrmAnswer = { status, headers: { 'content-type': 'text/html' }, text };
  return openPortal({ between: () => answer });
};
const calls: Readonly<Record<string, (crm: Crm) => Promise<unknown>>> = {
  readDeal: (crm) => crm.readDeal('15000000001'),
  wonSince: (crm) => crm.wonSince('2026-11-20T15:00:00Z'),
  write: (crm) => crm.write('15000000001', { owner: 'Anna Keller' }),
  addNote: (crm) => crm.addNote('15000000001', { text: 'Anna Keller: kickoff', at: '2026-11-20T15:00:00Z' }),
};

describe('when HubSpot fails', () => {
  const each = Object.keys(calls).flatMap((name) =>
    [408, 423, 429, 477, 500, 502, 503, 504].map((status) => [name, status] as const),
  );
  it.each(each)('%s is unavailable at %i', async (name, status) => {
    const { crm } = failing(status, '<html>Anna Keller</html>');
    const error = await calls[name]?.(crm).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CrmUnavailable);
    expect(String(error)).not.toContain('Anna');
  });

  it.each(Object.keys(calls))(
    '%s is refused access at 401 and 403, and unavailable at what nobody knows',
    async (name) => {
      for (const status of [401, 403])
        await expect(calls[name]?.(failing(status).crm)).rejects.toBeInstanceOf(CrmAccessRefused);
      for (const status of [200, 302, 418]) {
        const outcome = await calls[name]?.(failing(status, 'not JSON').crm).catch((reason: unknown) => reason);
        expect(outcome).toBeInstanceOf(CrmUnavailable);
      }
    },
  );

  it('says how long it asks to wait', async () => {
    const busy: CrmAnswer = { status: 429, headers: { 'retry-after': '10' }, text: '{}' };
    const { crm } = openPortal({ between: () => busy });
    await expect(crm.readDeal('1')).rejects.toThrow(
      'HubSpot answered 429 to the request to read a deal, and asks to wait 10 seconds.',
    );
  });

  it('an outage is over when it is over', async () => {
    const portal = await won(detail);
    for (const outage of ['down', 'busy'] as const) {
      portal.fake.outage = outage;
      await expect(portal.crm.readDeal(portal.dealId)).rejects.toBeInstanceOf(CrmUnavailable);
    }
    portal.fake.outage = 'none';
    expect(await readDeal(portal.crm, portal.dealId)).toEqual(portal.deal);
  });

  it('part of an answer is none, but what does not exist is no part of it', async () => {
    const broken = { status: 'error', category: 'INTERNAL_ERROR', message: 'timed out' };
    const half = openPortal({
      between: (request, answer) => {
        if (!request.url.includes('objects/2026-09/0-1/batch/read')) return answer();
        return { status: 207, headers: {}, text: JSON.stringify({ results: [], errors: [broken], numErrors: 1 }) };
      },
    });
    await expect(won(detail, half)).rejects.toThrow(
      "HubSpot's answer to the request to read records of a deal is not whole.",
    );

    const missing = { ...broken, category: 'OBJECT_NOT_FOUND' };
    const without = openPortal({
      between: (request, answer) => {
        if (!request.url.includes('objects/2026-09/0-1/batch/read')) return answer();
        const { results } = JSON.parse(answer().text);
        return { status: 207, headers: {}, text: JSON.stringify({ results: results.slice(1), errors: [missing] }) };
      },
    });
    const { deal } = await won(detail, without);
    expect(deal.notes).toEqual(["HubSpot doesn't show us 1 of the deal's 4 contacts."]);
    expect(peopleOf(deal)).toHaveLength(3);
  });

  it('line items and the account may be kept from us', async () => {
    const portal = openPortal({
      between: (request, answer) =>
        /0-8|account-info/.test(request.url)
          ? { status: 403, headers: {}, text: '{"category":"MISSING_SCOPES"}' }
          : answer(),
    });
    const { deal } = await won({ ...detail, package: { contract: { value: '86400 EUR' } } }, portal);
    expect(deal.notes).toEqual([
      'The token may not read line items: add their scope.',
      "The token may not read the account: its currency and time zone aren't known.",
    ]);
    expect(deal.facts).toMatchObject({ package: { contract: { value: { amount: 86400, currency: 'EUR' } } } });
  });

  /** Answers as HubSpot's, in which anything may stand in place of anything. */
  const spoiled = fc.record({ at: fc.nat(400), by: fc.jsonValue({ maxDepth: 2 }), cut: fc.option(fc.nat(2000)) });
  it('nothing but the two errors comes of answers that are none', async () => {
    const good = await won(detail);
    await fc.assert(
      fc.asyncProperty(
        fc.array(spoiled, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...Object.keys(calls)),
        async (spoils, name) => {
          let count = 0;
          const portal = openPortal({
            between: (request) => {
              const answer = good.fake.answer(request);
              const spoil = spoils[count++ % spoils.length];
              return spoil ? { ...answer, text: spoiledText(answer.text, spoil) } : answer;
            },
          });
          const outcome = await calls[name]?.(portal.crm).catch((reason: unknown) => reason);
          if (outcome instanceof Error)
            expect(outcome instanceof CrmUnavailable || outcome instanceof CrmAccessRefused ? '' : outcome.stack).toBe(
              '',
            );
          else expect(outcome).toBeDefined();
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** The text of an answer with one of its values replaced, or cut. */
function spoiledText(text: string, { at, by, cut }: { at: number; by: unknown; cut: number | null }): string {
  if (cut !== null && cut % 5 === 0) return text.slice(0, cut);
  let place = 0;
  return JSON.stringify(JSON.parse(text), (_, value: unknown) => (place++ === at ? by : value)) ?? '';
}

describe('the token', () => {
  const [old, other] = [
    { ...secrets, accessToken: 'old' },
    { ...secrets, accessToken: 'other' },
  ];
  const tokensIn = ({ asked }: ReturnType<typeof openPortal>) =>
    asked.map(({ headers }) => headers['authorization']?.replace('Bearer ', ''));

  it('is asked for afresh when it is refused', async () => {
    const portal = openPortal({ held: (fresh) => (fresh ? [secrets, old] : [old]) });
    expect(await portal.crm.readDeal('1')).toHaveProperty('gone');
    expect(tokensIn(portal)).toEqual(['old', secrets.accessToken]);
  });

  it('is the one before while the new one is not taken yet', async () => {
    const portal = openPortal({ held: () => [other, secrets] });
    expect(await portal.crm.readDeal('1')).toHaveProperty('gone');
    expect(tokensIn(portal)).toEqual(['other', secrets.accessToken]);
  });

  it('is tried once each, and never told', async () => {
    const portal = openPortal({ held: () => [other, old, other] });
    const error = await portal.crm.readDeal('1').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CrmAccessRefused);
    expect(String(error)).toBe(
      'CrmAccessRefused: HubSpot answered 401 to the request to read a deal: check the token and its scopes.',
    );
    expect(tokensIn(portal)).toEqual(['other', 'old']);
  });

  it('has to be there', async () => {
    for (const held of [[], [{}], [{ accessToken: '' }]]) {
      const portal = openPortal({ held: () => held });
      await expect(portal.crm.readDeal('1')).rejects.toBeInstanceOf(CrmAccessRefused);
      expect(portal.asked).toEqual([]);
    }
  });

  it('of the client proves webhooks: the one in use, and the one before', async () => {
    const { fake, clock, told } = openPortal();
    fake.put({ name: 'Nordwind' });
    await clock.runToEnd();
    const [sent] = told;
    if (!sent || !('webhook' in sent)) throw new Error('HubSpot told nothing.');
    const { method, headers, body = '' } = sent.webhook;
    const request = { method, headers, rawBody: Buffer.from(body) };
    const proof = { settings, secrets: [{ ...secrets, clientSecret: 'new' }, secrets], now: clock.now() };
    expect(hubspot.webhookProblem?.(request, proof)).toBeUndefined();
    expect(hubspot.webhookProblem?.(request, { ...proof, secrets: [{}] })).toBe('not signed by us');
    expect(hubspot.replayKey?.(request)).toBe(headers['x-hubspot-signature-v3']);
    expect(hubspot.hear(JSON.parse(body))).toMatchObject({ signals: [{ account: settings.account, what: 'changed' }] });
  });
});

describe('what is written back', () => {
  it('stands in the deal, whatever it is, and is emptied by null', async () => {
    const { fake, crm, dealId } = await won(detail);
    const written = {
      status: 'Waiting on the customer',
      score: 9,
      introducedOn: '2026-11-24',
      board: 'https://handoff.example/b',
    };
    expect(await crm.write(dealId, written)).toBe('written');
    const shown = () => fake.deals()[0]?.properties.filter(({ writtenBack }) => writtenBack);
    expect(shown()).toEqual([
      { label: 'Handoff status', text: 'Waiting on the customer', writtenBack: true },
      { label: 'Handoff score', text: '9', writtenBack: true },
      { label: 'Customer introduced on', text: '2026-11-24', writtenBack: true },
      { label: 'Handoff board', text: 'https://handoff.example/b', writtenBack: true },
    ]);
    expect(await crm.write(dealId, { score: null, board: null, introducedOn: null })).toBe('written');
    expect(shown()).toEqual([{ label: 'Handoff status', text: 'Waiting on the customer', writtenBack: true }]);
  });

  it('does not change what is read of the deal, beside when it changed', async () => {
    const { crm, clock, dealId, deal } = await won(detail);
    await clock.advanceTo(clock.now() + 1000);
    await crm.write(dealId, { status: 'Signed off' });
    expect({ ...(await readDeal(crm, dealId)), changedAt: deal.changedAt }).toEqual(deal);
  });

  it('asks nothing of HubSpot where there is nothing to write', async () => {
    const { crm, asked } = openPortal();
    expect(await crm.write('1', {})).toBe('written');
    expect(asked).toEqual([]);
  });

  it("is refused by an administrator's rule, by a property that there isn't, and by a value that doesn't fit", async () => {
    const { fake, crm, dealId } = await won(detail);
    fake.demanded = ['closed_won_reason'];
    expect(await crm.write(dealId, { status: 'In progress' })).toEqual({
      refused:
        'VALIDATION_ERROR: MISSING_CONDITIONAL_REQUIRED_PROPERTY (closed_won_reason): Some required properties were not set.',
    });
    fake.demanded = [];
    expect(await crm.write(dealId, { introducedOn: 'Anna Keller' })).toEqual({
      refused: 'VALIDATION_ERROR: INVALID_DATE (handoff_introduced_on): Property values were not valid',
    });
    const bare = openPortal({ isBare: true });
    expect(await bare.crm.write(bare.fake.put({ name: 'Nordwind' }), { status: 'In progress' })).toEqual({
      refused: 'VALIDATION_ERROR: PROPERTY_DOESNT_EXIST (handoff_status): Property values were not valid',
    });
  });

  it('is a note on the timeline, with its lines and no HTML of its own', async () => {
    const { fake, crm, dealId } = await won(detail);
    const notes = ['Kickoff held.\nNext: <b>plan</b> & "dates"', 'Signed off.'];
    expect(await crm.addNote(dealId, { text: notes[0] ?? '', at: '2026-11-24T09:00:00Z' })).toBe('written');
    expect(await crm.addNote(dealId, { text: notes[1] ?? '', at: '2026-11-25T09:00:00Z' })).toBe('written');
    expect(fake.deals()[0]?.notes).toEqual([
      { at: '2026-11-25T09:00:00Z', text: notes[1] },
      { at: '2026-11-24T09:00:00Z', text: notes[0] },
    ]);
    await crm.addNote(dealId, { text: '<'.repeat(60_000), at: '2026-11-26T09:00:00Z' });
    expect(fake.deals()[0]?.notes[0]?.text).toBe(`${'<'.repeat(16_250)}…`);
  });
});

describe('what rarely changes', () => {
  const pipelinesAsked = ({ asked }: ReturnType<typeof openPortal>) =>
    asked.filter(({ url }) => url.includes('pipelines')).length;

  it('is asked for once in ten minutes', async () => {
    const portal = await won(detail);
    await readDeal(portal.crm, portal.dealId);
    expect(pipelinesAsked(portal)).toBe(1);
    await portal.clock.advanceTo(portal.clock.now() + 600_001);
    await readDeal(portal.crm, portal.dealId);
    expect(pipelinesAsked(portal)).toBe(2);
  });

  it('is asked for again after a failure, and where a deal has a stage that nobody knows', async () => {
    const portal = await won(detail);
    portal.fake.change(portal.dealId, { dealstage: '424242' });
    const deal = await readDeal(portal.crm, portal.dealId);
    expect(pipelinesAsked(portal)).toBe(2);
    expect(deal).toMatchObject({ phase: 'early', stage: '424242', notes: ['No pipeline has the stage of the deal.'] });
    let isDown = true;
    const flaky = openPortal({
      between: (_, answer) => (isDown ? { status: 503, headers: {}, text: '' } : answer()),
    });
    await expect(flaky.crm.wonSince('2026-11-20T15:00:00Z')).rejects.toBeInstanceOf(CrmUnavailable);
    isDown = false;
    expect(await flaky.crm.wonSince('2026-11-20T15:00:00Z')).toEqual({ deals: [] });
  });
});

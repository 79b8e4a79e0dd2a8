import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, checkPackage, formValue, withDealFacts } from '../../../../functions/domain/deal/completeness.ts';
import { packageFields } from '../../../../functions/domain/deal/package.ts';
import { variantOfDeal } from '../../../../functions/domain/deal/variant.ts';
import { badEvent, dealEvent, dealOf, sampleDeal, sampleNames } from '../../../support/deals.ts';
import { packageRules } from '../../../support/package-rules.ts';

/** Three segments, and nothing else. */
const playbook = {
  segments: { standard: {}, enterprise: {}, 'self-serve': {} },
  industries: {},
  fallbackSegment: 'standard',
};

const checkOf = (deal = sampleDeal('complete-standard'), pkg: unknown = deal.package) =>
  checkPackage({ package: pkg, deal, rules: packageRules() });
const pathsOf = (check: ReturnType<typeof checkPackage>) => check.gaps.map(({ path, kind }) => `${kind} ${path}`);

describe('a package', () => {
  it.each(sampleNames.filter((name) => name !== 'incomplete'))('%s is complete', (name) => {
    expect(checkOf(sampleDeal(name))).toMatchObject({ complete: true, percent: 100, gaps: [] });
  });

  it('that is incomplete has every gap named, in the order of the SOP', () => {
    const check = checkOf(sampleDeal('incomplete'));
    expect(check.complete).toBe(false);
    expect(check.percent).toBe(62);
    expect(pathsOf(check)).toEqual([
      'missing dealContext.alternativesConsidered',
      'wrong dealContext.primaryUseCase',
      'missing customerGoals.outcomes60Days',
      'missing customerGoals.successMetrics',
      'missing technicalRequirements.compliance',
      'wrong stakeholders',
      'missing stakeholders',
      'missing contract.termMonths',
      'missing contract.discounts',
      'missing redFlags.sensitivities',
      'missing redFlags.knownRisks',
      'missing redFlags.internalPolitics',
      'missing promises',
      'missing communication.meetingFrequency',
      'missing attachments.callRecordings',
    ]);
    expect(check.gaps[5]).toEqual({
      path: 'stakeholders',
      section: 'Stakeholder map',
      label: 'People at the customer',
      kind: 'wrong',
      expected: expect.stringMatching(/^line 2: an email address/),
      found: 'o.thoms(at)weberhaus-moebel.example',
      remedy: 'Person 2: "o.thoms(at)weberhaus-moebel.example" needs the form name@company.com',
      at: { row: 1, column: 'email' },
    });
  });

  it('that is empty still has what the deal says', () => {
    const deal = dealOf(dealEvent({ package: {} }));
    const check = checkOf(deal);
    expect(check.package).toEqual({
      contract: { segment: 'standard', signedAt: '2026-11-17' },
      communication: { timeZone: 'Europe/Berlin', language: 'German' },
      attachments: { crmRecord: { url: 'https://crm.example.com/deals/D-2026-1041' } },
    });
    expect(check.percent).toBeLessThan(15);
  });

  it.each([
    ['renewal-before-signature', 'contract.renewalDate', '2026-11-01'],
    ['duplicate-stakeholders', 'stakeholders', 'M.Aydin@nordwind-logistik.example again, as Mehmet Aydin (again)'],
    ['unknown-currency', 'contract.value', 'XQZ'],
    ['unknown-zone', 'communication.timeZone', 'Berlin'],
    ['unknown-segment', 'contract.segment', 'platinum'],
    ['long-note', 'dealContext.whyTheyBought', '307,200 characters'],
  ])('with %s is held for that one gap', (name, path, found) => {
    const check = checkOf(dealOf(badEvent(name)));
    expect(check.gaps).toEqual([expect.objectContaining({ path, kind: 'wrong', found })]);
    expect(check.percent).toBe(97);
  });

  it('passes only valid parts on', () => {
    expect(checkOf(dealOf(badEvent('renewal-before-signature'))).package.contract).not.toHaveProperty('renewalDate');
    expect(checkOf(dealOf(badEvent('duplicate-stakeholders'))).package.stakeholders).toHaveLength(4);
    expect(checkOf(dealOf(badEvent('unknown-segment'))).package.contract).not.toHaveProperty('segment');
  });

  describe('whose contract renews', () => {
    const won = { closedWonAt: '2026-12-07T23:30:00Z', signedAt: '2026-11-30', timeZone: 'UTC' };
    const renewing = (renewalDate: string, { closedWonAt, signedAt, timeZone }: Partial<typeof won> = won) => {
      const deal = sampleDeal('complete-standard');
      const dates = { 'contract.signedAt': signedAt ?? won.signedAt, 'contract.renewalDate': renewalDate };
      const customer = { ...deal.customer, timeZone: timeZone ?? won.timeZone };
      return checkOf(
        { ...deal, closedWonAt: closedWonAt ?? won.closedWonAt, customer },
        applyEdits(deal.package, dates),
      );
    };

    it.each(['2026-12-01', '2026-12-07'])(
      'by the day on which the deal was won (%s) lacks the next renewal',
      (date) => {
        const check = renewing(date);
        expect(pathsOf(check)).toEqual(['wrong contract.renewalDate']);
        expect(check.gaps[0]?.remedy).toBe(
          `Renewal date Dec ${Number(date.slice(-2))}, 2026 has passed; enter the next renewal date`,
        );
        expect(check.package.contract).not.toHaveProperty('renewalDate');
      },
    );

    it('later is complete, by the day at the customer', () => {
      expect(renewing('2026-12-08').gaps).toEqual([]);
      expect(renewing('2026-12-08', { timeZone: 'Europe/Berlin' }).complete).toBe(false);
    });

    it('at a time that has passed since is history: nobody is asked', () => {
      const longAgo = { closedWonAt: '2024-12-02T09:00:00Z', signedAt: '2024-12-01' };
      expect(renewing('2025-12-01', longAgo).gaps).toEqual([]);
    });
  });

  it('is held for a wrong answer that was optional', () => {
    const deal = sampleDeal('complete-standard');
    const check = checkOf(deal, applyEdits(deal.package, { 'attachments.deck': 'somewhere' }));
    expect(check).toMatchObject({ complete: false, percent: 100, gaps: [{ path: 'attachments.deck', kind: 'wrong' }] });
  });

  it('needs a decision-maker, a champion, a day-to-day and a technical contact; one person may be all', () => {
    const deal = sampleDeal('complete-standard');
    const with1 = (roles: string) =>
      applyEdits(deal.package, { stakeholders: `Ann | ann@client.example | ${roles} | high | stays` });
    expect(checkOf(deal, with1('decision-maker, champion, day-to-day, technical')).complete).toBe(true);
    expect(checkOf(deal, with1('blocker, technical')).gaps.map(({ expected }) => expected)).toEqual([
      'a person with the role decision-maker',
      'a person with the role champion',
      'a person with the role day-to-day (contact)',
    ]);
  });

  it('is asked for more or less by its segment', () => {
    const deal = dealOf(dealEvent({ package: {} }));
    const fewer = Object.fromEntries(
      packageFields.filter(({ required }) => required).map(({ path }) => [path, { required: false }]),
    );
    expect(checkPackage({ package: {}, deal, rules: packageRules(fewer) })).toMatchObject({
      complete: true,
      percent: 100,
    });
    const more = checkPackage({
      package: {},
      deal,
      rules: packageRules({ ...fewer, 'attachments.deck': { required: true } }),
    });
    expect(pathsOf(more)).toEqual(['missing attachments.deck']);
    expect(more.percent).toBe(0);
  });

  it('never crashes the check, and is complete exactly when no gap is left', () => {
    const section = fc.dictionary(
      fc.constantFrom(...packageFields.map(({ path }) => path.split('.')[1] ?? path)),
      fc.jsonValue(),
    );
    const pkg = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom(...packageFields.map((field) => field.section)), fc.oneof(section, fc.jsonValue())),
    );
    const deal = sampleDeal('complete-standard');
    fc.assert(
      fc.property(pkg, (received) => {
        const { complete, gaps, percent } = checkPackage({ package: received, deal, rules: packageRules() });
        expect(complete).toBe(gaps.length === 0);
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(percent).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('the form of a package', () => {
  it.each(sampleNames)('changes nothing when %s is sent back as shown', (name) => {
    const deal = sampleDeal(name);
    const shown = (pkg: unknown) =>
      Object.fromEntries(packageFields.map((field) => [field.path, formValue(pkg, field).replaceAll('\n', '\r\n')]));
    const sentBack = applyEdits(deal.package, shown(deal.package));
    expect(checkOf(deal, sentBack)).toEqual(checkOf(deal));
    expect(applyEdits(sentBack, shown(sentBack))).toEqual(sentBack);
  });

  it('fills a gap, field by field, until the package is complete', () => {
    const deal = sampleDeal('incomplete');
    const edited = applyEdits(deal.package, {
      'dealContext.alternativesConsidered': 'none',
      'dealContext.primaryUseCase': 'Kitchens planned with the customer in the showroom',
      'customerGoals.outcomes60Days': 'Five showrooms',
      'customerGoals.successMetrics': 'Plans per day | 12 | plans',
      'technicalRequirements.compliance': 'GDPR',
      stakeholders:
        'Beate Weber | b.weber@weberhaus-moebel.example | decision-maker, champion | high | stays\r\nOle Thoms | o.thoms@weberhaus-moebel.example | day-to-day, technical | medium | stays',
      'contract.termMonths': '12',
      'contract.discounts': 'none',
      'redFlags.sensitivities': 'none known',
      'redFlags.knownRisks': 'Christmas',
      'redFlags.internalPolitics': 'none known',
      promises: 'none',
      'communication.meetingFrequency': 'weekly',
      'attachments.callRecordings': 'https://calls.example.com/1',
      nonce: 'not a field',
    });
    expect(checkOf(deal, edited)).toMatchObject({ complete: true, percent: 100 });
    expect(edited).not.toHaveProperty('nonce');
  });

  it('keeps an explicit "none" as it was typed', () => {
    const deal = sampleDeal('complete-standard');
    const typed = { 'redFlags.knownRisks': 'None known', 'technicalRequirements.integrations': 'None known.' };
    const edited = applyEdits(deal.package, typed);
    expect(edited).toMatchObject({
      redFlags: { knownRisks: 'None known' },
      technicalRequirements: { integrations: 'None known.' },
    });
    const check = checkOf(deal, edited);
    expect(check.gaps).toEqual([]);
    expect(check.package.redFlags?.knownRisks).toBe('None known');
    expect(check.package.technicalRequirements?.integrations).toBe('none');
  });

  it('keeps what was typed wrong, so that it can be corrected', () => {
    const pkg = applyEdits(
      {},
      { 'contract.value': '24.000 EUR', stakeholders: 'Ann | ann@ | champion | high | stays' },
    );
    expect(pkg).toEqual({ contract: { value: '24.000 EUR' }, stakeholders: 'Ann | ann@ | champion | high | stays' });
  });

  it('shows a wrong row of a list as it was sent', () => {
    const [stakeholders] = packageFields.filter(({ path }) => path === 'stakeholders');
    expect(stakeholders && formValue(sampleDeal('incomplete').package, stakeholders)).toContain(
      'Ole Thoms | o.thoms(at)weberhaus-moebel.example | day-to-day | medium | stays',
    );
  });

  it('takes an answer out when it is emptied', () => {
    expect(applyEdits({ contract: { scope: 'all', planTier: 'Pro' } }, { 'contract.scope': ' ' })).toEqual({
      contract: { planTier: 'Pro' },
    });
  });

  it('offers what the deal says, and prefers what the package says', () => {
    const deal = dealOf(dealEvent({ package: { communication: { timeZone: 'Europe/Vienna' } } }));
    expect(withDealFacts(deal.package, deal)).toMatchObject({
      communication: { timeZone: 'Europe/Vienna', language: 'German' },
      contract: { signedAt: '2026-11-17' },
    });
  });
});

describe('the segment of a deal', () => {
  it.each([
    ['Enterprise', 'enterprise'],
    ['Self Serve', 'self-serve'],
    ['platinum', 'standard'],
    [undefined, 'standard'],
  ])('%s is treated as %s', (segment, known) => {
    expect(variantOfDeal(playbook, dealOf(dealEvent({ segment }))).variant.segment).toBe(known);
  });

  it('is what the account executive corrected it to', () => {
    const deal = dealOf(badEvent('unknown-segment'));
    const edited = applyEdits(deal.package, { 'contract.segment': 'Enterprise' });
    expect(variantOfDeal(playbook, { ...deal, package: edited }).variant.segment).toBe('enterprise');
    expect(checkOf(deal, edited)).toMatchObject({ complete: true, package: { contract: { segment: 'enterprise' } } });
  });
});

import { describe, expect, it } from 'vitest';
import type { ClosedDeal, ExportScope } from '../../../../functions/domain/deal/closed-deal.ts';
import { auditDeals } from '../../../../functions/domain/deal/closed-deal-audit.ts';
import { withDealFacts } from '../../../../functions/domain/deal/completeness.ts';
import { packageFields } from '../../../../functions/domain/deal/package.ts';
import { playbook } from '../../../../statemachines/playbooks/default.ts';
import { sampleDeal } from '../../../support/deals.ts';

const whole: ExportScope = {
  fields: new Set(packageFields.map(({ path }) => path)),
  owners: new Set(['accountExecutive', 'customerSuccessManager'] as const),
};

const complete: ClosedDeal = {
  place: 'line 2',
  name: 'Nordwind',
  closedOn: '2026-11-17',
  accountExecutive: 'anna.keller@example.com',
  customerSuccessManager: 'lena.vogt@example.com',
  package: withDealFacts(sampleDeal('complete-standard').package, sampleDeal('complete-standard')),
};

const audit = (deals: readonly ClosedDeal[], scope = whole) => auditDeals(deals, { playbook, scope });
const only = (deal: ClosedDeal, scope = whole) => {
  const [scored] = audit([deal], scope).deals;
  if (!scored) throw new Error('Nothing was scored.');
  return scored;
};
const reason = (deal: ClosedDeal, what: string, scope = whole) =>
  only(deal, scope).score.reasons.find((each) => each.what === what);

describe('the score of a closed deal', () => {
  it('is 100 when all is written down', () => {
    const { score } = only(complete);
    expect(score).toMatchObject({ points: 100, atMost: 100 });
    expect(score.reasons.map(({ points, outOf }) => points === outOf)).toEqual([true, true, true, true]);
  });

  it('is 0 when nothing is, and says what is empty', () => {
    const nothing: ClosedDeal = { place: 'line 3', name: 'Nobody', package: {} };
    const { score, percent } = only(nothing);
    expect([score.points, score.atMost, percent]).toEqual([0, 0, 0]);
    expect(reason(nothing, 'Package')?.because).toMatch(
      /^0 of \d+ required answers are there\. Empty: “Why they bought”, .* and \d+ more\.$/,
    );
    expect(reason(nothing, 'Pillars')?.because).toBe(
      'Nothing usable is written down about the context, goals, relationships, and risks.',
    );
    expect(reason(nothing, 'Key contacts')?.because).toBe(
      'Still to name: a decision-maker, a champion, a day-to-day contact, and a technical contact.',
    );
    expect(reason(nothing, 'Owners')?.because).toBe(
      'The deal names no account executive and no customer success manager.',
    );
  });

  it('counts what the export has no column for as not written down, and says what it would be at most', () => {
    const scope: ExportScope = {
      fields: new Set(['dealContext.whyTheyBought']),
      owners: new Set(['accountExecutive']),
    };
    const deal: ClosedDeal = {
      place: 'line 2',
      name: 'Nordwind',
      accountExecutive: 'Anna Keller',
      package: { dealContext: { whyTheyBought: 'Tours are planned by phone.' } },
    };
    const { score } = only(deal, scope);
    expect(score.points).toBeLessThan(20);
    expect(score.atMost).toBe(100);
    expect(reason(deal, 'Owners', scope)).toMatchObject({
      points: 7.5,
      atMost: 15,
      because: 'The export has no column for the customer success manager.',
    });
    expect(reason(deal, 'Pillars', scope)).toMatchObject({ points: 5, atMost: 20 });
    const { noColumn, gaps } = audit([deal, deal], scope);
    expect(noColumn.flatMap(({ labels }) => labels)).toContain('Success metrics');
    expect(gaps).toEqual([]);
  });

  it('tells an answer that cannot be used from an empty one', () => {
    const deal: ClosedDeal = {
      ...complete,
      package: { ...Object(complete.package), promises: 'tbd', communication: {} },
    };
    expect(reason(deal, 'Package')?.because).toMatch(/To complete or correct: “Promises made while selling”/);
    expect(reason(deal, 'Package')?.because).toMatch(/Empty: .*“Preferred channel”/);
  });

  it('asks of each deal what its own segment asks for', () => {
    const asked = (segment: string) => only({ ...complete, package: { contract: { segment } } }).rules.segment;
    expect([asked('enterprise'), asked('Self Serve'), asked('unheard of')]).toEqual([
      'enterprise',
      'self-serve',
      'standard',
    ]);
  });
});

describe('the audit of closed deals', () => {
  const without = (name: string, path: string): ClosedDeal => ({
    ...complete,
    name,
    package: { ...Object(complete.package), [path]: undefined },
  });

  it('finds what is missing again and again, in most deals first', () => {
    const { gaps, deals } = audit([
      without('A', 'promises'),
      without('B', 'promises'),
      without('C', 'redFlags'),
      complete,
    ]);
    expect(gaps).toEqual([{ what: 'Promises made while selling', section: 'Promises', empty: 2, wrong: 0, of: 4 }]);
    expect(deals.map(({ deal }) => deal.name).at(-1)).toBe('Nordwind');
  });

  it('calls fewer than 10 deals a small sample', () => {
    const deals = (count: number) => Array.from({ length: count }, () => complete);
    expect([audit(deals(9)).isSmall, audit(deals(10)).isSmall]).toEqual([true, false]);
    expect(audit(deals(10))).toMatchObject({ average: { points: 100, atMost: 100 }, onTarget: 10 });
    expect(audit([])).toEqual({ deals: [], gaps: [], noColumn: [], isSmall: true, onTarget: 0 });
  });
});
